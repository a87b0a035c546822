"""The quality of a run in the running program: figures with their moment, evidence in words, a sample."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crowddesk.domain import ActionKind, CrowdDeskError
from crowddesk.operations import decisions
from crowddesk.operations.quality import apart
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.decide import DecideDialog
from crowddesk.ui.field_figures import FieldFigures, missing
from crowddesk.ui.quality_view import QualityPage, open_quality

Key = Qt.Key


def open_page(program, *, counted=True):
    """The quality of run 1, opened from the menu of its page."""
    page = program.run_page()
    menu = page.more.menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Quality…").trigger()
    found = program.window.stack.currentWidget()
    assert isinstance(found, QualityPage)
    if counted:
        program.wait(lambda: found._found is not None)
    return found


@pytest.fixture
def split(full_program):
    """The program over a run whose items are answered yes yes no, yes no yes, yes yes yes, no no no."""
    said = ["yes", "yes", "no", "yes", "no", "yes", "yes", "yes", "yes", "no", "no", "no"]
    with full_program.db.write() as w:
        column = t.Submission.__table__.c
        for unit, word in enumerate(said, 1):
            text = json.dumps({"answer": word})
            w.conn.execute(sa.update(t.Submission).where(column.unit_id == unit).values(answer=text))
    return full_program


def test_figures_are_counted_apart_and_say_when(split, qtmodeltester):
    program = split
    page = open_page(program, counted=False)
    assert page.working.isVisible() or page.instead.isVisible()
    program.wait(lambda: page._found is not None)
    assert "12 answers · 4 items" in page.facts.text()
    assert "as of" in page.facts.text()
    card = page._fields.itemAt(0).widget()
    assert isinstance(card, FieldFigures)
    assert "Pairs that agree 66.7%" in card.accessibleName()
    assert "Alpha, nominal" in card.accessibleName()
    program.wait(card.isVisible)
    words = program.words(card)
    assert "How many are right is not known" in words
    assert page.truth.isVisible()
    rows = [page.items_model.row_at(place) for place in range(page.items_model.rowCount())]
    assert [(row.answers, row.said) for row in rows] == [(3, "yes 2 · no 1")] * 2
    assert page.people_model.rowCount() > 0
    qtmodeltester.check(page.people_model)
    qtmodeltester.check(page.items_model)


def test_a_disputed_item_is_reviewed_and_a_worker_opened(split):
    program = split
    wanted = []
    page = open_page(program)
    program.session.wanted.connect(lambda where, what: wanted.append((where, what)))
    page.items.setFocus()
    program.qtbot.keyClick(page.items, Key.Key_Down)
    program.qtbot.keyClick(page.items, Key.Key_Return)
    key = page.items_model.row_at(0).key
    assert wanted == [("review", (1, f'item:"{key}"'))]
    program.window.stack.setCurrentWidget(page)
    page.people.setFocus()
    program.qtbot.keyClick(page.people, Key.Key_Down)
    program.qtbot.keyClick(page.people, Key.Key_Return)
    assert wanted[-1] == ("workers", page.people_model.row_at(0).id)


def test_the_wheel_scrolls_the_page_until_the_keyboard_is_in_a_list(split):
    program = split
    page = open_page(program)
    program.window.resize(900, 560)
    page._people.rows = [replace(page._people.rows[0], id=number) for number in range(1, 41)]
    page.people_model.load()
    page._fit(page.people, 40)
    outer, inner = page.area.verticalScrollBar(), page.people.verticalScrollBar()
    program.wait(lambda: outer.maximum() > 200 and inner.maximum() > 0)

    def roll() -> tuple[bool, bool]:
        """Turns the wheel by a notch over the list: whether the page and the list scrolled."""
        outer.setValue(0)
        page.area.ensureWidgetVisible(page.people.columns)
        before = outer.value(), inner.value()
        over = page.people.columns.mapTo(program.window, QPoint(20, page.people.columns.height() + 8))
        QTest.wheelEvent(program.window.windowHandle(), over, QPoint(0, -120))
        return outer.value() > before[0], inner.value() > before[1]

    assert roll() == (True, False)
    program.window.activateWindow()
    page.people.setFocus()
    program.wait(page.people.hasFocus)
    assert roll() == (False, True)


def test_the_right_answers_are_named_by_hand(split):
    program = split
    with program.db.write() as w:
        w.update(t.Assignment, range(1, 5), data=json.dumps({"id": "x", "text": "y", "truth": "yes"}))
    page = open_page(program)
    program.type(page.truth, "nowhere")
    program.click(page.use_truth)
    program.wait(lambda: page.banner.isVisible() and "nowhere" in page.banner.accessibleName())
    assert page._found is not None  # what was counted before stays
    program.type(page.truth, "truth")
    program.click(page.use_truth)
    program.wait(lambda: page._job is None and page._found.figures["truth"]["column"] == "truth")
    card = page._fields.itemAt(0).widget()
    assert "Right by majority 75.0%" in card.accessibleName()
    assert not page.banner.isVisible()


def test_what_changes_afterwards_is_said_and_counted_anew(split):
    program = split
    page = open_page(program)
    decisions.set_dataset_status(program.db, [1, 2, 3], "out")
    program.wait(lambda: page.banner.isVisible())
    assert "have changed since" in page.banner.accessibleName()
    program.click(page.banner._action)
    program.wait(lambda: "9 answers · 3 left out" in page.facts.text())
    assert not page.banner.isVisible()
    program.window.show_page("units")
    with program.qtbot.waitSignal(program.session.changed, timeout=30_000):
        decisions.set_dataset_status(program.db, [1], "in")
    assert open_quality(program.session, program.window, 1) is page
    program.wait(lambda: page.banner.isVisible())
    assert "have changed since" in page.banner.accessibleName()


def test_counting_is_cancelled_and_failures_are_told(split, monkeypatch):
    program = split
    held = []

    def wait(_folder, _run, job, **_more):
        held.append(job)
        program.held.wait(10)
        raise CrowdDeskError("The figures of run 1 could not be computed: no memory.")

    import threading

    program.held = threading.Event()
    monkeypatch.setattr(apart, "figures_apart", wait)
    page = open_page(program, counted=False)
    program.wait(lambda: bool(held))
    page.places.setCurrentWidget(page.area)
    program.click(page.cancel)
    assert "were not counted" in page.instead.accessibleName()
    assert held[0].cancelled
    program.held.set()
    program.click(page.anew)
    program.wait(lambda: "no memory" in page.instead.accessibleName())
    monkeypatch.undo()
    program.click(page.instead._action)
    program.wait(lambda: page._found is not None and page.places.currentWidget() is page.area)


def test_a_run_without_answers_says_so(program, sample):
    from crowddesk.ui.launcher import read_sections

    sections = read_sections(sample / "run.yaml")[1]
    sections["provider"]["speed"] = "0.0001"
    run_id = program.launch(sample, sections=sections)
    page = open_quality(program.session, program.window, run_id)
    program.wait(lambda: "No answers yet" in page.instead.accessibleName())


def test_what_is_missing_is_said_in_words():
    figures = {
        "answers": 1, "alpha_nominal": None, "percent_agreement": None, "kind": "choice", "ties": 0,
        "truth": {"column": None, "how": "no column is named"}, "notes": ["a note"],
    }  # fmt: skip
    assert missing(figures) == [
        "No item has answers by two people, so how far they agree is not known.",
        "How many are right is not known: no column is named.",
        "a note",
    ]
    assert "Everybody says the same" in missing({**figures, "percent_agreement": 1.0})[0]
    assert missing({**figures, "answers": 0}) == ["None of its answers counts."]


# ------------------------------------------------------------------------------------------ the sample


def decide(program, kind, units):
    decisions.decide(program.db, kind, units)


def test_a_sample_is_drawn_reviewed_and_the_rest_approved(full_program):
    program = full_program
    page = open_page(program)
    card = page.sampling
    program.wait(lambda: card.looked is None and card.draw.text() == "Draw a sample and review it")
    program.type(card.number, "4")
    program.click(card.draw)
    program.wait(lambda: program.window.current_page == "review")
    review = program.window.show_page("review")
    program.wait(lambda: review.review is not None and review.review.run_id == 1)
    drawn = card.looked.open
    assert set(review.review.sample) == set(drawn)
    assert len(drawn) == 4
    decide(program, ActionKind.APPROVE, drawn[:3])
    open_page(program)
    program.wait(lambda: card.looked.right == drawn[:3])
    assert card.words.text().startswith("3 of 3 right: error at most 63 % at 95 %")
    assert card.go_on.text() == "Review 1 answer"
    assert not card.approve.isEnabled()
    decide(program, ActionKind.SOFT_REJECT, drawn[3:])
    program.wait(lambda: card.looked.wrong == drawn[3:])
    assert "3 right, 1 wrong, 0 open" in card.facts.text()
    assert not card.approve.isEnabled()
    card.goal.addItem("at most 90 % wrong", 90)
    card.goal.setCurrentIndex(card.goal.count() - 1)
    program.wait(card.approve.isEnabled)
    assert card.approve.text() == "Approve the rest: 8…"
    program.click(card.approve)
    dialog = program.dialog(DecideDialog)
    assert dialog.verb.text().startswith("Approve 8")
    program.click(dialog.verb)
    program.wait(lambda: card.looked.rest == ())
    assert "there is no rest" in card.words.text()
    assert not card.approve.isVisible()


def test_more_are_drawn_until_the_goal(full_program):
    program = full_program
    page = open_page(program)
    card = page.sampling
    card.goal.addItem("at most 30 % wrong", 30)
    card.goal.setCurrentIndex(card.goal.count() - 1)
    program.type(card.number, "5")
    program.click(card.draw)
    program.wait(lambda: card.looked is not None)
    first = card.looked.open
    decide(program, ActionKind.APPROVE, first)
    open_page(program)
    program.wait(lambda: card.more.isVisible())
    assert card.more.text() == "Draw 4 more and review them"
    program.click(card.more)
    program.wait(lambda: card.looked.draw.size == 9)
    assert card.looked.right == first
    assert len(card.looked.open) == 4
