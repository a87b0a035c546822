/* What is on screen around the task: the run, a page of words, notices, the banner. */

import { kept, visitor } from "./kept.js";

export const $ = (id) => document.getElementById(id);

export let about = null; // what the server says of the run

export function showAbout(told) {
  about = told;
  showTitle();
  $("title").textContent = document.title;
  $("requester").textContent = about.requester ?? "";
  $("reward").textContent = about.reward ?? "";
  $("sandbox").hidden = !about.sandbox;
  $("description").textContent = about.description ?? "";
}

export function showTitle() {
  document.title = about?.title || "Task";
}

/** Shows one of the three: sign-in, message, work. `hasUnit`: there is one that may be returned. */
export function view(name, hasUnit = name === "work") {
  for (const id of ["sign-in", "message", "work"]) $(id).hidden = id !== name;
  $("tools").hidden = !hasUnit;
  $("worker").textContent = visitor.worker;
  $("signed-in").hidden = !visitor.session;
}

/** A page of words: what happened, and one button for what can be done. It gets the focus, so it is read out.
    `link`: where to go from here, as {url, label}; the button comes second then. */
export function message({ heading, text = "", more = "", button = "", then = null, link = null, hasUnit = false }) {
  const isNew = $("message").hidden || $("message-heading").textContent !== heading;
  $("message-heading").textContent = heading;
  $("message-text").textContent = text;
  $("message-more").textContent = more;
  $("message-link").hidden = !link;
  $("message-link").textContent = link?.label ?? "";
  if (link) $("message-link").href = link.url;
  else $("message-link").removeAttribute("href");
  $("message-buttons").hidden = !link && !button;
  $("message-button").hidden = !button;
  $("message-button").classList.toggle("primary", !link);
  $("message-button").textContent = button;
  $("message-button").onclick = then;
  view("message", hasUnit);
  if (isNew) $("message-heading").focus();
}

export function notice(text, isError = false) {
  $("notice").classList.toggle("error", isError);
  $("notice").textContent = text;
}

export function speak(text) {
  $("spoken").textContent = "";
  setTimeout(() => ($("spoken").textContent = text), 100);
}

/** For a person who looks elsewhere: the title says it until they are back. */
export function callBack(text) {
  document.title = text;
  speak(text);
}

/** The banner: down while one of our two ways to the server is. */
export const connection = {
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
