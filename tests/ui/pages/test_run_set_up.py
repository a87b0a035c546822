"""A run that its vendor has not taken: what it waits for, why it was refused, and the two ways on."""

from __future__ import annotations

import pytest

from crowddesk.domain import ActionKind, Found, Outcome, VendorError
from crowddesk.providers.mock import MockProvider
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.launcher import read_sections

LATER = Outcome.later("The tasks are being prepared.", 0.05)


@pytest.fixture
def set_up(monkeypatch):
    """What the practice vendor answers to a set-up (None: it does it); an error is raised."""
    perform = MockProvider.perform
    answers = {"now": LATER}

    def do(self, actions):
        answer = answers["now"]
        if answer is None or actions[0].kind != ActionKind.SET_UP:
            return perform(self, actions)
        if isinstance(answer, Exception):
            raise answer
        return [answer for _ in actions]

    monkeypatch.setattr(MockProvider, "perform", do)
    return answers


@pytest.fixture
def page(program, sample, set_up):
    sections = read_sections(sample / "run.yaml")[1]
    sections["provider"]["speed"] = "1"
    return program.run_page(program.launch(sample, sections=sections))


def says(page, words: str) -> bool:
    return page.banner.isVisible() and page.banner.accessibleName() == words


def test_it_says_what_it_waits_for_until_it_is_set_up(program, page, set_up):
    words = "This run is not set up yet. The tasks are being prepared."
    program.wait(lambda: says(page, words))
    assert page.banner._action.isHidden()
    set_up["now"] = None
    program.wait(lambda: page.run.state == "live" and not page.banner.isVisible())


def test_it_says_what_its_account_lacks(program, page, set_up):
    set_up["now"] = Locked("The token of practice is locked.")
    program.wait(lambda: says(page, "This run is not set up yet. The token of practice is locked."))


class Locked(VendorError):
    lane_state = "locked"


def test_a_refusal_says_why_and_can_be_tried_again(program, page, set_up):
    set_up["now"] = Outcome.refused("The title is too long.")
    words = "The vendor did not take this run: The title is too long."
    program.wait(lambda: says(page, words))
    program.click(page.banner._action)
    program.wait(lambda: says(page, words))  # refused again, it is said again
    set_up["now"] = None
    program.click(page.banner._action)
    program.wait(lambda: page.run.state == "live")


def test_a_refused_run_is_changed_and_launched_anew_in_its_place(program, page, set_up):
    set_up["now"] = Outcome.refused("The title is too long.")
    program.wait(lambda: page.banner.isVisible() and not page.banner._other.isHidden())
    assert page.banner._other.text() == "Change and launch anew…"
    old = page.run
    program.click(page.banner._other)
    dialog = program.dialog(LaunchDialog)
    program.wait(dialog.verb.isEnabled)
    assert dialog.asked.editor("title").text() == old.title
    program.type(dialog.asked.editor("title"), "Short")
    set_up["now"] = None
    program.wait(lambda: not dialog._pause.isActive() and dialog.verb.isEnabled())
    program.click(dialog.verb)
    program.wait(lambda: page.run_id != old.id and page.run is not None and page.run.state == "live")
    assert page.run.title == "Short"
    assert sum(page.run.units.values()) == sum(old.units.values())
    program.wait(lambda: program.run(old.id).state == "closed")


def test_leaving_the_dialog_leaves_the_draft(program, page, set_up):
    set_up["now"] = Outcome.refused("The title is too long.")
    program.wait(lambda: page.banner.isVisible() and not page.banner._other.isHidden())
    program.click(page.banner._other)
    program.dialog(LaunchDialog).reject()
    assert program.run().state == "draft"
    page.run_verbs._close_draft(1, 2)  # as when the other is there
    program.wait(lambda: program.run().state == "closed")
    page.run_verbs._close_draft(1, 2)
    program.wait(lambda: page.run.state == "closed")


def test_a_set_up_in_doubt_is_decided_where_payments_are(program, page, set_up, monkeypatch):
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 0.05)
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: [Found.CANNOT_TELL for _ in actions])
    set_up["now"] = Outcome.unknown("The line broke.")
    program.wait(lambda: page.banner.accessibleName().startswith("Nobody knows whether the vendor took"))
    assert page.banner._other.isHidden()
    program.click(page.banner._action)
    program.wait(lambda: program.window.current_page == "payments")
    payments = program.window.show_page("payments")
    program.wait(lambda: payments.model.rowCount() == 1)
