"""The review page over a real workspace and the practice vendor: decided by keys, judged by its books."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel

from crowddesk.app import Desk, KeptValues
from crowddesk.domain import PolicyRefused
from crowddesk.operations import decisions
from crowddesk.store.queries.review import UnitMark, marks_of_units
from crowddesk.ui.dialogs.remarks import NoteDialog
from crowddesk.ui.dialogs.review import RestDialog, SampleDialog
from tests.ui.pages.conftest import Program

LONG = 30_000


class Reviewer:
    """The review page as a person at the keyboard has it."""

    def __init__(self, program: Program, run_id: int = 1) -> None:
        self.program = program
        sending = program.session.settings.sending
        sending.practice_sends_by_itself = False
        self.page = program.window.show_page("review")
        self.work = self.page.work
        if run_id:
            self.page.show_wanted(run_id)
            self.settle()
        program.window.activateWindow()
        program.wait(program.window.isActiveWindow)
        self.work.take_focus()

    def settle(self) -> None:
        """The queue is whole, and ordered; something is shown or there is nothing to show."""
        work = self.work
        self.program.wait(lambda: work.ids_known and work.ahead.picture is not None)
        self.program.wait(lambda: work.chosen() != [] or work.queue.current is None)

    def press(self, key: str) -> None:
        """One key, in whatever has the keyboard; what it leads to is there afterwards."""
        combination = QKeySequence(key)[0]
        window = self.program.window
        self.program.wait(lambda: QApplication.activeModalWidget() is None)
        window.activateWindow()
        self.program.wait(window.isActiveWindow)
        focus = self.program.window.focusWidget() or self.page
        self.program.qtbot.keyClick(focus, combination.key(), combination.keyboardModifiers())

    def seen(self) -> int:
        """The unit that is before the reviewer, once it is there."""
        self.program.wait(lambda: self.work.chosen() != [])
        return self.work.chosen()[0]

    def rest(self) -> None:
        """Everything that was decided is recorded."""
        decided = self.work.decisions
        decided.flush()
        self.program.wait(lambda: not decided._on_way)

    def marks(self, ids):
        with self.program.db.read() as conn:
            return marks_of_units(conn, ids)

    def dialog(self, kind: type):
        return self.program.dialog(kind)


@pytest.fixture
def reviewer(full_program) -> Reviewer:
    """The finished workspace's one run, 12 answers, open for review."""
    return Reviewer(full_program)


def units_of(program: Program, status: str = "completed") -> list[int]:
    from crowddesk.store.queries import UNITS

    with program.db.read() as conn:
        return list(UNITS.ids(conn, UNITS.parse(f"status:{status}")))


# --------------------------------------------------------------------------------------- three hundred


@pytest.mark.timeout(300)
def test_three_hundred_units_are_reviewed_undone_redone_and_sent_by_keys_alone(big_program):
    program = big_program
    reviewer = Reviewer(program)
    waiting = units_of(program)
    wished: dict[int, str] = {}
    for number in range(len(waiting)):
        unit = reviewer.seen()
        assert unit not in wished  # nobody is asked twice
        key, kind = ("S", "soft_reject") if number % 10 == 3 else ("A", "approve")
        reviewer.press(key)
        wished[unit] = kind
    assert sorted(wished) == waiting
    program.wait(lambda: reviewer.work.queue.current is None)
    assert "Every answer of this run is decided." in reviewer.page.desk.end.accessibleName()
    reviewer.rest()
    assert {i: mark.pending for i, mark in reviewer.marks(waiting).items()} == wished

    for _ in waiting:
        reviewer.press("U")
    reviewer.rest()
    assert all(mark.waits for mark in reviewer.marks(waiting).values())
    assert reviewer.work.queue.done == 0

    for _ in waiting:
        reviewer.press("Shift+U")
    reviewer.rest()
    assert {i: mark.pending for i, mark in reviewer.marks(waiting).items()} == wished

    program.wait(lambda: program.window.strip.can_send)
    program.wait(lambda: "300 decisions staged" in program.words(program.window.strip), LONG)
    reviewer.press("Ctrl+Return")
    program.wait(lambda: QApplication.activeModalWidget() is not None)
    program.click(QApplication.activeModalWidget().verb)
    done = {"approve": "accepted", "soft_reject": "soft_rejected"}
    program.wait(lambda: not [m for m in reviewer.marks(waiting).values() if m.pending or m.waits], 60_000)
    assert {i: mark.status for i, mark in reviewer.marks(waiting).items()} == {
        unit: done[kind] for unit, kind in wished.items()
    }
    vendor = program.db.get_datastore_for_provider("mock").vendor
    paid = [payment for payment in vendor.payments("practice") if payment.kind == "approve"]
    assert len(paid) == len({payment.target for payment in paid}) == 300
    assert sum(payment.amount + payment.fee for payment in paid) == -300 * 12


