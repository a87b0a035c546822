/* The worker's side of a run: signs in, asks for a unit, shows it in its frame, sends the answer once and for sure,
   and loses no typed word to a reload, a closed lid or a lost connection. */

const RUN = location.pathname;
const DAY = 86_400_000;
const WAITS = [1, 2, 4, 8, 15]; // seconds before the next try to reach the server
const BEAT = 15; // seconds between heartbeats
const ELSEWHERE = 4000; // codes with which the server closes a WebSocket
const SIGN_IN_AGAIN = 4401;
const IDLE = 60; // seconds without a sign of life that still count as work
const $ = (id) => document.getElementById(id);

// ------------------------------------------------------------------------------------ what this device remembers

/** JSON values by name, in localStorage; in memory alone where the browser allows or holds no more. */
const kept = {
  works: true,
  memory: new Map(),
  key: (name) => `crowddesk ${RUN} ${name}`,

  get(name) {
    if (kept.memory.has(name)) return kept.memory.get(name);
    try {
      return JSON.parse(localStorage.getItem(kept.key(name)));
    } catch {
      return null;
    }
  },

  set(name, value) {
    try {
      localStorage.setItem(kept.key(name), JSON.stringify(value));
      kept.memory.delete(name);
    } catch {
      kept.drop(name);
      kept.memory.set(name, value);
      kept.works = false;
    }
  },

  drop(name) {
    kept.memory.delete(name);
    try {
      localStorage.removeItem(kept.key(name));
    } catch {
      kept.works = false;
    }
  },

  /** Drafts of any run that nobody went on with for 30 days. */
  sweep() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (!/^crowddesk \S+ draft /.test(key)) continue;
        const at = JSON.parse(localStorage.getItem(key))?.at;
        if (!(Date.now() - at < 30 * DAY)) localStorage.removeItem(key);
      }
    } catch {
      kept.works = false;
    }
  },
};

