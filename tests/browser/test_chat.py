"""Conversations in a browser, over a real server: two talk, one leaves, the other sends what they have."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from crowddesk import paths
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.operations import launch
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.providers.inhouse.entities import InhouseRequester
from crowddesk.testing.workspace import make_workspace, register
from tests.browser.visiting import Visit, Visitor, answers
from tests.taskserver.serving import Serving, serve_runs

RUN = """
task: {name: talk, title: Talk about a thing, description: Talk., reward: 0.10, currency: USD}
blueprint: {_blueprint_type: chat, data: items.csv, item_key: id, intro: "Talk about {{thing}}.",
            least_messages: 1}
provider: {_provider_type: inhouse, requester_name: lab}
"""


@contextmanager
def served(folder: Path, file: Path, *changes: str) -> Iterator[Serving]:
    """A launched run of a run file, served until the block ends."""
    db = make_workspace(folder / "workspace")
    try:
        config = load_run(file, changes)
        account = InhouseRequester.new(db, config.provider.requester_name)
        register(account, {"currency": config.task.currency})
        run_id = str(launch.create_run(db, config))
        lane, pause, end = LaneWork(db, int(account.db_id)), threading.Event(), time.monotonic() + 30
        while TaskRun.get(db, run_id).state != "live":
            assert time.monotonic() < end
            pause.wait(min(lane.step().wait, 0.01))
        lane.stop()
        with serve_runs(db, TaskRun.get(db, run_id)) as serving:
            yield serving
    finally:
        db.close()


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Serving]:
    """A conversation of two about each of two things, without questions."""
    (tmp_path / "items.csv").write_text("id,thing\n1,a <i>bike</i>\n2,a lamp\n", encoding="utf-8")
    (tmp_path / "run.yaml").write_text(RUN, encoding="utf-8")
    with served(tmp_path, tmp_path / "run.yaml") as serving:
        yield serving


class Talker:
    """A person in a conversation, in words of its page."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    @property
    def task(self) -> FrameLocator:
        return self.visitor.task

    @property
    def box(self) -> Locator:
        return self.task.get_by_label("Your message")

    @property
    def log(self) -> Locator:
        return self.task.get_by_role("log")

    def take_box(self) -> None:
        expect(self.box).to_be_enabled()
        self.visitor.click_into(self.box)

    def say(self, text: str) -> None:
        self.take_box()
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.box).to_have_value("")

    def hears(self, *lines: str) -> None:
        """What is said, in its order, each as `who: words`."""
        said = self.log.locator(".chat-line:not(.unsent)")
        expect(said).to_have_count(len(lines))
        for place, line in enumerate(lines):
            who, _, words = line.partition(": ")
            expect(said.nth(place).locator("bdi")).to_have_text(who)
            expect(said.nth(place).locator(".chat-words")).to_have_text(words)

    def finish(self) -> None:
        self.task.get_by_role("button", name="Finish").click()


def meet(visit: Visit, serving: Serving, *names: str, **options: Any) -> list[Talker]:
    return [Talker(visit(serving.url, **options).sign_in(name)) for name in names]


def statuses(db: CrowdDatabase) -> dict[str, str]:
    agents = db.find_agents(assignment_id="1")
    return {agent.get_worker().worker_name: agent.db_status for agent in agents}


def wait_for(db: CrowdDatabase, **wanted: str) -> None:
    """The statuses of everybody's stay on the first item."""
    pause, end = threading.Event(), time.monotonic() + 20
    while (found := statuses(db)) != wanted:
        assert time.monotonic() < end, found
        pause.wait(0.02)