# ------------------------------------------------------------------------------------------ the run


def test_a_run_is_chosen_and_left_again(full_program):
    program = full_program
    page = program.window.show_page("review")
    program.wait(lambda: len(page.picker.buttons()) == 1)
    assert "12 units" in page.picker.buttons()[0].accessibleName()
    assert not page.verbs["approve"].isEnabled()
    program.click(page.picker.buttons()[0])
    program.wait(lambda: page.work.chosen() != [])
    assert "PRACTICE" in program.window.windowTitle()
    assert page.head.badge.accessibleName() == "PRACTICE"
    program.wait(lambda: "0 of 12" in page.head.facts.text())
    program.qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_Escape)
    program.wait(lambda: page.picker.isVisible())
    assert page.review is None


def test_with_nothing_to_review_the_next_step_is_said(program):
    page = program.window.show_page("review")
    program.wait(lambda: page.picker.empty.isVisible())
    assert page.picker.empty.accessibleName().startswith("No runs yet.")


def test_with_everything_decided_the_picker_says_so(full_program):
    decisions.decide(full_program.db, "approve", units_of(full_program))
    page = full_program.window.show_page("review")
    full_program.wait(lambda: page.picker.empty.isVisible())
    assert page.picker.empty.accessibleName().startswith("Nothing waits for review.")


def test_a_run_that_is_gone_says_so_and_can_be_tried_again(full_program):
    page = full_program.window.show_page("review")
    page.show_wanted(77)
    full_program.wait(lambda: "There is no run 77." in page.desk.end.accessibleName())
    assert page.work.chosen() == []
    page.leave_run()
    full_program.wait(lambda: len(page.picker.buttons()) == 1)


# ------------------------------------------------------------------------------------------- deciding


def test_a_key_decides_and_goes_on_and_the_strip_leads_back(reviewer):
    first = reviewer.seen()
    reviewer.press("A")
    second = reviewer.seen()
    assert second != first
    reviewer.program.wait(lambda: len(reviewer.page.desk.strip.buttons()) == 1)
    button = reviewer.page.desk.strip.buttons()[0]
    assert button.text() == f"✓ {first}"
    reviewer.program.click(button)
    assert reviewer.seen() == first
    assert reviewer.page.desk.facts.end_text().startswith("✓ approve")
    reviewer.press("S")  # decided otherwise: the first decision is replaced
    reviewer.rest()
    assert reviewer.marks([first])[first].pending == "soft_reject"
    reviewer.press("U")
    reviewer.rest()
    assert reviewer.marks([first])[first].pending == "approve"


def test_the_keyboard_stays_on_the_answer(reviewer):
    """Qt would put it on a button when what has it goes, and Space would press that one."""
    for key in "AS":
        reviewer.seen()
        reviewer.press(key)
        reviewer.seen()
        assert reviewer.program.window.focusWidget() is reviewer.page.desk.seen.area
    unit = reviewer.seen()
    reviewer.press("Space")
    reviewer.seen()
    reviewer.rest()
    assert reviewer.marks([unit])[unit].waits
    while reviewer.work.queue.current is not None:
        reviewer.seen()
        reviewer.press("A")
        reviewer.program.wait(lambda: reviewer.work.chosen() != [] or reviewer.work.queue.current is None)
    assert reviewer.program.window.focusWidget() is reviewer.page.desk.end


def test_a_held_key_decides_once(reviewer):
    assert not any(reviewer.page.verbs[name].autoRepeat() for name in ("approve", "soft_reject", "undo"))
    assert reviewer.page.verbs["next"].autoRepeat()


