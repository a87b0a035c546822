"""What a worker's page does when something goes away: the page itself, the server, the network, the tab."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visiting import SHORT, TEMPLATE, Visit, Visitor, answers
from tests.taskserver.serving import TurnedClock, serve

NO_CONNECTION = "No connection. Your answers are kept on this device."


def test_a_reload_brings_back_everything_that_was_typed(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=TEMPLATE) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.task.get_by_label("No", exact=True).check()
        ann.task.get_by_label("It is odd").check()
        ann.task.get_by_label("How sure").select_option("much")
        ann.write("نصف جواب 🙂\nsecond line")
        ann.page.reload()
        expect(ann.note).to_have_value("نصف جواب 🙂\nsecond line")
        expect(ann.task.get_by_label("No", exact=True)).to_be_checked()
        expect(ann.task.get_by_label("It is odd")).to_be_checked()
        expect(ann.task.get_by_label("It is clear")).not_to_be_checked()
        expect(ann.task.get_by_label("How sure")).to_have_value("much")
        # The template's own script was told of it.
        expect(ann.task.locator("#counted")).to_have_value("15")
        ann.submit()
        ann.sees("Your answer is stored. Thank you.")
        expect(ann.note).to_have_value("")
        assert not ann.remembers("second line")


def test_what_one_person_typed_is_not_shown_to_the_next_at_the_same_computer(
    visit: Visit, tmp_path: Path
) -> None:
    with serve(tmp_path, items=1, units_per_assignment=2, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("only mine")
        ann.press("Not you? Sign out")
        ann.sign_in("Boris")
        expect(ann.note).to_have_value("")
        ann.press("Not you? Sign out")
        ann.sign_in("Zoë")
        expect(ann.note).to_have_value("only mine")


def test_drafts_of_more_than_thirty_days_are_dropped(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("young")
        ann.page.evaluate(
            """() => {
              const day = 86400000, old = {at: Date.now() - 31 * day, values: 'old'};
              localStorage.setItem('crowddesk /r/another/ draft Zoë item-7', JSON.stringify(old));
              localStorage.setItem('crowddesk /r/another/ draft Zoë item-8', 'no JSON of ours');
              localStorage.setItem('something else', 'of somebody else');
            }"""
        )
        ann.page.reload()
        expect(ann.note).to_have_value("young")
        assert not ann.remembers("item-7")
        assert ann.remembers("something else")


def test_a_browser_that_keeps_nothing_still_works(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit("about:blank")
        ann.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
        )
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        ann.note.fill("all the same")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "all the same"}]


def test_the_server_goes_and_comes_back_and_nothing_is_lost(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("before")
        serving.stop()
        ann.sees(NO_CONNECTION)
        ann.note.fill("before and after")
        serving.start()
        serving.open()
        expect(ann.page.get_by_text(NO_CONNECTION)).to_be_hidden(timeout=20_000)
        expect(ann.note).to_have_value("before and after")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "before and after"}]


def test_an_answer_sent_into_the_void_arrives_once_when_the_server_is_back(
    visit: Visit, tmp_path: Path
) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.note.fill("patient")
        serving.stop()
        ann.submit()
        ann.sees_heading("Your answer is not sent yet")
        serving.start()
        serving.open()
        expect(ann.page.get_by_role("heading", name="That was all")).to_be_visible(timeout=20_000)
        assert answers(serving.db) == [{"note": "patient"}]


def test_an_answer_whose_receipt_was_lost_is_stored_once_over_a_closed_page(
    visit: Visit, tmp_path: Path
) -> None:
    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.page.route("**/api/submit", swallow)
        ann.note.fill("once")
        ann.submit()
        ann.sees_heading("Your answer is not sent yet")
        assert answers(serving.db) == [{"note": "once"}]
        later = Visitor(ann.context.new_page(), serving.url)
        ann.page.close()
        later.open().sees_the_end()
        assert answers(serving.db) == [{"note": "once"}]
        assert not later.remembers("unsent")


def test_an_answer_that_is_refused_leaves_the_form_usable(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        sentence = "That is too much at once."
        ann.page.route("**/api/submit", lambda r: r.fulfill(status=413, json={"error": sentence}), times=1)
        ann.note.fill("long")
        ann.submit()
        ann.sees(sentence)
        expect(ann.note).to_have_value("long")
        ann.note.fill("short")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "short"}]


def test_a_closed_lid_comes_back_to_the_same_unit_and_its_words(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT, clock=TurnedClock()) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("half")
        ann.context.set_offline(True)
        serving.pass_seconds(130)
        assert serving.agent_status("1") == "disconnect"
        ann.sees(NO_CONNECTION)
        ann.context.set_offline(False)
        ann.sees("You were away, so this unit had gone back. You have it again, with what you typed.")
        expect(ann.note).to_have_value("half")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "half"}]


def test_a_closed_lid_whose_unit_went_to_somebody_else_says_so(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT, clock=TurnedClock()) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("half")
        ann.context.set_offline(True)
        serving.pass_seconds(130)
        boris = visit(serving.url).sign_in("Boris")
        expect(boris.note).to_have_value("")
        ann.context.set_offline(False)
        ann.sees_heading("Nothing free just now")
        ann.sees("You were away, so the unit went back. What you typed for it is kept on this device.")
        assert ann.remembers("half")


@pytest.mark.parametrize("is_taken", [False, True])
def test_a_lid_that_was_closed_beyond_the_time_says_that_it_is_up(
    visit: Visit, tmp_path: Path, is_taken: bool
) -> None:
    def shorten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"seconds_left": 3})

    with serve(tmp_path, items=1, template=SHORT, clock=TurnedClock()) as serving:
        ann = visit("about:blank")
        now = time.time()
        ann.page.clock.set_fixed_time(now)
        ann.page.route("**/api/next", shorten)
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        ann.write("half")
        ann.page.unroute("**/api/next")
        ann.context.set_offline(True)
        serving.pass_seconds(130)
        assert serving.agent_status("1") == "disconnect"
        if is_taken:
            expect(visit(serving.url).sign_in("Boris").note).to_be_visible()
        ann.page.clock.set_fixed_time(now + 4)
        expect(ann.page.locator("#time")).to_have_text("Time is up")
        ann.context.set_offline(False)
        if is_taken:
            ann.sees_heading("Nothing free just now")
            ann.sees("Time is up, so the unit went back. What you typed for it is kept on this device.")
        else:
            ann.sees("Time is up, so this unit had gone back. You have it again, with what you typed.")
            expect(ann.note).to_have_value("half")


def test_of_two_tabs_the_last_opened_has_the_task(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        first = visit(serving.url).sign_in("Zoë")
        first.write("in the first")
        second = Visitor(first.context.new_page(), serving.url).open()
        expect(second.note).to_have_value("in the first")
        first.sees_heading("Open in another tab")
        expect(first.note).to_be_hidden()
        second.write("in the second")
        first.press("Use this tab")
        expect(first.note).to_have_value("in the second")
        second.sees_heading("Open in another tab")
        first.submit()
        first.sees_the_end()
        assert answers(serving.db) == [{"note": "in the second"}]


def test_signing_out_in_one_tab_signs_out_in_the_other(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        first = visit(serving.url).sign_in("Zoë")
        second = Visitor(first.context.new_page(), serving.url).open()
        expect(second.note).to_be_visible()
        second.press("Not you? Sign out")
        expect(first.page.get_by_label("Your name")).to_be_visible()
        assert serving.agent_status("1") == "in task"


def test_a_session_of_another_secret_asks_who_it_is(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.page.evaluate(
            """() => {
              const key = Object.keys(localStorage).find(key => key.endsWith(' session'));
              localStorage.setItem(key, JSON.stringify({session: 'forged', worker: 'Boris'}));
            }"""
        )
        ann.page.reload()
        expect(ann.page.get_by_label("Your name")).to_be_visible()
        ann.sees("Sign in again.")
