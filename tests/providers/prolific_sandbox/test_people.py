"""The sandbox's crowd at work: every sort of person, through the vendor's own routes and a site of ours."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from crowddesk.providers.prolific_sandbox.accounts import open_account
from crowddesk.providers.prolific_sandbox.books import Books, new_id
from crowddesk.providers.prolific_sandbox.people import Crowd
from crowddesk.providers.prolific_sandbox.persons import DEFAULT_MIX, Kind, Settings, people_of
from crowddesk.providers.prolific_sandbox.server import make_app
from crowddesk.providers.prolific_sandbox.stays import NO_CODE

CODE = "C0FFEE"
PAGE = '<!doctype html><title>Task</title><script src="wrap_crowd_source.js" defer></script>'
FORM = '<form><label><input type="radio" name="mood" value="good" required> good</label></form>'
WAIT = 60.0


class Site:
    """A task server that gives everybody one unit, and remembers what was asked of it."""

    def __init__(self) -> None:
        self.entered: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.offered: Counter[str] = Counter()
        self.returned: list[str] = []
        self.onboarding: dict[str, str] | None = None
        self.passed: set[str] = set()
        self.failing = 0
        self.down = False

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/r/t/", self._page)
        app.router.add_get("/other", self._other)
        app.router.add_get("/r/t/frame/{pid}", self._frame)
        for verb in ("enter", "next", "submit", "onboard", "return"):
            app.router.add_post(f"/r/t/api/{verb}", getattr(self, f"_{verb}"))
        return app

    def _check(self) -> None:
        if self.down:
            raise web.HTTPServiceUnavailable
        if self.failing:
            self.failing -= 1
            raise web.HTTPInternalServerError

    async def _page(self, request: web.Request) -> web.Response:
        self._check()
        return web.Response(text=PAGE, content_type="text/html")

    async def _other(self, request: web.Request) -> web.Response:
        return web.Response(text="<p>A survey elsewhere.</p>", content_type="text/html")

    async def _frame(self, request: web.Request) -> web.Response:
        return web.Response(text=FORM, content_type="text/html")

    async def _enter(self, request: web.Request) -> web.Response:
        assert request.headers["Origin"] == f"http://{request.host}"
        registration = (await request.json())["registration"]
        self.entered.append(registration)
        return web.json_response({"session": registration["worker_name"]})

    def _pid(self, request: web.Request) -> str:
        return request.headers["Authorization"].removeprefix("Bearer ")

    async def _next(self, request: web.Request) -> web.Response:
        pid = self._pid(request)
        if pid in self.answers:
            return web.json_response({"kind": "barred", "reason": "One answer each."})
        if self.onboarding is not None and pid not in self.passed:
            return web.json_response({"kind": "onboarding", "agent": pid, "frame": f"frame/{pid}"})
        self.offered[pid] += 1
        offer = {"kind": "unit", "agent": pid, "frame": f"frame/{pid}", "item": "item-1"}
        return web.json_response(offer)

    async def _submit(self, request: web.Request) -> web.Response:
        self._check()
        body = await request.json()
        assert body["agent"] == self._pid(request)
        self.answers[body["agent"]] = body
        farewell = {"url": f"https://app.example.org/submissions/complete?cc={CODE}", "label": "Back"}
        return web.json_response({"late": False, "more": False, "reason": "", "farewell": farewell})

    async def _onboard(self, request: web.Request) -> web.Response:
        body = await request.json()
        passed = body["data"] == self.onboarding
        self.passed |= {self._pid(request)} if passed else set()
        return web.json_response({"passed": passed, "reason": ""})

    async def _return(self, request: web.Request) -> web.Response:
        self.returned.append((await request.json())["agent"])
        return web.json_response({})


class House:
    """A sandbox's server and a study's site, with one account that has plenty of money."""

    def __init__(self, books: Books, address: str, site: Site, site_url: str) -> None:
        self.books = books
        self.address = address
        self.site = site
        self.site_url = site_url
        self._token = "a-token"
        self.account = open_account(books, self._token, "Ann", "GBP", 10_000_000)

    def publish(self, places: int, path: str = "/r/t/", **fields: Any) -> str:
        """A study that is ACTIVE at once; its id."""
        query = "PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}"
        fields = {
            "name": "Moods", "external_study_url": f"{self.site_url}{path}?{query}", "filters": [],
            "estimated_completion_time": 5, "maximum_allowed_time": 30,
            "completion_codes": [
                {"code": CODE, "code_type": "COMPLETED", "actions": [{"action": "MANUALLY_REVIEW"}]}
            ],
        } | fields  # fmt: skip
        study_id = new_id()
        with self.books.write() as db:
            db.execute(
                "INSERT INTO study (id, workspace_id, project_id, status, fields, reward, places, created_at)"
                " VALUES (?, ?, ?, 'ACTIVE', ?, 100, ?, 0)",
                (
                    study_id,
                    self.account["workspace_id"],
                    self.account["project_id"],
                    json.dumps(fields),
                    places,
                ),
            )
        return study_id

    def send(self, people: int, kind: str | None = None, speed: float = 2000.0, **more: Any) -> None:
        """People come, all of one kind or the usual mix."""
        mix = dict(DEFAULT_MIX) if kind is None else {kind: 1.0}
        with self.books.write():
            self.books.put("crowd", {"people": people, "seed": 3, "speed": speed, "mix": mix, **more})

    def statuses(self, study_id: str) -> Counter[str]:
        rows = self.books.db.execute("SELECT status FROM submission WHERE study_id = ?", (study_id,))
        return Counter(row[0] for row in rows.fetchall())

    def codes(self, study_id: str) -> Counter[str | None]:
        rows = self.books.db.execute("SELECT study_code FROM submission WHERE study_id = ?", (study_id,))
        return Counter(row[0] for row in rows.fetchall())

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT):
            while not is_so():
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def crowd_at(house: House) -> AsyncIterator[None]:
    task = asyncio.create_task(Crowd(house.books, house.address).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


Play = Callable[[Callable[[House], Awaitable[None]]], None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Plays a scene in a house of its own."""

    def run(scene: Callable[[House], Awaitable[None]]) -> None:
        async def whole() -> None:
            site = Site()
            with contextlib.closing(Books(tmp_path / "sandbox.sqlite")) as books:
                async with serving(make_app(books)) as address, serving(site.app()) as site_url:
                    await scene(House(books, address, site, site_url))

        asyncio.run(whole())

    return run