def test_skipped_ones_come_back_at_the_end(reviewer):
    skipped = reviewer.seen()
    reviewer.press("Space")
    for _ in range(11):
        reviewer.seen()
        reviewer.press("A")
    reviewer.program.wait(lambda: reviewer.work.queue.current is None)
    assert "1 answer you skipped" in reviewer.page.desk.end.accessibleName()
    reviewer.work.go_to_first_open()
    assert reviewer.seen() == skipped


def test_j_and_k_move_over_decided_ones_too(reviewer):
    first = reviewer.seen()
    reviewer.press("A")
    second = reviewer.seen()
    reviewer.press("K")
    assert reviewer.seen() == first
    reviewer.press("J")
    assert reviewer.seen() == second


def test_letters_in_the_search_are_text_and_narrow_the_review(reviewer):
    page = reviewer.page
    unit = reviewer.seen()
    reviewer.press("/")
    assert page.search.line.hasFocus()
    reviewer.program.qtbot.keyClicks(page.search.line, "axs")
    assert page.search.text() == "axs"
    reviewer.rest()
    assert reviewer.marks([unit])[unit].waits
    page.search.set_text("item:item-2")
    reviewer.settle()
    assert reviewer.work.queue.total == 3
    assert "in this search" in page.head.facts.text()
    page.search.set_text("worker:nobody")
    reviewer.program.wait(lambda: "Nothing waits in this search." in page.desk.end.accessibleName())


def test_space_presses_the_button_that_has_the_keyboard(reviewer):
    unit = reviewer.seen()
    reviewer.page.desk.verbs.approve.setFocus()
    reviewer.press("Space")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "approve"


def test_what_has_left_is_said_and_stays(reviewer):
    program = reviewer.program
    unit = reviewer.seen()
    reviewer.press("A")
    reviewer.rest()
    program.session.act(lambda db: decisions.send(db))
    program.wait(lambda: reviewer.marks([unit])[unit].status == "accepted")
    reviewer.press("Ctrl+Z")
    program.wait(lambda: "the decision has left" in program.window.toast.accessibleName())
    assert reviewer.seen() == unit
    assert not reviewer.page.desk.verbs.approve.isEnabled()
    assert reviewer.work.queue.done == 1


def test_another_desk_takes_units_away_quietly(reviewer):
    program = reviewer.program
    shown = reviewer.seen()
    others = [unit for unit in units_of(program) if unit != shown]
    decisions.decide(program.db, "approve", others[:5])
    program.wait(lambda: reviewer.work.queue.open_count == 7)
    assert reviewer.seen() == shown
    assert program.window.toast.isHidden()
    decisions.decide(program.db, "approve", [shown])
    program.wait(lambda: not reviewer.page.desk.verbs.approve.isEnabled())
    reviewer.press("Space")
    assert reviewer.seen() in others[5:]


def test_while_a_run_goes_on_no_decided_unit_is_read_again_for_nothing(reviewer, monkeypatch):
    from crowddesk.store.queries import review

    real, read = review.marks_of_units, []

    def note_what_is_read(conn, ids):
        read.append(set(ids))
        return real(conn, ids)

    program, work = reviewer.program, reviewer.work
    decided = reviewer.seen()
    with program.qtbot.waitSignal(
        work.loader.marks_came, check_params_cb=lambda marks, _: not marks[decided].waits
    ):
        reviewer.press("A")
    monkeypatch.setattr(review, "marks_of_units", note_what_is_read)
    with program.qtbot.waitSignal(work.loader.waiting_came):
        program.session.changed.emit("unit", [10_000])  # somebody has sent an answer
    assert not work.loader._soon.isActive()
    assert read == []
    with program.qtbot.waitSignals([work.loader.waiting_came, work.loader.marks_came]):
        program.session.changed.emit("unit", None)  # whatever that was
    assert read == [{decided}]
    work.queue.load(work.queue.open_ids())  # as after a restart: what was decided before is in no queue
    with program.qtbot.waitSignal(work.loader.marks_came):
        program.session.changed.emit("unit", [decided])
    assert read == [{decided}, {decided}]


def test_a_decision_that_comes_too_late_is_said_and_changes_nothing(reviewer, monkeypatch):
    program = reviewer.program
    unit = reviewer.seen()
    monkeypatch.setattr(reviewer.work.loader, "hear", lambda *_: None)  # the news has not come yet
    decisions.decide(program.db, "soft_reject", [unit])
    reviewer.press("A")
    reviewer.rest()
    program.wait(lambda: f"Unit {unit} was not approved" in program.window.toast.accessibleName())
    assert reviewer.marks([unit])[unit].pending == "soft_reject"
    assert not reviewer.work.decisions.can_undo


