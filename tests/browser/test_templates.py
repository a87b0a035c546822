"""Templates as labs wrote them for MTurk, through the real server and page to the answer that is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Route, expect

from tests.browser.visiting import Visit, Visitor, answers
from tests.taskserver.serving import Serving, serve

ITEM = "This is item 0."


class Desk:
    """A run of one item and the person who does it."""

    def __init__(self, stack: ExitStack, folder: Path, visit: Visit) -> None:
        self._stack, self._folder, self._visit = stack, folder, visit
        self.serving: Serving | None = None

    def begin(self, template: str, elsewhere: Mapping[str, str] | None = None) -> Visitor:
        """Serves a template to Ann. `elsewhere`: scripts by their address on other servers."""
        self.serving = self._stack.enter_context(serve(self._folder, items=1, template=template))
        visitor = self._visit(self.serving.url)
        for url, script in (elsewhere or {}).items():
            visitor.context.route(url, partial(_give, script))
        return visitor.sign_in("Ann")

    def answer(self, visitor: Visitor) -> dict[str, Any]:
        """What was stored, once the page says that it was."""
        visitor.sees_the_end()
        assert self.serving is not None
        (found,) = answers(self.serving.db)
        return found

    def nothing_came(self) -> bool:
        assert self.serving is not None
        return answers(self.serving.db) == []


def _give(script: str, route: Route) -> None:
    route.fulfill(body=script, content_type="text/javascript")


@pytest.fixture
def desk(tmp_path: Path, visit: Visit) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(stack, tmp_path, visit)


def test_an_external_submit_form_with_its_own_checks(desk: Desk) -> None:
    ann = desk.begin("""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">
        <html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
        <script type="text/javascript">
          function gup(name) {
            var found = new RegExp('[?&]' + name + '=([^&#]*)').exec(window.location.href);
            return found ? found[1] : '';
          }
          function pick(tag) {
            document.getElementById('chosen').value = tag.innerHTML;
            tag.className = 'on';
          }
          function check() {
            var ok = document.getElementById('chosen').value !== '';
            document.getElementById('error').style.display = ok ? 'none' : 'block';
            return ok;
          }
        </script><style>.on { font-weight: bold } #error { display: none }</style></head>
        <body onload="document.getElementById('assignmentId').value = gup('assignmentId') || 'NONE';">
        <form id="mturk_form" method="POST" onsubmit="return check();"
              action="https://www.mturk.com/mturk/externalSubmit">
          <input type="hidden" id="assignmentId" name="assignmentId" value="">
          <p>Which word of &ldquo;${text}&rdquo; is the verb?</p>
          <span onclick="pick(this)">This</span> <span onclick="pick(this)">is</span>
          <input type="hidden" name="verb" id="chosen">
          <p id="error">Choose a word first.</p>
          <input type="submit" id="submitButton" value="Submit">
        </form></body></html>""")
    ann.submit()
    expect(ann.task.get_by_text("Choose a word first.")).to_be_visible()
    assert desk.nothing_came()
    ann.task.get_by_text("is", exact=True).click()
    ann.submit()
    assert desk.answer(ann) == {"verb": "is"}


def test_a_fragment_without_any_form(desk: Desk) -> None:
    ann = desk.begin("""<h3>${text}</h3>
        <input type="radio" name="polite" value="yes" id="y"><label for="y">Polite</label>
        <input type="radio" name="polite" value="no" id="n"><label for="n">Rude</label>
        <input type="checkbox" name="tone" value="warm" id="w"><label for="w">Warm</label>
        <input type="checkbox" name="tone" value="dry" id="d"><label for="d">Dry</label>
        <select name="who" id="s"><option value="">Who?</option><option>Clerk</option></select>
        <textarea name="comment" id="c"></textarea>""")
    expect(ann.task.get_by_role("heading", name=ITEM)).to_be_visible()
    ann.task.get_by_label("Rude").check()
    ann.task.get_by_label("Warm").check()
    ann.task.get_by_label("Dry").check()
    ann.task.locator("#s").select_option("Clerk")
    ann.task.locator("#c").fill("שלום עולם\n👩‍🔬 «ok»")
    ann.submit()
    assert desk.answer(ann) == {
        "polite": "no",
        "tone": ["warm", "dry"],
        "who": "Clerk",
        "comment": "שלום עולם\n👩‍🔬 «ok»",
    }


def test_buttons_that_are_the_answer(desk: Desk) -> None:
    ann = desk.begin("""<form action="/mturk/externalSubmit"><p>${text}</p>
        <button type="submit" name="verdict" value="good">Good</button>
        <button type="submit" name="verdict" value="bad">Bad</button>
        <input type="submit" name="verdict" value="Cannot say"></form>""")
    ann.task.get_by_role("button", name="Bad").click()
    assert desk.answer(ann) == {"verdict": "bad"}


def test_columns_and_other_braces_in_scripts(desk: Desk) -> None:
    ann = desk.begin("""<div id="words"></div>
        <form id="f"><input type="hidden" name="picked" id="picked"></form>
        <script>
          const words = "${text}".split(" ");
          document.getElementById("words").innerHTML =
            words.map((word, n) => `<button type="button" data-n="${n}">${word}</button>`).join(" ");
          document.querySelectorAll("#words button").forEach(function (button) {
            button.onclick = function () {
              document.getElementById("picked").value = button.dataset.n + ":" + button.textContent;
              document.getElementById("f").submit();
            };
          });
        </script>""")
    ann.task.get_by_role("button", name="item").click()
    assert desk.answer(ann) == {"picked": "2:item"}


def test_a_page_that_asks_with_the_browsers_own_dialogs(desk: Desk) -> None:
    ann = desk.begin("""<form id="f"><input name="age" id="age"><button>Send</button></form>
        <script>
          document.getElementById("f").addEventListener("submit", function (event) {
            if (!/^[0-9]+$/.test(document.getElementById("age").value)) {
              alert("Your age in numbers, please.");
              event.preventDefault();
            } else if (!confirm("Sure?")) event.preventDefault();
          });
        </script>""")
    told: list[str] = []

    def accept(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.accept()

    ann.page.on("dialog", accept)
    ann.task.locator("#age").fill("old")
    ann.task.get_by_role("button", name="Send").click()
    expect(ann.task.locator("#age")).to_have_value("old")
    ann.task.locator("#age").fill("41")
    ann.task.get_by_role("button", name="Send").click()
    assert desk.answer(ann) == {"age": "41"}
    assert told == ["Your age in numbers, please.", "Sure?"]


def test_a_library_from_elsewhere_and_handlers_that_wait_for_the_page(desk: Desk) -> None:
    ann = desk.begin(
        """<html><head><script src="https://library.invalid/tiny.js"></script><script>
            tiny(function () { tiny.of('count').value = '${text}'.length; });
            window.addEventListener('load', function () { tiny.of('loaded').value = 'yes'; });
        </script></head><body><input id="count" name="count"><input type="hidden" id="loaded" name="loaded">
        </body></html>""",
        {
            "https://library.invalid/tiny.js": """function tiny(ready) {
                document.addEventListener('DOMContentLoaded', ready);
            }
            tiny.of = function (id) { return document.getElementById(id); };"""
        },
    )
    expect(ann.task.locator("#count")).to_have_value(str(len(ITEM)))
    ann.submit()
    assert desk.answer(ann) == {"count": str(len(ITEM)), "loaded": "yes"}


def test_steps_on_one_page_and_fields_that_a_script_adds(desk: Desk) -> None:
    ann = desk.begin("""<form name="survey">
          <div class="step"><label>First <input name="first" required></label>
            <button type="button" onclick="go(1)">Next</button></div>
          <div class="step" hidden><div id="more"></div>
            <button type="button" onclick="add()">Add one</button><input type="submit" value="Finish"></div>
        </form>
        <script>
          function go(n) {
            var steps = document.getElementsByClassName("step");
            for (var i = 0; i < steps.length; i++) steps[i].hidden = i !== n;
          }
          function add() {
            var input = document.createElement("input");
            input.name = "extra[]";
            input.placeholder = "Extra " + (document.forms.survey.elements.length - 4);
            document.getElementById("more").appendChild(input);
          }
        </script>""")
    ann.task.get_by_label("First").fill("one")
    ann.task.get_by_role("button", name="Next").click()
    for text in ("two", "three"):
        ann.task.get_by_role("button", name="Add one").click()
        ann.task.locator("#more input").last.fill(text)
    ann.task.get_by_role("button", name="Finish").click()
    assert desk.answer(ann) == {"first": "one", "extra[]": ["two", "three"]}


def test_a_file(desk: Desk) -> None:
    ann = desk.begin("""<form>
        <label>Photo <input type="file" name="photo" accept="image/png" required></label>
        <label>Others <input type="file" name="others" multiple></label>
        <input name="note" value="n"><button type="submit">Submit</button></form>""")
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 2000
    ann.task.get_by_label("Photo").set_input_files(
        {"name": "a b.png", "mimeType": "image/png", "buffer": png}
    )
    ann.task.get_by_label("Others").set_input_files(
        [{"name": f"{n}.png", "mimeType": "image/png", "buffer": png + bytes([n])} for n in range(2)]
    )
    ann.submit()
    found = desk.answer(ann)
    digest = hashlib.sha256(png).hexdigest()
    assert found["photo"] == {"file": "a b.png", "sha256": digest, "size": len(png), "type": "image/png"}
    assert [ref["file"] for ref in found["others"]] == ["0.png", "1.png"]
    assert found["note"] == "n"


CROWD = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form answer-format="flatten-objects">
  <crowd-instructions link-text="Instructions" link-type="button">
    <short-summary><p>Rate the sentence.</p></short-summary>
  </crowd-instructions>
  <p>${text}</p>
  <crowd-classifier name="mood" categories="['Happy', 'Sad', 'Neither']" header="What mood is it?">
    <classification-target>${text}</classification-target>
    <short-instructions>Choose one.</short-instructions>
    <full-instructions header="In full"><p>Choose the nearest.</p></full-instructions>
  </crowd-classifier>
  <crowd-radio-group>
    <crowd-radio-button name="clear" value="clear">Clear</crowd-radio-button>
    <crowd-radio-button name="unclear" value="unclear">Unclear</crowd-radio-button>
  </crowd-radio-group>
  <crowd-checkbox name="theme" value="work">Work</crowd-checkbox>
  <crowd-checkbox name="theme" value="home">Home</crowd-checkbox>
  <crowd-checkbox name="sure">I am sure</crowd-checkbox>
  <crowd-slider name="level" min="0" max="10" value="4"></crowd-slider>
  <crowd-input name="word" label="One word" required></crowd-input>
  <crowd-text-area name="why" label="Why" rows="4"></crowd-text-area>
  <div id="errorBox"></div>
  <crowd-input name="scan" label="Scan" type="file"></crowd-input>
</crowd-form>
<script>
  document.querySelector('crowd-form').onsubmit = function (event) {
    if (document.querySelector('crowd-input').value.indexOf(' ') >= 0) {
      event.preventDefault();
      errorBox.innerHTML = '<crowd-alert type="error" dismissible>One word only.</crowd-alert>';
    }
  };
</script>"""


