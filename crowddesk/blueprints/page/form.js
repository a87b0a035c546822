/* A form's own script: shows what applies, says what is missing before anything is sent, answers the keys 1 to 9.
   The frame's script sends the form once this one lets its submit pass. */
(() => {
  "use strict";

  const form = document.getElementById("form");
  const summary = document.getElementById("summary");
  const OTHER = "other";
  const MISSING = {
    text: "Write an answer.", long_text: "Write an answer.", number: "Write a number.", date: "Give a date.",
    single: "Choose one.", multiple: "Choose at least one.", scale: "Choose one.", file: "Choose a file.",
  };

  const fields = [...form.querySelectorAll("[data-rules]")].map((box) => {
    const rules = JSON.parse(box.dataset.rules);
    const words = box.querySelector(".words");
    return {
      ...rules,
      box,
      words,
      wordsInput: words && words.querySelector("input"),
      inputs: [...box.querySelectorAll("input, textarea")].filter((input) => !words || !words.contains(input)),
      error: box.querySelector(".error"),
      fault: "",
    };
  });
  const byName = new Map(fields.filter((field) => field.name).map((field) => [field.name, field]));

  const isChoice = (field) => field.inputs.length > 0 && ["radio", "checkbox"].includes(field.inputs[0].type);

  /** What is given now, as texts; nothing for a field that is not shown. */
  function given(field) {
    if (field.box.hidden) return [];
    if (isChoice(field)) return field.inputs.filter((input) => input.checked).map((input) => input.value);
    return field.inputs.map((input) => input.value).filter((value) => value !== "");
  }

  function givenTo(name) {
    const field = byName.get(name);
    if (field) return given(field);
    const around = fields.find((one) => one.wordsInput && one.wordsInput.name === name);
    return around && !around.box.hidden && !around.words.hidden ? [around.wordsInput.value] : [];
  }

  function holds([name, values]) {
    const isNumber = byName.get(name)?.kind === "number";
    return givenTo(name).some((value) =>
      values.some((wanted) => value === wanted || (isNumber && Number(value) === Number(wanted))),
    );
  }

  /** Shows the fields whose conditions hold, from the top: a condition looks at fields above. */
  function refresh() {
    for (const field of fields) {
      const isShown = field.showIf.every(holds);
      field.box.hidden = !isShown;
      for (const input of field.inputs) input.disabled = !isShown;
      if (field.words) {
        const isOpen = isShown && given(field).includes(OTHER);
        field.words.hidden = !isOpen;
        field.wordsInput.disabled = !isOpen;
      }
      if (!isShown) show(field, "");
    }
    const target = fieldForKeys();
    for (const field of fields) field.box.classList.toggle("keys", field === target);
  }

  // ---------------------------------------------------------------------------------------------- what is wrong

  function faultOf(field) {
    const control = field.inputs[0];
    if (!control || field.box.hidden) return "";
    if (field.kind === "file") {
      if (control.validity.customError) return control.validationMessage;
      return control.required && !control.files.length ? MISSING.file : "";
    }
    if (control.validity.badInput) {
      return field.kind === "number" ? "Write a number, such as 3 or 2.5." : "Write the whole date.";
    }
    const answers = given(field);
    if (!answers.join("").trim() && !isChoice(field)) return field.required ? MISSING[field.kind] : "";
    if (!answers.length) return field.required ? MISSING[field.kind] : "";
    const value = answers[0];
    if (field.kind === "number") return numberFault(field, Number(value));
    if (field.kind === "date") return isOutside(field, value) ? `Give a date ${daysOf(field)}.` : "";
    if (field.kind === "multiple") {
      if (isOutside(field, answers.length)) return `Choose ${rangeOf(field)}.`;
    } else if (field.kind === "text" || field.kind === "long_text") {
      return textFault(field, value);
    }
    const isSilent = field.words && answers.includes(OTHER) && !field.wordsInput.value.trim();
    return isSilent ? "Write what you mean." : "";
  }

  function isOutside(field, value) {
    const end = typeof value === "number" ? Number : String;
    return (field.least !== "" && value < end(field.least)) || (field.most !== "" && value > end(field.most));
  }

  function rangeOf({ least, most }) {
    if (least !== "" && most !== "") return least === most ? `exactly ${least}` : `from ${least} to ${most}`;
    return least !== "" ? `at least ${least}` : `at most ${most}`;
  }

  function daysOf({ least, most }) {
    if (least !== "" && most !== "") return `from ${least} to ${most}`;
    return least !== "" ? `from ${least} on` : `until ${most}`;
  }

  function numberFault(field, number) {
    if (!Number.isFinite(number)) return "Write a number, such as 3 or 2.5.";
    if (isOutside(field, number)) return `Write a number ${rangeOf(field)}.`;
    if (field.step === "") return "";
    const steps = (number - Number(field.least || 0)) / Number(field.step);
    if (Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps))) return "";
    return Number(field.step) === 1 ? "Write a whole number." : `Write a number in steps of ${field.step}.`;
  }

  function textFault(field, value) {
    if (isOutside(field, value.length)) {
      return `Write ${rangeOf(field)} characters. It has ${value.length}.`;
    }
    if (field.pattern === "" || fits(field.pattern, value)) return "";
    return field.patternHelp || "It does not have the form that is asked for.";
  }

  function fits(pattern, value) {
    for (const flag of ["u", ""]) {
      try {
        return new RegExp(`^(?:${pattern})$`, flag).test(value);
      } catch {
        // Not every pattern is one under the stricter rules.
      }
    }
    return true;
  }

  /** Shows a field's fault beside it, or takes it away; whether there is one. */
  function show(field, fault) {
    if (field.fault !== fault) {
      field.fault = fault;
      field.error.querySelector("span:last-child").textContent = fault;
      field.error.hidden = !fault;
      field.box.classList.toggle("wrong", fault !== "");
      for (const input of [...field.inputs, field.box.matches("fieldset") ? field.box : null]) {
        if (!input) continue;
        if (fault) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }
    return fault !== "";
  }

  function sumUp() {
    const wrong = fields.filter((field) => field.fault);
    summary.hidden = !wrong.length;
    summary.querySelector("h2").textContent =
      wrong.length === 1 ? "One answer needs another look" : `${wrong.length} answers need another look`;
    summary.querySelector("ul").replaceChildren(
      ...wrong.map((field) => {
        const link = document.createElement("a");
        link.href = `#${field.inputs[0].id}`;
        link.dir = "auto";
        link.textContent = `${field.title.replace(/([^?!.:])$/, "$1:")} ${field.fault}`;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          (field.inputs.find((input) => input.checked) ?? field.inputs[0]).focus();
        });
        const line = document.createElement("li");
        line.append(link);
        return line;
      }),
    );
  }

  form.addEventListener("submit", (event) => {
    refresh();
    for (const field of fields) if (field.inputs.length) show(field, faultOf(field));
    sumUp();
    if (!summary.hidden) {
      event.preventDefault();
      summary.focus();
    } else if (!window.crowddesk) {
      event.preventDefault();
      document.getElementById("said").textContent = "This is a preview: nothing was sent.";
    }
  });

  const fieldAround = (target) => fields.find((field) => field.box.contains(target));

  form.addEventListener("input", (event) => {
    refresh();
    const field = fieldAround(event.target);
    if (field?.fault) {
      show(field, faultOf(field));
      if (!summary.hidden) sumUp();
    }
  });

  // Nothing new is said when a field is left: the line would push the button away from under a click on it.
  form.addEventListener("change", refresh);

  // Before the frame's script takes the file up.
  window.addEventListener("change", (event) => {
    const field = event.target.type === "file" ? fieldAround(event.target) : null;
    const file = field && event.target.files[0];
    if (!file) return;
    let fault = "";
    if (field.maxBytes !== null && file.size > field.maxBytes) {
      fault = `${file.name} has ${megabytes(file.size)} MB; at most ${megabytes(field.maxBytes)} MB are taken.`;
    } else if (field.accept.length && !field.accept.some((kind) => isOfKind(file, kind))) {
      fault = `${file.name} is not of the kinds that are taken: ${field.accept.join(", ")}.`;
    }
    if (fault) event.target.value = "";
    show(field, fault);
  }, true);

  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);

  function isOfKind(file, kind) {
    if (kind.startsWith(".")) return file.name.toLowerCase().endsWith(kind.toLowerCase());
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind.toLowerCase();
  }

  // ------------------------------------------------------------------------------------------------ the keys 1-9

  function fieldForKeys() {
    const singles = fields.filter((field) => !field.box.hidden && ["single", "scale"].includes(field.kind));
    return singles.length === 1 ? singles[0] : singles.find((field) => !given(field).length);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
    if (event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox], [type=file])")) return;
    const focused = fieldAround(event.target);
    const isOpen = focused && ["single", "scale"].includes(focused.kind) && !given(focused).length;
    const field = isOpen ? focused : fieldForKeys();
    const inputs = field?.inputs ?? [];
    const input = field?.kind === "scale" ? inputs.find((one) => one.value === event.key) : inputs[event.key - 1];
    if (!input) return;
    event.preventDefault();
    input.click();
    input.focus();
  });

  // ------------------------------------------------------------------------------------------------ what is shown

  function sayMissing(media) {
    if (media.dataset.missing) return;
    media.dataset.missing = "yes";
    const line = document.createElement("p");
    line.className = "missing";
    line.setAttribute("role", "status");
    line.textContent = "This could not be loaded. Reload the page to try again.";
    media.after(line);
  }

  for (const media of document.querySelectorAll("img, audio, video")) {
    media.addEventListener("error", () => sayMissing(media));
    if (media.error || (media.localName === "img" && media.complete && !media.naturalWidth)) sayMissing(media);
  }

  refresh();
  // A draft that was put back may show other fields.
  window.crowddesk?.onstart?.(refresh);
})();
