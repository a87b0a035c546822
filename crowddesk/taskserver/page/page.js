/* The flow of the worker's page: asks for a unit, shows it, sends the answer once and for sure, and loses no typed
   word to a reload, a closed lid or a lost connection. */

import { kept, visitor } from "./kept.js";
import { $, about, callBack, message, notice, showAbout, speak, view } from "./screen.js";
import { get, Live, newId, Overtaken, post, reach, Refused } from "./server.js";
import { askWho, enter, isRemembered, leave, takeRegistration, whenSignedElsewhere, whenTyped } from "./signin.js";
import { draftName, draftOf, dropTask, isShown, keepDraft, keepTask, openTask, serveTask, tellTask } from "./task.js";
import { has, registrationFromLink, wrapper } from "./vendor.js";
import { timeLeft, work } from "./worktime.js";

const GO_AFTER = 5; // seconds in which a person may stay who would be taken back to the vendor

let offer = null; // the last answer of `next`
let turn = 0; // grows whenever the worker goes on to something else
let sending = false; // an answer or a return is on its way: nothing else may replace it
let isElsewhere = false; // another tab has the task
let stored = 0;
let lookAgain = 0;
let going = 0; // back to the vendor, by itself

const live = new Live(hearServer, lookIfIdle);

async function start() {
  kept.sweep();
  const found = registrationFromLink();
  const onWait = () => message({ heading: "Not reachable just now", text: "This page goes on by itself." });
  showAbout(await reach(() => get("about"), { onWait }));
  if (found) await come(found);
  else if (isRemembered()) await resume();
  else if (about.open !== false) askWho();
  else message({ heading: "Nothing to do here now", text: about.reason, button: "Look again", then: () => location.reload() });
}

async function come(who) {
  if (await enter(who)) await resume();
}

/** An answer that no server has confirmed goes first, then the next unit. */
async function resume() {
  const unsent = kept.get(unsentName());
  if (unsent) await deliver(unsent);
  else await next();
}

function signOut(sentence = "") {
  turn++;
  offer = null;
  live.stop();
  dropTask();
  notice("");
  timeLeft.begin(null);
  work.agent = null;
  leave(sentence);
}

