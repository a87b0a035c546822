"""The crowd elements alone in a real browser: what they send, how they are read out and reached."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from crowddesk.blueprints.static_html import StaticHtmlArgs, StaticHtmlBlueprint

PAGE = Path(__file__).parents[2] / "crowddesk" / "taskserver" / "page"
#: The page is its own surroundings here: it takes what is sent, and refuses it, so that more can be sent.
TAKES = """window.sent = [];
addEventListener('message', ({data}) => {
  if (data.crowddesk === 'submit') { sent.push(data.data); postMessage({crowddesk: 'refused'}); }
});"""

EVERY = """
<crowd-form>
  <h2>A shop</h2>
  <crowd-input name="who" label="Your name" required max-length="20"></crowd-input>
  <crowd-text-area name="why" label="Why?" rows="2"></crowd-text-area>
  <p>How was it?</p>
  <crowd-radio-group>
    <crowd-radio-button name="how" value="well">Well</crowd-radio-button>
    <crowd-radio-button name="how" value="ill">Ill</crowd-radio-button>
  </crowd-radio-group>
  <p>Which way?</p>
  <crowd-radio-group>
    <crowd-radio-button name="left" value="left">Left</crowd-radio-button>
    <crowd-radio-button name="right" value="right">Right</crowd-radio-button>
  </crowd-radio-group>
  <crowd-checkbox name="colour" value="red">Red</crowd-checkbox>
  <crowd-checkbox name="colour" value="green" checked>Green</crowd-checkbox>
  <crowd-checkbox name="agree">I agree</crowd-checkbox>
  <crowd-toggle-button name="loud">Loud</crowd-toggle-button>
  <crowd-slider name="level" min="0" max="10" value="3"></crowd-slider>
  <crowd-classifier name="mood" categories="['Good', 'It\\'s bad', &quot;So-so&quot;]" header="Which mood?">
    <classification-target><em>Fine, thanks.</em></classification-target>
    <short-instructions>Read it.</short-instructions>
    <full-instructions header="All of it">Read it twice.</full-instructions>
  </crowd-classifier>
  <crowd-classifier-multi-select name="themes" categories='["Price", "Place"]' header="Themes"
      exclusion-category="{ text: 'None' }"></crowd-classifier-multi-select>
  <input type="hidden" name="plain" value="p"><input name="twice" value="1"><input name="twice" value="2">
  <crowd-bounding-box name="box"><b>unknown content</b></crowd-bounding-box>
