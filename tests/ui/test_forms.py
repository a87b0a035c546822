"""Forms from dataclasses: the right control, the mistake beside it, plain values out."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from crowddesk.domain import BadInput
from crowddesk.ui.forms import Form, fields_of
from crowddesk.ui.value_editor import ValueEditor


class Skill(enum.Enum):
    GOOD = "good"
    POOR = "poor"


@dataclass
class Args:
    _provider_type: str = "mock"
    name: str = field(default="???", metadata={"help": "As lists show it."})
    token: str = field(default="???", metadata={"secret": True, "title": "API token"})
    budget: Decimal = field(default=Decimal("250.00"), metadata={"currency": "USD"})
    reward: str = field(default="", metadata={"kind": "money", "currency": "JPY"})
    units: int = field(default=10, metadata={"check": lambda n: "" if n > 0 else "At least one."})
    speed: float = 1.5
    template: Path | None = None
    folder: str = field(default="", metadata={"kind": "folder"})
    skill: Skill = Skill.GOOD
    side: Literal["left", "right"] | None = None
    crowd: str = field(default="???", metadata={"choices": ["mixed", "skilled"]})
    countries: list[str] = field(default_factory=lambda: ["GB"])
    notify: bool = True


@pytest.fixture
def form(qtbot, theme):
    def make(**more) -> Form:
        made = Form(Args, **more)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def test_what_a_dataclass_asks():
    specs = {spec.name: spec for spec in fields_of(Args)}
    assert "_provider_type" not in specs
    assert {n: s.kind for n, s in specs.items()} == {
        "name": "text", "token": "secret", "budget": "money", "reward": "money", "units": "whole",
        "speed": "decimal", "template": "path", "folder": "folder", "skill": "choice", "side": "choice",
        "crowd": "choice", "countries": "lines", "notify": "yes_no",
    }  # fmt: skip
    assert [n for n, s in specs.items() if s.required] == ["name", "token", "crowd"]
    assert specs["skill"].choices == ("good", "poor")


def test_types_without_a_field_are_named():
    @dataclass
    class Odd:
        when: complex = 0j

    with pytest.raises(TypeError, match=r"complex|no form can ask"):
        fields_of(Odd)
    with pytest.raises(TypeError, match="no dataclass"):
        fields_of(int)


def test_right_controls_with_names(form):
    made = form()
    kinds = {"name": QLineEdit, "skill": QComboBox, "countries": QPlainTextEdit, "notify": QCheckBox}
    for name, kind in kinds.items():
        assert isinstance(made.editor(name), kind)
    assert made.editor("token").echoMode() == QLineEdit.EchoMode.Password
    assert made.editor("name").accessibleName() == "Name, required"
    assert made.editor("budget").accessibleName() == "Budget, USD"
    assert made.editor("name").accessibleDescription() == "As lists show it."


def test_values_come_out_plain(form, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("x")
    made = form(values={"name": "lab", "units": 3})
    made.editor("token").setText(" s3cret ")
    made.editor("template").setText(str(page))
    made.editor("crowd").setCurrentIndex(made.editor("crowd").findData("skilled"))
    made.editor("countries").setPlainText("GB\n\n US ")
    made.editor("notify").setChecked(False)
    assert made.validate()
    assert made.value() == {
        "name": "lab", "token": " s3cret ", "budget": "250.00", "reward": "", "units": 3, "speed": 1.5,
        "template": str(page), "folder": "", "skill": "good", "side": None, "crowd": "skilled",
        "countries": ["GB", "US"], "notify": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("name", "  ", "needed"),
        ("budget", "12.345", "two ways"),
        ("budget", "lots", "no amount"),
        ("reward", "1.5", "finer"),
        ("units", "ten", "no whole number"),
        ("units", "0", "At least one"),
        ("speed", "nan", "no number"),
        ("template", "/no/such/file", "There is no file"),
        ("folder", "/no/such/folder", "There is no folder"),
    ],
)
def test_every_mistake_stands_beside_its_field(form, name, text, words):
    made = form(values={"name": "lab", "token": "x", "crowd": "mixed"})
    made.editor("token").setText("x")
    assert made.problems() == {}
    made.editor(name).setText(text)
    assert list(made.problems()) == [name]
    assert words in made.problems()[name]
    assert not made.validate()
    assert made.editor(name).property("wrong") is True
    assert words in made.editor(name).accessibleDescription()
    with pytest.raises(BadInput, match=words):
        made.value()
    made.editor(name).setText("4")
    assert made.editor(name).property("wrong") is False


def test_a_stored_secret_is_never_shown_and_kept_when_left_empty(form):
    made = form(values={"name": "lab", "token": "old", "crowd": "mixed"}, keep_secrets=True)
    assert made.editor("token").text() == ""
    assert "token" not in made.value()
    made.editor("token").setText("new")
    assert made.value()["token"] == "new"


def test_hidden_fields_and_foreign_problems(form, qtbot):
    made = form(hidden={"token", "crowd"}, values={"name": "lab"})
    assert "token" not in made.value()
    with pytest.raises(KeyError):
        made.editor("token")
    made.show_problem("name", "This name exists.")
    assert made.editor("name").property("wrong") is True
    with qtbot.waitSignal(made.changed):
        made.editor("name").setText("lab 2")


@dataclass
class Kept:
    place: str = field(default="session", metadata={"choices": ("session", "file")})
    phrase: str = field(default="", metadata={"required": True, "only_if": ("place", "file")})


def test_what_another_choice_makes_pointless_is_not_asked(qtbot, theme):
    made = Form(Kept)
    qtbot.addWidget(made)
    made.show()
    assert made.value() == {"place": "session"}
    assert not made.editor("phrase").isVisible()
    combo = made.editor("place")
    combo.setCurrentIndex(combo.findData("file"))
    assert made.editor("phrase").isVisible()
    assert made.missing() == ["phrase"]
    with pytest.raises(BadInput):
        made.value()
    made.editor("phrase").setText("words")
    assert made.value() == {"place": "file", "phrase": "words"}
    combo.setCurrentIndex(combo.findData("session"))
    assert made.value() == {"place": "session"}


@dataclass
class Long:
    kind: str = field(default="review", metadata={"choices": {"review": "it waits", "pay": "it is paid"}})
    devices: list[str] = field(default_factory=list, metadata={"choices": ("desktop", "mobile")})
    code: str = field(
        default="", metadata={"more": True, "check": lambda v: "Too short." if len(v) < 3 else ""}
    )


def test_several_of_a_few_are_ticked_and_foreign_ones_kept(qtbot, theme):
    made = Form(Long)
    qtbot.addWidget(made)
    devices = made.editor("devices")
    made.fill({"devices": ["mobile", "watch"]})
    assert made.value()["devices"] == ["mobile", "watch"]
    with qtbot.waitSignal(made.changed):
        devices.boxes["desktop"].click()
    assert made.value()["devices"] == ["desktop", "mobile", "watch"]
    made.fill({})
    assert made.value()["devices"] == []


def test_a_choice_is_shown_in_its_own_words(qtbot, theme):
    made = Form(Long)
    qtbot.addWidget(made)
    combo = made.editor("kind")
    assert combo.currentText() == "it waits"
    combo.setCurrentIndex(combo.findText("it is paid"))
    assert made.value()["kind"] == "pay"


def test_what_few_need_is_behind_a_fold_until_it_matters(qtbot, theme):
    made = Form(Long)
    qtbot.addWidget(made)
    made.show()
    assert not made.editor("code").isVisible()
    made.editor("code").setText("ab")
    assert not made.validate()
    assert made.editor("code").isVisible()
    other = Form(Long)
    qtbot.addWidget(other)
    other.show()
    other.fill({"code": "abc"})
    assert other.editor("code").isVisible()


class Stars(ValueEditor):
    """Keeps a number of stars; more than five are wrong."""

    def __init__(self, spec) -> None:
        super().__init__()
        self.stars = 0

    def set_value(self, value) -> None:
        self.stars = int(value or 0)

    def value(self):
        return self.stars

    def problem(self) -> str:
        return "Too many." if self.stars > 5 else ""


def test_a_kind_of_ones_own_has_its_own_editor(qtbot, theme):
    @dataclass
    class Rated:
        rating: int = field(default=3, metadata={"kind": "stars"})

    made = Form(Rated, editors={"stars": Stars})
    qtbot.addWidget(made)
    assert made.value() == {"rating": 3}
    made.fill({"rating": "4"})
    assert made.value() == {"rating": 4}
    made.fill({"rating": 9})
    assert made.problems() == {"rating": "Too many."}


@dataclass
class Pay:
    minutes: float | None = None


def test_a_field_can_be_needed_by_what_stands_elsewhere(qtbot, theme, words):
    form = Form(Pay)
    qtbot.addWidget(form)
    form.show()
    assert "Minutes (optional)" in words(form)
    form.set_required("minutes", True)
    assert "Minutes (optional)" not in words(form)
    assert form.missing() == ["minutes"]
    assert form.editor("minutes").accessibleName() == "Minutes, required"
    form.editor("minutes").setText("3")
    assert form.missing() == []
    form.set_required("minutes", False)
    assert "Minutes (optional)" in words(form)
