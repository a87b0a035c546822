"""Texts of the floors below the window in another language: said there, and neither kept nor sent so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crowddesk import language
from crowddesk.blueprints.data_files import Reading, check_file
from crowddesk.domain import ActionKind, AgentStatus, AssignmentState, kind_text, status_text
from crowddesk.language import ENGLISH, number_text, say, say_count
from crowddesk.operations import differences
from crowddesk.operations.quality.chips import length, length_for_workers
from crowddesk.store.comparing import LocalUnit
from crowddesk.store.search_help import complete


@pytest.fixture
def foreign():
    """Every text in brackets, and numbers as in German."""
    language.speak(
        replace(ENGLISH, translate=lambda text, *_: f"«{text}»", decimal_point=",", group_sign=".")
    )
    yield
    language.speak(ENGLISH)


def test_english_is_said_as_it_is_written():
    assert say("{count:,} of {total:.1f}", count=1204, total=0.5) == "1,204 of 0.5"
    assert say_count("%n units", "%n unit", 1) == "1 unit"
    assert say_count("%n units", "%n unit", 1204) == "1,204 units"


def test_numbers_are_written_as_the_reader_does(foreign):
    assert number_text(1204.5, 1) == "1.204,5"
    assert (
        say("{count:,} of {total:.1f}, unit {id}", count=1204, total=0.5, id=1204)
        == "«1.204 of 0,5, unit 1204»"
    )


def test_a_translators_slip_hides_nothing():
    language.speak(replace(ENGLISH, translate=lambda text, *_: "{nobody} {"))
    try:
        assert say("unit {id}", id=3) == "unit 3"
    finally:
        language.speak(ENGLISH)


def test_every_status_and_kind_is_a_word_in_a_sentence():
    for status in (*AgentStatus.ALL, *AssignmentState.ALL):
        assert status_text(status) == status.replace("_", " ")
    for kind in (*ActionKind.SETTLE, ActionKind.REQUEST_RETURN):
        assert kind_text(kind) == kind.replace("_", " ")
    assert kind_text("a_plug_ins_own") == "a plug ins own"


def test_statuses_are_said(foreign):
    assert (status_text("soft_rejected"), kind_text("request_return")) == (
        "«soft rejected»",
        "«request return»",
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (4, "4 s"), (4.25, "4.2 s"), (9.94, "9.9 s"), (9.96, "10 s"), (119.4, "119 s"),
        (120, "2 min"), (185, "3 min 5 s"), (7_199, "119 min 59 s"), (7_200, "2 h"), (7_800, "2 h 10 min"),
        (4_000_000, "1,111 h 6 min"),
    ],
)  # fmt: skip
def test_a_time_is_short(seconds, words):
    assert length(seconds) == length_for_workers(seconds) == words


def test_what_workers_read_stays_english(foreign):
    assert length(4.2) == "«4,2 s»"
    assert length_for_workers(4.2) == "4.2 s"


def test_what_a_person_put_aside_stays_so_in_another_language(foreign):
    """It is known again by the vendor's word, which is kept and compared."""
    unit = LocalUnit(1, "a", "completed", None, None, 2, "completed", "ref", None, "Ann")
    found = differences._unknown_there(1, unit)
    assert (found.here, found.there) == ("completed", "not there")
    assert found.what.startswith("«Their answer is here")


def test_the_place_of_a_fault_is_found_in_another_language(foreign, tmp_path):
    language.speak(replace(ENGLISH, translate=lambda text, *_: text.replace(", line", ", Zeile")))
    path = tmp_path / "items.json"
    path.write_text('[{"a": 1}\n{"a": 2}]', encoding="utf-8")
    (problem,) = check_file(path, Reading()).problems.listed
    assert problem.place == "items.json, Zeile 2"
    assert "items.json" not in problem.message


def test_what_a_field_of_a_search_looks_for_is_said(foreign):
    assert ("time:", "«how long it took»") in {(o.text, o.means) for o in complete("tim", 3, "units")}