def test_what_the_policy_refuses_waits_again(reviewer, monkeypatch):
    program = reviewer.program
    unit = reviewer.seen()

    def refuse(*_args, **_more):
        raise PolicyRefused("At most none a day.")

    monkeypatch.setattr(decisions, "decide", refuse)
    reviewer.press("A")
    program.wait(lambda: "At most none a day." in program.window.toast.accessibleName())
    assert reviewer.marks([unit])[unit].waits
    assert reviewer.page.desk.strip.buttons()[0].text() == f"! {unit}"
    monkeypatch.undo()
    program.click(reviewer.page.desk.strip.buttons()[0])
    assert reviewer.seen() == unit
    reviewer.press("A")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "approve"


def test_what_stood_before_a_refused_act_can_still_be_taken_back(reviewer, monkeypatch):
    program = reviewer.program
    unit = reviewer.seen()
    reviewer.press("A")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "approve"

    def refuse(*_args, **_more):
        raise PolicyRefused("At most none a day.")

    monkeypatch.setattr(decisions, "decide", refuse)
    program.click(reviewer.page.desk.strip.buttons()[0])
    assert reviewer.seen() == unit
    reviewer.press("S")
    program.wait(lambda: "At most none a day." in program.window.toast.accessibleName())
    assert reviewer.marks([unit])[unit].pending == "approve"  # all of it was taken back
    monkeypatch.undo()
    program.wait(lambda: reviewer.work.decisions.stand(unit).kind == "approve")
    program.click(reviewer.page.desk.strip.buttons()[0])
    assert reviewer.seen() == unit
    reviewer.press("S")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "soft_reject"


def test_what_another_desk_decided_instead_is_shown_as_that(reviewer):
    unit = reviewer.seen()
    reviewer.press("A")
    reviewer.rest()
    reviewer.work.decisions.take_marks({unit: UnitMark("soft_rejected", None)}, {})
    stand = reviewer.work.decisions.stand(unit)
    assert (stand.kind, stand.phase) == ("soft_reject", "left")


# ------------------------------------------------------------------------------- orders, samples, names


def first_by(program: Program, order: str) -> int:
    from crowddesk.operations.quality.picture import make_picture
    from crowddesk.operations.review import order_units

    with program.db.read() as conn:
        return order_units(make_picture(conn, 1), order, seed=1)[0]


def test_a_fresh_review_begins_with_the_first_in_its_order(full_program):
    order = next(o for o in ("risk", "random") if first_by(full_program, o) != first_by(full_program, "time"))
    full_program.session.save("review.order", order)
    page = full_program.window.show_page("review")
    page.work._hold.setInterval(LONG)  # however slow this computer is
    shown = []
    page.work.ahead.came.connect(lambda _unit: shown.extend(page.work.chosen()))
    reviewer = Reviewer(full_program)
    assert page.work.review.order == order
    assert set(shown) <= {reviewer.seen()} == {first_by(full_program, order)}


def test_where_the_order_comes_late_what_is_looked_at_stays(full_program):
    page = full_program.window.show_page("review")
    page.work._hold.setInterval(0)
    with full_program.qtbot.waitSignal(page.work.loader.ordered):
        page.show_wanted(1)
    assert page.work.queue.current == first_by(full_program, "time")


@pytest.fixture
def held(full_program, monkeypatch):
    """A fresh review before its order is there; `order()` lets it come."""
    from crowddesk.operations.quality import picture

    first = {order: first_by(full_program, order) for order in ("time", "random")}
    assert len(set(first.values())) == 2
    real, wanted = picture.make_picture, threading.Event()

    def make_later(*args):
        wanted.wait(LONG / 1000)
        return real(*args)

    monkeypatch.setattr(picture, "make_picture", make_later)
    full_program.session.save("review.order", "random")
    reviewer = Reviewer(full_program, run_id=0)
    work, reviewer.first = reviewer.work, first
    work._hold.setInterval(LONG)

    def order() -> None:
        with full_program.qtbot.waitSignal(work.loader.ordered, timeout=LONG):
            wanted.set()

    reviewer.order = order
    reviewer.page.show_wanted(1)
    full_program.wait(lambda: work.ids_known)
    reviewer.work.take_focus()
    assert work._hold.isActive()
    yield reviewer
    wanted.set()


