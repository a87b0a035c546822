/* A page that is only looked at: opens the task in its frame and hands it the answer. What the task says back is
   heard only where it is about how it looks; this page has nobody to send anything to. */

const $ = (id) => document.getElementById(id);
const LONGEST = 20_000;
const MOST = 400;

let frame = null;
let page = null;
const blocked = new Set();

function tell(kind, more) {
  // The frame's origin is opaque, so no target origin can be named; our policy keeps foreign pages out of it.
  frame.contentWindow?.postMessage({ crowddesk: kind, ...more }, "*");
}

function setHeight(px) {
  if (!Number.isFinite(px)) return;
  frame.style.height = px > 0 ? `${Math.min(Math.ceil(px), 200_000)}px` : "max(24rem, calc(100vh - 8rem))";
}

function list(id, names) {
  const known = names.filter((name) => Object.hasOwn(page.answer, name)).slice(0, MOST);
  const lines = [];
  for (const name of known) {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    const text = page.answer[name].join("\n");
    dt.textContent = name;
    dd.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    dd.dir = "auto";
    lines.push(dt, dd);
  }
  $(id).querySelector("dl").replaceChildren(...lines);
  $(id).hidden = !lines.length;
}

function note() {
  const parts = [];
  if (page.cut) parts.push("The answer is very large; only its beginning is shown.");
  if (blocked.size) {
    const hosts = [...blocked].slice(0, 5).join(", ");
    parts.push(`The task asked for something that is not loaded here, so it may look different: ${hosts}.`);
  }
  $("note").textContent = parts.join(" ");
  $("note").hidden = !parts.length;
}

const heard = {
  ready({ height, knowsDark }) {
    setHeight(height);
    frame.className = knowsDark ? "knows-dark" : "";
    tell("answer", { answer: page.answer });
    tell("start", { draft: null, updates: page.updates, status: "completed", agent: null, uploads: {} });
  },
  height: ({ px }) => setHeight(px),
  filled({ hidden, missing }) {
    if (!Array.isArray(hidden) || !Array.isArray(missing)) return;
    list("hidden", hidden.map(String));
    list("also", missing.map(String));
  },
  blocked({ where }) {
    if (blocked.size < 20) blocked.add(String(where).slice(0, 100));
    note();
  },
};

window.addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow) return;
  const kind = event.data?.crowddesk;
  if (typeof kind === "string" && Object.hasOwn(heard, kind)) heard[kind](event.data);
});

function showTask(key) {
  frame = document.createElement("iframe");
  frame.title = page.title;
  // Scripts only: no form is sent, no window opened, nothing asked, and no origin shared with this page.
  frame.setAttribute("sandbox", "allow-scripts");
  const name = location.pathname.split("/").at(-2);
  frame.src = `../../frame/${name}/${key}`;
  $("frame").append(frame);
}

function showFile() {
  const kind = page.kind.split("/")[0];
  const shown = document.createElement(kind === "image" ? "img" : kind === "video" ? "video" : "audio");
  if (kind === "image") shown.alt = page.title;
  else shown.controls = true;
  shown.src = "file";
  shown.onerror = () => {
    $("note").textContent = "This browser cannot show the file. Open it with another program.";
    $("note").hidden = false;
  };
  document.querySelector("main").prepend(shown);
}

async function begin() {
  const answer = await fetch("about");
  if (!answer.ok) {
    $("note").textContent = await answer.text();
    $("note").hidden = false;
    return;
  }
  const about = await answer.json();
  page = about.page;
  document.title = `Read only: ${page.title}`;
  $("whose").textContent = page.words;
  if (about.frame) showTask(about.frame);
  else showFile();
  note();
}

begin();