</crowd-form>
"""

Show = Callable[..., Page]


@pytest.fixture
def show(chromium: Browser) -> Iterator[Show]:
    """Shows HTML with the crowd elements; what is submitted goes to `window.sent`."""
    context = chromium.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    ours = "".join((PAGE / name).read_text(encoding="utf-8") + "\n" for name in ("frame.js", "crowd.js"))
    style = (PAGE / "crowd.css").read_text(encoding="utf-8")

    def open_page(html: str) -> Page:
        page.unroute_all()
        page.route(
            "**/*",
            lambda route: route.fulfill(
                body=f"<!doctype html><style>{style}</style><script>{TAKES}{ours}</script>{html}",
                content_type="text/html",
            ),
        )
        page.goto("https://crowd.invalid/")
        return page

    yield open_page
    context.close()
    assert faults == []


def sent(page: Page, count: int) -> Any:
    """What was submitted, `count` times in all."""
    # What comes too often, or although it must not, was posted before this message of our own.
    page.evaluate("""() => new Promise(done => setTimeout(() => {
        addEventListener('message', ({data}) => data === 'last' && done());
        postMessage('last');
    }))""")
    found = page.evaluate("sent")
    assert len(found) == count
    return [json.loads(raw.pop("taskAnswers"))[0] | raw for raw in found]


def test_every_element_sends_what_mturks_results_held(show: Show, tmp_path: Path) -> None:
    page = show(EVERY)
    page.get_by_label("Your name").fill("Zoë 🙂")
    page.get_by_label("Why?").fill("one\ntwo")
    page.get_by_text("Ill", exact=True).click()
    page.get_by_role("radio", name="Left").check()
    page.get_by_role("radio", name="Right").check()
    page.get_by_role("checkbox", name="Red").check()
    page.get_by_role("switch", name="Loud").check()
    page.get_by_role("radio", name="It's bad").check()
    page.get_by_role("checkbox", name="Place").check()
    page.get_by_role("button", name="Submit").click()
    answer = {
        "who": "Zoë 🙂",
        "why": "one\ntwo",
        "how": {"well": False, "ill": True},
        "left": {"left": False},
        "right": {"right": True},
        "colour": {"red": True, "green": True},
        "agree": {"on": False},
        "loud": {"on": True},
        "level": "3",
        "mood": {"label": "It's bad"},
        "themes": {"labels": ["Place"]},
        "plain": "p",
        "twice": ["1", "2"],
    }
    assert sent(page, 1) == [answer]
    (tmp_path / "page.html").write_text(EVERY, encoding="utf-8")
    task = StaticHtmlBlueprint(StaticHtmlArgs(template="page.html", data="none.csv"), tmp_path)
    assert task.parse_submission({"taskAnswers": json.dumps([answer])}) == answer | {
        "how": "ill",
        "left": "",
        "right": "right",
        "colour": ["red", "green"],
        "agree": "",
        "loud": "on",
        "mood": "It's bad",
        "themes": ["Place"],
    }


def test_controls_have_names_groups_and_room(show: Show) -> None:
    page = show(EVERY)
    assert page.get_by_role("group", name="Which mood?").count() == 1
    assert page.get_by_role("radiogroup", name="How was it?").count() == 1
    assert page.get_by_role("slider", name="level").count() == 1
    assert page.get_by_text("unknown content").is_visible()
    small = page.evaluate("""() => [...document.querySelectorAll(
        'label.crowd-choice, crowd-input input, crowd-slider input, .crowd-foot button, summary')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)""")
    assert small == []
    nameless = page.evaluate("""() => [...document.querySelectorAll('crowd-form [id^=crowd-] ')]
        .filter(e => e.matches('input') && !e.labels.length && !e.ariaLabel).map(e => e.outerHTML)""")
    assert nameless == []
    page.get_by_label("Your name").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.get_by_text("Read it twice.").is_hidden()
    page.get_by_text("Full instructions").first.click()
    assert page.get_by_role("heading", name="All of it").is_visible()


def test_what_is_required_is_asked_for_by_the_browser(show: Show) -> None:
    page = show(EVERY)
    page.get_by_role("button", name="Submit").click()
    sent(page, 0)
    assert page.evaluate("document.activeElement.name") == "who"
    page.get_by_label("Your name").fill("A" * 30)
    assert page.get_by_label("Your name").input_value() == "A" * 20
    page.get_by_role("button", name="Submit").click()
    sent(page, 0)
    assert page.evaluate("document.activeElement.name") == "mood"


def test_digits_choose_a_category_but_not_while_somebody_types(show: Show) -> None:
    page = show("""<crowd-form><crowd-input name="a"></crowd-input>
        <crowd-classifier name="one" categories="['x', 'y']"></crowd-classifier>
        <crowd-classifier name="two" categories="['p', 'q']"></crowd-classifier></crowd-form>""")
    page.keyboard.press("2")
    page.get_by_role("radio", name="p").focus()
    page.keyboard.press("1")
    page.keyboard.press("7")
    page.locator("crowd-input input").click()
    page.keyboard.type("21")
    page.get_by_role("button", name="Submit").click()
    assert sent(page, 1) == [{"a": "21", "one": {"label": "y"}, "two": {"label": "p"}}]


def test_the_arrow_keys_move_within_a_group_of_several_names(show: Show) -> None:
    page = show(EVERY)
    page.get_by_role("radio", name="Left").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Right").is_checked()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Left").is_checked()
    assert not page.get_by_role("radio", name="Right").is_checked()


@pytest.mark.parametrize(
    "script",
    [
        "document.querySelector('crowd-form').onsubmit = e => { if (!ok()) e.preventDefault(); };",
        "document.querySelector('crowd-form').addEventListener('submit', e => ok() || e.preventDefault());",
        "document.addEventListener('all-crowd-elements-ready', () => "
        "{ document.querySelector('crowd-form').onsubmit = ok; });",
    ],
)
def test_a_templates_own_check_may_stop_it(show: Show, script: str) -> None:
    page = show(f"""<crowd-form><crowd-input name="a" id="a"></crowd-input></crowd-form>
        <script>const ok = () => document.getElementById('a').value === 'yes';{script}</script>""")
    page.get_by_role("button", name="Submit").click()
    sent(page, 0)
    page.locator("crowd-input input").fill("yes")
    page.get_by_role("button", name="Submit").click()
    assert sent(page, 1) == [{"a": "yes"}]


def test_scripts_can_submit_set_and_press(show: Show) -> None:
    page = show("""<crowd-form id="f">
          <crowd-input name="a"></crowd-input><crowd-checkbox name="b" id="b">B</crowd-checkbox>
          <crowd-button id="go" form-action="submit" name="verdict" value="good">Go</crowd-button>
          <crowd-button form-action="submit" name="verdict" value="bad">Bad</crowd-button>
          <crowd-button id="again" form-action="reset">Again</crowd-button>
          <crowd-button id="none">Nothing</crowd-button><button id="plain">Play</button>
        </crowd-form>
        <script>
          document.querySelector('crowd-input').value = 'set';
          document.getElementById('b').checked = true;
          document.getElementById('again').disabled = true;
        </script>""")
    assert page.get_by_role("button", name="Submit").count() == 0
    assert page.get_by_role("button", name="Again").is_disabled()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Nothing").click()
    sent(page, 0)
    page.evaluate("document.getElementById('f').submit()")
    sent(page, 1)
    page.evaluate("document.getElementById('go').click()")
    sent(page, 2)
    page.get_by_role("button", name="Bad").click()
    sent(page, 3)
    page.evaluate("document.getElementById('again').disabled = false")
    page.get_by_role("button", name="Again").click()
    page.get_by_role("button", name="Go").click()
    first = {"a": "set", "b": {"on": True}}
    assert sent(page, 4) == [
        first,
        first | {"verdict": "good"},
        first | {"verdict": "bad"},
        {"a": "", "b": {"on": False}, "verdict": "good"},
    ]


def test_elements_that_a_script_adds_work_too(show: Show) -> None:
    page = show("""<crowd-form></crowd-form><script>
        const form = document.querySelector('crowd-form');
        form.insertAdjacentHTML('beforeend', '<crowd-checkbox name="x" value="1">One</crowd-checkbox>');
        const made = document.createElement('crowd-classifier');
        made.setAttribute('name', 'c'); form.appendChild(made);
        made.setAttribute('categories', JSON.stringify(['a', 'b']));
        </script>""")
    page.get_by_role("checkbox", name="One").check()
    page.get_by_role("radio", name="b").check()
    page.get_by_role("button", name="Submit").click()
    assert sent(page, 1) == [{"x": {"1": True}, "c": {"label": "b"}}]


def test_only_allowed_signs_are_taken(show: Show) -> None:
    page = show("""<crowd-form><crowd-input name="n" allowed-pattern="[0-9]" error-message="Digits only.">
        </crowd-input><crowd-input name="m" allowed-pattern="[" value="x"></crowd-input></crowd-form>""")
    page.locator("crowd-input input").first.click()
    page.keyboard.type("1a")
    assert page.get_by_role("status").filter(has_text="Digits only.").count() == 1
    page.keyboard.type("2")
    assert page.get_by_role("status").filter(has_text="Digits only.").count() == 0
    page.get_by_role("button", name="Submit").click()
    assert sent(page, 1) == [{"n": "12", "m": "x"}]


def test_nothing_that_fits_excludes_the_other_classes(show: Show) -> None:
    page = show(EVERY)
    page.get_by_role("checkbox", name="Price").check()
    page.get_by_role("checkbox", name="None").check()
    assert not page.get_by_role("checkbox", name="Price").is_checked()
    page.get_by_role("checkbox", name="Place").check()
    assert not page.get_by_role("checkbox", name="None").is_checked()


def test_the_library_of_old_does_not_draw_over_it(show: Show) -> None:
    page = show("""<script>customElements.define('crowd-input', class extends HTMLElement {});
        customElements.define('crowd-line', class extends HTMLElement {});
        class Mine extends HTMLElement { connectedCallback() { this.textContent = 'mine'; } }
        customElements.define('my-own', Mine);
        </script><my-own></my-own><crowd-form><crowd-input name=a value=1></crowd-input></crowd-form>""")
    assert page.get_by_text("mine").is_visible()
    page.get_by_role("button", name="Submit").click()
    assert sent(page, 1) == [{"a": "1"}]


@pytest.mark.parametrize(
    "categories", [["a", 'b"c', "d'e"], ["ä\\n", "<b>", "x, y"], ["tab\there", "back\\slash"], ["é\u2028"]]
)
def test_categories_are_read_as_the_program_reads_them(show: Show, categories: list[str]) -> None:
    for text in (json.dumps(categories), repr(categories)):
        page = show(
            "<crowd-form></crowd-form><script>const c = document.createElement('crowd-classifier');"
            f"c.setAttribute('categories', {json.dumps(text).replace('<', chr(92) + 'u003c')});"
            "document.querySelector('crowd-form').append(c);</script>"
        )
        assert (
            page.evaluate("[...document.querySelectorAll('crowd-classifier input')].map(i => i.value)")
            == categories
        )
    assert page.locator("crowd-classifier b").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_can_be_read(show: Show, scheme: str) -> None:
    page = show(f"<style>:root {{ color-scheme: {scheme}; }}</style>" + EVERY)
    colours = page.evaluate("""() => {
        const style = getComputedStyle(document.querySelector('.crowd-foot button'));
        return [style.color, style.backgroundColor];
    }""")
    assert contrast(*colours) >= 4.5


def contrast(first: str, second: str) -> float:
    """The contrast of two `rgb(...)` colours by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in colour[4:-1].split(",")]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
