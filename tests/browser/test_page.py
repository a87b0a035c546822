"""The worker's page in a real browser, over a real server: coming in, working, giving back, being told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from crowddesk.settings import TaskServing
from tests.browser.visiting import SHORT, TEMPLATE, Visit, answers, work
from tests.taskserver.serving import TurnedClock, serve

ONBOARDING = """<p>Which sentence is right?</p>
<label><input type="radio" name="check" value="a"> The first</label>
<label><input type="radio" name="check" value="b"> The second</label>
<button type="submit">Submit</button>"""

PEOPLE = "name,code\nZoë,ABCD-EFGH-2345\nBoris,ZZZZ-YYYY-2222\n"


def people(folder: Path) -> str:
    path = folder / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return str(path)


# ------------------------------------------------------------------------------------------------ coming in


def test_a_name_signs_in_and_a_reload_goes_straight_on(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url)
        expect(ann.page.get_by_label("Your name")).to_be_focused()
        ann.sees("One question.")
        ann.sign_in("Zoë")
        expect(ann.page.get_by_role("heading", level=1)).to_have_text(serving.run.title)
        expect(ann.page.locator("#facts")).to_contain_text("lab")
        expect(ann.page.locator("#facts")).to_contain_text("USD 0.10")
        expect(ann.page.get_by_text("SANDBOX")).to_be_hidden()
        expect(ann.note).to_be_visible()
        ann.page.reload()
        expect(ann.note).to_be_visible()
        ann.sees("Signed in as Zoë.")
        ann.press("Not you? Sign out")
        ann.page.reload()
        expect(ann.page.get_by_label("Your name")).to_be_visible()
        expect(ann.page.get_by_text("Signed in as")).to_be_hidden()


def test_a_wrong_code_is_told_and_the_right_one_lets_in(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT, provider={"people": people(tmp_path), "sign_in": "code"}) as serving:
        ann = visit(serving.url)
        code = ann.page.get_by_label("Your code")
        code.fill("nobodys-code")
        ann.press("Begin")
        expect(ann.page.get_by_role("alert")).not_to_be_empty()
        expect(code).to_have_attribute("aria-invalid", "true")
        expect(code).to_have_accessible_description(ann.page.get_by_role("alert").inner_text())
        expect(code).to_be_focused()
        code.fill("abcd efgh 2345")
        ann.press("Begin")
        ann.sees("Signed in as Zoë.")
        expect(ann.note).to_be_visible()


def test_a_personal_link_signs_in_and_leaves_the_address_bar(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT, provider={"people": people(tmp_path), "sign_in": "code"}) as serving:
        ann = visit(serving.url + "#code=ABCD-EFGH-2345")
        ann.sees("Signed in as Zoë.")
        expect(ann.page).to_have_url(serving.url)
        ann.page.reload()
        ann.sees("Signed in as Zoë.")
        # The link of another person, in the same browser, is that person.
        ann.page.goto("about:blank")
        ann.page.goto(serving.url + "#code=ZZZZ-YYYY-2222")
        ann.sees("Signed in as Boris.")


def test_a_personal_link_that_is_no_more_asks_who_it_is(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT, provider={"people": people(tmp_path), "sign_in": "code"}) as serving:
        ann = visit(serving.url + "#code=no-such-code")
        expect(ann.page.get_by_role("alert")).not_to_be_empty()
        expect(ann.page.get_by_label("Your code")).to_be_visible()


@pytest.mark.parametrize(
    "wrapper", ["", "throw new Error('mine')", "function getRegistration() { nothing.here }"]
)
def test_a_wrapper_that_lacks_functions_or_throws_stops_nobody(
    visit: Visit, tmp_path: Path, wrapper: str
) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit("about:blank")
        ann.expected_faults = ["mine", "nothing is not defined"]
        ann.page.route("**/wrap_crowd_source.js", lambda route: route.fulfill(body=wrapper))
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        ann.note.fill("kept")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "kept"}]


# -------------------------------------------------------------------------------------------------- working


def test_three_people_at_once_and_every_answer_arrives_as_it_was_typed(visit: Visit, tmp_path: Path) -> None:
    said = {
        "Zoë": "مرحبا بالعالم 🙂",
        "Boris": "Привет\nдва ряда",
        "李": "שלום \u202eabc\u202c 👩‍👩‍👧 <b>&amp;",
    }
    with serve(tmp_path, items=3, template=TEMPLATE) as serving:
        visitors = {name: visit(serving.url) for name in said}
        for name, visitor in visitors.items():
            visitor.sign_in(name)
        for name, visitor in visitors.items():
            visitor.task.get_by_label("Yes" if name == "Zoë" else "No", exact=True).check()
            visitor.task.get_by_label("It is clear").check()
            if name != "Zoë":
                visitor.task.get_by_label("It is odd").check()
            visitor.task.get_by_label("How sure").select_option("much")
            visitor.task.get_by_label("Not sent").fill("nameless")
            visitor.note.fill(said[name])
        shown = {visitor.task.locator("#item").inner_text() for visitor in visitors.values()}
        assert shown == {f"This is item {n}." for n in range(3)}
        for visitor in visitors.values():
            visitor.submit()
            visitor.sees("Your answer is stored. Thank you.")
        visitors["李"].sees_the_end()
        rows = work(serving.db)
        names = {
            str(row["agent_id"]): serving.db.get_agent(str(row["agent_id"]))["worker_id"] for row in rows
        }
        assert len(set(names.values())) == 3
        assert len({row["unit_id"] for row in rows}) == 3
        common = {"sure": "much", "counted": "15", "button": "pressed"}
        assert answers(serving.db) == [
            {"answer": "yes", "why": ["clear"], "note": said["Zoë"], **common},
            {"answer": "no", "why": ["clear", "odd"], "note": said["Boris"], **common},
            {"answer": "no", "why": ["clear", "odd"], "note": said["李"], **common},
        ]


def test_the_next_unit_comes_by_itself_with_the_thanks_for_the_last(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.note.fill("first")
        ann.submit()
        ann.sees("Your answer is stored. Thank you.")
        expect(ann.note).to_have_value("")
        expect(ann.page.get_by_role("heading", name="The task")).to_be_focused()
        ann.note.fill("second")
        ann.submit()
        ann.sees_the_end()
        assert answers(serving.db) == [{"note": "first"}, {"note": "second"}]


def test_a_double_click_sends_one_answer(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.note.fill("once")
        ann.task.get_by_role("button", name="Submit").dblclick()
        ann.sees("Your answer is stored. Thank you.")
        expect(ann.note).to_have_value("")
        assert answers(serving.db) == [{"note": "once"}]


def test_work_is_timed_and_a_paste_is_noted(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template='<label>Note <input name="note"></label>') as serving:
        ann = visit(serving.url, permissions=["clipboard-read", "clipboard-write"]).sign_in("Zoë")
        ann.click_into(ann.note)
        ann.page.keyboard.type("copied")
        ann.page.keyboard.press("Control+A")
        ann.page.keyboard.press("Control+X")
        expect(ann.note).to_have_value("")
        ann.page.keyboard.press("Control+V")
        expect(ann.note).to_have_value("copied")
        ann.submit()
        ann.sees_the_end()
        (row,) = work(serving.db)
        assert row["pasted"] == '["note"]'
        elapsed = (row["ended_at"] - row["started_at"]).total_seconds()
        assert 0 < row["active_seconds"] <= elapsed + 0.1


# ------------------------------------------------------------------------------ giving back, being sent away


def test_a_unit_is_returned_only_after_a_yes(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("half an answer")
        ann.press("Return")
        expect(ann.page.get_by_role("dialog")).to_be_visible()
        expect(ann.page.get_by_role("button", name="Keep working")).to_be_focused()
        ann.press("Keep working")
        expect(ann.note).to_have_value("half an answer")
        ann.press("Return")
        expect(ann.page.get_by_role("button", name="Keep working")).to_be_focused()
        ann.page.keyboard.press("Escape")
        expect(ann.page.get_by_role("dialog")).to_be_hidden()
        assert serving.agent_status("1") == "in task"
        ann.press("Return")
        ann.press("Return it")
        ann.sees_heading("You returned it")
        assert serving.agent_status("1") == "returned"
        assert not ann.remembers("half an answer")
        ann.press("Get another")
        expect(ann.note).to_have_value("")


def test_time_that_is_up_is_told_and_the_words_are_kept(visit: Visit, tmp_path: Path) -> None:
    task = {"assignment_duration_in_seconds": 600}
    clock = TurnedClock()
    with serve(tmp_path, template=SHORT, task=task, clock=clock) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("nearly done")
        for _ in range(14):
            serving.pass_seconds(40)
            ann.beat()
        assert serving.agent_status("1") == "in task"
        serving.pass_seconds(40)
        ann.beat()
        serving.pass_seconds(20)
        ann.sees_heading("Time is up")
        assert serving.agent_status("1") == "timeout"
        assert ann.remembers("nearly done")
        clock.turn_back()  # what is made from now on is made now
        ann.press("Go on")
        expect(ann.note).to_have_value("nearly done")


@pytest.mark.parametrize(
    ("seconds", "first", "then", "spoken"),
    [
        (7320.5, "2 h 2 min left", "2 h 1 min left", ""),
        (301.5, "5 min left", "4 min left", "5 minutes left."),
        (121.5, "2 min left", "1:59 left", ""),
        (62.5, "1:03 left", "Ends soon: 1:00", "1 minute left."),
        (2.5, "Ends soon: 0:03", "Time is up", ""),
    ],
)
def test_time_left_is_calm_then_told_aloud_and_in_words(
    visit: Visit, tmp_path: Path, seconds: float, first: str, then: str, spoken: str
) -> None:
    def shorten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"seconds_left": seconds})

    with serve(tmp_path, template=SHORT) as serving:
        ann = visit("about:blank")
        now = time.time()
        ann.page.clock.set_fixed_time(now)
        ann.page.route("**/api/next", shorten)
        ann.url = serving.url
        ann.open().sign_in("Zoë")
        left = ann.page.locator("#time")
        expect(left).to_have_text(first)
        ann.page.clock.set_fixed_time(now + 2.5)
        expect(left).to_have_text(then)
        expect(left).to_have_class("soon" if seconds < 70 else "")
        expect(ann.page.locator("#spoken")).to_have_text(spoken)


@pytest.mark.parametrize("right", [True, False])
def test_onboarding_comes_first_and_its_result_is_told(visit: Visit, tmp_path: Path, right: bool) -> None:
    (tmp_path / "first.html").write_text(ONBOARDING, encoding="utf-8")
    page = str(tmp_path / "first.html")
    task = {"onboarding": {"qualification": "introduced", "page": page, "answers": {"check": "b"}}}
    with serve(tmp_path, template=SHORT, task=task) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        expect(ann.page.get_by_role("heading", name="Before you begin")).to_be_focused()
        ann.task.get_by_label("The second" if right else "The first").check()
        ann.submit()
        if right:
            expect(ann.note).to_be_visible()
            ann.note.fill("allowed")
            ann.submit()
            ann.sees("Your answer is stored. Thank you.")
        else:
            ann.sees_heading("You did not pass")
            ann.page.reload()
            ann.sees_heading("You cannot work on this")
            ann.sees("You did not pass the introduction to this task.")


def test_nothing_left_says_when_it_looks_again_and_finds_what_comes_back(
    visit: Visit, tmp_path: Path
) -> None:
    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann, boris = visit(serving.url).sign_in("Zoë"), visit(serving.url)
        expect(ann.note).to_be_visible()
        boris.sign_in("Boris")
        boris.sees_heading("Nothing free just now")
        boris.sees("We look again in")
        ann.press("Return")
        ann.press("Return it")
        expect(boris.note).to_be_visible()
        expect(boris.page).to_have_title("There is a unit for you")
        boris.click_into(boris.note)
        boris.note.press("a")
        expect(boris.page).to_have_title(serving.run.title)


def test_whoever_is_barred_is_told_why(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT, task={"maximum_units_per_worker": 1}) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.note.fill("mine")
        ann.submit()
        ann.sees_heading("That was all")
        ann.sees("1 answer stored on this visit.")
        ann.page.reload()
        ann.sees_heading("You cannot work on this")
        ann.sees("You have taken 1 unit of this run, the most for one person.")


def test_when_everything_is_done_thanks_are_said_once_and_a_latecomer_is_not_barred(
    visit: Visit, tmp_path: Path
) -> None:
    def thank(route: Route) -> None:
        answer = route.fetch()
        more = {"reason": "All is done. Thank you."} if answer.json()["kind"] == "barred" else {}
        route.fulfill(response=answer, json=answer.json() | more)

    with serve(tmp_path, items=1, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.page.route("**/api/next", thank)
        ann.note.fill("mine")
        ann.submit()
        ann.sees_heading("That was all")
        expect(ann.page.locator("#message-text")).to_have_text(
            "Your answer is stored. All is done. Thank you."
        )
        ann.page.unroute("**/api/next")
        ann.page.reload()
        ann.sees_heading("Nothing to do here now")
        expect(ann.page.locator("#message-text")).to_have_text("Everything in this run is done.")


def test_a_run_that_ends_says_so_and_keeps_what_was_typed(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, template=SHORT) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.write("half")
        serving.set_state("closed")
        serving.close()
        ann.sees_heading("This run is closed")
        assert ann.remembers("half")


# ---------------------------------------------------------------------------------------------------- files

UPLOAD = '<p>${text}</p><label>Photo <input type="file" name="photo" required></label>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def test_a_file_goes_up_when_it_is_chosen_and_is_part_of_the_answer(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=UPLOAD) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        photo = ann.task.get_by_label("Photo")
        photo.set_input_files({"name": "قطة.png", "mimeType": "image/png", "buffer": PNG})
        expect(ann.task.get_by_text("قطة.png\u2069: stored")).to_be_visible()
        ann.wait_for_draft("قطة.png")
        ann.page.reload()
        expect(ann.task.get_by_text("stored. Choose again to replace it.")).to_be_visible()
        ann.submit()
        ann.sees_the_end()
        (answer,) = answers(serving.db)
        assert answer["photo"]["file"] == "قطة.png"
        assert answer["photo"]["size"] == len(PNG)


def test_a_file_of_the_disk_goes_up(visit: Visit, tmp_path: Path) -> None:
    """Bytes that a test makes up are in the browser's memory; a person's file has still to be opened."""
    (tmp_path / "stall.png").write_bytes(PNG)
    with serve(tmp_path, items=1, template=UPLOAD) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        ann.task.get_by_label("Photo").set_input_files(tmp_path / "stall.png")
        expect(ann.task.get_by_text("stall.png\u2069: stored")).to_be_visible()
        ann.submit()
        ann.sees_the_end()
        assert [answer["photo"]["size"] for answer in answers(serving.db)] == [len(PNG)]


def test_a_file_that_arrived_after_the_last_draft_is_still_there(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=UPLOAD) as serving:
        ann = visit(serving.url).sign_in("Zoë")

        arrived = []

        def arrive(route: Route) -> None:
            arrived.append(route.fetch())  # it is stored, and the page is gone before it hears so

        def wait_for_kept(files: str) -> None:
            ann.page.wait_for_function(
                "files => Object.values(localStorage).some(v => v.includes(files))", arg=f'"file":{files}'
            )

        ann.page.route("**/api/upload*", arrive)
        ann.task.get_by_label("Photo").set_input_files(
            {"name": "late.png", "mimeType": "image/png", "buffer": PNG}
        )
        expect(ann.task.get_by_text("late.png\u2069: ")).to_be_visible()
        wait_for_kept("[null]")
        while not arrived:
            ann.beat()
        ann.page.reload()
        expect(ann.task.get_by_text("late.png\u2069: stored. Choose again to replace it.")).to_be_visible()
        # Taken back by choosing nothing, it stays away.
        ann.task.get_by_label("Photo").set_input_files([])
        wait_for_kept("[[]]")
        ann.page.reload()
        expect(ann.task.get_by_label("Photo")).to_be_visible()
        expect(ann.task.get_by_text("stored")).to_be_hidden()


def test_a_file_that_is_refused_says_why_and_another_may_be_chosen(visit: Visit, tmp_path: Path) -> None:
    with serve(tmp_path, items=1, template=UPLOAD, settings=TaskServing(upload_megabytes=1)) as serving:
        ann = visit(serving.url).sign_in("Zoë")
        photo = ann.task.get_by_label("Photo")
        photo.set_input_files({"name": "big.png", "mimeType": "image/png", "buffer": PNG + bytes(1_200_000)})
        expect(ann.task.get_by_text("The file is too large")).to_be_visible()
        ann.submit()
        expect(ann.task.get_by_text("The file is too large")).to_be_visible()
        photo.set_input_files({"name": "small.png", "mimeType": "image/png", "buffer": PNG})
        expect(ann.task.get_by_text("small.png\u2069: stored")).to_be_visible()
        ann.submit()
        ann.sees_the_end()
        assert [answer["photo"]["file"] for answer in answers(serving.db)] == ["small.png"]
