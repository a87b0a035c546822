"""Notes and tags on rows: what is kept, what is refused, and that the row they are about is touched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput, NotFound
from crowddesk.store import journal, remarks
from crowddesk.store.database import Database
from tests.store.conftest import World


@pytest.fixture
def people(any_db: Database) -> tuple[Database, list[int]]:
    return any_db, World(any_db).workers("A1", "A2", "A3")


def test_a_note_is_kept_with_who_wrote_it_and_touches_its_row(people: tuple[Database, list[int]]) -> None:
    db, (one, two, _) = people
    with db.write() as w:
        first = remarks.add_note(w, "worker", one, "  wrote a kind mail \n")
        second = remarks.add_note(w, "worker", one, "careful\0 with images")
        remarks.add_note(w, "worker", two, "x")
    with db.read() as conn:
        notes = remarks.notes_of(conn, "worker", [one])
        touched = journal.follow(conn, 0)[-1].tables
    assert [n.id for n in notes] == [second, first]
    assert notes[1].text == "wrote a kind mail"
    assert notes[1].created_by == "tester"
    assert "\0" not in notes[0].text
    assert set(touched["worker"]) == {one, two}
    assert "note" in touched
    with db.write() as w:
        assert remarks.remove_note(w, first).text == "wrote a kind mail"
    with db.read() as conn:
        assert [n.id for n in remarks.notes_of(conn, "worker", [one])] == [second]
        assert set(journal.follow(conn, 0)[-1].tables["worker"]) == {one}
    with pytest.raises(NotFound, match="removed already"), db.write() as w:
        remarks.remove_note(w, first)


def test_a_note_that_cannot_be_kept_is_refused(people: tuple[Database, list[int]]) -> None:
    db, (one, *_) = people
    for row, text, error in (
        (one, " \n ", BadInput),
        (one, "x" * (remarks.MOST_NOTE + 1), BadInput),
        (999, "x", NotFound),
    ):
        with pytest.raises(error), db.write() as w:
            remarks.add_note(w, "worker", row, text)
    with pytest.raises(ValueError, match="remarks about a task"), db.read() as conn:
        remarks.notes_of(conn, "task", [1])


def test_tags_are_one_word_however_they_are_written(people: tuple[Database, list[int]]) -> None:
    db, (one, two, three) = people
    with db.write() as w:
        assert remarks.set_tag(w, "worker", [one, two, one, 999], " Spammer ", True) == [one, two]
        assert remarks.set_tag(w, "worker", [one, three], "spammer", True) == [three]
        assert remarks.set_tag(w, "worker", [one], "good  at   images", True) == [one]
    with db.read() as conn:
        assert remarks.tags_of(conn, "worker", [one, two, three]) == {
            one: ("good at images", "spammer"), two: ("spammer",), three: ("spammer",),
        }  # fmt: skip
        assert remarks.words_of(conn, "worker") == [("spammer", 3), ("good at images", 1)]
        assert remarks.words_of(conn, "unit") == []
        assert remarks.tagged(conn, "worker", ["SPAMMER", "nobody"]) == {one, two, three}
    with db.write() as w:
        assert remarks.set_tag(w, "worker", [one, three], "spammer", False) == [one, three]
        assert remarks.set_tag(w, "worker", [one], "spammer", False) == []
    with db.read() as conn:
        assert remarks.tags_of(conn, "worker", [one, two, three]) == {
            one: ("good at images",),
            two: ("spammer",),
        }


@pytest.mark.parametrize("word", ["", "   ", "a,b", 'a"b', "x" * 41, "spam*", "a\u202eb"])
def test_what_is_no_tag_is_refused(people: tuple[Database, list[int]], word: str) -> None:
    db, (one, *_) = people
    with pytest.raises(BadInput, match="tag"), db.write() as w:
        remarks.set_tag(w, "worker", [one], word, True)


def test_a_row_has_only_so_many_tags(people: tuple[Database, list[int]]) -> None:
    db, (one, two, _) = people
    with db.write() as w:
        for number in range(remarks.MOST_TAGS):
            remarks.set_tag(w, "worker", [one], f"t{number}", True)
    with pytest.raises(BadInput, match="Take one off"), db.write() as w:
        remarks.set_tag(w, "worker", [two, one], "one more", True)
    with db.read() as conn:
        assert two not in remarks.tags_of(conn, "worker", [one, two])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(word=st.text(max_size=60))
def test_any_text_is_a_tag_or_is_refused(word: str) -> None:
    try:
        kept = remarks.read_word(word)
    except BadInput:
        return
    assert kept == remarks.read_word(kept)
    assert 0 < len(kept) <= remarks.MOST_WORD
