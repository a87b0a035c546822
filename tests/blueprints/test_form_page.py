"""A form's page, parsed back: every datum is in its place, and nothing came out of it."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.form_file import read_form
from crowddesk.blueprints.form_model import Form
from crowddesk.blueprints.form_page import hint_of, page_of

FORM = """
title: "T {{c}}"
intro: "Look at **{{c}}** and [this {{c}}](https://example.org/{{c}})."
submit: "Go {{c}}"
fields:
  - {name: word, type: text, label: "L {{c}}", help: "H {{c}}", required: yes, min_length: 2,
     pattern: "a+", pattern_help: "P {{c}}"}
  - {name: story, type: long_text, label: Story}
  - {name: tale, type: text, label: Tale, show_if: {word: "{{c}}"}}
  - {name: count, type: number, label: Count, min: 1, max: 9}
  - {name: day, type: date, label: Day}
  - {name: pick, type: single, label: "Pick {{c}}", options: [{value: "v{{c}}", label: "o {{c}}"}],
     other: "E {{c}}"}
  - {name: some, type: multiple, label: Some, options: [a, b]}
  - {name: rate, type: scale, label: Rate, scale: {from: 1, to: 3, from_label: "low {{c}}", to_label: high}}
  - {name: proof, type: file, label: Proof, accept: [.pdf], max_megabytes: 2}
  - {type: show_text, label: "S {{c}}", text: "Said: {{c}}"}
  - {type: show_image, src: "https://example.org/{{c}}", text: "alt {{c}}"}
  - {type: show_audio, src: "https://example.org/{{c}}.ogg", label: "A {{c}}", text: "words {{c}}"}
"""


class Tree(HTMLParser):
    """Tags with their attributes, and the text of the page outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(tag, tuple(sorted(attrs))) for tag, attrs in self.tags]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def form_of(text: str = FORM) -> Form:
    problems = Problems()
    form = read_form(text, "form.yaml", problems)
    assert form is not None, problems.text()
    return form


FORM_READ = form_of()


def page(value: str) -> Tree:
    return Tree(page_of(FORM_READ.fill({"c": value})))


HOSTILE = [
    "<script>alert(1)</script>", "</script><b>", '" onerror="x', "' autofocus x='", "&lt;b&gt;", "-->", "]]>",
    "</title>", "</textarea>", "{{c}}", "**b** [a](https://a.b)", "javascript:x", "\u202e", "🙂", "a\nb",
    "${x}",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_cell_stays_text(value: str) -> None:
    tree, plain = page(value), page("plain")
    without_media = ("img", "audio", "p", "a")  # an address that is none is not shown or linked
    assert [s for s in tree.shape if s[0] not in without_media] == [
        s for s in plain.shape if s[0] not in without_media
    ]
    text = "".join(tree.words)
    for before in ("T ", "L ", "H ", "S ", "Said: ", "o ", "Go ", "E ", "low "):
        assert before + value in text
    assert {a["value"] for a in tree.all("input") if a.get("name") == "pick"} == {"v" + value, "other"}
    assert tree.all("script") == [{}]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_cell_changes_the_page(value: str) -> None:
    tree = page(value)
    assert [t for t, _ in tree.tags if t not in ("img", "audio", "p", "a")] == [
        t for t, _ in page("plain").tags if t not in ("img", "audio", "p", "a")
    ]
    assert f"Said: {value}" in "".join(tree.words)
    for attrs in tree.all("a"):
        assert str(attrs["href"]).startswith("https://example.org/")
    rules = [json.loads(str(attrs["data-rules"])) for _, attrs in tree.tags if "data-rules" in attrs]
    assert next(r for r in rules if r["name"] == "word")["patternHelp"] == "P " + value


def test_every_control_has_a_name_to_be_called_by() -> None:
    tree = page("x")
    labelled = {attrs["for"] for attrs in tree.all("label") if "for" in attrs}
    for attrs in [*tree.all("input"), *tree.all("textarea")]:
        assert attrs.get("type") in ("radio", "checkbox") or attrs["id"] in labelled
    ids = [attrs["id"] for _, attrs in tree.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in tree.tags:
        for named in str(attrs.get("aria-describedby") or "").split():
            assert named in ids
    assert len(tree.all("legend")) == len(tree.all("fieldset")) == 3


def test_what_waits_for_a_condition_is_neither_shown_nor_sent_before_the_script_runs() -> None:
    tree = page("x")
    box = next(a for a in tree.all("div") if '"name": "tale"' in str(a.get("data-rules")))
    assert "hidden" in box
    assert all("disabled" in a for a in tree.all("input") if a.get("name") in ("tale", "pick_other"))


def test_the_page_needs_nothing_from_elsewhere_but_what_it_shows() -> None:
    tree = page("x")
    assert tree.all("link") == []
    assert tree.all("script") == [{}]
    assert tree.all("img") == [{"src": "https://example.org/x", "alt": "alt x"}]
    assert [a["src"] for a in tree.all("audio")] == ["https://example.org/x.ogg"]


def test_an_address_that_is_none_is_said_and_not_loaded() -> None:
    form = form_of(
        "title: A\nfields:\n- {name: a, type: text, label: A}\n- {type: show_image, src: '{{c}}', label: B}"
    )
    for value in ("javascript:alert(1)", "cat.png", "http://a.b/c", "data:text/html,x", "//a.b/c", ""):
        tree = Tree(page_of(form.fill({"c": value})))
        assert tree.all("img") == []
        assert "This picture cannot be shown." in "".join(tree.words)


def test_the_page_runs_the_way_its_title_is_written() -> None:
    assert page("x").all("html") == [{"lang": "en"}]
    form = form_of("title: 123 مرحبا\nlanguage: ar\nfields:\n- {name: a, type: text, label: A}")
    assert Tree(page_of(form)).all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_what_is_asked_for_is_said_before_it_is_wrong() -> None:
    hints = {field.name: hint_of(field) for field in FORM_READ.fields if field.name}
    assert hints["word"] == "At least 2 characters, P {{c}}."
    assert hints["count"] == "1 to 9."
    assert hints["proof"] == ".pdf, at most 2 MB."
    assert hints["day"] == ""