function newId() {
  // crypto.randomUUID is missing on http pages of a local network.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ------------------------------------------------------------------------------------------------- the server

/** The server answered and will answer the same again. `message` is its sentence for the worker. */
class Refused extends Error {
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

async function get(path) {
  return request(path, { cache: "no-store" }, 30);
}

async function post(path, body, seconds = 30) {
  const headers = { "Content-Type": "application/json" };
  if (session) headers.Authorization = `Bearer ${session}`;
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
function sendFile(agent, field, file, onPart) {
  return new Promise((resolve, reject) => {
    const wire = new XMLHttpRequest();
    wire.open("POST", `api/upload?${new URLSearchParams({ agent, field, name: file.name })}`);
    wire.setRequestHeader("Authorization", `Bearer ${session}`);
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

function pause(seconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    nudges.addEventListener("nudge", resolve, { once: true });
  });
}

/** Tries with growing waits until the server answers. `isWanted`: whether it still matters after a wait. */
async function reach(attempt, { isWanted = () => true, onWait = () => {} } = {}) {
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
class Overtaken extends Error {}

/** The banner: down while one of our two ways to the server is. */
const connection = {
  down: new Map(),

  say(way, isUp, sentence = "") {
    if (isUp) connection.down.delete(way);
    else connection.down.set(way, sentence);
    const told = [...connection.down.values()].find(Boolean);
    const safe = kept.works
      ? "No connection. Your answers are kept on this device."
      : "No connection. Keep this page open: your answers are kept in it.";
    const text = connection.down.size ? told || safe : "";
    if ($("banner").textContent !== text) $("banner").textContent = text;
  },
};

/** The WebSocket: heartbeats, pushes, and itself again after every loss. One agent at a time. */
class Live {
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
      socket.send(JSON.stringify({ session, agent: this.agent, tab: this.tab }));
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

// --------------------------------------------------------------------------------------- what was done when

/** Measures the work on one unit. Active: page visible and focused, and a sign of life within the last minute. */
const work = {
  agent: null,
  startedAt: "",
  active: 0,
  pasted: new Set(),
  lastSign: 0,
  lastTick: 0,

  begin(agent, saved) {
    const isSame = saved?.agent === agent;
    work.agent = agent;
    work.startedAt = isSame ? saved.startedAt : new Date().toISOString();
    work.active = isSame ? saved.active : 0;
    work.pasted = new Set(saved?.pasted);
    work.lastTick = Date.now();
    work.sign();
  },

  sign() {
    work.lastSign = Date.now();
    document.title = about?.title || "Task";
  },

  tick() {
    const now = Date.now();
    // A longer gap was a sleep of the machine.
    const passed = Math.min(now - work.lastTick, 2000) / 1000;
    work.lastTick = now;
    const isHere = document.visibilityState === "visible" && document.hasFocus();
    if (work.agent !== null && isHere && now - work.lastSign < IDLE * 1000) work.active += passed;
  },

  kept: () => ({ agent: work.agent, startedAt: work.startedAt, active: work.active, pasted: [...work.pasted] }),

  told() {
    work.tick();
    return {
      started_at: work.startedAt,
      ended_at: new Date().toISOString(),
      active_seconds: Math.round(work.active * 10) / 10,
      pasted: [...work.pasted],
    };
  },
};

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "touchmove"]) {
  window.addEventListener(kind, (event) => event.isTrusted && work.sign(), { capture: true, passive: true });
}

/** Time left: a calm line, told aloud at five minutes and at one, in words and colour when it ends. */
const timeLeft = {
  end: null,
  toTell: [],
  onEnd: () => {},

  begin(seconds, onEnd) {
    timeLeft.end = seconds == null ? null : Date.now() + seconds * 1000;
    timeLeft.toTell = [300, 60].filter((limit) => seconds > limit);
    timeLeft.onEnd = onEnd;
    timeLeft.tick();
  },

  tick() {
    const line = $("time");
    line.hidden = timeLeft.end === null;
    if (line.hidden) return;
    const left = Math.max(0, Math.ceil((timeLeft.end - Date.now()) / 1000));
    const text = timeLeft.words(left);
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("soon", left <= 60);
    while (timeLeft.toTell.length && left <= timeLeft.toTell[0]) {
      const limit = timeLeft.toTell.shift();
      if (!(left <= timeLeft.toTell[0])) speak(limit === 60 ? "1 minute left." : "5 minutes left.");
    }
    if (left === 0) {
      const { onEnd } = timeLeft;
      timeLeft.onEnd = () => {};
      onEnd();
    }
  },

  words(left) {
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) return "Time is up";
    if (left <= 60) return `Ends soon: ${clock}`;
    if (left < 120) return `${clock} left`;
    const minutes = Math.floor(left / 60);
    return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  },
};

setInterval(() => {
  work.tick();
  timeLeft.tick();
}, 1000);

// ------------------------------------------------------------------------------------------ what is on screen

/** Shows one of the three: sign-in, message, work. */
function view(name) {
  for (const id of ["sign-in", "message", "work"]) $(id).hidden = id !== name;
  $("tools").hidden = name !== "work" && !(name === "message" && offer?.kind === "waiting");
  $("signed-in").hidden = !session;
}

/** A page of words: what happened, and one button for what can be done. It gets the focus, so it is read out. */
function message({ heading, text = "", more = "", button = "", then = null }) {
  const isNew = $("message").hidden || $("message-heading").textContent !== heading;
  $("message-heading").textContent = heading;
  $("message-text").textContent = text;
  $("message-more").textContent = more;
  $("message-button").hidden = !button;
  $("message-button").textContent = button;
  $("message-button").onclick = then;
  view("message");
  if (isNew) $("message-heading").focus();
}

function notice(text, isError = false) {
  $("notice").classList.toggle("error", isError);
  $("notice").textContent = text;
}

function speak(text) {
  $("spoken").textContent = "";
  setTimeout(() => ($("spoken").textContent = text), 100);
}

/** For a person who looks elsewhere: the title says it until they are back. */
function callBack(text) {
  document.title = text;
  speak(text);
}

function showAbout() {
  $("title").textContent = document.title = about.title || "Task";
  $("requester").textContent = about.requester ?? "";
  $("reward").textContent = about.reward ?? "";
  $("sandbox").hidden = !about.sandbox;
  $("description").textContent = about.description ?? "";
}

// ---------------------------------------------------------------------------------------------------- the frame

let frame = null; // the iframe of the unit that is shown

function openFrame() {
  dropFrame();
  const opened = document.createElement("iframe");
  opened.title = `Task: ${about.title}`;
  // No allow-same-origin: the task's scripts reach neither this page nor what it remembers.
  opened.setAttribute("sandbox", "allow-scripts allow-forms allow-modals allow-popups");
  opened.className = "loading";
  opened.src = offer.frame;
  opened.onload = () => {
    // The task speaks before it has loaded; this was an error page of the browser.
    setTimeout(() => {
      if (opened !== frame || opened.className !== "loading") return;
      connection.say("frame", false);
      pause(WAITS[1]).then(() => opened === frame && openFrame());
    }, 1500);
  };
  // A new element each time: a new address in an old one would be a step for the Back button.
  $("frame").append(opened);
  frame = opened;
}

function dropFrame() {
  frame?.remove();
  frame = null;
  connection.say("frame", true);
}

function tellFrame(kind, more) {
  // The frame's origin is opaque, so no target origin can be named; our policy keeps foreign pages out of it.
  frame?.contentWindow?.postMessage({ crowddesk: kind, ...more }, "*");
}

function setHeight(px) {
  if (!frame || !Number.isFinite(px)) return;
  frame.style.height = px > 0 ? `${Math.min(Math.ceil(px), 200_000)}px` : "max(24rem, calc(100vh - 8rem))";
}

const heardFromFrame = {
  ready({ height, knowsDark }) {
    connection.say("frame", true);
    setHeight(height);
    frame.className = knowsDark ? "knows-dark" : "";
    const { updates = [], status, agent, uploads = {} } = offer;
    tellFrame("start", { draft: draftOf(offer)?.values ?? null, updates, status, uploads, agent });
  },
  height: ({ px }) => setHeight(px),
  active: () => work.sign(),
  pasted: ({ field }) => work.pasted.add(String(field)),
  draft: ({ values }) => keepDraft(values),
  submit: ({ data }) => submit(data),
  act({ act }) {
    const { agent } = offer;
    // One that is refused belongs to a unit that is over, and its status says so.
    if (!live.send({ act })) reach(() => post("act", { agent, act })).catch(console.warn);
  },
  async upload({ id, field, file }) {
    const { agent } = offer;
    const source = frame;
    const tell = (kind, more) => source === frame && tellFrame(kind, { id, ...more });
    try {
      const send = () => sendFile(agent, field, file, (part) => tell("progress", { part }));
      tell("uploaded", { ref: await reach(send, { isWanted: () => source === frame }) });
    } catch (error) {
      if (error.status === 401) failed(error);
      tell("uploaded", { error: error.message });
    }
  },
};

window.addEventListener("message", (event) => {
  if (!frame || !offer || event.source !== frame.contentWindow) return;
  const kind = event.data?.crowddesk;
  if (typeof kind === "string" && Object.hasOwn(heardFromFrame, kind)) heardFromFrame[kind](event.data);
});

function draftName(of) {
  return `draft ${worker} ${of.item ?? of.agent}`;
}

function draftOf(of) {
  return kept.get(draftName(of));
}

function keepDraft(values) {
  if (!frame || !offer) return;
  const saved = values === undefined ? (draftOf(offer)?.values ?? null) : values;
  kept.set(draftName(offer), { at: Date.now(), values: saved, ...work.kept() });
}

document.addEventListener("visibilitychange", () => document.hidden && !sending && keepDraft());
window.addEventListener("pagehide", () => sending || keepDraft());

// ------------------------------------------------------------------------------------------------ the wrapper

/** A function of the vendor's wrap_crowd_source.js; null when it is missing or fails: that must not stop the work. */
function wrapper(name, ...values) {
  try {
    const told = typeof window[name] === "function" ? window[name](...values) : null;
    Promise.resolve(told).catch(console.error);
    return told ?? null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** Who the link says it is for, or null. What is after the #, as a code is, leaves the address bar. */
function registrationFromLink() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  const name = wrapper("getWorkerName");
  const found =
    wrapper("getRegistration") ??
    (name ? { worker_name: name, assignment_id: wrapper("getAssignmentId") } : null) ??
    (code ? { code } : null);
  if (location.hash && found) history.replaceState(null, "", location.pathname + location.search);
  return found;
}

// ----------------------------------------------------------------------------------------------------- the work

let about = null;
let session = null;
let worker = "";
let registration = null; // how this visit signed in, to do it again when a session ends
let offer = null; // the last answer of `next`
let turn = 0; // grows whenever the worker goes on to something else
let sending = false; // an answer or a return is on its way: nothing else may replace it
let isElsewhere = false; // another tab has the task
let stored = 0;
let lookAgain = 0;

const live = new Live(hearServer, lookIfIdle);

async function start() {
  kept.sweep();
  const found = registrationFromLink();
  const onWait = () => message({ heading: "Not reachable just now", text: "This page goes on by itself." });
  about = await reach(() => get("about"), { onWait });
  showAbout();
  const remembered = kept.get("session");
  if (found) {
    await enter(found);
  } else if (remembered) {
    ({ session, worker } = remembered);
    await resume();
  } else if (about.open === false) {
    message({ heading: "Nothing to do here now", text: about.reason, button: "Look again", then: () => location.reload() });
  } else {
    askWho();
  }
}

function askWho(error = "") {
  if (!about.sign_in) {
    const text = error || "This link does not say who you are. Open the personal link that you were sent.";
    message({ heading: "Open your personal link", text });
    return;
  }
  const isCode = about.sign_in === "code";
  $("who-label").textContent = isCode ? "Your code" : "Your name";
  $("who").autocomplete = isCode ? "off" : "name";
  $("who").setAttribute("aria-invalid", String(Boolean(error)));
  $("sign-in-error").textContent = error;
  view("sign-in");
  $("who").focus();
}

$("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const who = $("who").value.trim();
  if (!who) return askWho(about.sign_in === "code" ? "Type your code." : "Type your name.");
  const button = $("sign-in").querySelector("button");
  button.disabled = true;
  await enter(about.sign_in === "code" ? { code: who } : { worker_name: who }).catch(failed);
  button.disabled = false;
});

/** Signs in and goes on; one who is not admitted is told why and asked again. */
async function enter(who) {
  session = null;
  try {
    const told = await reach(() => post("enter", { registration: who }));
    ({ session, worker } = told);
    registration = who;
    kept.set("session", { session, worker });
    $("who").value = "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    kept.drop("session");
    return askWho(error.message);
  }
  await resume();
}

/** An answer that no server has confirmed goes first, then the next unit. */
async function resume() {
  $("worker").textContent = worker;
  const unsent = kept.get(`unsent ${worker}`);
  if (unsent) await deliver(unsent);
  else await next();
}

function signOut(sentence = "") {
  turn++;
  kept.drop("session");
  session = registration = offer = null;
  live.stop();
  dropFrame();
  notice("");
  timeLeft.begin(null);
  work.agent = null;
  askWho(sentence || (about.sign_in ? "" : "You are signed out. To go on, open your personal link again."));
}

$("sign-out").onclick = () => signOut();

/** What any step may end with: a session that is over, or a sentence of the server. */
async function failed(error) {
  if (error instanceof Overtaken) return;
  if (error.status === 401) {
    const again = registration;
    registration = null;
    if (again) await enter(again).catch(failed);
    else signOut(error.message);
    return;
  }
  if (!(error instanceof Refused)) console.error(error);
  const text = error instanceof Refused ? error.message : "Load the page again. What you typed is kept on this device.";
  message({ heading: "This did not work", text, button: "Try again", then: () => next() });
}

/** Asks what there is to do and shows it. `notes`: what has just happened, said above it. */
async function next(notes = "") {
  if (sending) return;
  const mine = ++turn;
  clearTimeout(lookAgain);
  try {
    const told = await reach(() => post("next", {}), { isWanted: () => mine === turn });
    if (mine === turn) show(told, notes);
  } catch (error) {
    if (mine === turn) await failed(error);
  }
}

function show(told, notes) {
  const before = offer;
  offer = told;
  live.follow(told.agent ?? null);
  timeLeft.begin(told.seconds_left, () => setTimeout(() => next(), 1500));
  if (told.kind === "unit" || told.kind === "onboarding") return showWork(before, notes);
  dropFrame();
  work.agent = null;
  notice("");
  if (told.kind === "waiting") return showWaiting();
  if (told.kind === "barred") {
    const heading = stored ? "That was all" : "You cannot work on this";
    return message({ heading, text: [notes, told.reason].filter(Boolean).join(" "), more: doneSoFar() });
  }
  showNothing(notes, before);
}

function showWork(before, notes) {
  const isSame = before?.agent === offer.agent && before.kind === offer.kind;
  if (frame && isSame) {
    const known = new Set(before.updates?.map((update) => update.update_id));
    for (const update of offer.updates ?? []) {
      if (!known.has(update.update_id)) tellFrame("update", { update });
    }
    if (before.status !== offer.status) showStatus(offer.status);
    view("work");
    return;
  }
  const saved = draftOf(offer);
  notice([notes, whatBecame(before, saved), offer.reason].filter(Boolean).join(" "));
  work.begin(offer.agent, saved);
  $("work-heading").textContent = offer.kind === "onboarding" ? "Before you begin" : "The task";
  view("work");
  openFrame();
  $("work-heading").focus();
  if (before?.kind === "waiting") callBack("Your partner is here");
  else if (before?.kind === "none") callBack("There is a unit for you");
  if (offer.status === "partner disconnect") showStatus(offer.status);
}

/** Said when a unit comes while another one was still being worked on. */
function whatBecame(before, saved) {
  if (before?.kind !== "unit" || before.isDone || before.agent === offer.agent) return "";
  return saved && before.item === offer.item
    ? "You were away, so this unit had gone back. You have it again, with what you typed."
    : "You were away, so the unit before went back. What you typed for it is kept on this device.";
}

function showWaiting() {
  message({
    heading: "Waiting for your partner",
    text: "You work on this together with somebody. It begins by itself when they are here.",
    more: "You can do something else meanwhile; the title of this page will tell you.",
  });
  // Pushed as soon as the partner comes; this is for a push that got lost.
  if (offer.again != null) lookAgain = setTimeout(() => next(), offer.again * 1000);
}

function showNothing(notes, before) {
  const lost = before?.kind === "unit" && !before.isDone;
  const gone = lost ? "You were away, so the unit went back. What you typed for it is kept on this device." : "";
  // What was said stays there when nothing has come meanwhile.
  offer.notes = [notes, gone].filter(Boolean).join(" ") || before?.notes || "";
  const isOver = offer.again == null;
  const heads = stored ? ["That was all", "Nothing more just now"] : ["Nothing to do here now", "Nothing free just now"];
  message({
    heading: heads[isOver ? 0 : 1],
    text: [offer.notes, offer.reason].filter(Boolean).join(" "),
    more: isOver ? doneSoFar() : "",
  });
  if (!isOver) countDown(Math.max(1, Math.ceil(offer.again)));
}

function doneSoFar() {
  return stored ? `${stored} ${stored === 1 ? "answer" : "answers"} stored on this visit. You can close this page.` : "";
}

function countDown(seconds) {
  if (seconds <= 0) return next();
  $("message-more").textContent = `We look again in ${seconds} s.`;
  lookAgain = setTimeout(() => countDown(seconds - 1), 1000);
}

// -------------------------------------------------------------------------------------------------- sending

async function submit(data) {
  if (sending || !offer) return;
  if (offer.kind === "onboarding") return answerOnboarding(data);
  const unsent = {
    item: draftName(offer),
    body: { agent: offer.agent, client_id: newId(), data, work: work.told() },
  };
  kept.set(`unsent ${worker}`, unsent);
  await deliver(unsent);
}

/** Sends a kept answer until the server says that it has it, over reloads and restarts; the id makes it one. */
async function deliver(unsent) {
  sending = true;
  turn++;
  const slow = setTimeout(() => notice("Sending your answer…"), 600);
  const onWait = () => {
    if ($("work").hidden && !$("message").hidden) return;
    message({
      heading: "Your answer is not sent yet",
      text: kept.works
        ? "It is kept on this device and sent as soon as there is a connection."
        : "Keep this page open. Your answer is sent as soon as there is a connection.",
    });
  };
  let receipt;
  try {
    receipt = await reach(() => post("submit", unsent.body, 120), { onWait });
  } catch (error) {
    sending = false;
    return refuse(unsent, error);
  } finally {
    clearTimeout(slow);
  }
  kept.drop(`unsent ${worker}`);
  kept.drop(unsent.item);
  stored++;
  sending = false;
  if (offer) offer.isDone = true;
  dropFrame();
  notice("");
  wrapper("handleSubmitToProvider", unsent.body.data);
  if (isElsewhere) return;
  const thanks = receipt.late ? "Your answer came late, but it is stored." : "Your answer is stored.";
  if (receipt.more && !receipt.reason) return next(`${thanks} Thank you.`);
  timeLeft.begin(null);
  if (receipt.reason) {
    const button = receipt.more ? "Go on" : "";
    message({ heading: thanks, text: receipt.reason, button, then: () => next() });
  } else {
    message({ heading: "That was all", text: `${thanks} Thank you.`, more: doneSoFar() });
  }
}

/** An answer that the server does not take: the form is usable again where it is still the worker's. */
async function refuse(unsent, error) {
  if (error.status === 401 || !(error instanceof Refused)) return failed(error);
  kept.drop(`unsent ${worker}`);
  if (error.status !== 409 && frame && offer?.agent === unsent.body.agent) {
    view("work");
    notice(error.message, true);
    tellFrame("refused", { error: error.message });
  } else {
    await next(error.message);
  }
}

async function answerOnboarding(data) {
  const { agent } = offer;
  sending = true;
  let result;
  try {
    result = await reach(() => post("onboard", { agent, data }));
  } catch (error) {
    sending = false;
    if (!(error instanceof Refused) || error.status === 401 || error.status === 409) return failed(error);
    notice(error.message, true);
    tellFrame("refused", { error: error.message });
    return;
  }
  sending = false;
  kept.drop(draftName(offer));
  offer = null;
  dropFrame();
  if (result.passed) return next(result.reason || "You passed. Here is the task.");
  timeLeft.begin(null);
  notice("");
  message({ heading: "You did not pass", text: result.reason || "You cannot work on this task." });
}

// ------------------------------------------------------------------------------------- giving back, being told

$("return").onclick = () => {
  $("return-sheet").returnValue = "stay";
  $("return-sheet").showModal();
};

$("return-sheet").addEventListener("close", async () => {
  if ($("return-sheet").returnValue !== "return" || sending || !offer?.agent) return;
  const returned = offer;
  turn++;
  sending = true;
  try {
    await reach(() => post("return", { agent: returned.agent }));
  } catch (error) {
    sending = false;
    return error.status === 409 ? next() : failed(error);
  }
  sending = false;
  kept.drop(draftName(returned));
  offer = null;
  dropFrame();
  notice("");
  timeLeft.begin(null);
  work.agent = null;
  wrapper("handleReturnToProvider");
  message({ heading: "You returned it", text: "Nothing was sent.", button: "Get another", then: () => next() });
});

function showStatus(status) {
  tellFrame("status", { status });
  if (status === "partner disconnect") notice("Your partner has left. You can still send what you have.");
}

/** Asks again, unless something stands there that has to be read and answered first. */
function lookIfIdle() {
  const isAsked = !$("message").hidden && !$("message-button").hidden;
  if (offer && !isElsewhere && !isAsked) next();
}

function hearServer(told) {
  if (isElsewhere) return;
  if (told.elsewhere) {
    isElsewhere = true;
    turn++;
    clearTimeout(lookAgain);
    live.stop();
    if (!sending) dropFrame();
    offer = sending ? offer : null;
    notice("");
    timeLeft.begin(null);
    message({
      heading: "Open in another tab",
      text: "You have opened this task in another tab or window. It goes on there.",
      button: "Use this tab",
      then: () => ((isElsewhere = false), next()),
    });
  } else if (told.update) {
    offer?.updates?.push(told.update);
    tellFrame("update", { update: told.update });
  } else if (told.closed) {
    showClosed(told.closed);
  } else if (told.changed) {
    lookIfIdle();
  } else if (told.status) {
    hearStatus(told.status);
  }
}

function showClosed(sentence) {
  if (sending) return;
  turn++;
  clearTimeout(lookAgain);
  const had = offer?.kind === "unit" && !offer.isDone;
  offer = null;
  dropFrame();
  notice("");
  timeLeft.begin(null);
  live.stop();
  const more = had ? "What you typed is kept on this device." : doneSoFar();
  message({ heading: "This run is closed", text: sentence, more, button: "Look again", then: () => next() });
}

function hearStatus(status) {
  if (sending || !offer?.agent || offer.isDone) return;
  offer.status = status;
  if (status === "timeout" || status === "expired") {
    const isTime = status === "timeout";
    turn++;
    offer.isDone = true;
    dropFrame();
    notice("");
    timeLeft.begin(null);
    if (isTime) wrapper("handleTimeoutToProvider");
    message({
      heading: isTime ? "Time is up" : "This unit was taken down",
      text: isTime ? "The time for this unit is over, so it went back." : "It is no longer wanted.",
      more: "What you typed is kept on this device. It comes back if you get the unit again.",
      button: "Go on",
      then: () => next(),
    });
  } else if (status === "disconnect" || status === "returned" || offer.kind !== "unit") {
    next();
  } else {
    showStatus(status);
  }
}

// Another tab signed out, or in as somebody else.
window.addEventListener("storage", (event) => {
  if (event.key === kept.key("session") && session && kept.get("session")?.worker !== worker) location.reload();
});

start().catch(failed);
