/* Follows the frame's own script in a task that is only looked at: puts the answer in, also where the task writes
   itself anew, and stops every control. That nothing can be sent is the policy's doing, not this script's. */
(() => {
  "use strict";

  const page = window.parent;
  const tell = (kind, more) => page.postMessage({ crowddesk: kind, ...more }, "*");
  const CONTROLS = "input, textarea, select, button, fieldset";
  const LOOKS = [0, 50, 200, 500, 1000, 2000, 4000, 8000, 15000]; // milliseconds after the answer came
  const MOST_TURNS = 400; // a task that fights over its own fields is let win

  let answer = null;
  let turns = 0;
  let due = 0;
  let told = "";
  const shown = new WeakMap(); // control -> what the task was last told that it holds
  const lines = new WeakMap(); // file input -> the line that names its files

  // ------------------------------------------------------------------------------------------------- nothing leaves

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const kind of ["submit", "reset", "beforeinput", "paste", "cut", "drop", "dragover"]) {
    window.addEventListener(kind, stop, true);
  }
  for (const verb of ["submit", "requestSubmit", "reset"]) HTMLFormElement.prototype[verb] = () => {};
  document.addEventListener("securitypolicyviolation", (event) => {
    const where = /^https?:\/\/[^/?#]+/.exec(event.blockedURI)?.[0] ?? "";
    if (where) tell("blocked", { where });
  });

  const style = document.createElement("style");
  style.textContent = `
    input:disabled, textarea:disabled, select:disabled { opacity: 1 !important; cursor: default !important; }
    input:is([type=radio], [type=checkbox]):disabled:checked, [data-crowddesk-pressed] {
      outline: 2px solid #1f5fbf !important; outline-offset: 1px !important; }`;

  function lock() {
    if (!style.isConnected) (document.head ?? document.documentElement)?.append(style);
    for (const control of document.querySelectorAll(CONTROLS)) {
      // Of a fieldset its first legend would stay alive, and its look says more than it should.
      if (control.localName !== "fieldset" && !control.disabled) control.disabled = true;
    }
    for (const area of document.querySelectorAll("[contenteditable]:not([contenteditable=false])")) {
      area.contentEditable = "false";
    }
  }

  // ---------------------------------------------------------------------------------------------- the answer goes in

  const isTick = (control) => control.type === "radio" || control.type === "checkbox";
  const isButton = (control) =>
    control.localName === "button" || ["submit", "image", "button", "reset"].includes(control.type);

  /** Puts the next of a name's values into a control; what the task should hear of, as a text. */
  function put(control, left) {
    if (isTick(control)) {
      const place = left.indexOf(control.value);
      if (place >= 0 && control.type === "checkbox") left.splice(place, 1);
      if (control.checked !== place >= 0) control.checked = place >= 0;
      return String(place >= 0);
    }
    if (control.localName === "select") {
      const chosen = control.multiple ? left.splice(0) : left.splice(0, 1);
      for (const option of control.options) {
        const on = chosen.includes(option.value);
        if (option.selected !== on && (on || control.multiple)) option.selected = on;
      }
      return chosen.join("\n");
    }
    if (control.type === "file") {
      name(control, left.splice(0).join(", "));
      return "";
    }
    const value = left.shift() ?? "";
    if (control.value !== value) control.value = value;
    return value;
  }

  function name(input, files) {
    let line = lines.get(input);
    if (!line) {
      line = document.createElement("span");
      Object.assign(line.style, { display: "block", font: "inherit", margin: "4px 0" });
      lines.set(input, line);
    }
    if (!line.isConnected) input.after(line);
    if (line.textContent !== files) line.textContent = files;
  }

  function fill() {
    due = 0;
    lock();
    if (!answer || turns++ > MOST_TURNS) return;
    const left = new Map(Object.entries(answer).map(([key, values]) => [key, [...values]]));
    const found = new Map(); // name -> whether all its controls are hidden ones
    const changed = [];
    for (const control of document.querySelectorAll("input[name], textarea[name], select[name], button[name]")) {
      const values = left.get(control.name);
      if (!values) continue;
      if (isButton(control)) {
        const isPressed = values.includes(control.value);
        if (isPressed) found.set(control.name, false);
        control.toggleAttribute("data-crowddesk-pressed", isPressed);
        continue;
      }
      found.set(control.name, (found.get(control.name) ?? true) && control.type === "hidden");
      const value = put(control, values);
      if (shown.get(control) !== value) changed.push([control, value]);
    }
    for (const [control, value] of changed) {
      const isFirst = !shown.has(control);
      shown.set(control, value);
      if (isFirst && (value === "" || value === "false")) continue; // as it was
      for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    lock();
    const hidden = [...found].filter(([, only]) => only).map(([key]) => key);
    const missing = Object.keys(answer).filter((key) => !found.has(key));
    const now = JSON.stringify([hidden, missing]);
    if (now !== told) tell("filled", { hidden, missing });
    told = now;
  }

  function soon() {
    if (!due) due = setTimeout(fill, 20);
  }

  const watcher = new MutationObserver(soon);

  function watch() {
    // A task may have replaced the document, and with it all that was watched.
    watcher.observe(document, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "name", "contenteditable"],
    });
    soon();
  }

  window.addEventListener("message", (event) => {
    if (event.source !== page || event.data?.crowddesk !== "answer" || answer) return;
    answer = event.data.answer;
    for (const wait of LOOKS) setTimeout(watch, wait);
  });
  document.addEventListener("DOMContentLoaded", watch);
  window.addEventListener("load", soon);
})();