def test_two_talk_and_finish(visit: Visit, talk: Serving) -> None:
    (ann,) = meet(visit, talk, "Ann")
    ann.visitor.sees_heading("Waiting for your partner")
    wait_for(talk.db, Ann="waiting")
    (bob,) = meet(visit, talk, "Bob")
    expect(ann.task.get_by_text("Talk about a <i>bike</i>.")).to_be_visible()
    wait_for(talk.db, Ann="in task", Bob="in task")
    ann.say("Hello <script>alert(1)</script>")
    bob.say("مرحبا 👋")
    ann.hears("You: Hello <script>alert(1)</script>", "Your partner: مرحبا 👋")
    bob.hears("Your partner: Hello <script>alert(1)</script>", "You: مرحبا 👋")
    expect(bob.task.get_by_role("list", name="Who is here").get_by_role("listitem")).to_have_text(
        [re.compile("Your partner"), re.compile("You")]
    )
    ann.finish()
    wait_for(talk.db, Ann="completed", Bob="in task")
    expect(bob.task.get_by_text("Your partner has finished.")).to_be_visible()
    bob.finish()
    wait_for(talk.db, Ann="completed", Bob="completed")
    said = [(1, "Hello <script>alert(1)</script>"), (2, "مرحبا 👋")]
    found = answers(talk.db)
    assert [[(m["from"], m["text"]) for m in answer["messages"]] for answer in found] == [said, said]
    # They go on together with the second item.
    for person in (ann, bob):
        expect(person.task.get_by_text("Talk about a lamp.")).to_be_visible()
        person.hears()


def test_a_reload_brings_the_conversation_back_and_what_was_half_written(visit: Visit, talk: Serving) -> None:
    ann, bob = meet(visit, talk, "Ann", "Bob")
    ann.say("One")
    bob.say("Two")
    ann.hears("You: One", "Your partner: Two")
    ann.box.fill("half wri")
    ann.visitor.wait_for_draft("half wri")
    ann.visitor.page.reload()
    ann.hears("You: One", "Your partner: Two")
    expect(ann.box).to_have_value("half wri")
    ann.say("Three")
    bob.hears("Your partner: One", "You: Two", "Your partner: Three")
    ann.hears("You: One", "Your partner: Two", "You: Three")


def test_a_restart_of_the_program_ends_no_conversation(visit: Visit, talk: Serving) -> None:
    ann, bob = meet(visit, talk, "Ann", "Bob")
    ann.say("Before")
    bob.hears("Your partner: Before")
    talk.stop()
    ann.say("Meanwhile")
    expect(ann.log.locator(".unsent")).to_have_count(1)
    talk.start()
    talk.open()
    bob.hears("Your partner: Before", "Your partner: Meanwhile")
    ann.hears("You: Before", "You: Meanwhile")
    bob.say("After")
    ann.hears("You: Before", "You: Meanwhile", "Your partner: After")
    wait_for(talk.db, Ann="in task", Bob="in task")


def test_shift_enter_begins_a_line_and_typing_shows(visit: Visit, talk: Serving) -> None:
    ann, bob = meet(visit, talk, "Ann", "Bob")
    ann.take_box()
    ann.box.press_sequentially("One")
    expect(bob.task.get_by_text("Your partner … writing")).to_be_visible()
    ann.box.press("Shift+Enter")
    ann.box.press_sequentially("Two")
    ann.box.press("Enter")
    expect(bob.log.locator(".chat-words")).to_have_text("One\nTwo", use_inner_text=True)
    expect(bob.task.get_by_text("writing")).to_be_hidden()


def test_who_may_not_finish_yet_is_told_why(visit: Visit, talk: Serving) -> None:
    ann, _ = meet(visit, talk, "Ann", "Bob")
    expect(ann.box).to_be_enabled()
    ann.finish()
    expect(ann.task.get_by_text("Send 1 more message, then you can finish.")).to_be_visible()
    expect(ann.box).to_be_focused()
    assert answers(talk.db) == []
    ann.say("Hello")
    ann.hears("You: Hello")
    expect(ann.task.get_by_text("then you can finish")).to_be_hidden()
    ann.finish()
    wait_for(talk.db, Ann="completed", Bob="in task")
    ann.visitor.sees_heading("Waiting for your partner")
    ann.visitor.sees("Your answer is stored. Thank you. You work on this together with somebody.")


