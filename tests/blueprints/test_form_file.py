"""A form's YAML file: what it means, and that every fault in it is named with its line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.blueprints.base import Option
from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.form_file import read_form
from crowddesk.blueprints.form_model import Condition, Form, Scale
from crowddesk.blueprints.form_text import Run, read_rich

HEAD = "title: A page\nfields:\n"
TEXT = "- {name: said, type: text, label: What}\n"


def read(text: str) -> tuple[Form | None, list[str]]:
    problems = Problems()
    form = read_form(text, "form.yaml", problems)
    return form, [str(problem) for problem in problems]


def good(text: str) -> Form:
    form, faults = read(text)
    assert faults == []
    assert form is not None
    return form


def fault(text: str) -> str:
    form, faults = read(text)
    assert form is None
    assert len(faults) == 1, faults
    return faults[0]


def b(keys: str) -> str:
    return f"{HEAD}{TEXT}- {{name: b, type: {keys}}}\n"


def shown(keys: str) -> str:
    return f"{HEAD}{TEXT}- {{type: {keys}}}\n"


def test_all_kinds_of_fields_are_read() -> None:
    form = good(
        """
title: "About {{product}}"
language: pt-BR
intro: |
  One line
  goes on, **bold *both*** and [a link](https://example.org/{{id}}).

  Next.
submit: Send
fields:
  - {name: word, type: text, label: A word, help: Short, required: yes, min_length: 2, max_length: 9,
     pattern: "[a-z]+", pattern_help: small letters}
  - {name: story, type: long_text, label: A story, rows: 8}
  - {name: count, type: number, label: How many, min: 0, max: 1.50, step: 0.5}
  - {name: day, type: date, label: When, min: 2026-01-01, max: 2026-12-31}
  - {name: pick, type: single, label: One, options: [007, no, {value: a, label: The A}], other: yes}
  - {name: picks, type: multiple, label: Some, options: [x, y], other: "And?", choose_at_least: 1,
     choose_at_most: 3}
  - {name: rate, type: scale, label: Rate, scale: {from: 0, to: 10, from_label: bad, to_label: good}}
  - {name: proof, type: file, label: Proof, accept: [.pdf, image/*], max_megabytes: 1.5}
  - {type: show_text, text: "{{text}}\\nline"}
  - {type: show_image, src: "https://example.org/{{id}}.jpg", text: a picture}
  - {type: show_audio, src: "data:audio/wav;base64,AAAA", label: Listen}
  - {type: show_video, src: "{{film}}", label: Look, show_if: {pick: [007, other], rate: 3}}
"""
    )
    assert (form.title, form.language, form.submit) == ("About {{product}}", "pt-BR", "Send")
    assert form.intro[0][0] == Run("One line goes on, ")
    assert form.intro[0][1:3] == (Run("bold ", bold=True), Run("both", bold=True, italic=True))
    assert form.intro[0][4] == Run("a link", address="https://example.org/{{id}}")
    by_name = {field.name: field for field in form.fields if field.name}
    assert (by_name["word"].least, by_name["word"].most, by_name["word"].required) == ("2", "9", True)
    assert by_name["story"].rows == 8
    assert (by_name["count"].most, by_name["count"].step) == ("1.50", "0.5")
    assert by_name["pick"].options == (Option("007", "007"), Option("no", "no"), Option("a", "The A"))
    assert (by_name["pick"].other, by_name["picks"].other) == ("Other", "And?")
    assert by_name["rate"].scale == Scale(0, 10, "bad", "good")
    assert (by_name["proof"].accept, by_name["proof"].max_bytes) == ((".pdf", "image/*"), 1_572_864)
    assert form.fields[8].text == ((Run("{{text}}\nline"),),)
    assert form.fields[-1].show_if == (Condition("pick", ("007", "other")), Condition("rate", ("3",)))
    assert set(form.columns) == {"product", "id", "text", "film"}
    assert (form.columns["product"], form.columns["film"]) == (2, 24)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "form.yaml: it is empty."),
        ("- a\n", "form.yaml, line 1: a form has the keys title and fields at its beginning."),
        ("fields:\n" + TEXT, "form.yaml, line 1: title is missing: say what the page is about."),
        ("title: A\nfields: []\n", "form.yaml, line 2: fields: there is nothing to answer."),
        (HEAD + "- {type: show_text, text: a}\n", "form.yaml, line 2: fields: there is nothing to answer."),
        ("titel: A\n" + HEAD + TEXT, "form.yaml, line 1: there is no key 'titel'. Did you mean title?"),
        (HEAD + TEXT + "title: B\n", "form.yaml, line 4: the key 'title' stands at line 1 too."),
        (HEAD + TEXT + TEXT, "form.yaml, line 4: the name 'said' is taken at line 3."),
        (
            HEAD + "- {name: a, type: txt, label: A}\n- {name: b, type: text, label: B}\n",
            "form.yaml, line 3: there is no type 'txt'. Did you mean text?",
        ),
        (
            HEAD + TEXT + "- name: b\n  type: text\n  label: B\n  optoins: [a]\n",
            "form.yaml, line 7: there is no key 'optoins'. Did you mean options?",
        ),
        (
            HEAD + TEXT + "- name: b\n  type: text\n  label: B\n  options: [a]\n",
            "form.yaml, line 7: options is for single and multiple, not for text.",
        ),
        (HEAD + TEXT + "- {type: text, label: B}\n", "line 4: name is missing: answers are stored under it."),
        (HEAD + TEXT + "- {name: 1x, type: text, label: B}\n", "line 4: name: '1x' has to begin with a lett"),
        (HEAD + TEXT + "- {name: _noted, type: text, label: B}\n", "line 4: name: '_noted' has to begin"),
        (b("text"), "line 4: b: label is missing: it is what is asked."),
        (b("single, label: B"), "line 4: options are missing"),
        (b("single, label: B, options: []"), "line 4: options: there are none"),
        (
            b("single, label: B, options: [a, a]"),
            "line 4: options: the option 'a' is there twice.",
        ),
        (
            b("single, label: B, options: [other], other: true"),
            "line 4: options: 'other' is what `other` adds",
        ),
        (
            HEAD + "- {name: b_other, type: text, label: B}\n"
            "- {name: b, type: single, label: B, options: [a], other: true}\n",
            "line 4: the name 'b' is taken at line 3.",
        ),
        (b("scale, label: B"), "line 4: scale is missing"),
        (
            b("scale, label: B, scale: {from: 1, to: 90}"),
            "line 4: scale: 1 to 90 are not 2 to 21 steps",
        ),
        (b("number, label: B, min: 3, max: 2"), "line 4: min is more than max"),
        (b("number, label: B, step: 0"), "line 4: step: '0' is no number"),
        (
            b("date, label: B, min: 2026-02-30"),
            "line 4: min: '2026-02-30' is not a date such as 2026-11-30.",
        ),
        (
            b("text, label: B, pattern: '(', pattern_help: x"),
            "line 4: pattern: it is no regular expression",
        ),
        (
            b("text, label: B, pattern: '(?P<a>x)', pattern_help: x"),
            "line 4: pattern: browsers do not know '(?'.",
        ),
        (
            b("text, label: B, pattern: '[[a]', pattern_help: x"),
            "line 4: pattern: it is no regular expression",
        ),
        (
            b("text, label: B, show_if: {siad: a}"),
            "line 4: show_if: no field 'siad' stands above this one. Did you mean said?",
        ),
        (
            HEAD + "- {name: a, type: single, label: A, options: [yes, no]}\n"
            "- {name: b, type: text, label: B, show_if: {a: yess}}\n",
            "line 4: show_if: a has no option 'yess'. Did you mean yes?",
        ),
        (
            b("text, label: B, show_if: {b: x}"),
            "line 4: show_if: no field 'b' stands above this one.",
        ),
        (shown("show_image, src: cat.jpg, label: A"), "line 4: src: 'cat.jpg' is a file's name"),
        (shown("show_image, src: 'C:\\a.jpg', label: A"), "is a file's name"),
        (shown("show_image, src: 'http://a.b/c', label: A"), "line 4: src: 'http://a.b/c' is not"),
        (shown("show_image, src: 'javascript:a', label: A"), "is neither an https:// address"),
        (shown("show_audio, src: 'data:text/html,x', label: A"), "holds no audio"),
        (shown("show_image, label: A"), "line 4: src is missing"),
        (b("text, label: {{a}}"), "stand in quotes"),
        (HEAD + TEXT + "- name: b\n  type: text\n  label: {{a}} b\n", "line 6: a text that begins with {{"),
        (b("text, label: !x y"), "line 4: label: text that begins with !"),
        (b("text, label: 'a {{b'"), "line 4: label: a {{ has no column's name"),
        (b("text, label: B, required: perhaps"), "neither true nor false"),
        ("title: &a A\nintro: *a\nfields:\n" + TEXT, "form.yaml, line 2: aliases (*) are not used here."),
        ("title: A\nintro: '[x](http://a.b)'\nfields:\n" + TEXT, "line 2: intro: the link 'http://a.b'"),
        ("title: 'A\nfields:\n", "it is not YAML"),
        ("title: A\0\n", "form.yaml, line 1: it holds a character that YAML does not allow."),
        ("[" * 3000, "nested too deeply"),
        (b("file, label: B, accept: pdf"), "line 4: accept: 'pdf' is no ending"),
        (b("file, label: B, max_megabytes: lots"), "line 4: max_megabytes: 'lots'"),
        (HEAD + TEXT + "- just text\n", "line 4: a field has keys such as name, type and label."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text: str, said: str) -> None:
    assert said in fault(text)


def test_every_fault_is_found_at_once_and_a_good_field_between_is_known() -> None:
    _, faults = read(
        "title:\nfields:\n- {name: a, type: txt}\n- {name: b, type: single, label: B, options: [x]}\n"
        "- {name: c, type: text, label: C, show_if: {b: y}, min: 3}\n"
    )
    assert [words.split(":")[0] for words in faults] == [
        "form.yaml, line 1",
        "form.yaml, line 3",
        "form.yaml, line 5",
        "form.yaml, line 5",
    ]


def test_what_is_only_unwise_is_a_warning() -> None:
    problems = Problems()
    text = (
        HEAD + "- {name: a, type: text, label: A, pattern: x}\n- {type: show_image, src: 'https://a.b/c'}\n"
    )
    assert read_form(text, "form.yaml", problems) is not None
    assert (problems.errors, problems.warnings) == (0, 2)


def test_markup_is_read_before_columns_are_filled_in() -> None:
    form = good("title: A\nintro: 'See **{{a*b}}** and {{url}}'\nfields:\n" + TEXT)
    filled = form.fill({"a*b": "**x** <b>", "url": "[y](https://evil.example)"})
    assert filled.intro == (
        (Run("See "), Run("**x** <b>", bold=True), Run(" and [y](https://evil.example)")),
    )


def test_lines_of_a_shown_text_stay_and_those_of_an_intro_go_on() -> None:
    assert read_rich("a\nb\n\nc") == ((Run("a b"),), (Run("c"),))
    assert read_rich("a\nb", keep_lines=True) == ((Run("a\nb"),),)
    assert read_rich("2 * 3 * 4 and **") == ((Run("2 * 3 * 4 and **"),),)


_WORDS = st.sampled_from([
    "title", "fields", "name", "type", "label", "options", "show_if", "scale", "from", "to", "min",
    "max", "step", "pattern", "accept", "src", "text", "single", "multiple", "number", "show_text", "a", "b",
    "{{c}}", "yes", "1", "**a**", "", "https://a.b/", "other", "(", "file",
])  # fmt: skip
_TREES = st.recursive(
    _WORDS | st.none() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_WORDS, inside, max_size=6),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries({"title": _TREES, "fields": st.lists(st.dictionaries(_WORDS, _TREES), max_size=4)})
)
def test_any_yaml_gives_a_form_or_faults(tree: dict[str, object]) -> None:
    form, faults = read(yaml.safe_dump(tree, allow_unicode=True))
    assert form is not None or faults
    assert all("form.yaml" in words for words in faults)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-{}[]|>*&!?#'\"\n \t,%@`0", max_size=60))
def test_any_text_gives_a_form_or_faults(text: str) -> None:
    form, faults = read(text)
    assert form is not None or faults