def test_crowd_elements_of_every_kind(desk: Desk) -> None:
    ann = desk.begin(CROWD)
    ann.click_into(ann.task.get_by_text("Choose one."))
    ann.page.keyboard.press("2")
    expect(ann.task.get_by_role("radio", name="Sad")).to_be_checked()
    ann.task.get_by_role("radio", name="Unclear").check()
    ann.task.get_by_role("checkbox", name="Home").check()
    ann.task.get_by_label("One word").fill("two words")
    ann.task.get_by_label("Why").fill("because\n2 is not 1")
    scan = b"%PDF-1.4 " + b"0" * 100
    ann.task.get_by_label("Scan").set_input_files(
        {"name": "s.pdf", "mimeType": "application/pdf", "buffer": scan}
    )
    ann.submit()
    expect(ann.task.get_by_role("alert").filter(has_text="One word only.")).to_be_visible()
    assert desk.nothing_came()
    ann.task.get_by_label("One word").fill("two")
    ann.submit()
    assert desk.answer(ann) == {
        "mood": "Sad",
        "clear": "",
        "unclear": "unclear",
        "theme": ["home"],
        "sure": "",
        "level": "4",
        "word": "two",
        "why": "because\n2 is not 1",
        "scan": {
            "file": "s.pdf",
            "sha256": hashlib.sha256(scan).hexdigest(),
            "size": len(scan),
            "type": "application/pdf",
        },
    }