def test_a_partner_who_leaves_frees_the_other(visit: Visit, talk: Serving) -> None:
    ann, bob = meet(visit, talk, "Ann", "Bob")
    bob.say("I have to go")
    ann.hears("Your partner: I have to go")
    bob.visitor.press("Return")
    bob.visitor.page.get_by_role("dialog").get_by_role("button", name="Return").click()
    ann.visitor.sees("Your partner has left. You can still send what you have.")
    expect(ann.task.get_by_text("Your partner has left.")).to_be_visible()
    expect(ann.box).to_be_disabled()
    wait_for(talk.db, Ann="partner disconnect", Bob="returned")
    ann.finish()
    wait_for(talk.db, Ann="completed", Bob="returned")
    ann.visitor.sees_heading("Waiting for your partner")
    assert [m["text"] for m in answers(talk.db)[0]["messages"]] == ["I have to go"]
    units = {unit.unit_index: unit.db_status for unit in talk.db.find_units() if unit.assignment_id == "1"}
    assert units == {0: "completed", 1: "expired"}


def test_of_three_the_others_see_at_once_who_left_and_who_finished(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("id,thing\n1,a bike\n", encoding="utf-8")
    run = RUN.replace("least_messages: 1", "least_messages: 0, units_per_assignment: 3")
    (tmp_path / "run.yaml").write_text(run, encoding="utf-8")
    with served(tmp_path, tmp_path / "run.yaml") as serving:
        ann, bob, eve = meet(visit, serving, "Ann", "Bob", "Eve")
        for person in (ann, bob, eve):
            expect(person.box).to_be_enabled()
        bob.visitor.press("Return")
        bob.visitor.page.get_by_role("dialog").get_by_role("button", name="Return").click()
        for person in (ann, eve):
            expect(person.task.get_by_text("Person 2 has left.")).to_be_visible()
            expect(person.box).to_be_enabled()
        ann.finish()
        expect(eve.task.get_by_text("Person 1 has finished.")).to_be_visible()
        expect(eve.box).to_be_disabled()
        expect(eve.task.get_by_text("Nobody else is here any more.")).to_be_visible()
        eve.finish()
        wait_for(serving.db, Ann="completed", Bob="returned", Eve="completed")
        eve.visitor.sees_the_end()


def test_the_sample_task_with_roles_and_questions(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "bargain"
    shutil.copytree(paths.resources_dir() / "tasks" / "bargain", folder)
    with served(tmp_path, folder / "run.yaml") as serving:
        ann, bob = meet(visit, serving, "Ann", "Bob")
        expect(ann.task.get_by_text("You are: Buyer")).to_be_visible()
        expect(ann.task.get_by_text("at most 60 euros")).to_be_visible()
        expect(bob.task.get_by_text("You are: Seller")).to_be_visible()
        expect(bob.task.get_by_text("less than 35 euros")).to_be_visible()
        assert "60 euros" not in bob.task.locator("html").inner_html()
        for text in ("Nice radio.", "Forty?", "Done."):
            ann.say(text)
        ann.hears("You: Nice radio.", "You: Forty?", "You: Done.")
        bob.hears("Buyer: Nice radio.", "Buyer: Forty?", "Buyer: Done.")
        ann.finish()
        expect(ann.task.get_by_text("Choose one.").first).to_be_visible()
        ann.task.get_by_label("Yes").check()
        ann.task.get_by_label("Which price, in euros?").fill("40")
        ann.finish()
        wait_for(serving.db, Ann="completed", Bob="in task")
        (answer,) = answers(serving.db)
        assert (answer["agreed"], answer["price"], len(answer["messages"])) == ("yes", 40, 3)


def test_it_fits_a_phone(visit: Visit, talk: Serving) -> None:
    ann, bob = meet(visit, talk, "Ann", "Bob", viewport={"width": 360, "height": 640})
    ann.say("A" * 300 + " and then something of an ordinary length.")
    bob.hears("Your partner: " + "A" * 300 + " and then something of an ordinary length.")
    root = bob.task.locator("html")
    assert root.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    for button in bob.task.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
