/* The way to the server: requests that try again until it answers, files, and the WebSocket that comes back. */

import { visitor } from "./kept.js";
import { connection } from "./screen.js";

export const WAITS = [1, 2, 4, 8, 15]; // seconds before the next try to reach the server
const BEAT = 15; // seconds between heartbeats
const ELSEWHERE = 4000; // codes with which the server closes a WebSocket
const SIGN_IN_AGAIN = 4401;

export function newId() {
  // crypto.randomUUID is missing on http pages of a local network.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The server answered and will answer the same again. `message` is its sentence for the worker. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence || "The server did not accept this.");
    this.status = status;
  }
}

/** Nobody answered, or nobody could just now: worth another try, at the earliest after `after` seconds. */
class Unreachable extends Error {
  constructor(sentence = "", after = 0) {
    super(sentence);
    this.after = after;
  }
}

function answerOf(status, text, retryAfter) {
  let told = null;
  try {
    told = JSON.parse(text);
  } catch {
    // A proxy's page, not our server's word.
  }
  const isAnswer = told !== null && typeof told === "object";
  if (status >= 200 && status < 300 && isAnswer) return told;
  // 404: the run is not served, as for a moment after a restart; what belongs to a unit is answered with 409.
  if ([404, 408, 429].includes(status) || status >= 500 || !isAnswer) throw new Unreachable(told?.error, Number(retryAfter) || 0);
  throw new Refused(status, told.error);
}

export async function get(path) {
  return request(path, { cache: "no-store" }, 30);
}

export async function post(path, body, seconds = 30) {
  const headers = { "Content-Type": "application/json" };
  if (visitor.session) headers.Authorization = `Bearer ${visitor.session}`;
  return request(`api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }, seconds);
}

async function request(path, how, seconds) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  let answer, text;
  try {
    answer = await fetch(path, { ...how, signal: stop.signal });
    text = await answer.text();
  } catch {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
  return answerOf(answer.status, text, answer.headers.get("Retry-After"));
}

/** One try to send a file, by XMLHttpRequest, since fetch tells no progress. `onPart` hears 0 to 1. */
export function sendFile(agent, field, file, onPart) {
  return new Promise((resolve, reject) => {
    const wire = new XMLHttpRequest();
    wire.open("POST", `api/upload?${new URLSearchParams({ agent, field, name: file.name })}`);
    wire.setRequestHeader("Authorization", `Bearer ${visitor.session}`);
    wire.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    wire.upload.onprogress = (event) => event.lengthComputable && onPart(event.loaded / event.total);
    wire.onerror = wire.onabort = () => reject(new Unreachable());
    wire.onload = () => {
      try {
        resolve(answerOf(wire.status, wire.responseText, wire.getResponseHeader("Retry-After")));
      } catch (error) {
        reject(error);
      }
    };
    // A part of a file is a blob, which the browser reads. A file itself is opened by the page that sends it,
    // and Chromium forbids that here: it was chosen in the frame, which is in a process of its own.
    wire.send(file.slice(0, file.size, file.type));
  });
}

/** What may mean that the server can be reached again. */
const nudges = new EventTarget();
for (const [target, kind] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
  target.addEventListener(kind, () => document.hidden || nudges.dispatchEvent(new Event("nudge")));
}

export function pause(seconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    nudges.addEventListener("nudge", resolve, { once: true });
  });
}

/** Tries with growing waits until the server answers. `isWanted`: whether it still matters after a wait. */
export async function reach(attempt, { isWanted = () => true, onWait = () => {} } = {}) {
  for (let tries = 0; ; tries++) {
    try {
      const told = await attempt();
      connection.say("answers", true);
      return told;
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        connection.say("answers", true);
        throw error;
      }
      onWait();
      connection.say("answers", false, error.message);
      await pause(Math.max(error.after, WAITS[Math.min(tries, WAITS.length - 1)]));
      if (!isWanted()) throw new Overtaken();
    }
  }
}

/** The worker has gone on to something else. */
export class Overtaken extends Error {}

/** The WebSocket: heartbeats, pushes, and itself again after every loss. One agent at a time. */
export class Live {
  constructor(onMessage, onReturn) {
    this.onMessage = onMessage;
    this.onReturn = onReturn;
    this.tab = newId();
    this.agent = undefined;
    this.socket = null;
    this.tries = 0;
    this.wasDown = false;
    this.beats = 0;
    nudges.addEventListener("nudge", () => this.check());
  }

  /** Speaks for `agent` (null: waits without one) from now on. */
  follow(agent) {
    if (this.socket && this.agent === agent) return;
    this.close();
    this.agent = agent;
    this.open();
  }

  /** Says nothing any more, until the next `follow`. */
  stop() {
    this.close();
    this.wasDown = false;
    connection.say("live", true);
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    const socket = this.socket;
    this.socket = null;
    this.agent = undefined;
    socket?.close();
  }

  open() {
    const address = new URL("live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.search = address.hash = "";
    const socket = new WebSocket(address);
    this.socket = socket;
    this.expect(10);
    socket.onopen = () => {
      socket.send(JSON.stringify({ session: visitor.session, agent: this.agent, tab: this.tab }));
      this.beat();
    };
    socket.onmessage = (event) => {
      if (socket === this.socket) this.hear(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      if (socket !== this.socket) return;
      if (event.code === ELSEWHERE) this.onMessage({ elsewhere: true });
      else this.lost();
      if (event.code === SIGN_IN_AGAIN) this.onReturn();
    };
  }

  hear(message) {
    if (!("beat" in message)) return this.onMessage(message);
    clearTimeout(this.patience);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.beat(), BEAT * 1000);
    this.tries = 0;
    connection.say("live", true);
    if (this.wasDown) {
      this.wasDown = false;
      this.onReturn();
    }
  }

  beat(seconds = 10) {
    this.socket.send(JSON.stringify({ beat: ++this.beats }));
    this.expect(seconds);
  }

  expect(seconds) {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.lost(), seconds * 1000);
  }

  /** Is it still there? After a sleep, a socket may look open for minutes. */
  check() {
    if (this.agent === undefined) return;
    if (this.socket?.readyState === WebSocket.OPEN) this.beat(4);
    else this.again();
  }

  lost() {
    const { agent } = this;
    this.close();
    this.agent = agent;
    this.wasDown = true;
    if (this.tries > 0 || !navigator.onLine) connection.say("live", false);
    this.timer = setTimeout(() => this.again(), WAITS[Math.min(this.tries++, WAITS.length - 1)] * 1000);
  }

  again() {
    const { agent } = this;
    this.close();
    this.agent = agent;
    this.open();
  }

  /** Whether it went out this way. */
  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }
}
