"""The blueprint static_html: what a check finds, what a page shows, what a submission means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import OmegaConf

from crowddesk.blueprints.static_html import StaticHtmlArgs, StaticHtmlBlueprint
from crowddesk.domain import BadInput

PAGE = """<p>${text}</p>
<input type="radio" name="answer" value="1"><input type="radio" name="answer" value="0">
<input type="checkbox" name="tags" value="a"><input type="checkbox" name="tags" value="b">
<textarea name="comment"></textarea>
"""


def blueprint(
    folder: Path, page: str = PAGE, data: str = "id,text\n1,Hello\n2,<b>\n", **args: Any
) -> StaticHtmlBlueprint:
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "items.csv").write_text(data, encoding="utf-8")
    return StaticHtmlBlueprint(StaticHtmlArgs(template="page.html", data="items.csv", **args), folder)


def found(folder: Path, **more: Any) -> list[str]:
    return [f"{p.severity} {p}" for p in blueprint(folder, **more).check().problems]


def test_a_good_task_has_no_problems_and_its_items_are_shown(tmp_path: Path) -> None:
    task = blueprint(tmp_path, item_key="id")
    checked = task.check()
    assert (checked.columns, checked.rows, checked.problems.listed) == (("id", "text"), 2, [])
    items = list(task.read_items())
    assert [task.key_of(item) for item in items] == ["1", "2"]
    assert "<p><b></p>" in task.render(items[1].values)
    assert [field.name for field in task.fields()] == ["answer", "tags", "comment"]


def test_without_a_key_items_are_numbered(tmp_path: Path) -> None:
    task = blueprint(tmp_path, data="text\na\na\n")
    assert [task.key_of(item) for item in task.read_items()] == ["1", "2"]


def test_columns_give_a_placeholder_another_column(tmp_path: Path) -> None:
    task = blueprint(tmp_path, data="id,sentence,text\n1,Hello,other\n", columns={"text": "sentence"})
    assert task.check().problems.listed == []
    assert "<p>Hello</p>" in task.render(next(iter(task.read_items())).values)
    assert task.needed_columns() == ("sentence",)


def test_values_are_escaped_when_asked_for(tmp_path: Path) -> None:
    assert "<p>&lt;b&gt;</p>" in blueprint(tmp_path, escape=True).render({"text": "<b>"})


@pytest.mark.parametrize(
    ("more", "problems"),
    [
        (
            {"page": "<p>${Text}</p>\n<p>${Text} ${zzz}</p>" + PAGE},
            [
                "error page.html, line 1: ${Text} is no column of items.csv: did you mean ${text}?",
                "error page.html, line 2: ${zzz} is no column of items.csv.",
            ],
        ),
        (
            {"page": PAGE + "<script>`${x}`</script><!-- ${y} -->"},
            [
                "warning page.html, line 5: ${x} is no column of items.csv and stays as it is, as script.",
                "warning page.html, line 5: ${y} is no column of items.csv and stays as it is, as script.",
            ],
        ),
        (
            {"page": "<p>${text}</p>"},
            ["error page.html: it has no field with a name, so a worker could not answer."],
        ),
        (
            {"page": "<input name=a><form><input type=submit></form>"},
            ["error page.html: its form has no field with a name, so a worker could not answer."],
        ),
        (
            {"page": "<input name=a><form><input name=b><button>Go</button></form>"},
            ["warning page.html: outside its form, and so never sent: a."],
        ),
        (
            {"page": "<form><input name=b></form>"},
            ["warning page.html: its form has no submit button; a script would have to submit it."],
        ),
        (
            {"page": "<crowd-form><crowd-polygon name=p></crowd-polygon><crowd-tabs></crowd-tabs>"},
            ["warning page.html: its crowd-polygon would be shown without a tool to answer with."],
        ),
        (
            {"columns": {"txt": "id", "text": "sentense"}, "data": "id,sentence\n1,2\n"},
            [
                "warning page.html: columns: it has no placeholder ${txt}: did you mean 'text'?",
                "error columns: text: items.csv has no column 'sentense': did you mean 'sentence'?",
            ],
        ),
        ({"item_key": "Id"}, ["error items.csv: it has no column 'Id': did you mean 'id'?"]),
        (
            {"item_key": "id", "data": "id,text\n1,a\n1,b\n2\n"},
            [
                "error items.csv, line 4: 1 value where the header has 2 columns.",
                "error items.csv, line 3: the key '1' in column 'id' is already at line 2.",
            ],
        ),
    ],
)  # fmt: skip
def test_a_check_names_what_is_wrong_and_where(
    tmp_path: Path, more: dict[str, Any], problems: list[str]
) -> None:
    assert found(tmp_path, **more) == problems


def test_files_that_cannot_be_read_are_problems_too(tmp_path: Path) -> None:
    args = StaticHtmlArgs(template="paeg.html", data="items.csv")
    blueprint(tmp_path)
    assert "Did you mean page.html?" in StaticHtmlBlueprint(args, tmp_path).check().problems.text()
    (tmp_path / "page.html").write_bytes(b"<input name=a>\n\xe9")
    assert (
        "page.html, line 2: byte 16"
        in StaticHtmlBlueprint(StaticHtmlArgs(template="page.html", data="none.csv"), tmp_path)
        .check()
        .problems.text()
    )
    (tmp_path / "page.html").write_text("x" * 5_000_000, encoding="utf-8")
    assert (
        "larger than 4,096 KiB"
        in StaticHtmlBlueprint(StaticHtmlArgs(template="page.html", data="items.csv"), tmp_path)
        .check()
        .problems.text()
    )


def test_it_is_made_from_a_configuration_as_well(tmp_path: Path) -> None:
    blueprint(tmp_path)
    given_args = OmegaConf.create({"template": "page.html", "data": "items.csv", "units_per_assignment": 10})
    task = StaticHtmlBlueprint(given_args, tmp_path)
    assert (task.args.units_per_assignment, task.args.escape) == (10, False)
    with pytest.raises(BadInput, match="tmplate"):
        StaticHtmlBlueprint({"tmplate": "page.html"}, tmp_path)


def test_what_was_kept_works_when_the_originals_are_gone(tmp_path: Path) -> None:
    task = blueprint(tmp_path, page=PAGE + "é\r\n")
    changes = task.keep(tmp_path / "run")
    for name in ("page.html", "items.csv"):
        (tmp_path / name).unlink()
    again = StaticHtmlBlueprint(StaticHtmlArgs(data="items.csv", **changes), tmp_path / "run")
    assert again.render({"text": "x"}) == task.render({"text": "x"})
    assert again.fields() == task.fields()


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("answer=1&comment=a+b%C3%A9&tags=a&tags=b", {"answer": "1", "comment": "a bé", "tags": ["a", "b"]}),
        (b"answer=1&tags=a&comment=", {"answer": "1", "tags": ["a"], "comment": ""}),
        ("", {}),
        ({"answer": "1", "tags": "a"}, {"answer": "1", "tags": ["a"]}),
        ('{"answer": "007", "extra": 1}', {"answer": "007", "extra": 1}),
        ([["answer", "1"], ("tags", "a"), ["tags", "b"]], {"answer": "1", "tags": ["a", "b"]}),
        ([{"name": "answer", "value": "1"}, {"name": "other", "value": "x"}], {"answer": "1", "other": "x"}),
        ([{"answer": "1", "assignmentId": "3X"}], {"answer": "1"}),
        (
            '[{"answer": {"1": false, "0": true}, "tags": {"a": true, "b": true}}]',
            {"answer": "0", "tags": ["a", "b"]},
        ),
        ([{"answer": {"label": "1"}, "tags": {"labels": ["b"]}}], {"answer": "1", "tags": ["b"]}),
        ({"taskAnswers": '[{"answer": {"label": "1"}, "comment": "x"}]'}, {"answer": "1", "comment": "x"}),
        ([["taskAnswers", '[{"answer": "1"}, {"tags": {"a": true}}]']], {"answer": "1", "tags": ["a"]}),
        ("taskAnswers=%5B%7B%22answer%22%3A%221%22%7D%5D&extra=2", {"answer": "1", "extra": "2"}),
        ({"taskAnswers": [{"answer": "1"}]}, {"answer": "1"}),
        ({"taskAnswers": "typed"}, {"taskAnswers": "typed"}),
        ({"taskAnswers": "[3]"}, {"taskAnswers": "[3]"}),
        ("other=1&other=2&other=3", {"other": ["1", "2", "3"]}),
        ({"comment": "a\0b\ud800"}, {"comment": "a\ufffdb\ufffd"}),
        ({"comment": {"a": ["\0"]}}, {"comment": {"a": ["\ufffd"]}}),
    ],
)  # fmt: skip
def test_a_submission_in_any_shape_is_the_same_answer(
    tmp_path: Path, raw: Any, answer: dict[str, Any]
) -> None:
    assert blueprint(tmp_path).parse_submission(raw) == answer


def test_a_template_may_have_a_field_by_the_name_of_crowd_answers(tmp_path: Path) -> None:
    task = blueprint(tmp_path, page="<input name=taskAnswers>")
    assert task.parse_submission({"taskAnswers": '[{"a": 1}]'}) == {"taskAnswers": '[{"a": 1}]'}


def test_files_are_fields_with_limits_and_their_references_are_answers(tmp_path: Path) -> None:
    task = blueprint(
        tmp_path,
        page="""<input type="file" name="photo" accept="image/*" data-max-bytes="1000" required>
            <input type="file" name="more" multiple data-max-bytes="lots">
            <crowd-input type="file" name="third"></crowd-input>""",
    )
    photo, more, third = task.fields()
    assert (photo.type, photo.limits, photo.required) == (
        "file",
        {"accept": "image/*", "maxbytes": "1000"},
        True,
    )
    assert (more.type, more.limits, more.multiple) == ("file", {}, True)
    assert third.type == "file"
    ref = {"file": "a.png", "sha256": "0" * 64, "size": 3, "type": "image/png"}
    assert task.parse_submission({"photo": ref, "more": ref}) == {"photo": ref, "more": [ref]}
    assert task.parse_submission({"photo": "", "more": [ref, ref]}) == {"photo": "", "more": [ref, ref]}
    inside = json.dumps([{"photo": ref, "third": "c.png"}])
    assert task.parse_submission({"taskAnswers": inside}) == {"third": "c.png"}
    assert task.parse_submission({"taskAnswers": inside, "photo": ref}) == {"third": "c.png", "photo": ref}
    assert task.parse_submission("photo=C%3A%5Ca.png") == {"photo": "C:\\a.png"}


def test_fields_called_name_and_value_are_fields(tmp_path: Path) -> None:
    task = blueprint(tmp_path, page="<input name=name><input name=value>")
    assert task.parse_submission([{"name": "Ann", "value": "3"}]) == {"name": "Ann", "value": "3"}


@pytest.mark.parametrize(
    "raw", ["{", "[1]", "no form", None, 3, [["a"]], ["ab", 1], "[" * 5_000, '{"a":' * 600 + "1" + "}" * 600]
)
def test_what_is_no_submission_is_refused(tmp_path: Path, raw: Any) -> None:
    with pytest.raises(BadInput, match="submission"):
        blueprint(tmp_path).parse_submission(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "value", "tags", "answer", "taskAnswers", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(raw=JSON | st.text(max_size=30) | st.binary(max_size=30) | JSON.map(json.dumps))
def test_no_submission_gives_anything_but_an_answer_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, raw: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        answer = blueprint(folder).parse_submission(raw)
    except BadInput:
        return
    json.dumps(answer, ensure_ascii=False).encode()
