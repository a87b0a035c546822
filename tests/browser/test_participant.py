"""People whom Prolific sends, in a browser: they come by its link, work, and land on its completion page."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from crowddesk.data_model.agent import Agent
from crowddesk.store import records
from tests.browser.visiting import SHORT, Visit, Visitor, answers
from tests.taskserver.marketplace import (
    DONE,
    HOME,
    NO_MORE,
    TURNED_AWAY,
    Marketplace,
    link,
    serve_marketplace,
)
from tests.taskserver.serving import Serving, TurnedClock

BACK = "Back to Prolific"
ONBOARDING = """<p>Which sentence is right?</p>
<label><input type="radio" name="check" value="a"> The first</label>
<label><input type="radio" name="check" value="b"> The second</label>
<button type="submit">Submit</button>"""


class Prolific:
    """Stands for Prolific's pages in a browser: what was asked of them."""

    def __init__(self, visitor: Visitor) -> None:
        self.asked: list[Request] = []
        self.page = visitor.page

        def answer(route: object, request: Request) -> None:
            self.asked.append(request)
            body = "<!doctype html><title>Prolific</title><h1>Submission received</h1>"
            route.fulfill(content_type="text/html", body=body)  # type: ignore[attr-defined]

        visitor.context.route(f"{HOME}/**", answer)

    def received(self, url: str = DONE["url"]) -> None:
        """The person has landed there, and nothing of where they were went along."""
        self.page.wait_for_url(url)
        expect(self.page.get_by_role("heading", name="Submission received")).to_be_visible()
        assert "referer" not in self.asked[-1].headers


def hold(visitor: Visitor) -> None:
    """Stops the clock of the pages that are opened from now on; nothing happens by itself before `wait`."""
    visitor.page.clock.install()
    visitor.page.clock.pause_at(time.time() + 1)


def wait(visitor: Visitor, seconds: float) -> None:
    """Lets so much time pass in a page whose clock was stopped."""
    visitor.page.clock.run_for(round(1000 * seconds))


def submit(visitor: Visitor) -> None:
    """Sends the answer of a page whose clock was stopped."""
    visitor.submit()
    wait(visitor, 0.1)
    visitor.sees_heading("Thank you")
    wait(visitor, 0.1)


def way_back(page: Page, label: str = BACK) -> None:
    expect(page.get_by_role("link", name=label)).to_be_visible()


def test_they_come_by_their_link_answer_and_land_on_the_completion_page(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        prolific = Prolific(ann)
        hold(ann)
        ann.url = link(serving.url)
        ann.open()
        expect(ann.note).to_be_visible()
        ann.sees("Signed in as 5f0a.")
        expect(ann.page).to_have_url(serving.url)  # nobody else needs to see who they are
        ann.note.fill("an answer")
        submit(ann)
        ann.sees("Your answer is stored.")
        ann.sees(f"{BACK} in 5 seconds.")
        expect(ann.page.locator("#spoken")).to_have_text(f"Your answer is stored. {BACK} in 5 seconds.")
        assert answers(serving.db) == [{"note": "an answer"}]  # before anybody goes anywhere
        assert prolific.asked == []
        wait(ann, 5)
        prolific.received()
        # The Back button shows where they were, and takes them nowhere by itself.
        ann.page.go_back()
        way_back(ann.page)
        expect(ann.page.get_by_text("in 5 seconds")).to_be_hidden()
        wait(ann, 6)
        assert len(prolific.asked) == 1
        ann.page.get_by_role("link", name=BACK).click()
        prolific.received()
        assert len(prolific.asked) == 2


def test_who_does_not_want_to_wait_clicks_and_who_wants_to_stay_stays(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        hasty, slow = visit("about:blank"), visit("about:blank")
        at_hasty, at_slow = Prolific(hasty), Prolific(slow)
        for one, name in ((hasty, "hasty"), (slow, "slow")):
            hold(one)
            one.url = link(serving.url, name)
            one.open()
            expect(one.note).to_be_visible()
            submit(one)
        slow.press("Stay here")
        hasty.page.keyboard.press("Tab")
        expect(hasty.page.get_by_role("link", name=BACK)).to_be_focused()
        hasty.page.keyboard.press("Enter")
        at_hasty.received()
        expect(slow.page.get_by_role("link", name=BACK)).to_be_focused()
        expect(slow.page.get_by_text("in 5 seconds")).to_have_count(0)
        wait(slow, 6)  # what would have taken them away is over
        assert at_slow.asked == []
        slow.sees("Thank you")


def test_reloads_before_and_after_lose_nothing(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url))
        prolific = Prolific(ann)
        ann.write("half an answer")
        ann.page.reload()
        expect(ann.note).to_have_value("half an answer")
        ann.submit()
        ann.sees_heading("Thank you")
        for _ in range(2):
            ann.page.reload()
            ann.sees_heading("That was all")
            ann.sees(NO_MORE)
            way_back(ann.page)
        assert prolific.asked == []  # they stay until they want to go
        ann.page.goto(link(serving.url))  # by Prolific's link once more
        ann.sees_heading("That was all")
        ann.page.get_by_role("link", name=BACK).click()
        prolific.received()


def test_an_answer_that_could_not_be_sent_takes_nobody_away(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url))
        prolific = Prolific(ann)
        expect(ann.note).to_be_visible()
        ann.note.fill("in a tunnel")
        ann.context.set_offline(True)
        ann.submit()
        ann.sees_heading("Your answer is not sent yet")
        expect(ann.page.get_by_role("link", name=BACK)).to_be_hidden()
        ann.context.set_offline(False)
        ann.sees_heading("Thank you")
        assert answers(serving.db) == [{"note": "in a tunnel"}]
        prolific.received()