def only(kind: str, count: int) -> set[str]:
    return {person.pid for person in people_of(Settings(people=count, mix={kind: 1.0}))}


def test_a_study_is_filled_by_the_usual_mix(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(60)
        house.send(120)
        done = ("AWAITING REVIEW", "APPROVED")
        async with crowd_at(house):
            await house.until(lambda: sum(house.statuses(study_id)[s] for s in done) >= 60)
        statuses = house.statuses(study_id)
        assert statuses["AWAITING REVIEW"] == 60
        assert statuses["RETURNED"] + statuses["TIMED-OUT"] > 0
        codes = house.codes(study_id)
        assert codes[CODE] > 45
        assert codes[NO_CODE] > 0
        # Everybody came once, under their own name, with the submission's own id.
        rows = house.books.db.execute("SELECT id, participant_id FROM submission").fetchall()
        known = {(row["participant_id"], study_id, row["id"]) for row in rows}
        assert {(r["worker_name"], r["study"], r["session"]) for r in house.site.entered} <= known
        assert len(rows) == len({row["participant_id"] for row in rows})

    play(scene)


def test_work_times_are_told_as_the_people_took_them(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(5)
        house.send(5, Kind.SKILLED)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 5)
        for body in house.site.answers.values():
            assert 60 < body["work"]["active_seconds"] < 30 * 60

    play(scene)


def test_leavers_give_back_the_unit_and_the_place(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(3)
        house.send(4, Kind.LEAVER)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["RETURNED"] == 4)
        assert set(house.site.returned) == only(Kind.LEAVER, 4)
        assert not house.site.answers

    play(scene)


def test_who_is_not_seen_again_loses_the_place_in_their_own_time(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(2)
        house.send(6, Kind.NEVER_BACK)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["TIMED-OUT"] == 6)
        assert 0 < len(house.site.entered) < 6  # some never open the page at all
        assert not house.site.answers

    play(scene)


def test_who_is_too_slow_hands_in_all_the_same(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(3)
        house.send(3, Kind.TIMES_OUT)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["TIMED-OUT"] == 3 == len(house.site.answers))
        for body in house.site.answers.values():
            assert body["work"]["active_seconds"] > 30 * 60

    play(scene)


def test_who_opens_the_page_twice_has_one_place_and_one_answer(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(8)
        house.send(4, Kind.COMES_TWICE)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 4)
        assert Counter(r["worker_name"] for r in house.site.entered) == dict.fromkeys(
            only(Kind.COMES_TWICE, 4), 2
        )
        assert sum(house.statuses(study_id).values()) == 4

    play(scene)


@pytest.mark.parametrize(("kind", "is_right"), [(Kind.FORGETS_CODE, NO_CODE), (Kind.WRONG_CODE, None)])
def test_codes_that_are_not_the_studys(play: Play, kind: str, is_right: str | None) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(3)
        house.send(3, kind)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 3)
        codes = house.codes(study_id)
        assert CODE not in codes
        assert codes[NO_CODE] == (3 if is_right else 0)
        assert set(house.site.answers) == only(kind, 3)

    play(scene)


