"""The onboarding page: drawn by its file's blueprint, passed by right answers, checked before a launch."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.onboarding import Onboarding
from crowddesk.domain import BadInput

PAGE = """<p>Read ${nothing}.</p>
<label><input type="radio" name="sky" value="blue"> Blue</label>
<label><input type="radio" name="sky" value="green"> Green</label>
<input type="checkbox" name="fish" value="cod"><input type="checkbox" name="fish" value="eel">
<input name="sum">
"""


def onboarding(folder: Path, page: str = "intro.html", **more: Any) -> Onboarding:
    (folder / "intro.html").write_text(PAGE, encoding="utf-8")
    given: dict[str, Any] = {"answers": {"sky": "blue", "fish": "cod, eel", "sum": "4"}, "most_wrong": 0}
    return Onboarding(SimpleNamespace(qualification="trained", page=page, **(given | more)), folder)


def problems(made: Onboarding) -> list[str]:
    found = Problems()
    made.check(found)
    return [f"{problem.severity} {problem}" for problem in found]


def test_an_html_page_is_drawn_and_asks_its_fields(tmp_path: Path) -> None:
    made = onboarding(tmp_path)
    assert made.qualification == "trained"
    assert "${nothing}" in made.page()
    assert made.page().count('type="submit"') == 1
    assert [field.name for field in made.fields()] == ["sky", "fish", "sum"]
    assert problems(made) == []


@pytest.mark.parametrize(
    ("most_wrong", "answer", "passed"),
    [
        (0, {"sky": "blue", "fish": ["cod", "eel"], "sum": "4"}, True),
        (0, {"sky": "blue", "fish": ["cod"], "sum": "4"}, False),
        (0, {"sky": "green", "fish": ["cod", "eel"], "sum": "4"}, False),
        (1, {"sky": "green", "fish": ["cod", "eel"], "sum": "4"}, True),
        (1, {"fish": ["cod", "eel"]}, False),
        (0, {}, False),
        (3, {}, True),
        (0, [["sky", "blue"], ["fish", "cod"], ["fish", "eel"], ["sum", "4"]], True),
    ],
)
def test_who_passes(tmp_path: Path, most_wrong: int, answer: Any, passed: bool) -> None:
    assert onboarding(tmp_path, most_wrong=most_wrong).passed(answer) is passed


def test_without_answers_everybody_who_sends_it_passes(tmp_path: Path) -> None:
    assert onboarding(tmp_path, answers={}).passed({"sum": "5"})


def test_what_is_no_submission_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="submission"):
        onboarding(tmp_path).passed(3)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"page": "none.html"}, "none.html"),
        (
            {"page": "intro.txt"},
            "intro.txt: an onboarding page is an HTML template (.html) or a form (.yaml).",
        ),
        (
            {"answers": {"skye": "blue"}},
            "task.onboarding.answers: intro.html has no field 'skye': did you mean 'sky'?",
        ),
    ],
)
def test_a_check_says_what_is_wrong(tmp_path: Path, more: dict[str, Any], found: str) -> None:
    told = problems(onboarding(tmp_path, **more))
    assert any(line.startswith("error") and found in line for line in told), told


def test_a_form_can_be_the_page(tmp_path: Path) -> None:
    (tmp_path / "intro.yaml").write_text(
        "title: The sky\nfields:\n- {name: sky, type: single, label: The sky?, options: [blue, green]}\n",
        encoding="utf-8",
    )
    made = onboarding(tmp_path, page="intro.yaml", answers={"sky": "blue"})
    assert problems(made) == []
    assert "The sky?" in made.page()
    assert made.passed({"sky": "blue"})
    assert not made.passed({"sky": "green"})
