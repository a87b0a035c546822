"""The blueprint form: what a check finds, what its fields are elsewhere, what a submission means."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk import paths
from crowddesk.blueprints.base import Field, Option
from crowddesk.blueprints.form import FormArgs, FormBlueprint
from crowddesk.blueprints.form_answer import is_quick
from crowddesk.domain import BadInput

FORM = """
title: "About {{name}}"
fields:
  - {name: open, type: single, label: Open, required: yes, options: ["yes", "no", "007"], other: Else}
  - {name: sells, type: multiple, label: Sells, options: [fruit, bread, tools], show_if: {open: "yes"},
     choose_at_most: 2}
  - {name: price, type: number, label: Price, min: 0, max: 50, step: 0.05, show_if: {sells: fruit}}
  - {name: rate, type: scale, label: Rate, scale: {from: 1, to: 5}}
  - {name: day, type: date, label: Day, min: 2026-01-01}
  - {name: code, type: text, label: Code, pattern: "[A-Z]-[0-9]{3}", pattern_help: B-014, max_length: 5}
  - {name: story, type: long_text, label: Story, required: yes, show_if: {rate: [1, 5]}}
  - {name: proof, type: file, label: Proof, accept: [image/*], max_megabytes: 1}
  - {type: show_text, text: "{{name}}"}
"""
DATA = "id,name\n1,Ada\n2,<b>\n"
FILE = {"file": "a.png", "sha256": "00", "size": 10, "type": "image/png"}


def blueprint(folder: Path, form: str = FORM, data: str = DATA, **args: Any) -> FormBlueprint:
    (folder / "form.yaml").write_text(form, encoding="utf-8")
    (folder / "items.csv").write_text(data, encoding="utf-8")
    return FormBlueprint(FormArgs(form="form.yaml", data="items.csv", **args), folder)


def found(folder: Path, **more: Any) -> list[str]:
    return [f"{p.severity} {p}" for p in blueprint(folder, **more).check().problems]


@pytest.fixture
def task(tmp_path: Path) -> FormBlueprint:
    return blueprint(tmp_path, item_key="id")


# ------------------------------------------------------------------------------------------------ checking


def test_a_good_task_has_no_problems(task: FormBlueprint) -> None:
    checked = task.check()
    assert (checked.columns, checked.rows, checked.problems.listed) == (("id", "name"), 2, [])
    assert task.needed_columns() == ("name",)
    assert "About &lt;b&gt;" in task.render(list(task.read_items())[1].values)


def test_faults_of_the_form_and_of_the_data_are_found_together(tmp_path: Path) -> None:
    form = "title: A\nfields:\n- {name: a, type: txt, label: A}\n"
    told = found(tmp_path, form=form, data="id,name\n1\n")
    assert told[0].startswith("error form.yaml, line 3: there is no type 'txt'")
    assert told[-1].startswith("error items.csv, line 2: 1 value where the header has 2 columns")
    with pytest.raises(BadInput, match="line 3: there is no type 'txt'"):
        blueprint(tmp_path, form=form).render({})


def test_an_unknown_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert found(tmp_path, data="id,nmae\n1,Ada\n") == [
        "error form.yaml, line 2: {{name}} is no column of items.csv: did you mean {{nmae}}?"
    ]


def test_no_form_file_is_said(tmp_path: Path) -> None:
    task = blueprint(tmp_path)
    (tmp_path / "form.yaml").rename(tmp_path / "forms.yaml")
    assert "Did you mean forms.yaml?" in str(task.check().problems.listed[0])


def test_addresses_and_options_from_columns_are_checked_row_by_row(tmp_path: Path) -> None:
    form = """
title: A
fields:
  - {type: show_image, src: "{{src}}", label: Look}
  - {name: pick, type: single, label: Pick, options: ["{{a}}", "{{b}}"]}
"""
    data = "src,a,b\nhttps://a.b/c,x,y\nc.png,x,y\nhttps://a.b/d,x,x\nhttps://a.b/e,,y\n"
    told = found(tmp_path, form=form, data=data)
    assert [words.split(": ")[0] for words in told] == [f"error items.csv, line {n}" for n in (3, 4, 5)]
    assert "'c.png' is a file's name" in told[0]
    assert told[1].endswith("pick: the option 'x' is there twice.")
    assert told[2].endswith("pick: an option is empty.")


@pytest.mark.parametrize("name", ["photos", "stalls"])
def test_the_sample_tasks_have_no_problems(name: str) -> None:
    args = FormArgs(form="form.yaml", data="data.csv", item_key="id")
    checked = FormBlueprint(args, paths.resources_dir() / "tasks" / name).check()
    assert checked.problems.listed == []
    assert checked.rows > 5


def test_what_is_kept_works_without_the_original(task: FormBlueprint, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert task.keep(kept) == {"form": "form.yaml"}
    fields = task.fields()
    (tmp_path / "form.yaml").unlink()
    assert FormBlueprint(FormArgs(form="form.yaml", data="items.csv"), kept).fields() == fields


def test_fields_are_those_that_the_rest_of_the_program_knows(task: FormBlueprint) -> None:
    fields = {field.name: field for field in task.fields()}
    assert list(fields) == [
        "open", "open_other", "sells", "price", "rate", "day", "code", "story", "proof",
    ]  # fmt: skip
    assert fields["open"].options[-2:] == (Option("007", "007"), Option("other", "Else"))
    assert (fields["open"].type, fields["open"].required) == ("radio", True)
    assert fields["open_other"] == Field("open_other", "text", label="Open (Else)")
    assert (fields["sells"].type, fields["sells"].multiple) == ("checkbox", True)
    assert (fields["price"].type, fields["price"].limits) == (
        "number",
        {"min": "0", "max": "50", "step": "0.05"},
    )
    assert (fields["rate"].type, fields["rate"].limits) == ("range", {"min": "1", "max": "5", "step": "1"})
    assert (fields["story"].type, fields["story"].required) == ("textarea", False)
    assert fields["proof"].limits == {"accept": "image/*", "maxbytes": "1048576"}


# ------------------------------------------------------------------------------------------------- answers


def test_an_answer_has_proper_types(task: FormBlueprint) -> None:
    sent = {
        "open": "yes", "sells": "fruit", "price": "1.10", "rate": "5", "day": "2026-02-03", "code": "B-014",
        "story": "שלום 😀", "proof": FILE,
    }  # fmt: skip
    expected = {**sent, "sells": ["fruit"], "price": 1.1, "rate": 5}
    assert task.parse_submission(sent) == expected
    assert task.parse_submission(json.dumps(sent)) == expected
    assert task.parse_submission([sent]) == expected
    assert task.check_answer(expected, {"name": "Ada"}) == []


def test_what_was_not_asked_is_not_in_the_answer(task: FormBlueprint) -> None:
    sent = {"open": "no", "sells": ["fruit"], "price": "3", "rate": "3", "story": "x", "open_other": "y"}
    assert task.parse_submission(sent) == {"open": "no", "rate": 3}


def test_what_is_left_empty_is_not_in_the_answer(task: FormBlueprint) -> None:
    sent = {"open": "yes", "price": "", "rate": "", "day": "", "code": "", "proof": None}
    assert task.parse_submission(sent) == {"open": "yes", "sells": []}


def test_the_free_option_keeps_its_words_beside_it(task: FormBlueprint) -> None:
    sent = {"open": "other", "open_other": "on Mondays"}
    assert task.parse_submission(sent) == sent
    assert task.parse_submission({"open": "other"})["_noted"] == [
        "open: 'Else' was chosen and nothing was written."
    ]


@pytest.mark.parametrize(
    ("sent", "kept", "note"),
    [
        ({"open": "maybe"}, {"open": "maybe"}, "open: 'maybe' is none of its options."),
        ({"open": ["yes", "no"]}, {"open": ["yes", "no"]}, "is none of its options."),
        ({}, {}, "open: it is required and was not answered."),
        ({"open": "no", "rate": "9"}, {"rate": 9}, "rate: '9' is outside 1 to 5."),
        ({"open": "no", "rate": "2.5"}, {"rate": 2.5}, "rate: '2.5' is no whole number."),
        ({"open": "no", "rate": "1"}, {"rate": 1}, "story: it is required and was not answered."),
        ({"open": "no", "rate": "1", "story": " \n"}, {}, "story: it is required and was not answered."),
        ({"open": "yes", "sells": ["fruit"], "price": "51"}, {"price": 51}, "price: '51' is outside 0"),
        (
            {"open": "yes", "sells": ["fruit"], "price": "1.12"},
            {"price": 1.12},
            "price: '1.12' is not in steps of 0.05.",
        ),
        ({"open": "yes", "sells": ["fruit"], "price": "lots"}, {"price": "lots"}, "price: 'lots' is no"),
        ({"open": "yes", "sells": ["fruit"], "price": "1e999"}, {"price": "1e999"}, "is no number."),
        ({"open": "yes", "sells": ["cars"]}, {"sells": ["cars"]}, "sells: 'cars' is none of its options."),
        ({"open": "yes", "sells": ["fruit", "bread", "tools"]}, {}, "sells: 3 were chosen, which is outside"),
        ({"open": "yes", "sells": ["fruit", "fruit"]}, {}, "sells: an option was chosen twice."),
        ({"open": "no", "day": "2025-12-31"}, {"day": "2025-12-31"}, "2025-12-31 is outside at least"),
        ({"open": "no", "day": "soon"}, {"day": "soon"}, "day: 'soon' is no date."),
        ({"open": "no", "code": "b-014"}, {"code": "b-014"}, "code: 'b-014' does not have the form"),
        ({"open": "no", "code": "B-0144"}, {}, "code: it has 6 characters, which is outside at most 5."),
        ({"open": "no", "proof": "a.png"}, {"proof": "a.png"}, "proof: 'a.png' is no file that was sent."),
        ({"open": "no", "proof": {**FILE, "size": 2**21}}, {}, "its file has 2,097,152 bytes, more"),
        ({"open": "no", "extra": "=1+1"}, {"extra": "=1+1"}, "extra: the form does not ask it."),
        ({"open": "a\0b\ud800"}, {"open": "a\ufffdb\ufffd"}, "is none of its options."),
    ],
)  # fmt: skip
def test_what_the_page_cannot_have_sent_is_kept_and_noted(
    task: FormBlueprint, sent: dict[str, Any], kept: dict[str, Any], note: str
) -> None:
    answer = task.parse_submission(sent)
    assert answer.items() >= kept.items()
    assert any(note in words for words in answer["_noted"]), answer["_noted"]


def test_notes_that_somebody_sends_are_not_ours(task: FormBlueprint) -> None:
    assert task.parse_submission({"open": "no", "_noted": ["hello"]}) == {"open": "no"}


def test_there_are_at_most_so_many_notes(task: FormBlueprint) -> None:
    notes = task.parse_submission({"open": "no", **{f"n{n}": "x" for n in range(100)}})["_noted"]
    assert (len(notes), notes[-1]) == (21, "... and 80 more.")


@pytest.mark.parametrize("raw", ["a=b", "[1, 2]", "null", 3, None, [], b"\xff", "[" * 100_000])
def test_what_is_no_object_is_refused(task: FormBlueprint, raw: Any) -> None:
    with pytest.raises(BadInput):
        task.parse_submission(raw)


def test_options_from_columns_are_checked_with_the_item(tmp_path: Path) -> None:
    form = """
title: A
fields:
  - {name: pick, type: single, label: Pick, options: ["{{a}}", "{{b}}"]}
  - {name: why, type: text, label: Why, required: yes, show_if: {pick: "{{b}}"}}
"""
    task = blueprint(tmp_path, form=form, data="a,b\nx,y\n")
    assert task.parse_submission({"pick": "x"}) == {"pick": "x"}
    assert task.check_answer({"pick": "x"}, {"a": "x", "b": "y"}) == []
    assert task.check_answer({"pick": "z"}, {"a": "x", "b": "y"}) == ["pick: 'z' is none of its options."]
    assert task.check_answer({"pick": "y"}, {"a": "x", "b": "y"}) == [
        "why: it is required and was not answered."
    ]


@pytest.mark.parametrize(
    ("pattern", "quick"),
    [
        ("[A-Z]-[0-9]{3}", True),
        (r"\d+(?:-\d)?", True),
        ("[(+*)]+x", True),
        ("(a+)+", False),
        ("(a|a)*b", False),
        ("(ab){2}", False),
        (".*.*.*.*x", False),
    ],
)
def test_patterns_that_could_take_for_ever_are_left_to_the_browser(pattern: str, quick: bool) -> None:
    assert is_quick(pattern) is quick


def test_a_hostile_text_does_not_keep_a_pattern_busy(tmp_path: Path) -> None:
    form = "title: A\nfields:\n- {name: a, type: text, label: A, pattern: '(x+x+)+y', pattern_help: x}\n"
    begin = time.monotonic()
    blueprint(tmp_path, form=form).parse_submission({"a": "x" * 200})
    assert time.monotonic() - begin < 5


_NAMES = st.sampled_from(
    ["open", "sells", "price", "rate", "day", "code", "story", "proof", "x", "open_other"]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["yes", "other", "fruit", "1", "5", "2026-01-01"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_NAMES, _VALUES))
def test_any_submission_gives_an_answer(
    tmp_path_factory: pytest.TempPathFactory, sent: dict[str, Any]
) -> None:
    task = blueprint(tmp_path_factory.getbasetemp())
    answer = task.parse_submission(sent)
    json.dumps(answer, ensure_ascii=False).encode()
    assert task.parse_submission(json.dumps(sent)).keys() == answer.keys()
    # Reading an answer again changes nothing.
    assert task.parse_submission({k: v for k, v in answer.items() if k != "_noted"}).keys() == answer.keys()
