/* Who works here: admitted by the server, and asked when the link does not say. */

import { kept, visitor } from "./kept.js";
import { $, about, message, view } from "./screen.js";
import { post, reach, Refused } from "./server.js";
import { wrapper } from "./vendor.js";

let registration = null; // how this visit signed in, to do it again when a session ends

/** Signs in; one who is not admitted is told why and asked again. Returns whether it worked. */
export async function enter(who) {
  visitor.session = null;
  try {
    const { session, worker } = await reach(() => post("enter", { registration: who }));
    Object.assign(visitor, { session, worker });
    registration = who;
    kept.set("session", { session, worker });
    if (kept.lasts("session")) wrapper("handleSignedIn");
    $("who").value = "";
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    kept.drop("session");
    askWho(error.message);
    return false;
  }
}

/** How this visit signed in, once: a session that ends at once again is not worth a third try. */
export function takeRegistration() {
  const taken = registration;
  registration = null;
  return taken;
}

/** Goes on with the session that this device remembers, if it does. */
export function isRemembered() {
  const remembered = kept.get("session");
  if (remembered) Object.assign(visitor, { session: remembered.session, worker: remembered.worker });
  return Boolean(remembered);
}

export function leave(sentence) {
  kept.drop("session");
  visitor.session = registration = null;
  const again = wrapper("sayHowToCome") ?? "To go on, open your personal link again.";
  askWho(sentence || (about.sign_in ? "" : `You are signed out. ${again}`));
}

export function askWho(error = "") {
  if (!about.sign_in) {
    const how = wrapper("sayHowToCome");
    const text = error || `This link does not say who you are. ${how ?? "Open the personal link that you were sent."}`;
    message({ heading: how ? "You are not signed in" : "Open your personal link", text });
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

/** Calls `go` with what was typed, each time the form is sent. */
export function whenTyped(go) {
  $("sign-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    const who = $("who").value.trim();
    const isCode = about.sign_in === "code";
    if (!who) return askWho(isCode ? "Type your code." : "Type your name.");
    const button = $("sign-in").querySelector("button");
    button.disabled = true;
    await go(isCode ? { code: who } : { worker_name: who });
    button.disabled = false;
  });
}

/** Calls `go` when another tab signed out (""), or in as somebody else, with their name. */
export function whenSignedElsewhere(go) {
  window.addEventListener("storage", (event) => {
    if (event.key !== kept.key("session") || !visitor.session) return;
    const who = kept.get("session")?.worker ?? "";
    if (who !== visitor.worker) go(who);
  });
}
