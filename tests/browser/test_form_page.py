"""A form's page in a real browser: by keyboard alone, conditions, messages, files; then really served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from crowddesk import paths
from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.form_file import read_form
from crowddesk.blueprints.form_page import page_of
from tests.browser.test_chat import served
from tests.browser.visiting import Visit, answers

FORM = """
title: "All of {{c}}"
fields:
  - {name: word, type: text, label: Word, required: yes, pattern: "[a-z]+", pattern_help: Small letters only}
  - {name: story, type: long_text, label: Story, required: yes, min_length: 5}
  - {name: count, type: number, label: Count, required: yes, min: 1, max: 9, step: 0.5}
  - {name: day, type: date, label: Day, required: yes, min: 2026-01-01}
  - {name: pick, type: single, label: "Pick {{c}}", required: yes, options: [red, green], other: Another}
  - {name: some, type: multiple, label: Some, options: [a, b, c], choose_at_least: 2}
  - {name: rate, type: scale, label: Rate, required: yes, scale: {from: 0, to: 10, from_label: low}}
  - {name: why, type: text, label: Why, required: yes, show_if: {pick: red, some: [b, c]}}
  - {name: deep, type: single, label: Deep, options: [x, y], show_if: {why: because}}
  - {name: proof, type: file, label: Proof, accept: [image/*, .pdf], max_megabytes: 0.001}
"""
#: What frame.js does with a submit that no listener stopped.
STUB = """
window.sent = null;
window.crowddesk = { onstart() {} };
window.addEventListener("submit", (event) => {
  setTimeout(() => {
    const data = {};
    for (const [name, value] of new FormData(event.target)) {
      if (typeof value === "string") data[name] = name in data ? [data[name], value].flat() : value;
    }
    if (!event.defaultPrevented) window.sent = data;
  });
  event.target.method = "dialog";
}, true);
"""
#: Milliseconds for what goes through the server and a whole new frame, on a busy machine.
_LONG = 20_000
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'>'

#: Shows a form for a cell of the column `c`, in a page of its own.
Show = Callable[..., Page]


@pytest.fixture
def show(chromium: Browser) -> Iterator[Show]:
    faults: list[str] = []
    opened = []

    def open_form(text: str = FORM, cell: str = "it", **options: Any) -> Page:
        problems = Problems()
        form = read_form(text, "form.yaml", problems)
        assert form is not None, problems.text()
        context = chromium.new_context(**options)
        context.set_default_timeout(10_000)
        context.add_init_script(STUB)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        page = context.new_page()
        page.route(
            "https://forms.example/", lambda route: route.fulfill(body=document, content_type="text/html")
        )
        document = page_of(form.fill({"c": cell}))
        page.goto("https://forms.example/")
        return page

    yield open_form
    for context in opened:
        context.close()
    assert faults == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def send(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def sent(page: Page) -> Any:
    page.wait_for_function("window.sent !== null")
    return page.evaluate("window.sent")


def faults_of(page: Page) -> list[str]:
    return page.get_by_role("group", name="another look").get_by_role("link").all_inner_texts()


def test_every_kind_of_field_is_answered_by_keyboard_alone(show: Show) -> None:
    page = show()
    press(page, "Tab")
    expect(page.get_by_label("Word")).to_be_focused()
    page.keyboard.type("abc")
    press(page, "Tab")
    page.keyboard.type("A story 😀")
    press(page, "Tab")
    page.keyboard.type("2.5")
    press(page, "Tab")
    page.keyboard.type("05012026")
    # The parts of a date and its calendar are stops of their own.
    while not page.evaluate("document.activeElement.type === 'radio'"):
        press(page, "Tab")
    press(page, "Space", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "ArrowRight")
    expect(page.get_by_role("radio", name="1", exact=True)).to_be_checked()
    press(page, "Tab")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("because")
    press(page, "Tab")
    expect(page.get_by_role("radio", name="x")).to_be_focused()
    press(page, "ArrowDown", "Tab")
    expect(page.get_by_label("Proof")).to_be_focused()
    press(page, "Tab", "Enter")
    assert sent(page) == {
        "word": "abc", "story": "A story 😀", "count": "2.5", "day": "2026-05-01", "pick": "red",
        "some": ["a", "b"], "rate": "1", "why": "because", "deep": "y",
    }  # fmt: skip


def test_what_does_not_apply_is_neither_asked_nor_checked_nor_sent(show: Show) -> None:
    page = show()
    why, deep = page.get_by_label("Why"), page.get_by_role("radiogroup", name="Deep")
    expect(why).to_be_hidden()
    page.get_by_role("radio", name="red").check()
    expect(why).to_be_hidden()
    page.get_by_role("checkbox", name="b").check()
    expect(why).to_be_visible()
    why.fill("because")
    expect(deep).to_be_visible()
    deep.get_by_role("radio", name="x").check()
    page.get_by_role("radio", name="green").check()
    expect(why).to_be_hidden()
    expect(deep).to_be_hidden()
    page.get_by_role("checkbox", name="a").check()
    page.get_by_label("Word").fill("abc")
    page.get_by_label("Story").fill("A story")
    page.get_by_label("Count").fill("3")
    page.get_by_label("Day").fill("2026-02-03")
    page.get_by_role("radio", name="7", exact=True).check()
    send(page)
    answer = sent(page)
    assert answer.keys() == {"word", "story", "count", "day", "pick", "some", "rate"}
    assert answer["some"] == ["a", "b"]


def test_the_free_option_opens_a_line_that_has_to_be_filled_in(show: Show) -> None:
    page = show()
    words = page.get_by_label("Another:")
    expect(words).to_be_hidden()
    page.get_by_role("radio", name="Another").check()
    expect(words).to_be_visible()
    send(page)
    assert "Pick it: Write what you mean." in faults_of(page)
    words.fill("teal")
    assert "Pick it: Write what you mean." not in faults_of(page)


def test_what_is_wrong_is_said_in_words_and_where_it_is(show: Show) -> None:
    page = show()
    page.get_by_label("Word").fill("ABC")
    page.get_by_label("Story").fill("abc")
    page.get_by_label("Count").fill("9.2")
    page.get_by_label("Day").fill("2025-12-31")
    page.get_by_role("checkbox", name="a").check()
    send(page)
    summary = page.get_by_role("group", name="7 answers need another look")
    expect(summary).to_be_focused()
    assert faults_of(page) == [
        "Word: Small letters only",
        "Story: Write at least 5 characters. It has 3.",
        "Count: Write a number from 1 to 9.",
        "Day: Give a date from 2026-01-01 on.",
        "Pick it: Choose one.",
        "Some: Choose at least 2.",
        "Rate: Choose one.",
    ]
    word = page.get_by_label("Word")
    expect(word).to_have_attribute("aria-invalid", "true")
    expect(word).to_have_accessible_description("Small letters only. Small letters only")
    expect(page.get_by_role("radiogroup", name="Pick it")).to_have_accessible_description("Choose one.")
    summary.get_by_role("link", name="Word").press("Enter")
    expect(word).to_be_focused()
    word.fill("abc")
    expect(word).not_to_have_attribute("aria-invalid", "true")
    page.get_by_label("Count").fill("1.7")
    assert "Count: Write a number in steps of 0.5." in faults_of(page)
    assert page.evaluate("window.sent") is None


def test_a_click_on_the_button_straight_out_of_a_wrong_field_counts(show: Show) -> None:
    page = show()
    page.get_by_label("Count").fill("77")
    send(page)
    expect(page.get_by_role("group", name="another look")).to_be_focused()


def test_digits_choose_in_the_first_open_field_but_not_while_typing(show: Show) -> None:
    page = show()
    press(page, "2")
    expect(page.get_by_role("radio", name="green")).to_be_checked()
    expect(page.get_by_role("radio", name="green")).to_be_focused()
    press(page, "7")
    expect(page.get_by_role("radio", name="7", exact=True)).to_be_checked()
    press(page, "1")
    expect(page.get_by_role("radio", name="green")).to_be_checked()
    page.get_by_label("Word").focus()
    press(page, "1")
    expect(page.get_by_label("Word")).to_have_value("1")
    one = show("title: A\nfields:\n- {name: a, type: single, label: A, options: [x, y]}\n")
    press(one, "1", "2")
    expect(one.get_by_role("radio", name="y")).to_be_checked()


def test_a_file_of_another_kind_or_size_is_not_taken(show: Show) -> None:
    page = show()
    proof = page.get_by_label("Proof")
    error = page.locator(".field.wrong .error")
    proof.set_input_files({"name": "a.exe", "mimeType": "application/x-msdos-program", "buffer": b"x"})
    expect(error).to_contain_text("a.exe is not of the kinds that are taken: image/*, .pdf.")
    expect(proof).to_have_value("")
    proof.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 200_000})
    expect(error).to_contain_text("a.pdf has 0.2 MB; at most 0.0 MB are taken.")
    proof.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
    expect(page.locator(".field.wrong")).to_have_count(0)


def test_a_hostile_cell_does_nothing(show: Show) -> None:
    page = show(cell=HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"All of {HOSTILE}")
    expect(page.get_by_role("radiogroup", name=f"Pick {HOSTILE}")).to_be_visible()
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_at_twice_the_text_and_its_targets_are_large(show: Show, scheme: str) -> None:
    page = show(viewport={"width": 360, "height": 700}, color_scheme=scheme)
    send(page)
    small = page.evaluate(
        "[...document.querySelectorAll('.choice, .step, button, textarea, .field > input, .summary a')]"
        ".filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44))"
        ".map((e) => e.outerHTML)"
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_page_from_right_to_left_is_one(show: Show) -> None:
    page = show(
        "title: سؤال\nlanguage: ar\nfields:\n- {name: a, type: single, label: لون, options: [أحمر, Blue]}\n"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.choice')).direction") == "rtl"
    assert (
        page.evaluate("getComputedStyle(document.querySelectorAll('.choice > span')[1]).direction") == "ltr"
    )


def test_what_cannot_be_loaded_is_said(show: Show) -> None:
    page = show(
        "title: A\nfields:\n- {name: a, type: text, label: A}\n"
        "- {type: show_image, src: 'data:image/png;base64,{{c}}', label: B}\n"
    )
    expect(page.get_by_text("This could not be loaded. Reload the page to try again.")).to_be_visible()


# --------------------------------------------------------------------------------------- through the server


def test_the_sample_visit_is_served_with_its_photo_and_survives_a_reload(
    visit: Visit, tmp_path: Path
) -> None:
    task = paths.resources_dir() / "tasks" / "stalls" / "run.yaml"
    changes = ("provider.people=null", "provider.sign_in=name", "provider.requester_name=lab")
    with served(tmp_path, task, *changes) as serving:
        ann = visit(serving.url, viewport={"width": 390, "height": 800}).sign_in("Ann")
        heading = ann.task.get_by_role("heading", level=1)
        expect(heading).to_have_text("A visit to the green stall by the fountain")
        ann.task.get_by_role("radio", name="Yes").check()
        ann.task.get_by_role("checkbox", name="Vegetables").check()
        ann.task.get_by_role("checkbox", name="Something else").check()
        ann.task.get_by_label("Something else:").fill("عسل 🍯")
        ann.task.get_by_label("A photo of the stall").set_input_files(
            {"name": "stall.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}
        )
        expect(ann.task.get_by_role("status").filter(has_text="stored")).to_be_visible()
        ann.wait_for_draft("stall.png")
        ann.page.reload()
        expect(ann.task.get_by_label("Something else:")).to_have_value("عسل 🍯", timeout=_LONG)
        expect(ann.task.get_by_text("Choose again to replace it.")).to_be_visible()
        ann.task.get_by_role("button", name="Hand in the visit").click()
        expect(ann.task.get_by_role("group", name="2 answers need another look")).to_be_focused()
        ann.task.get_by_label("When were you there?").fill("2026-05-02")
        ann.task.get_by_role("radio", name="4", exact=True).check()
        ann.task.get_by_label("What does a kilogram").fill("1.25")
        ann.task.get_by_role("button", name="Hand in the visit").click()
        expect(heading).to_have_text("A visit to Abel's bread van", timeout=_LONG)
        (answer,) = answers(serving.db)
        picture = answer.pop("picture")
        assert answer == {
            "visited_on": "2026-05-02", "open": "yes", "sells": ["Vegetables", "other"],
            "sells_other": "عسل 🍯", "price": 1.25, "friendly": 4,
        }  # fmt: skip
        assert (picture["type"], picture["size"]) == ("image/png", 72)


def test_the_sample_rating_is_served_and_its_follow_up_asked(visit: Visit, tmp_path: Path) -> None:
    task = paths.resources_dir() / "tasks" / "photos" / "run.yaml"
    with served(tmp_path, task, "provider.requester_name=lab") as serving:
        ann = visit(serving.url).sign_in("Ann")
        ann.task.get_by_role("radio", name="6", exact=True).check()
        expect(ann.frame).to_be_focused()
        ann.page.keyboard.press("2")
        expect(ann.task.get_by_role("radio", name="Yes, once it is mended")).to_be_checked()
        ann.task.get_by_role("checkbox", name="Blurred").check()
        ann.task.get_by_label("How many minutes").fill("12")
        ann.task.get_by_label("Write a caption").fill("A jug for every day")
        ann.task.get_by_role("button", name="Send my rating").click()
        expect(ann.task.get_by_text("The photo of: Linen apron")).to_be_visible(timeout=_LONG)
        assert answers(serving.db) == [
            {
                "quality": 6,
                "use": "mended",
                "faults": ["blur"],
                "minutes": 12,
                "caption": "A jug for every day",
            }
        ]