def test_a_receipt_that_was_lost_is_asked_for_again(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url))
        expect(ann.note).to_be_visible()
        lost: list[str] = []

        def lose_one(route: object, request: Request) -> None:
            if lost:
                route.continue_()  # type: ignore[attr-defined]
                return
            lost.append(request.url)
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]

        ann.page.route("**/api/submit", lose_one)
        prolific = Prolific(ann)
        ann.note.fill("once")
        ann.submit()
        ann.sees_heading("Thank you")
        assert answers(serving.db) == [{"note": "once"}]
        prolific.received()


def test_a_second_tab_goes_on_and_the_first_says_so(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url))
        expect(ann.note).to_be_visible()
        other = Visitor(ann.context.new_page(), link(serving.url)).open()
        expect(other.note).to_be_visible()
        ann.sees_heading("Open in another tab")
        assert len(serving.db.find_agents()) == 1
        other.submit()
        other.sees_heading("Thank you")
        other.press("Stay here")
        ann.press("Use this tab")
        ann.sees_heading("That was all")
        way_back(ann.page)


def test_who_was_cut_off_gets_the_same_unit_again(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, items=2, template=SHORT, clock=TurnedClock()) as serving:
        ann = visit(link(serving.url))
        ann.write("begun")
        (first,) = serving.db.find_agents()
        ann.page.goto("about:blank")
        serving.pass_seconds(70)
        assert serving.agent_status(first.db_id) == "disconnect"
        ann.page.goto(link(serving.url))
        expect(ann.note).to_have_value("begun")
        agents: list[Agent] = serving.db.find_agents()
        assert [agent.unit_id for agent in agents] == [first.unit_id] * 2
        ann.submit()
        ann.sees_heading("Thank you")


def test_the_next_session_of_a_person_goes_on_where_they_were(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url, session="s-1"))
        ann.write("from the first")
        ann.page.goto(link(serving.url, session="s-2"))
        expect(ann.note).to_have_value("from the first")
        (worker,) = serving.db.find_workers()
        kept = Marketplace(serving.db).datastore.get(f"came/{serving.run.db_id}/{worker.db_id}")
        assert kept == "s-2"