def test_cards_that_are_looked_at_begin_with_the_same_one_when_their_order_comes(held):
    held.press("G")
    chosen = held.work.chosen()
    assert chosen == [held.first["time"]]
    held.order()
    assert held.work.chosen() == chosen
    assert held.work.grid.ids[0] == chosen[0]


@pytest.mark.parametrize("key", ["A", "S", "X", "1", "Space", "J", "K"])
def test_no_key_decides_on_or_passes_what_is_not_shown_yet(held, key):
    held.press(key)
    held.order()
    assert held.seen() == held.first["random"]
    assert not held.work.decisions.followed()
    assert QApplication.activeModalWidget() is None
    held.press("A")
    assert held.work.decisions.followed() == {held.first["random"]}


def test_where_the_order_is_late_it_begins_with_what_no_other_desk_has_decided(held):
    first = held.first["time"]
    decisions.decide(held.program.db, "approve", [first])
    held.program.wait(lambda: first not in held.work.queue.open_ids())
    held.work._hold.start(0)
    held.program.wait(lambda: held.work.chosen() != [])
    chosen = held.work.chosen()
    assert chosen[0] in held.work.queue.open_ids()
    held.order()
    assert held.work.chosen() == chosen


def test_a_review_left_before_anything_was_shown_begins_anew(held):
    held.page.leave_run()
    held.page.show_wanted(1)
    held.order()
    assert held.seen() == held.first["random"]


def test_with_no_order_to_be_had_the_first_that_came_is_shown(full_program, monkeypatch):
    from crowddesk.domain import WorkspaceError
    from crowddesk.operations.quality import picture

    def fail(*_args):
        raise WorkspaceError("The disk does not answer.")

    page = full_program.window.show_page("review")
    page.work._hold.setInterval(LONG)
    first = first_by(full_program, "time")
    monkeypatch.setattr(picture, "make_picture", fail)
    page.show_wanted(1)
    full_program.wait(lambda: page.work.chosen() == [first])
    assert "answers come in order of arrival" in full_program.window.toast.accessibleName()


def test_another_order_keeps_what_is_shown(reviewer):
    shown = reviewer.seen()
    for order in ("time", "worker", "random", "deadline", "disagreement", "risk"):
        with reviewer.program.qtbot.waitSignal(reviewer.work.loader.ordered):
            reviewer.page.set_order(order)
        assert reviewer.seen() == shown
        assert reviewer.work.queue.open_count == 12
    reviewer.program.wait(lambda: "by risk" in reviewer.page.head.facts.text())


def test_a_sample_is_drawn_and_reviewed_to_its_end(reviewer):
    reviewer.page.ask_sample()
    dialog = reviewer.dialog(SampleDialog)
    reviewer.program.type(dialog.size_line, "3")
    assert dialog.verb.text() == "Review 3"
    reviewer.program.click(dialog.verb)
    reviewer.program.wait(lambda: reviewer.page.review.sample is not None)
    reviewer.settle()
    reviewer.program.wait(lambda: "0 of 3 in the sample" in reviewer.page.head.facts.text())
    for _ in range(3):
        reviewer.seen()
        reviewer.press("A")
    end = reviewer.page.desk.end
    reviewer.program.wait(lambda: "3 of 3 right: error at most 63 % at 95 %" in end.accessibleName())
    assert "too few are left" in end.accessibleName()
    reviewer.page.review_all()
    reviewer.settle()
    assert reviewer.work.queue.open_count == 9


def test_names_are_hidden_until_decided_and_that_is_remembered(reviewer):
    unit = reviewer.seen()
    name = reviewer.work.desk.looked.worker.worker_name
    panel = reviewer.page.desk.worker
    assert panel.name.text() == name
    reviewer.press("H")
    assert name not in panel.name.text() + panel.name.toolTip()
    assert not any(name in line.tip for line in reviewer.page.desk.same.groups.lines)
    reviewer.press("A")
    reviewer.seen()
    reviewer.press("K")
    assert reviewer.seen() == unit
    assert panel.name.text() == name
    assert reviewer.program.session.load("review.names", True) is False


