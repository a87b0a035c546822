"""A source that has its rows already answers every question at once, and a model over it follows."""

from __future__ import annotations

from array import array

from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import PageRequest, RowsQuery


def ask(source, kind, **more):
    answers = []
    source.page(PageRequest(1, 1, RowsQuery(), kind, **more), answers.append)
    (answer,) = answers
    return answer


def test_every_question_is_answered(make_row):
    source = HeldRows([make_row(3), make_row(1), make_row(2)])
    assert ask(source, "count").total == 3
    assert ask(source, "ids").ids == array("q", [3, 1, 2])
    assert [r.id for r in ask(source, "first", offset=1, limit=5).rows] == [1, 2]
    assert [r.id for r in ask(source, "tail", limit=2).rows] == [1, 2]
    assert [r.id for r in ask(source, "tail", limit=9).rows] == [3, 1, 2]
    assert [r.id for r in ask(source, "rows", ids=[2, 77]).rows] == [2]


def test_a_model_shows_what_replaces_them(make_model, make_row, qtmodeltester):
    source = HeldRows([make_row(2), make_row(1)])
    model = make_model(source)
    model.load()
    assert [model.id_at(i) for i in range(model.rowCount())] == [2, 1]
    source.rows = [make_row(3), make_row(2, "accepted")]
    model.rows_changed([2])
    model.refresh()
    qtmodeltester.check(model)
    assert [(model.row_at(i).id, model.row_at(i).status) for i in range(2)] == [
        (3, "completed"),
        (2, "accepted"),
    ]