def test_a_site_that_is_not_ours_is_completed_without_a_code(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(3, "/other")
        house.send(3, Kind.SKILLED)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 3)
        assert house.codes(study_id) == {NO_CODE: 3}

    play(scene)


def test_a_page_before_the_work_is_passed_by_who_knows_the_answers(play: Play) -> None:
    async def scene(house: House) -> None:
        house.site.onboarding = {"mood": "good"}
        study_id = house.publish(6)
        house.send(6, Kind.SKILLED, right={"mood": "good"})
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 6)
        assert house.site.passed == only(Kind.SKILLED, 6)

    play(scene)


def test_who_does_not_pass_gives_the_place_back(play: Play) -> None:
    async def scene(house: House) -> None:
        house.site.onboarding = {"mood": "a riddle"}
        study_id = house.publish(3)
        house.send(3, Kind.SKILLED)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["RETURNED"] == 3)
        assert not house.site.answers

    play(scene)


def test_a_desk_that_is_away_for_a_while_only_makes_them_wait(play: Play) -> None:
    async def scene(house: House) -> None:
        house.site.down = True
        study_id = house.publish(3)
        house.send(3, Kind.SKILLED)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["ACTIVE"] == 3)
            house.site.down, house.site.failing = False, 4
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 3)
        assert house.codes(study_id) == {CODE: 3}

    play(scene)


def test_after_a_restart_people_go_on_with_their_places(play: Play) -> None:
    async def scene(house: House) -> None:
        house.site.down = True
        study_id = house.publish(4)
        house.send(4, Kind.SKILLED)
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["ACTIVE"] == 4)
        house.site.down = False
        async with crowd_at(house):
            await house.until(lambda: house.statuses(study_id)["AWAITING REVIEW"] == 4)
        assert sum(house.statuses(study_id).values()) == 4

    play(scene)


def test_nobody_comes_to_what_is_not_active_or_when_there_is_nobody(play: Play) -> None:
    async def scene(house: House) -> None:
        study_id = house.publish(4)
        house.send(0)
        async with crowd_at(house):
            with house.books.write() as db:
                db.execute("UPDATE study SET status = 'PAUSED' WHERE id = ?", (study_id,))
            house.send(50, Kind.SKILLED)
            other = house.publish(1)
            await house.until(lambda: house.statuses(other)["AWAITING REVIEW"] == 1)
        assert not house.statuses(study_id)

    play(scene)


def test_settings_that_make_no_sense_send_nobody(
    play: Play, caplog: pytest.LogCaptureFixture, expect_log: Callable[[str], None]
) -> None:
    expect_log("Nobody comes to the sandbox's studies: mix: there is no kind 'nonsense'")

    async def scene(house: House) -> None:
        house.publish(4)
        house.send(50, "nonsense")
        async with crowd_at(house):
            await house.until(lambda: bool(caplog.records))
        assert not house.site.entered

    play(scene)