def test_no_dialog_tells_a_hidden_name(reviewer):
    name = reviewer.work.desk.looked.worker.worker_name
    reviewer.press("H")
    for key in "XBN":
        reviewer.press(key)
        reviewer.program.wait(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        words = [dialog.windowTitle(), *(label.text() for label in dialog.findChildren(QLabel))]
        assert name not in " ".join(words)
        assert name not in ((dialog.line() if hasattr(dialog, "line") else "") or "")
        dialog.reject()
        reviewer.program.wait(lambda: QApplication.activeModalWidget() is None)


def test_the_rest_of_a_worker_is_decided_at_once_and_undone_at_once(reviewer):
    program = reviewer.program
    worker = reviewer.work.desk.looked.row.worker_id
    from crowddesk.store.queries import UNITS, Scope

    with program.db.read() as conn:
        theirs = list(UNITS.ids(conn, UNITS.parse("status:completed"), Scope(worker_id=worker)))
    reviewer.press("W")
    dialog = reviewer.dialog(RestDialog)
    assert dialog.verb.text() == f"Approve {len(theirs)} · USD {12 * len(theirs) / 100:.2f}"
    program.qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)  # Enter decides nothing
    assert all(mark.waits for mark in reviewer.marks(theirs).values())
    reviewer.press("W")
    program.click(reviewer.dialog(RestDialog).soft_button)
    program.wait(lambda: {mark.pending for mark in reviewer.marks(theirs).values()} == {"soft_reject"})
    assert reviewer.work.queue.open_count == 12 - len(theirs)
    reviewer.press("U")
    reviewer.rest()
    assert all(mark.waits for mark in reviewer.marks(theirs).values())


def test_a_note_and_a_flag_stay_with_what_they_are_about(reviewer):
    program = reviewer.program
    unit = reviewer.seen()
    reviewer.press("N")
    dialog = reviewer.dialog(NoteDialog)
    program.qtbot.keyClicks(dialog.text, "ask about axs")
    name = reviewer.work.desk.looked.row.worker_name
    assert dialog.command_line() == ("note", "--worker", f"mock:{name}", "--", "ask about axs")
    dialog.about.setCurrentIndex(1)
    assert dialog.command_line() == ("note", "--unit", str(unit), "--", "ask about axs")
    dialog.about.setCurrentIndex(0)
    program.click(dialog.verb)
    program.wait(lambda: "ask about axs" in reviewer.page.desk.worker.notes[0].text())
    reviewer.press("F")
    program.wait(lambda: "⚑ flagged" in reviewer.page.desk.facts.text())
    assert reviewer.seen() == unit
    reviewer.press("F")
    program.wait(lambda: "flagged" not in reviewer.page.desk.facts.text())


def test_a_note_names_nobody_whose_name_is_hidden_and_can_be_about_the_answer(reviewer):
    program = reviewer.program
    unit = reviewer.seen()
    reviewer.work.toggle_names()
    reviewer.press("N")
    dialog = reviewer.dialog(NoteDialog)
    assert dialog.windowTitle() == f"Note about this answer (unit {unit})"
    assert not dialog.about.isVisible()
    program.qtbot.keyClicks(dialog.text, "odd")
    program.click(dialog.verb)

    def notes():
        from crowddesk.store.remarks import notes_of

        with program.db.read() as conn:
            return [note.text for note in notes_of(conn, "unit", [unit])]

    program.wait(lambda: notes() == ["odd"])


def test_a_rejection_asks_first_and_then_goes_on(reviewer):
    program = reviewer.program
    unit = reviewer.seen()
    reviewer.press("X")
    program.wait(lambda: QApplication.activeModalWidget() is not None)
    QApplication.activeModalWidget().reject()
    assert reviewer.seen() == unit
    assert reviewer.marks([unit])[unit].waits
    why = "Every answer was given in under a second, so nothing of it can have been read before answering."
    decisions.decide(program.db, "reject", [unit], reason=why)  # as the dialog records it
    program.wait(lambda: reviewer.work.queue.current != unit)
    assert reviewer.work.decisions.last_ten()[-1][0] == unit
    reviewer.press("U")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].waits
    reviewer.press("Shift+U")  # with the reason it had
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "reject"


