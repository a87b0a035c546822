/* A conversation's own script: shows what is said, sends what is typed until it is confirmed, says who is here, and
   lets the form go once enough was said. What everybody has seen is the server's word, and comes again after a reload. */
(() => {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const { roles, least } = JSON.parse($("chat").dataset.rules);
  const box = $("chat-text");
  const log = $("chat-log");
  const AGAIN = 4; // seconds until what nobody confirmed is sent again; twice as long each time
  const TRIES = 6;
  const TYPING = 3000; // milliseconds between two signs of typing; twice that, one is believed

  let me = null; // {number, of, text}
  let unsent = []; // [{id, text}] that the server has not confirmed; the page around tries for itself, too
  let status = "";
  let isFull = false;
  const seen = new Map(); // "number id" -> the message
  const gone = new Map(); // number -> "left" or "finished"
  const desk = window.crowddesk;

  function newId() {
    // crypto.randomUUID is missing on http pages of a local network.
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function nameOf(number) {
    if (me && number === me.number) return "You";
    const role = roles[number - 1];
    if (role && roles.indexOf(role) === roles.lastIndexOf(role)) return role;
    return me?.of === 2 && !role ? "Your partner" : `${role || "Person"} ${number}`;
  }

  // -------------------------------------------------------------------------------------------- what is shown

  function add(element) {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    log.append(element);
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  }

  function lineOf(by, text, at) {
    const line = document.createElement("div");
    const who = document.createElement("p");
    const words = document.createElement("p");
    const name = document.createElement("bdi");
    name.textContent = by;
    who.className = "by";
    who.append(name);
    if (at) {
      const time = document.createElement("time");
      time.dateTime = at;
      time.textContent = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      who.append(" ", time);
    } else {
      who.append(" (not sent yet)");
    }
    words.className = "chat-words";
    words.dir = "auto";
    words.textContent = text;
    line.className = "chat-line";
    line.append(who, words);
    return line;
  }

  function lineOfMessage(message) {
    const line = lineOf(nameOf(message.number), message.text, message.at);
    if (message.number === me?.number) {
      line.classList.add("mine");
      line.setAttribute("aria-live", "off"); // one's own words need no reading out
    }
    return line;
  }

  function sayEvent(text) {
    const line = document.createElement("p");
    line.className = "chat-event";
    line.textContent = text;
    add(line);
  }

  function showUnsent() {
    for (const line of log.querySelectorAll(".unsent")) line.remove();
    for (const { text } of unsent) {
      const line = lineOf("You", text, "");
      line.classList.add("mine", "unsent");
      line.setAttribute("aria-live", "off");
      add(line);
    }
  }

  function showPeople() {
    const people = [];
    for (let number = 1; number <= (me?.of ?? 0); number++) {
      const person = document.createElement("li");
      const name = document.createElement("bdi");
      const role = number === me.number && roles[number - 1];
      name.textContent = role ? `You (${role})` : nameOf(number);
      person.append(gone.has(number) ? "○ " : "● ", name);
      if (gone.has(number)) person.append(`: ${gone.get(number)}`);
      people.push(person);
    }
    $("chat-people").replaceChildren(...people);
  }

  const mine = () => [...seen.values()].filter((message) => message.number === me?.number).length + unsent.length;

  const isAlone = () => me !== null && gone.size >= me.of - 1;

  function mayWrite() {
    const may = me !== null && !isFull && !isAlone();
    if (box.disabled === may) box.disabled = $("chat-send").disabled = !may;
  }

  /** How many messages are missing before this worker may finish; none once somebody is gone. */
  function missing() {
    return gone.size || isFull || status === "partner disconnect" ? 0 : Math.max(0, least - mine());
  }

  function showCount(isEarly = false) {
    const left = missing();
    let words = left ? `Send ${left} more ${left === 1 ? "message" : "messages"}, then you can finish.` : "";
    if (isEarly && !left) words = "Your last message is still on its way. Finish when it has arrived.";
    if (isAlone() && !words) words = "Nobody else is here any more. You can finish now.";
    $("chat-count").classList.toggle("wrong", isEarly);
    if ($("chat-count").textContent !== words) $("chat-count").textContent = words;
  }

  function leave(number, how) {
    if (gone.get(number) === how) return;
    gone.set(number, how);
    sayEvent(`${nameOf(number)} ${how === "left" ? "has left" : "has finished"}.`);
    showPeople();
    showCount();
    mayWrite();
  }

  // --------------------------------------------------------------------------------------------- what is heard

  const heard = {
    you(update) {
      if (me) return;
      me = update;
      const role = roles[me.number - 1];
      $("chat-role").hidden = !role && !me.text;
      $("chat-role-name").textContent = role ? `You are: ${role}` : "For you alone";
      $("chat-role-text").replaceChildren(
        ...(me.text || "").split(/\n[ \t]*\n/).filter(Boolean).map((part) => {
          const paragraph = document.createElement("p");
          paragraph.textContent = part;
          return paragraph;
        }),
      );
      // What was said before has other names now.
      log.replaceChildren(...[...seen.values()].map(lineOfMessage));
      showUnsent();
      showPeople();
      mayWrite();
      showStatus(status);
    },

    message(update) {
      const key = `${update.number} ${update.id}`;
      if (seen.has(key)) return;
      seen.set(key, update);
      const isMine = me && update.number === me.number;
      if (isMine) unsent = unsent.filter((message) => message.id !== update.id);
      for (const line of log.querySelectorAll(".unsent")) line.remove();
      add(lineOfMessage(update));
      showUnsent();
      if (gone.get(update.number) === "finished") gone.delete(update.number);
      stopTyping(update.number);
      showPeople();
      showCount();
      mayWrite();
      keep();
    },

    typing(update) {
      typing.set(update.number, Date.now() + 2 * TYPING);
      showTyping();
    },

    left: (update) => leave(update.number, "left"),
    finished: (update) => leave(update.number, "finished"),

    full() {
      isFull = true;
      unsent = [];
      showUnsent();
      mayWrite();
      sayEvent("The conversation is as long as it may be. You can finish now.");
      showCount();
    },
  };

  function hear(update) {
    if (Object.hasOwn(heard, update?.type)) heard[update.type](update);
  }

  function showStatus(now) {
    status = now ?? status;
    // Who has left is the server's to say; with two it is clear also when that got lost.
    if (status === "partner disconnect" && me?.of === 2) leave(3 - me.number, "left");
    showCount();
  }

  const typing = new Map(); // number -> until when it is believed

  function stopTyping(number) {
    typing.delete(number);
    showTyping();
  }

  function showTyping() {
    for (const [number, until] of typing) if (until < Date.now() || gone.has(number)) typing.delete(number);
    const names = [...typing.keys()].map(nameOf);
    $("chat-typing").textContent = names.length ? `${names.join(", ")} … writing` : "";
  }

  // ---------------------------------------------------------------------------------------------- what is said

  let lastTyping = 0;

  function send(message, tries) {
    const waiting = unsent.find((one) => one.id === message.id);
    if (!waiting) return;
    if (tries > TRIES) {
      waiting.isLost = true;
      return;
    }
    desk.act({ type: "message", id: message.id, text: message.text });
    setTimeout(() => send(message, tries + 1), 1000 * AGAIN * 2 ** (tries - 1));
  }

  function join(seconds) {
    if (me) return;
    desk.act({ type: "joined" });
    setTimeout(() => join(Math.min(60, seconds * 2)), 1000 * seconds);
  }

  function say() {
    const text = box.value.trim();
    if (!text || !me || isFull) return;
    const message = { id: newId(), text };
    unsent.push(message);
    box.value = "";
    lastTyping = 0;
    showUnsent();
    showCount();
    keep();
    if (desk) send(message, 1);
    else heard.message({ type: "message", number: me.number, at: new Date().toISOString(), ...message });
    log.scrollTop = log.scrollHeight;
    box.focus();
  }

  function keep() {
    desk?.draft({ text: box.value, unsent });
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  });

  box.addEventListener("input", () => {
    keep();
    if (box.value && !unsent.length && navigator.onLine && Date.now() - lastTyping > TYPING) {
      lastTyping = Date.now();
      desk?.act({ type: "typing" });
    }
  });

  $("chat-send").addEventListener("click", say);

  // Before the form looks at its own answers; the frame's script waits until all have.
  window.addEventListener("submit", (event) => {
    if (missing() || unsent.some((message) => !message.isLost)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      showCount(true);
      box.focus();
      return;
    }
    const lines = [...seen.values()].map(({ number, text, at }) => ({ from: number, text, at }));
    $("chat-transcript").value = JSON.stringify(lines);
  }, true);

  // After the form has looked, before the answer leaves: with that, this worker says nothing more.
  window.addEventListener("submit", (event) => event.defaultPrevented || desk?.act({ type: "finished" }));

  if (!desk) {
    // A preview: one's own words only.
    $("form").addEventListener("submit", (event) => {
      event.preventDefault();
      $("said").textContent = "This is a preview: nothing was sent.";
    });
    heard.you({ number: 1, of: Math.max(2, roles.length), text: "" });
    return;
  }

  mayWrite();
  showCount();
  desk.onstart(({ draft, updates, status: now }) => {
    box.value ||= draft?.text ?? "";
    unsent = Array.isArray(draft?.unsent) ? draft.unsent : [];
    log.setAttribute("aria-live", "off"); // what was said before a reload was read out then
    for (const update of updates) if (update.type === "you") hear(update);
    updates.forEach(hear);
    showUnsent();
    showStatus(now);
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
    join(AGAIN);
    for (const message of unsent) send(message, 1);
    setInterval(showTyping, 1000);
  });
  desk.onupdate(hear);
  desk.onstatus(showStatus);
})();
