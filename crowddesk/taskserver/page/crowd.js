// Draws the everyday crowd HTML elements of MTurk-era templates as native controls in a real form, so that a
// page whose element library is gone goes on working, and is sent, restored and read out as any form is.
//
// What is sent has the shape that MTurk's result files have: one field `taskAnswers`, JSON of a list of one
// object with text under a text field's name, {value: true or false} under the name of check boxes and radio
// buttons, {label: x} or {labels: [x]} under a classifier's. Files are fields of their own.
"use strict";
(() => {
  if (window.customElements === undefined || customElements.get("crowd-form")) return;

  // The library of old, where its server still answers, must not draw a second time over this.
  const define = customElements.define.bind(customElements);
  customElements.define = (name, ...rest) => {
    if (!/^crowd-|-instructions$|^classification-target$/.test(name)) define(name, ...rest);
  };

  let lastId = 0;
  const freshId = () => `crowd-${++lastId}`;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // Children come after their element while a page is read, and whenever a script adds some.
  function adopt(host, own, take) {
    const all = () => {
      for (const node of [...host.childNodes]) if (!own.has(node)) take(node);
    };
    all();
    new MutationObserver(all).observe(host, { childList: true });
  }

  // A list as JSON, or as Python writes it: ['It\'s', "so"].
  function listOf(text) {
    const inside = /^\s*\[([^]*)\]\s*$/.exec(text);
    if (!inside) return [];
    try {
      return JSON.parse(text).map(String);
    } catch {
      const items = inside[1].match(/'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"/g) || [];
      return items.map((item) => unescaped(item.slice(1, -1)));
    }
  }

  function unescaped(text) {
    const json = text.replace(/\\([^])|"/g, (all, sign) => (sign === "'" ? "'" : sign ? all : '\\"'));
    try {
      return JSON.parse(`"${json}"`);
    } catch {
      return text;
    }
  }

  // ------------------------------------------------------------------------------------ what all share

  class CrowdElement extends HTMLElement {
    connectedCallback() {
      if (this.isBuilt) return;
      this.isBuilt = true;
      this.build();
    }

    text(name) { return this.getAttribute(name) || ""; }
  }

  // An element around one native control, which keeps its state; before there is one, attributes do.
  class CrowdControl extends CrowdElement {
    static observedAttributes = ["disabled", "required", "placeholder", "name", "value", "checked", "min",
                   "max", "step", "label"];

    attributeChangedCallback(name, old, value) {
      if (this.control && old !== value) this.reflect(name, value);
    }

    reflect(name, value) {
      const control = this.control;
      if (name === "disabled" || name === "required" || name === "checked") control[name] = value !== null;
      else if (name === "label") this.nameControl();
      else if (value !== null) control[name] = value;
    }

    // Takes over the attributes that the native control has under the same name.
    dress(control, names) {
      this.control = control;
      control.id = freshId();
      for (const name of names) if (this.hasAttribute(name)) this.reflect(name, this.getAttribute(name));
      if (this.hasAttribute("auto-focus") || this.hasAttribute("autofocus")) control.autofocus = true;
      return control;
    }

    // The control's accessible name: its own label, a <label for> the element, or the nearest to one.
    nameControl() {
      const label = this.text("label");
      const outer = this.id && this.getRootNode().querySelector(`label[for="${CSS.escape(this.id)}"]`);
      this.label?.remove();
      if (label) {
        this.label = make("label", { htmlFor: this.control.id, textContent: label });
        this.prepend(this.label);
      } else if (outer) {
        outer.id ||= freshId();
        outer.addEventListener("click", () => this.control.focus());
        this.control.setAttribute("aria-labelledby", outer.id);
      } else if (!this.closest("label")) {
        const name = this.text("aria-label") || this.text("placeholder") || this.text("name");
        this.control.setAttribute("aria-label", name);
      }
    }

    get value() { return this.control ? this.control.value : this.text("value"); }
    set value(value) {
      if (this.control) this.control.value = value;
      else this.setAttribute("value", value);
    }
    get checked() { return this.control ? this.control.checked : this.hasAttribute("checked"); }
    set checked(on) {
      if (this.control) this.control.checked = on;
      else this.toggleAttribute("checked", Boolean(on));
    }
    get name() { return this.text("name"); }
    set name(name) { this.setAttribute("name", name); }
    get disabled() { return this.hasAttribute("disabled"); }
    set disabled(on) { this.toggleAttribute("disabled", Boolean(on)); }
    get required() { return this.hasAttribute("required"); }
    set required(on) { this.toggleAttribute("required", Boolean(on)); }
    focus(options) { this.control?.focus(options); }
    click() { this.control?.click(); }
    checkValidity() { return this.control.checkValidity(); }
    reportValidity() { return this.control.reportValidity(); }
  }

  // ------------------------------------------------------------------------------------------ typed text

  class CrowdInput extends CrowdControl {
    build() {
      this.buildText(make("input", { type: this.text("type") || "text" }), []);
    }

    buildText(control, more) {
      this.dress(control, ["name", "placeholder", "required", "disabled", ...more]);
      for (const [ours, native] of [["max-length", "maxLength"], ["min-length", "minLength"]]) {
        const length = parseInt(this.getAttribute(ours) ?? this.getAttribute(native), 10);
        if (length >= 0) control[native] = length;
      }
      // As the attribute, not the property: a reset of the form comes back to it.
      if (this.hasAttribute("value")) control.defaultValue = this.getAttribute("value");
      for (const name of ["min", "max", "step", "accept", "multiple", "data-max-bytes", "pattern"])
        if (control.type !== "textarea" && this.hasAttribute(name))
          control.setAttribute(name, this.getAttribute(name));
      const refused = make("p", { className: "crowd-refused", id: freshId() });
      refused.setAttribute("role", "status");
      control.setAttribute("aria-describedby", refused.id);
      this.prepend(control, refused);
      this.nameControl();
      this.guard(control, refused);
    }

    // `allowed-pattern` is of single characters: text with another one is not taken at all.
    guard(control, refused) {
      let allowed;
      try {
        allowed = new RegExp(`^(?:${this.text("allowed-pattern")})$`, "u");
      } catch {
        return;
      }
      if (!this.hasAttribute("allowed-pattern")) return;
      control.addEventListener("beforeinput", (event) => {
        const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
        const isWrong = !event.isComposing && [...text].some((sign) => !allowed.test(sign));
        if (isWrong) event.preventDefault();
        const sentence = this.text("error-message") || "That cannot be typed here.";
        refused.textContent = isWrong ? sentence : "";
      });
    }
  }

  class CrowdTextArea extends CrowdInput {
    build() {
      const control = make("textarea", { rows: parseInt(this.text("rows"), 10) || 3 });
      this.buildText(control, []);
    }
  }

  class CrowdSlider extends CrowdControl {
    build() {
      const control = make("input", { type: "range" });
      this.dress(control, ["min", "max", "step", "name", "disabled"]);
      if (this.hasAttribute("value")) control.setAttribute("value", this.getAttribute("value"));
      this.shown = make("output", { textContent: control.value });
      this.shown.htmlFor = control.id;
      control.addEventListener("input", () => { this.shown.textContent = control.value; });
      this.prepend(control, this.shown);
      this.nameControl();
    }

    get value() { return super.value; }
    set value(value) {
      super.value = value;
      if (this.shown) this.shown.textContent = this.control.value;
    }
  }

  // --------------------------------------------------------------------------------------------- choices

  function choice(type, properties, ...content) {
    const control = make("input", { type, ...properties });
    return [control, make("label", { className: "crowd-choice" }, control, ...content)];
  }

  // A check box or radio button whose content is its label. Its answer: {value: is it chosen}.
  class CrowdChoice extends CrowdControl {
    build() {
      const [control, label] = choice(this.constructor.TYPE, { value: "on" });
      this.dress(control, ["name", "value", "required", "disabled"]);
      if (this.hasAttribute("checked")) control.defaultChecked = true;
      const words = make("span", { textContent: this.text("label") });
      label.append(words);
      this.prepend(label);
      adopt(this, new Set([label]), (node) => words.append(node));
    }

    nameControl() {}
    answer() { return [this.control.name, { [this.control.value]: this.control.checked }]; }
  }

  class CrowdCheckbox extends CrowdChoice {
    static TYPE = "checkbox";
  }

  class CrowdToggleButton extends CrowdChoice {
    static TYPE = "checkbox";

    build() {
      super.build();
      this.control.setAttribute("role", "switch");
      if (!this.textContent.trim()) this.control.setAttribute("aria-label", this.text("name"));
    }
  }

  class CrowdRadioButton extends CrowdChoice {
    static TYPE = "radio";

    build() {
      super.build();
      const group = this.closest("crowd-radio-group");
      if (!group) return;
      if (!this.control.name) this.control.name = group.text("name");
      if (group.hasAttribute("required")) this.control.required = true;
      if (group.hasAttribute("disabled")) this.control.disabled = true;
    }
  }

  // One choice of its radio buttons, which may each have a name of its own.
  class CrowdRadioGroup extends CrowdElement {
    build() {
      this.setAttribute("role", "radiogroup");
      this.addEventListener("change", (event) => this.keepOne(event.target));
      this.addEventListener("keydown", (event) => this.move(event));
      const label = this.text("label") || this.text("header");
      if (!label) return;
      const caption = make("div", { textContent: label, id: freshId() });
      this.prepend(caption);
      this.setAttribute("aria-labelledby", caption.id);
    }

    // Also when it was moved into the form: only there are its neighbours.
    connectedCallback() {
      super.connectedCallback();
      const before = this.previousElementSibling;
      const isNamed = this.hasAttribute("aria-label") || this.hasAttribute("aria-labelledby");
      if (isNamed || this.closest("fieldset")) return;
      if (!before?.matches("h1, h2, h3, h4, h5, h6, p, div, label, span, strong, b")) return;
      if (before.querySelector("input, textarea, select, button")) return;
      before.id ||= freshId();
      this.setAttribute("aria-labelledby", before.id);
    }

    buttons() { return [...this.querySelectorAll("crowd-radio-button input:not(:disabled)")]; }

    keepOne(chosen) {
      if (!chosen.checked) return;
      for (const other of this.buttons()) if (other !== chosen) other.checked = false;
    }

    // The arrow keys, which browsers give to buttons of one name only.
    move(event) {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const buttons = this.buttons();
      const place = buttons.indexOf(event.target);
      if (!step || place < 0 || new Set(buttons.map((button) => button.name)).size < 2) return;
      event.preventDefault();
      const next = buttons[(place + step + buttons.length) % buttons.length];
      next.focus();
      next.click();
    }

    get value() {
      const chosen = this.buttons().find((button) => button.checked);
      return chosen ? chosen.value : "";
    }
  }

  // Something shown and the categories it may have. Its answer: {label: x}.
  class CrowdClassifier extends CrowdElement {
    static TYPE = "radio";
    static observedAttributes = ["categories", "header"];

    build() {
      this.legend = make("legend", { textContent: this.text("header") });
      this.short = make("div");
      this.target = make("div", { className: "crowd-target" });
      this.options = make("div", { className: "crowd-options" });
      this.full = make("details", { className: "crowd-more", hidden: true },
               make("summary", { textContent: "Full instructions" }));
      this.fields = make("fieldset", { className: "crowd-classes" }, this.legend, this.short, this.target,
                this.options, this.full);
      this.prepend(this.fields);
      adopt(this, new Set([this.fields]), (node) => this.place(node));
      this.drawOptions();
    }

    attributeChangedCallback(name, old, value) {
      if (!this.isBuilt || old === value) return;
      if (name === "header") this.legend.textContent = value ?? "";
      else this.drawOptions();
    }

    place(node) {
      const tag = node.localName;
      if (tag === "full-instructions") {
        this.full.hidden = false;
        this.full.append(node);
      } else (tag === "short-instructions" ? this.short : this.target).append(node);
    }

    drawOptions() {
      const type = this.constructor.TYPE;
      const drawn = listOf(this.text("categories")).map((category, place) => {
        const [control, label] = choice(type, { name: this.text("name"), value: category }, category);
        // A classifier's whole work is its choice; of several there may be none.
        control.required = type === "radio";
        if (place < 9) {
          const key = make("kbd", { textContent: String(place + 1) });
          key.setAttribute("aria-hidden", "true");
          label.append(key);
          control.setAttribute("aria-keyshortcuts", String(place + 1));
        }
        return label;
      });
      this.options.replaceChildren(...drawn);
    }

    controls() { return [...this.options.querySelectorAll("input")]; }
    chosen() { return this.controls().filter((control) => control.checked).map((control) => control.value); }
    get name() { return this.text("name"); }
    get value() { return { label: this.chosen()[0] ?? "" }; }
    answer() { return [this.name, this.value]; }
  }

  const EXCLUSION = /^\s*\{\s*['"]?text['"]?\s*:\s*(['"])([^]*)\1\s*\}\s*$/; // {text: 'None of them'}

  class CrowdClassifierMultiSelect extends CrowdClassifier {
    static TYPE = "checkbox";

    // The way to say that nothing fits excludes the rest.
    drawOptions() {
      super.drawOptions();
      const nothing = EXCLUSION.exec(this.text("exclusion-category"));
      if (!nothing) return;
      const [none, label] = choice("checkbox", { name: this.name, value: nothing[2] }, nothing[2]);
      this.options.append(label);
      this.options.onchange = (event) => {
        for (const control of this.controls())
          if (event.target.checked && (control === none) !== (event.target === none)) control.checked = false;
      };
    }

    get value() { return { labels: this.chosen() }; }
  }

  // The image itself is an attribute; what else these have in common with their kin is inherited.
  function showImage(element) {
    element.target.prepend(make("img", { src: element.text("src"), alt: element.text("header") }));
  }

  class CrowdImageClassifier extends CrowdClassifier {
    build() {
      super.build();
      showImage(this);
    }
  }

  class CrowdImageClassifierMultiSelect extends CrowdClassifierMultiSelect {
    build() {
      super.build();
      showImage(this);
    }
  }

  // --------------------------------------------------------------------------------- buttons and regions

  class CrowdButton extends CrowdControl {
    build() {
      const action = this.text("form-action");
      const control = make("button", { type: ["submit", "reset"].includes(action) ? action : "button" });
      this.dress(control, ["name", "value", "disabled"]);
      this.prepend(control);
      adopt(this, new Set([control]), (node) => control.append(node));
      if (this.hasAttribute("href"))
        control.addEventListener("click", () => window.open(this.text("href"), "_blank", "noopener"));
    }

    nameControl() {}
  }

  // A region with the heading that its attribute says.
  class CrowdRegion extends CrowdElement {
    build() {
      const heading = this.text("header") || this.text("heading");
      if (this.hasAttribute("image")) this.prepend(make("img", { src: this.text("image"), alt: "" }));
      if (heading) this.prepend(make("h3", { textContent: heading }));
    }
  }

  class CrowdAlert extends CrowdElement {
    build() {
      this.setAttribute("role", "alert");
      if (!this.hasAttribute("dismissible")) return;
      const close = make("button", { type: "button", textContent: "Close" });
      close.addEventListener("click", () => this.remove());
      this.prepend(close);
    }
  }

  // ------------------------------------------------------------------------------------------- the form

  class CrowdForm extends CrowdElement {
    build() {
      const button = make("button", { type: "submit", textContent: "Submit" });
      const foot = make("div", { className: "crowd-foot" }, button);
      this.form = make("form", {}, foot);
      this.form.addEventListener("formdata", (event) => this.reshape(event.formData));
      this.prepend(this.form);
      adopt(this, new Set([this.form]), (node) => this.form.insertBefore(node, foot));
      // A button without a type never submitted a crowd-form.
      this.form.addEventListener("click", (event) => {
        const button = event.target.closest?.("button:not([type])");
        if (button) button.type = "button";
      }, true);
    }

    reshape(data) {
      const answers = new Map();
      for (const [name, value] of [...data]) {
        if (typeof value !== "string") continue;
        answers.set(name, answers.has(name) ? [answers.get(name), value].flat() : value);
      }
      for (const name of answers.keys()) {
        const files = data.getAll(name).filter((value) => typeof value !== "string");
        data.delete(name);
        for (const file of files) data.append(name, file);
      }
      const choices = new Map();
      for (const element of this.form.querySelectorAll("*")) {
        if (!(element instanceof CrowdChoice || element instanceof CrowdClassifier)) continue;
        const [name, answer] = element.answer();
        if (name && !element.disabled) choices.set(name, Object.assign(choices.get(name) ?? {}, answer));
      }
      const whole = Object.fromEntries([...answers, ...choices]);
      data.append("taskAnswers", JSON.stringify([whole]));
    }

    // As a form's: without asking its handlers or checking its fields.
    submit() { this.form.submit(); }
    requestSubmit() { this.form.requestSubmit(); }
    reset() { this.form.reset(); }
    checkValidity() { return this.form.checkValidity(); }
    reportValidity() { return this.form.reportValidity(); }
    get elements() { return this.form.elements; }
  }

  const DIGITS_PASS = new Set(["radio", "checkbox", "button", "submit", "reset", "file", "range"]);

  // 1-9 choose a category: of the classifier that has the focus, else of the page's first.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = document.activeElement;
    const isTyping = at?.isContentEditable || at?.matches?.("textarea, select")
      || (at?.localName === "input" && !DIGITS_PASS.has(at.type));
    if (isTyping || !/^[1-9]$/.test(event.key)) return;
    const kinds = "crowd-classifier, crowd-classifier-multi-select, crowd-image-classifier, "
      + "crowd-image-classifier-multi-select";
    const classifier = at?.closest?.(kinds) ?? document.querySelector(kinds);
    const control = classifier?.controls()[Number(event.key) - 1];
    if (!control || control.disabled) return;
    event.preventDefault();
    control.focus();
    control.click();
  });

  const ELEMENTS = {
    "crowd-input": CrowdInput,
    "crowd-text-area": CrowdTextArea,
    "crowd-slider": CrowdSlider,
    "crowd-checkbox": CrowdCheckbox,
    "crowd-toggle-button": CrowdToggleButton,
    "crowd-radio-button": CrowdRadioButton,
    "crowd-radio-group": CrowdRadioGroup,
    "crowd-classifier": CrowdClassifier,
    "crowd-classifier-multi-select": CrowdClassifierMultiSelect,
    "crowd-image-classifier": CrowdImageClassifier,
    "crowd-image-classifier-multi-select": CrowdImageClassifierMultiSelect,
    "crowd-button": CrowdButton,
    "crowd-alert": CrowdAlert,
    "crowd-card": class extends CrowdRegion {},
    "crowd-instructions": class extends CrowdRegion {},
    "full-instructions": class extends CrowdRegion {},
    "short-instructions": class extends CrowdRegion {},
    "crowd-form": CrowdForm,
  };
  for (const [name, element] of Object.entries(ELEMENTS)) define(name, element);

  document.addEventListener("DOMContentLoaded", () => {
    document.dispatchEvent(new CustomEvent("all-crowd-elements-ready", { bubbles: true }));
  });
})();