def test_what_cannot_be_read_is_said_and_tried_again(full_program, monkeypatch):
    from crowddesk.domain import WorkspaceError
    from crowddesk.ui.review import reading

    real = reading.read_unit

    def fail(*_args, **_more):
        raise WorkspaceError("The disk does not answer.")

    monkeypatch.setattr(reading, "read_unit", fail)
    page = full_program.window.show_page("review")
    loader, ahead = page.work.loader, page.work.ahead
    # What comes later has units read anew by itself, which must be over before the disk answers.
    with full_program.qtbot.waitSignals([loader.ids_came, loader.ordered], timeout=30_000):
        page.show_wanted(1)
    full_program.wait(lambda: not ahead._asked and not ahead._pump.isActive())
    full_program.wait(lambda: "The disk does not answer." in page.desk.end.accessibleName())
    assert page.work.chosen() == []
    monkeypatch.setattr(reading, "read_unit", real)
    full_program.click(page.desk.end._action)
    full_program.wait(lambda: page.work.chosen() != [])


def test_names_and_keys_are_told_to_who_cannot_see_them(reviewer):
    reviewer.seen()
    desk = reviewer.page.desk
    buttons = (desk.verbs.approve, desk.verbs.soft_reject, desk.verbs.skip, desk.verbs.reject)
    assert [b.accessibleName() for b in buttons] == ["Approve", "Soft reject", "Skip", "Reject…"]
    assert [b.accessibleDescription() for b in buttons] == ["Key A", "Key S", "Key Space", "Key X"]
    for part in (desk.worker, desk.same, desk.worker.answers, desk.same.groups, desk.strip, desk.chips,
                 desk.facts, reviewer.page.progress, reviewer.page.grid.view):  # fmt: skip
        assert part.accessibleName()
    from dataclasses import replace

    settings = reviewer.program.session.settings
    reviewer.program.session.set_settings(replace(settings, keys={"review.approve": "V"}))
    assert desk.verbs.approve.key == "V"
    unit = reviewer.seen()
    reviewer.press("A")
    assert reviewer.seen() == unit
    reviewer.press("V")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "approve"


# ---------------------------------------------------------------------------------------------- cards


def test_after_many_were_undone_the_strip_shows_what_was_decided_before(reviewer):
    program, grid, unit = reviewer.program, reviewer.page.grid, reviewer.seen()
    reviewer.press("A")
    reviewer.press("G")
    program.wait(lambda: grid.isVisible() and len(grid.ids) == 11)
    reviewer.press("Ctrl+A")
    reviewer.press("S")
    assert unit not in dict(reviewer.work.decisions.last_ten())
    reviewer.press("U")
    reviewer.rest()
    assert [one for one, _ in reviewer.work.decisions.last_ten()] == [unit]


def test_cards_are_chosen_and_decided_by_keys(reviewer):
    program, grid = reviewer.program, reviewer.page.grid
    reviewer.press("G")
    program.wait(lambda: grid.isVisible() and len(grid.ids) == 12)
    first = grid.ids[0]
    program.wait(lambda: "yes" in grid.view.model().data(grid.view.model().index(0, 0))
                 or "no" in grid.view.model().data(grid.view.model().index(0, 0)))  # fmt: skip
    reviewer.press("A")
    assert grid.chosen() == [grid.ids[1]]  # the card stays, the keyboard goes on
    reviewer.press("Ctrl+A")
    assert len(grid.chosen()) == 12
    reviewer.press("S")
    reviewer.rest()
    marks = reviewer.marks(grid.ids)
    assert {mark.pending for mark in marks.values()} == {"soft_reject"}
    reviewer.press("U")
    reviewer.rest()
    assert reviewer.marks([first])[first].pending == "approve"
    assert sum(mark.waits for mark in reviewer.marks(grid.ids).values()) == 11
    assert len(grid.chosen()) == 12  # to be decided otherwise together
    reviewer.press("Return")
    assert reviewer.page.desk.isVisible()


# --------------------------------------------------------------------------------- restart, hostile text


