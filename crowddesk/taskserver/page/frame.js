/* Stands first in every task's own page and is its only way out: hands the answer, drafts, files and signs of life
   to the page around it by postMessage, and puts back what was typed before. The task's scripts go on working. */
(() => {
  "use strict";

  const page = window.parent;
  const tell = (kind, more = {}) => page.postMessage({ crowddesk: kind, ...more }, "*");

  // ------------------------------------------------------------- what a page without an origin may not touch

  // Old templates keep things there and die when that throws. What stands in lasts as long as the task is open.
  standIn(window, "localStorage", { value: makeStorage() });
  standIn(window, "sessionStorage", { value: makeStorage() });
  standIn(document, "cookie", makeCookies());

  function standIn(owner, name, property) {
    try {
      void owner[name];
    } catch {
      Object.defineProperty(owner, name, { configurable: true, enumerable: true, ...property });
    }
  }

  function makeStorage() {
    const items = new Map();
    const verbs = {
      getItem: (name) => items.get(String(name)) ?? null,
      setItem: (name, value) => void items.set(String(name), String(value)),
      removeItem: (name) => void items.delete(String(name)),
      clear: () => items.clear(),
      key: (place) => [...items.keys()][place] ?? null,
    };
    // As the real one, it gives and takes items as properties too.
    return new Proxy(Object.create(verbs), {
      get(target, name) {
        if (name === "length") return items.size;
        return name in target ? target[name] : items.get(name);
      },
      set: (_, name, value) => (verbs.setItem(name, value), true),
      has: (target, name) => items.has(name) || name in target,
      deleteProperty: (_, name) => (items.delete(name), true),
      ownKeys: () => [...items.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        items.has(name) ? { value: items.get(name), writable: true, enumerable: true, configurable: true } : undefined,
    });
  }

  function makeCookies() {
    const jar = new Map();
    return {
      get: () => [...jar].map(([name, value]) => (name ? `${name}=${value}` : value)).join("; "),
      set(text) {
        const [, name, value, terms] = /^(?:([^=;]*)=)?([^;]*)(.*)$/s.exec(text);
        const ends = /;\s*expires\s*=([^;]*)/i.exec(terms);
        const age = /;\s*max-age\s*=\s*(-?\d+)/i.exec(terms);
        const isOver = age ? Number(age[1]) <= 0 : ends && Date.parse(ends[1]) <= Date.now();
        if (isOver) jar.delete((name ?? "").trim());
        else jar.set((name ?? "").trim(), value.trim());
      },
    };
  }

  // ------------------------------------------------------------------------------------------- what is typed

  const TYPED = new Set([
    "text", "search", "tel", "url", "email", "number", "range", "color",
    "date", "month", "week", "time", "datetime-local",
  ]);

  /** How a control's state is kept: "text", "select", "ticked", "file", or "" for what is no answer by hand. */
  function kindOf(control) {
    if (control.localName === "textarea") return "text";
    if (control.localName === "select") return "select";
    if (control.type === "checkbox" || control.type === "radio") return "ticked";
    if (control.type === "file") return "file";
    return TYPED.has(control.type) ? "text" : "";
  }

  function controls() {
    return document.querySelectorAll("input[name], textarea[name], select[name]");
  }

  let own; // what the task's script keeps of its own state
  let unplaced = new Map(); // name -> kept answers whose control has not appeared yet
  const touched = new WeakSet(); // the person was faster than the draft

  /** Every answer by name: {text: [...], select: [[...]], ticked: [...], file: [...]}, in the order of the page. */
  function collect() {
    const fields = Object.create(null);
    for (const control of controls()) {
      const kind = kindOf(control);
      if (!kind) continue;
      const list = ((fields[control.name] ??= {})[kind] ??= []);
      if (kind === "text") list.push(control.value);
      else if (kind === "select") list.push([...control.selectedOptions].map((option) => option.value));
      else if (kind === "file") list.push(refsOf(control));
      else if (control.checked) list.push(control.value);
    }
    for (const [name, kept] of unplaced) fields[name] ??= kept;
    return { fields, own };
  }

  let draftDue = 0;
  let isDraftNew = false;

  /** At once, then at most five times a second. */
  function keepDraft() {
    isDraftNew = true;
    if (!draftDue) tellDraft();
  }

  function tellDraft() {
    clearTimeout(draftDue);
    draftDue = 0;
    if (!started || busy || !isDraftNew) return;
    isDraftNew = false;
    tell("draft", { values: collect() });
    draftDue = setTimeout(tellDraft, 200);
  }

  /** Puts kept answers into the controls that are there; the others wait for theirs to appear. */
  function restore() {
    const seen = {};
    const changed = [];
    for (const control of controls()) {
      const kind = kindOf(control);
      const kept = unplaced.get(control.name)?.[kind];
      if (!kept) continue;
      const place = (seen[`${kind} ${control.name}`] ??= 0);
      seen[`${kind} ${control.name}`]++;
      if (touched.has(control)) continue;
      if (kind === "file") showKept(control, kept[place] ?? []);
      else if (putBack(control, kind, kept, place)) changed.push(control);
    }
    for (const control of controls()) unplaced.delete(control.name);
    for (const control of changed) {
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function putBack(control, kind, kept, place) {
    if (kind === "ticked") {
      const ticked = kept.includes(control.value);
      if (control.checked === ticked) return false;
      control.checked = ticked;
      return ticked;
    }
    if (place >= kept.length) return false;
    if (kind === "select") {
      const before = [...control.options].map((option) => option.selected).join();
      for (const option of control.options) option.selected = kept[place].includes(option.value);
      return before !== [...control.options].map((option) => option.selected).join();
    }
    if (control.value === kept[place]) return false;
    control.value = kept[place];
    return true;
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (event.isTrusted) touched.add(event.target);
      if (kind === "change" && event.target.type === "file") chooseFiles(event.target);
      keepDraft();
    }, true);
  }
  document.addEventListener("reset", keepDraft);
  window.addEventListener("pagehide", tellDraft);

  // --------------------------------------------------------------------------------------------------- files

  const held = new Map(); // file input -> {refs, sending: Promise or null, failed}
  const uploads = new Map(); // id -> {resolve, reject, progress}
  let uploadId = 0;

  function upload(field, file, progress = () => {}) {
    const id = ++uploadId;
    return new Promise((resolve, reject) => {
      uploads.set(id, { resolve, reject, progress });
      tell("upload", { id, field: String(field), file });
    });
  }

  function chooseFiles(input) {
    const files = [...input.files];
    const batch = { refs: [], sending: null, failed: "" };
    held.set(input, batch);
    askAgain(input);
    const parts = files.map(() => 0);
    const show = () => {
      if (held.get(input) !== batch) return;
      const whole = Math.floor((100 * parts.reduce((sum, part) => sum + part, 0)) / files.length);
      say(input, `${nameOf(files)}: ${whole} % sent`);
    };
    if (!files.length || !input.name) return say(input, "");
    show();
    const each = files.map((file, n) => upload(input.name, file, (part) => ((parts[n] = part), show())));
    batch.sending = Promise.all(each).then(
      (refs) => {
        batch.refs = refs;
        if (held.get(input) === batch) say(input, `${nameOf(files)}: stored`);
      },
      (error) => {
        batch.failed = error.message;
        if (held.get(input) !== batch) return;
        input.setCustomValidity(error.message);
        say(input, `${nameOf(files)}: not stored. ${error.message}`);
      },
    ).finally(() => {
      batch.sending = null;
      keepDraft();
    });
  }

  /** What a draft keeps of a file input; null where it says nothing: never used, or not sent yet. */
  function refsOf(input) {
    const batch = held.get(input);
    return batch && !batch.sending ? batch.refs : null;
  }

  /** Files of an earlier visit: a browser fills no file field, so a line says what is there. */
  function showKept(input, refs) {
    if (!refs.length) return;
    held.set(input, { refs, sending: null, failed: "" });
    if (input.required) input.dataset.crowddeskRequired = "";
    input.required = false;
    say(input, `${nameOf(refs.map((ref) => ({ name: ref.file })))}: stored. Choose again to replace it.`);
  }

  function askAgain(input) {
    input.setCustomValidity("");
    if ("crowddeskRequired" in input.dataset) input.required = true;
  }

  function nameOf(files) {
    // Isolated, so that a name from right to left does not turn the sentence around.
    return files.length === 1 ? `\u2068${files[0].name}\u2069` : `${files.length} files`;
  }

  const lines = new WeakMap();

  function say(input, sentence) {
    let line = lines.get(input);
    if (!line) {
      if (!sentence) return;
      line = document.createElement("span");
      line.setAttribute("role", "status");
      Object.assign(line.style, { display: "block", font: "inherit", margin: "4px 0" });
      input.after(line);
      lines.set(input, line);
    }
    line.textContent = sentence;
  }

  // -------------------------------------------------------------------------------------------------- submit

  let busy = false;
  let stopped = []; // the buttons that were disabled while the answer is on its way

  function enabledButtons() {
    return [...document.querySelectorAll("button, input[type=submit], input[type=image]")].filter(
      (button) => (button.type === "submit" || button.type === "image") && !button.disabled,
    );
  }

  // First of all listeners. The browser's own submission is made a no-op by method=dialog, and whether the task's
  // listeners (and `onsubmit="return check()"`) let it pass is known once they all have run.
  window.addEventListener("submit", (event) => {
    if (busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const form = event.target;
    const usable = enabledButtons();
    const back = [setFor(form, "method", "dialog")];
    if (event.submitter) back.push(setFor(event.submitter, "formmethod", null));
    setTimeout(() => {
      for (const undo of back) undo();
      if (!event.defaultPrevented) sendForm(form, event.submitter, usable);
    });
  }, true);

  HTMLFormElement.prototype.submit = function submit() {
    sendForm(this, null, enabledButtons());
  };

  function setFor(element, name, value) {
    const before = element.getAttribute(name);
    const set = (to) => (to === null ? element.removeAttribute(name) : element.setAttribute(name, to));
    set(value);
    return () => set(before);
  }

  function sendForm(form, submitter, usable) {
    const data = new Map();
    for (const [name, value] of new FormData(form, submitter)) {
      if (typeof value === "string") data.set(name, [...(data.get(name) ?? []), value]);
    }
    const inputs = [...held.keys()].filter((input) => input.form === form && input.name && !input.disabled);
    send(() => {
      for (const input of inputs) {
        const refs = held.get(input).refs;
        if (refs.length) data.set(input.name, [...(data.get(input.name) ?? []), ...refs]);
      }
      return Object.fromEntries([...data].map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
    }, inputs, usable);
  }

  /** Sends what `answer` gives once the files of `inputs` have arrived; once only, until it is refused. */
  async function send(answer, inputs, usable) {
    if (busy) return;
    tellDraft();
    busy = true;
    stopped = usable;
    for (const button of stopped) button.disabled = true;
    await Promise.all(inputs.map((input) => held.get(input).sending));
    const failed = inputs.find((input) => held.get(input).failed);
    if (failed) {
      release();
      failed.focus();
      return;
    }
    try {
      tell("submit", { data: answer() });
    } catch (error) {
      release();
      throw error;
    }
  }

  function release() {
    busy = false;
    for (const button of stopped) button.disabled = false;
    stopped = [];
  }

  // ------------------------------------------------------------------------------- signs of life, links, height

  let lastSign = -Infinity;

  function sign(event) {
    if (!event.isTrusted || performance.now() - lastSign < 1000) return;
    lastSign = performance.now();
    tell("active");
  }

  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "touchmove"]) {
    window.addEventListener(kind, sign, { capture: true, passive: true });
  }

  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.("[name]")?.getAttribute("name");
    if (field) tell("pasted", { field });
  }, true);

  // A link would replace the task by another page inside the frame.
  window.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href], area[href]");
    if (!link || link.hasAttribute("target") || link.hasAttribute("download")) return;
    const inside = link.href.split("#")[0] === location.href.split("#")[0];
    if (inside || !/^https?:/.test(link.href)) return;
    link.target = "_blank";
    link.relList.add("noopener");
  });

  let shape = { width: 0, height: 0, needed: 0, content: 0 };
  let chased = 0;
  let isStretchy = false; // the task is as tall as its window, whatever that is

  /** Height of the content in CSS pixels. A frame that got taller and then needs more still measures itself by its
      window (100vh): after the third time it keeps its size and scrolls inside; 0 says so. */
  function measure() {
    const root = document.documentElement;
    if (!root || isStretchy) return;
    const { innerWidth: width, innerHeight: height } = window;
    const content = Math.ceil(root.getBoundingClientRect().height);
    const bar = height - root.clientHeight;
    let needed = shape.needed;
    if (root.scrollHeight > root.clientHeight) needed = root.scrollHeight + bar;
    else if (content !== shape.content) needed = content + bar;
    const isTallerOnly = width === shape.width && height > shape.height && shape.height > 0;
    chased = isTallerOnly && needed > height ? chased + 1 : isTallerOnly ? 0 : chased;
    if (chased >= 3) {
      isStretchy = true;
      root.style.removeProperty("overflow-y");
    } else {
      root.style.setProperty("overflow-y", "hidden");
    }
    const isNew = needed !== shape.needed || isStretchy;
    shape = { width, height, needed, content };
    if (isNew) tell("height", { px: isStretchy ? 0 : needed });
  }

  // ------------------------------------------------------------------------------------- what the page tells us

  let started = null;
  const listeners = { start: [], update: [], status: [] };

  function hear(kind, value) {
    for (const listener of listeners[kind]) {
      try {
        listener(value);
      } catch (error) {
        console.error(error);
      }
    }
  }

  function on(kind, listener) {
    listeners[kind].push(listener);
    if (kind === "start" && started) hear("start", started);
  }

  const heard = {
    start(message) {
      const { draft, updates = [], status = "", agent = null } = message;
      started = { draft: draft?.own, updates, status, agent, uploads: message.uploads ?? {} };
      own = draft?.own;
      const fields = draft?.fields ?? {};
      for (const [name, refs] of Object.entries(started.uploads)) {
        // Which of several files stands is known to the draft alone; where it says nothing, it is the last.
        const kept = (fields[name] ??= {});
        if (!kept.file?.some(Boolean)) kept.file = [refs.slice(-1)];
      }
      unplaced = new Map(Object.entries(fields));
      restore();
      hear("start", started);
      if (unplaced.size) {
        new MutationObserver((_, observer) => {
          if (unplaced.size) restore();
          else observer.disconnect();
        }).observe(document.documentElement, { childList: true, subtree: true });
      }
    },
    update: (message) => hear("update", message.update),
    status: (message) => hear("status", message.status),
    refused: release,
    progress: (message) => uploads.get(message.id)?.progress(message.part),
    uploaded(message) {
      const waiting = uploads.get(message.id);
      uploads.delete(message.id);
      if (message.ref) waiting?.resolve(message.ref);
      else waiting?.reject(new Error(message.error));
    },
  };

  window.addEventListener("message", (event) => {
    if (event.source !== page || typeof event.data?.crowddesk !== "string") return;
    if (Object.hasOwn(heard, event.data.crowddesk)) heard[event.data.crowddesk](event.data);
  });

  Object.defineProperty(window, "crowddesk", {
    value: Object.freeze({
      submit: (data) => send(() => data, [...held.keys()], enabledButtons()),
      act: (act) => tell("act", { act }),
      upload,
      draft(values) {
        own = values;
        keepDraft();
      },
      onstart: (listener) => on("start", listener),
      onupdate: (listener) => on("update", listener),
      onstatus: (listener) => on("status", listener),
    }),
  });

  function begin() {
    const sizes = new ResizeObserver(measure);
    sizes.observe(document.documentElement);
    if (document.body) sizes.observe(document.body);
    window.addEventListener("resize", measure);
    window.addEventListener("load", measure);
    measure();
    const declared = document.querySelector("meta[name=color-scheme]")?.content ?? "";
    const scheme = declared + getComputedStyle(document.documentElement).colorScheme;
    tell("ready", { height: shape.needed, knowsDark: scheme.includes("dark") });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
