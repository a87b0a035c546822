"""Arguments of vendors and blueprints as one level of fields, there and back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.ui.flat_args import flat, flattened, nested
from crowddesk.ui.forms import fields_of

MISSING = "???"


@dataclass
class Inner:
    file: str = field(default=MISSING, metadata={"path": True})
    times: int = 2


@dataclass
class Args:
    _provider_type: str = "x"
    name: str = MISSING
    speed: float = 1.0
    careful: bool = False
    inner: Inner | None = None
    tags: list[str] = field(default_factory=list)
    table: dict[str, str] = field(default_factory=dict)


FLAT = flat(Args, "Flat")


def test_a_nested_dataclass_becomes_optional_fields_beside_the_others():
    by_name = {spec.name: spec for spec in fields_of(FLAT)}
    assert list(by_name) == ["name", "speed", "careful", "inner__file", "inner__times"]
    assert by_name["name"].required
    assert not by_name["inner__file"].required
    assert by_name["inner__file"].kind == "path"
    assert by_name["inner__file"].title == "Inner: file"
    assert by_name["inner__times"].default == 2


def test_fields_can_be_left_out():
    assert [f.name for f in dataclasses.fields(flat(Args, "Less", ("name", "inner__times")))] == [
        "speed", "careful", "inner__file",
    ]  # fmt: skip


def test_what_no_field_asks_for_is_kept_apart():
    section = {"name": "a", "inner": {"file": "f", "strange": 1}, "tags": ["t"], "unknown": "u"}
    values, rest = flattened(section, FLAT)
    assert values == {"name": "a", "inner__file": "f"}
    assert rest == {"inner": {"strange": 1}, "tags": ["t"], "unknown": "u"}


def test_defaults_and_empty_fields_are_no_part_of_a_run_file():
    assert (
        nested({"name": "", "speed": 1.0, "careful": False, "inner__file": None, "inner__times": 2}, FLAT)
        == {}
    )


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("no", False), ("Yes", True), (True, True)])
def test_truth_is_read_as_run_files_write_it(text, truth):
    assert flattened({"careful": text}, FLAT)[0] == {"careful": truth}


@given(
    name=st.text(min_size=1),
    speed=st.floats(allow_nan=False, allow_infinity=False),
    careful=st.booleans(),
    file=st.text(),
    times=st.integers(),
)
def test_there_and_back_loses_nothing(name, speed, careful, file, times):
    values = {"name": name, "speed": speed, "careful": careful, "inner__file": file, "inner__times": times}
    back, rest = flattened(nested(values, FLAT), FLAT)
    assert rest == {}
    defaults = {"speed": 1.0, "careful": False, "inner__file": "", "inner__times": 2}
    assert {**defaults, **back} == values


@dataclass
class Chosen:
    devices: list[str] = field(default_factory=list, metadata={"choices": ("desktop", "mobile")})
    filters: list[Inner] = field(default_factory=list)
    inner: Inner | None = None
    tags: list[str] = field(default_factory=list)


def test_a_list_is_asked_for_where_its_choices_or_its_editor_are_known():
    looks = {"filters": {"kind": "filters", "title": "Who"}, "inner__times": {"title": "How often"}}
    form_class = flat(Chosen, "Chosen", (), looks)
    kinds = {spec.name: (spec.title, spec.kind) for spec in fields_of(form_class)}
    assert kinds["devices"] == ("Devices", "several")
    assert kinds["filters"] == ("Who", "filters")
    assert kinds["inner__times"] == ("How often", "whole")
    assert "tags" not in kinds
    section = {"devices": ["mobile"], "filters": [{"file": "f"}], "tags": ["t"]}
    values, rest = flattened(section, form_class)
    assert values == {"devices": ["mobile"], "filters": [{"file": "f"}]}
    assert rest == {"tags": ["t"]}
    assert nested({**values, "inner__times": 2}, form_class) == values
    assert nested({"devices": [], "filters": []}, form_class) == {}