def test_two_people_at_one_computer_are_two_people(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url, "ann1"))
        ann.write("of ann")
        bob = Visitor(ann.context.new_page(), link(serving.url, "bob1", "s-2")).open()
        bob.sees("Signed in as bob1.")
        expect(bob.note).to_have_value("")
        ann.sees_heading("Somebody else has signed in")
        ann.sees("bob1 has signed in here in another tab or window.")
        bob.write("of bob")
        ann.press("Use this tab")
        ann.sees("Signed in as bob1.")
        expect(ann.note).to_have_value("of bob")
        bob.sees_heading("Open in another tab")
        ann.page.goto(link(serving.url, "ann1"))
        expect(ann.note).to_have_value("of ann")
        assert len(serving.db.find_agents()) == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?STUDY_ID=st-1&SESSION_ID=s-1",
        "?PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}",
        "?PROLIFIC_PID=5f0a",
    ],
)
def test_a_link_that_says_nobody_is_told_plainly(visit: Visit, tmp_path: Path, query: str) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url + query)
        ann.sees_heading("You are not signed in")
        ann.sees("This link does not say who you are.")
        ann.sees("Open the study from Prolific again")
        expect(ann.page.get_by_role("textbox")).to_be_hidden()
        assert serving.db.find_workers() == []


def test_the_three_stay_where_a_reload_needs_them(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        ann.context.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }"
        )
        ann.page.goto(link(serving.url) + "&extra=1")
        expect(ann.note).to_be_visible()
        assert parse_qs(urlsplit(ann.page.url).query)["SESSION_ID"] == ["s-1"]
        ann.page.reload()
        expect(ann.note).to_be_visible()
        assert len(serving.db.find_agents()) == 1


def test_only_the_three_leave_the_address_bar(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url) + "&extra=1")
        expect(ann.note).to_be_visible()
        expect(ann.page).to_have_url(f"{serving.url}?extra=1")
        ann.press("Not you? Sign out")
        ann.sees("You are signed out. Open the study from Prolific again")


def block(serving: Serving, name: str) -> None:
    with serving.db.write() as w:
        (worker,) = serving.db.find_workers(worker_name=name)
        records.block(w, worker.db_id, serving.run.requester_id, "no")


def test_who_cannot_work_on_it_hears_why_and_what_to_do(visit: Visit, tmp_path: Path) -> None:
    with serve_marketplace(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(link(serving.url, "ann1"))
        expect(ann.note).to_be_visible()
        bob = visit(link(serving.url, "bob1"))
        bob.sees_heading("Nothing free just now")
        bob.sees("Return your place on Prolific, so that somebody else can have it.")
        block(serving, "bob1")
        bob.page.reload()
        bob.sees_heading("You cannot work on this")
        way_back(bob.page, TURNED_AWAY["label"])
        bob.page.goto(link(serving.url, "bob1"))  # not even let in
        bob.sees_heading("You are not signed in")
        bob.sees("You were blocked by lab")


def test_who_fails_the_introduction_gets_the_way_to_return_the_place(visit: Visit, tmp_path: Path) -> None:
    intro = tmp_path / "intro.html"
    intro.write_text(ONBOARDING, encoding="utf-8")
    args = {"qualification": "introduced", "page": str(intro), "answers": {"check": "b"}}
    with serve_marketplace(tmp_path, template=SHORT, task={"onboarding": args}) as serving:
        ann = visit(link(serving.url))
        prolific = Prolific(ann)
        ann.task.get_by_label("The first").check()
        ann.submit()
        ann.sees_heading("You did not pass")
        way_back(ann.page, TURNED_AWAY["label"])
        ann.page.reload()
        ann.sees_heading("You cannot work on this")
        ann.page.get_by_role("link", name=TURNED_AWAY["label"]).click()
        prolific.received(TURNED_AWAY["url"])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "/submissions/complete"])
def test_a_way_back_that_is_no_address_is_none(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr(Marketplace, "farewell", lambda self, agent: {"url": url, "label": BACK})
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit(link(serving.url))
        expect(ann.note).to_be_visible()
        ann.submit()
        ann.sees_heading("That was all")
        expect(ann.page.get_by_role("link")).to_have_count(0)


def test_a_way_back_to_another_page_is_a_link_and_no_more(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = f"{HOME}/somewhere/else"
    monkeypatch.setattr(Marketplace, "farewell", lambda self, agent: {"url": elsewhere, "label": BACK})
    with serve_marketplace(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        prolific = Prolific(ann)
        hold(ann)
        ann.url = link(serving.url)
        ann.open()
        expect(ann.note).to_be_visible()
        submit(ann)
        wait(ann, 6)
        assert prolific.asked == []
        ann.page.get_by_role("link", name=BACK).click()
        prolific.received(elsewhere)