def test_crowd_elements_keep_what_was_typed_over_a_reload(desk: Desk) -> None:
    ann = desk.begin(CROWD)
    ann.task.get_by_role("radio", name="Neither").check()
    ann.task.get_by_role("radio", name="Clear", exact=True).check()
    ann.task.get_by_role("checkbox", name="Work").check()
    ann.task.get_by_label("One word").fill("kept")
    ann.wait_for_draft("kept")
    ann.page.reload()
    expect(ann.task.get_by_label("One word")).to_have_value("kept")
    expect(ann.task.get_by_role("radio", name="Neither")).to_be_checked()
    expect(ann.task.get_by_role("radio", name="Clear", exact=True)).to_be_checked()
    expect(ann.task.get_by_role("checkbox", name="Work")).to_be_checked()
    ann.submit()
    found = desk.answer(ann)
    assert (found["mood"], found["clear"], found["theme"], found["word"]) == (
        "Neither",
        "clear",
        ["work"],
        "kept",
    )


def test_a_crowd_form_that_a_script_submits_with_its_own_button(desk: Desk) -> None:
    ann = desk.begin("""<crowd-form><crowd-input name="a" id="a"></crowd-input>
          <crowd-button form-action="submit" id="real" style="display: none">Submit</crowd-button>
          <crowd-button id="done" variant="primary">Done</crowd-button></crowd-form>
        <script>
          document.getElementById('done').addEventListener('click', function () {
            document.getElementById('a').value = document.getElementById('a').value.toUpperCase();
            document.getElementById('real').click();
          });
        </script>""")
    ann.task.locator("#a input").fill("loud")
    expect(ann.task.get_by_role("button", name="Submit")).to_have_count(0)
    ann.task.get_by_role("button", name="Done").click()
    assert desk.answer(ann) == {"a": "LOUD"}


def test_what_is_stored_as_it_came_has_the_shape_of_mturks_results(desk: Desk) -> None:
    ann = desk.begin("""<crowd-form><crowd-classifier name="mood" categories='["a", "b"]' header="Mood?">
        </crowd-classifier><crowd-checkbox name="sure">Sure</crowd-checkbox></crowd-form>""")
    ann.task.get_by_role("radio", name="b").check()
    ann.submit()
    assert desk.answer(ann) == {"mood": "b", "sure": ""}
    assert desk.serving is not None
    with desk.serving.db.read() as conn:
        ((raw,),) = conn.exec_driver_sql("SELECT raw FROM submission").all()
    assert json.loads(json.loads(raw)["taskAnswers"]) == [{"mood": {"label": "b"}, "sure": {"on": False}}]