/** What any step may end with: a session that is over, or a sentence of the server. */
async function failed(error) {
  if (error instanceof Overtaken) return;
  if (error.status === 401) {
    const again = takeRegistration();
    if (again) await come(again).catch(failed);
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
  clearTimeout(going);
  try {
    const told = await reach(() => post("next", {}), { isWanted: () => mine === turn });
    if (mine === turn) show(told, notes);
  } catch (error) {
    if (mine === turn) await failed(error);
  }
}

function show(told, notes) {
  const before = offer;
  const said = join(notes, whatBecame(before, told));
  offer = told;
  live.follow(told.agent ?? null);
  timeLeft.begin(told.seconds_left, () => setTimeout(() => next(), 1500));
  if (told.kind === "unit" || told.kind === "onboarding") return showWork(before, said);
  dropTask();
  work.agent = null;
  notice("");
  // What was said stays there when nothing has come meanwhile.
  offer.notes = said || before?.notes || "";
  if (told.kind === "waiting") showWaiting();
  else if (told.kind === "barred") showEnd();
  else showNothing();
}

/** The sentences as one text; thanks are said once, at last. */
function join(...sentences) {
  return sentences.filter(Boolean).join(" ").replace(/ Thank you\.(?=.* Thank you\.)/gs, "");
}

function showWork(before, said) {
  if (isShown(offer.agent) && before.kind === offer.kind) {
    keepTask(offer);
    const known = new Set(before.updates?.map((update) => update.update_id));
    for (const update of offer.updates ?? []) {
      if (!known.has(update.update_id)) tellTask("update", { update });
    }
    if (before.status !== offer.status) showStatus(offer.status);
    view("work");
    return;
  }
  const saved = draftOf(offer);
  notice(join(said, offer.reason));
  work.begin(offer.agent, saved);
  $("work-heading").textContent = offer.kind === "onboarding" ? "Before you begin" : "The task";
  view("work");
  openTask(offer);
  $("work-heading").focus();
  if (before?.kind === "waiting") callBack("Your partner is here");
  else if (before?.kind === "none") callBack("There is a unit for you");
  if (offer.status === "partner disconnect") showStatus(offer.status);
}

/** Said when something else comes while a unit was still being worked on. */
function whatBecame(before, told) {
  if (before?.kind !== "unit" || before.isDone || before.agent === told.agent) return "";
  const isTime = timeLeft.isUp();
  if (isTime) wrapper("handleTimeoutToProvider");
  const why = isTime ? "Time is up" : "You were away";
  return before.item === told.item && draftOf(told)
    ? `${why}, so this unit had gone back. You have it again, with what you typed.`
    : `${why}, so the unit${told.agent ? " before" : ""} went back. What you typed for it is kept on this device.`;
}

function showWaiting() {
  message({
    heading: "Waiting for your partner",
    text: join(offer.notes, "You work on this together with somebody. It begins by itself when they are here."),
    more: "You can do something else meanwhile; the title of this page will tell you.",
    hasUnit: true,
  });
  // Pushed as soon as the partner comes; this is for a push that got lost.
  if (offer.again != null) lookAgain = setTimeout(() => next(), offer.again * 1000);
}

function showEnd() {
  const link = wayBack(offer);
  // A reason that is not about the worker is about the run.
  const isTheirs = /\byou\b/i.test(offer.reason);
  const isEnd = stored || offer.finished;
  const heading = isEnd ? "That was all" : isTheirs ? "You cannot work on this" : "Nothing to do here now";
  message({ heading, text: join(offer.notes, offer.reason, howToLeave(link)), more: doneSoFar(), link });
}

function showNothing() {
  const link = wayBack(offer);
  const heading = stored ? "Nothing more just now" : "Nothing free just now";
  message({ heading, text: join(offer.notes, offer.reason, howToLeave(link)), link });
  if (offer.again != null) countDown(Math.max(1, Math.ceil(offer.again)));
}

/** The way back to the vendor that the server told, as a link; null where there is none. */
function wayBack({ farewell }) {
  const { url, label } = farewell ?? {};
  return /^https?:\/\//.test(url ?? "") ? { url, label: label || "Go on" } : null;
}

/** What those do at the vendor who have done nothing here and are shown no way back. */
function howToLeave(link = null) {
  return stored || link ? "" : wrapper("sayHowToLeave");
}

/** Nothing further is offered to those who are sent back to their vendor. They go by themselves, unless there
    is something to read first. */
function sendBack({ heading, text, data = null }, link, farewell) {
  offer = null;
  live.stop();
  const goes = data && has("handleSubmitToProvider");
  const more = goes ? `${link.label} in ${GO_AFTER} seconds.` : "";
  message({ heading, text, more, link, button: goes ? "Stay here" : "", then: stay });
  if (!goes) return;
  speak(join(text, more));
  going = setTimeout(() => wrapper("handleSubmitToProvider", { ...data, farewell }), GO_AFTER * 1000);
}

function stay() {
  clearTimeout(going);
  speak("");
  $("message-more").textContent = doneSoFar();
  $("message-button").hidden = true;
  $("message-link").focus();
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

function unsentName() {
  return `unsent ${visitor.worker}`;
}

async function submit(data) {
  if (sending || !offer) return;
  if (offer.kind === "onboarding") return answerOnboarding(data);
  const unsent = {
    item: draftName(offer),
    body: { agent: offer.agent, client_id: newId(), data, work: work.told() },
  };
  kept.set(unsentName(), unsent);
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
  kept.drop(unsentName());
  kept.drop(unsent.item);
  stored++;
  sending = false;
  if (offer) offer.isDone = true;
  dropTask();
  notice("");
  const link = wayBack(receipt);
  if (!link) wrapper("handleSubmitToProvider", unsent.body.data);
  if (isElsewhere) return;
  const thanks = receipt.late ? "Your answer came late, but it is stored." : "Your answer is stored.";
  if (link) {
    timeLeft.begin(null);
    const said = receipt.reason
      ? { heading: thanks, text: receipt.reason }
      : { heading: "Thank you", text: thanks, data: unsent.body.data };
    return sendBack(said, link, receipt.farewell);
  }
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
  kept.drop(unsentName());
  if (error.status !== 409 && isShown(unsent.body.agent)) {
    view("work");
    notice(error.message, true);
    tellTask("refused", { error: error.message });
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
    tellTask("refused", { error: error.message });
    return;
  }
  sending = false;
  kept.drop(draftName(offer));
  offer = null;
  dropTask();
  if (result.passed) return next(result.reason || "You passed. Here is the task.");
  timeLeft.begin(null);
  notice("");
  const link = wayBack(result);
  const said = { heading: "You did not pass", text: result.reason || "You cannot work on this task." };
  if (link) sendBack(said, link, result.farewell);
  else message({ ...said, text: join(said.text, howToLeave()) });
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
  dropTask();
  notice("");
  timeLeft.begin(null);
  work.agent = null;
  wrapper("handleReturnToProvider");
  const text = join("Nothing was sent.", howToLeave());
  message({ heading: "You returned it", text, button: "Get another", then: () => next() });
});

function showStatus(status) {
  tellTask("status", { status });
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
    if (!sending) dropTask();
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
    tellTask("update", { update: told.update });
  } else if (told.closed) {
    showClosed(told.closed);
  } else if (told.changed) {
    lookIfIdle();
  } else if (told.status) {
    hearStatus(told.status);
  }
}

/** Goes on as them only when asked to: they are at work in the tab in which they signed in. */
function showSomebodyElse(who) {
  if (sending) return;
  isElsewhere = true;
  turn++;
  clearTimeout(lookAgain);
  clearTimeout(going);
  live.stop();
  offer = null;
  dropTask();
  notice("");
  timeLeft.begin(null);
  message({
    heading: "Somebody else has signed in",
    text: `${who} has signed in here in another tab or window. What you typed is kept on this device.`,
    button: "Use this tab",
    then: () => location.reload(),
  });
}

function showClosed(sentence) {
  if (sending) return;
  turn++;
  clearTimeout(lookAgain);
  const had = offer?.kind === "unit" && !offer.isDone;
  offer = null;
  dropTask();
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
    dropTask();
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

serveTask({ submit, act: (act) => live.send({ act }), failed });
whenTyped((who) => come(who).catch(failed));
whenSignedElsewhere((who) => (who ? showSomebodyElse(who) : location.reload()));
$("sign-out").onclick = () => signOut();
document.addEventListener("visibilitychange", () => document.hidden && !sending && keepDraft());
window.addEventListener("pageshow", (event) => event.persisted && !$("message-link").hidden && stay());
window.addEventListener("pagehide", () => sending || keepDraft());
start().catch(failed);