def test_a_restart_keeps_the_place_the_order_and_the_last_decisions(qtbot, reviewer):
    program = reviewer.program
    reviewer.page.set_order("worker")
    for key in "AAS":
        reviewer.seen()
        reviewer.press(key)
    shown = reviewer.seen()
    last = [unit for unit, _ in reviewer.work.decisions.last_ten()]
    reviewer.rest()
    program.wait(lambda: KeptValues(program.folder).load("review.run", 0) == 1)
    program.wait(
        lambda: KeptValues(program.folder).load("review.runs", {})["1"]["places"][:1] == [shown]
    )  # before anything is closed
    desk = Desk(QApplication.instance(), program.folder)
    qtbot.addWidget(desk.window)
    desk.start()
    program.wait(lambda: desk.session is not None)
    page = desk.window.show_page("review")
    program.wait(lambda: page.work.ids_known and page.work.chosen() == [shown])
    assert page.review.order == "worker"
    assert [unit for unit, _ in page.work.decisions.last_ten()] == last
    program.wait(lambda: "3 of 12" in page.head.facts.text())
    page.work.undo()
    page.work.decisions.flush()
    program.wait(lambda: reviewer.marks(last)[last[-1]].waits)
    desk.stop()
    desk.window.close()


@pytest.mark.parametrize(
    "kept", [None, 3, [], {"1": 4}, {"1": {"run": "x"}}, {"1": {"run": 1, "text": "", "order": "?", "seed": 1,
             "sample": "no", "done": -4, "total": "x", "places": [None, "x"], "last": {"a": 1}}}]
)  # fmt: skip
def test_damaged_kept_values_do_no_harm(full_program, kept):
    full_program.session.save("review.runs", kept)
    full_program.session.save("review.run", 1)
    reviewer = Reviewer(full_program)
    assert reviewer.work.queue.open_count == 12


HOSTILE = (
    '<img src="x" onerror="alert(1)"> & <b>bold</b>',
    "\u202eelttil a",
    "a\x00b\x1b[31m\u0007\ufffe",
    "x" * 10_000_000,
    "{damaged",
)


@pytest.mark.parametrize("text", HOSTILE, ids=["html", "turned", "controls", "ten megabytes", "damaged"])
def test_hostile_answers_are_shown_as_they_are(full_program, text):
    from sqlalchemy import update

    from crowddesk.domain import storable
    from crowddesk.store import tables as t

    stored = text if text.startswith("{dam") else json.dumps({"answer": storable(text)})
    with full_program.db.write() as w:
        w.conn.execute(update(t.Submission).values(answer=stored, raw=stored))
    reviewer = Reviewer(full_program)
    unit = reviewer.seen()
    reviewer.page.grab()
    assert reviewer.page.desk.same.groups.lines
    assert all(len(line.words) <= 200 for line in reviewer.page.desk.same.groups.lines)
    reviewer.press("G")
    full_program.wait(lambda: len(reviewer.page.grid.ids) == 12)
    reviewer.page.grab()
    reviewer.press("G")
    reviewer.seen()
    reviewer.press("A")
    reviewer.rest()
    assert reviewer.marks([unit])[unit].pending == "approve" or reviewer.work.decisions.last_ten()


def test_deciding_by_itself_after_the_grace_leaves_the_strip_right(reviewer):
    program = reviewer.program
    sending = program.session.settings.sending
    sending.practice_sends_by_itself, sending.grace_seconds = True, 0
    unit = reviewer.seen()
    assert program.session.send_after(True) == timedelta(0)
    reviewer.press("A")
    reviewer.rest()
    program.wait(lambda: reviewer.marks([unit])[unit].status == "accepted")
    program.wait(lambda: reviewer.work.decisions.stand(unit).phase == "left")
    program.wait(lambda: "left" in reviewer.page.desk.strip.buttons()[0].accessibleName())


def test_a_sample_says_what_follows_for_the_rest(big_program):
    program = big_program
    reviewer = Reviewer(program)
    reviewer.page._draw(28, 5)
    reviewer.program.wait(lambda: reviewer.page.review.sample is not None)
    reviewer.settle()
    for _ in range(28):
        reviewer.seen()
        reviewer.press("A")
    end = reviewer.page.desk.end
    program.wait(lambda: "28 of 28 right: error at most" in end.accessibleName())
    assert "1 more for 10 %; then approve the rest." in end.accessibleName()
    program.click(end._action)  # one more is drawn into it
    reviewer.seen()
    program.wait(lambda: "28 of 29 in the sample" in reviewer.page.head.facts.text())
    reviewer.press("A")
    program.wait(lambda: "29 of 29 right" in end.accessibleName())
    assert end._action.text() == "Approve the rest: 271 answers…"
    program.click(end._action)
    program.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert "271" in dialog.verb.text()
    dialog.reject()
