/* The task in its frame: opened, told and heard by postMessage, and its drafts kept. */

import { kept, visitor } from "./kept.js";
import { $, about, connection } from "./screen.js";
import { pause, post, reach, sendFile, WAITS } from "./server.js";
import { work } from "./worktime.js";

let frame = null; // the iframe of the unit that is shown
let offer = null; // that unit, as `next` told it

/** What the task cannot do by itself: submit(data), act(act) -> whether it went out at once, failed(error). */
let page = {};

export function serveTask(verbs) {
  page = verbs;
}

/** Opens the task of an offer anew. */
export function openTask(told) {
  dropTask();
  offer = told;
  const opened = document.createElement("iframe");
  opened.title = `Task: ${about.title}`;
  // No allow-same-origin: the task's scripts reach neither this page nor what it remembers.
  opened.setAttribute("sandbox", "allow-scripts allow-forms allow-modals allow-popups");
  opened.className = "loading";
  opened.src = told.frame;
  opened.onload = () => {
    // The task speaks before it has loaded; this was an error page of the browser.
    setTimeout(() => {
      if (opened !== frame || opened.className !== "loading") return;
      connection.say("frame", false);
      pause(WAITS[1]).then(() => opened === frame && openTask(offer));
    }, 1500);
  };
  // A new element each time: a new address in an old one would be a step for the Back button.
  $("frame").append(opened);
  frame = opened;
}

export function dropTask() {
  frame?.remove();
  frame = offer = null;
  connection.say("frame", true);
}

/** Whether the task of this agent is shown. */
export function isShown(agent) {
  return frame !== null && offer.agent === agent;
}

/** The unit that is shown was told anew. */
export function keepTask(told) {
  offer = told;
}

export function tellTask(kind, more) {
  // The frame's origin is opaque, so no target origin can be named; our policy keeps foreign pages out of it.
  frame?.contentWindow?.postMessage({ crowddesk: kind, ...more }, "*");
}

function setHeight(px) {
  if (!frame || !Number.isFinite(px)) return;
  frame.style.height = px > 0 ? `${Math.min(Math.ceil(px), 200_000)}px` : "max(24rem, calc(100vh - 8rem))";
}

const heard = {
  ready({ height, knowsDark }) {
    connection.say("frame", true);
    setHeight(height);
    frame.className = knowsDark ? "knows-dark" : "";
    const { updates = [], status, agent, uploads = {} } = offer;
    tellTask("start", { draft: draftOf(offer)?.values ?? null, updates, status, uploads, agent });
  },
  height: ({ px }) => setHeight(px),
  active: () => work.sign(),
  pasted: ({ field }) => work.pasted.add(String(field)),
  draft: ({ values }) => keepDraft(values),
  submit: ({ data }) => page.submit(data),
  act({ act }) {
    const { agent } = offer;
    // One that is refused belongs to a unit that is over, and its status says so.
    if (!page.act(act)) reach(() => post("act", { agent, act })).catch(console.warn);
  },
  async upload({ id, field, file }) {
    const { agent } = offer;
    const source = frame;
    const tell = (kind, more) => source === frame && tellTask(kind, { id, ...more });
    try {
      const send = () => sendFile(agent, field, file, (part) => tell("progress", { part }));
      tell("uploaded", { ref: await reach(send, { isWanted: () => source === frame }) });
    } catch (error) {
      if (error.status === 401) page.failed(error);
      tell("uploaded", { error: error.message });
    }
  },
};

window.addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow) return;
  const kind = event.data?.crowddesk;
  if (typeof kind === "string" && Object.hasOwn(heard, kind)) heard[kind](event.data);
});

export function draftName(of) {
  return `draft ${visitor.worker} ${of.item ?? of.agent}`;
}

export function draftOf(of) {
  return kept.get(draftName(of));
}

/** Keeps what was typed; without `values`, how long it took so far. */
export function keepDraft(values) {
  if (!frame) return;
  const saved = values === undefined ? (draftOf(offer)?.values ?? null) : values;
  kept.set(draftName(offer), { at: Date.now(), values: saved, ...work.kept() });
}
