"""The sandbox's crowd: notices studies, sends people to their places, and carries on with those it finds.

It runs on the server's loop. What people do they do by HTTP; in the books it only reads, but where the vendor
shows a task itself or a place's time is over. Who comes in which order, and what they would answer, follow
from the seed; who is first at a place does not.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox import builder, studies
from crowddesk.providers.prolific_sandbox.answers import answer_fields
from crowddesk.providers.prolific_sandbox.browser import Turned
from crowddesk.providers.prolific_sandbox.persons import Person, Settings, people_of, read_settings
from crowddesk.providers.prolific_sandbox.stays import House, Stay, Study
from crowddesk.providers.prolific_sandbox.wire import Refusal

if TYPE_CHECKING:
    from crowddesk.providers.prolific_sandbox.books import Books

logger = logging.getLogger(__name__)

#: How often it is looked whether there is a study for somebody, in real seconds.
_LOOK_S: Final = 0.1
#: Seconds of people's own time between two who come to a study.
_GAP_S: Final = 3.0
_MOST_AT_ONCE: Final = 200
#: How often somebody whom the vendor turned away tries again.
_MOST_TRIES: Final = 3
#: What a stay may take beyond the time for its place, in real seconds: its page may be away for a while.
_SLACK_S: Final = 120.0
_TIMEOUT_S: Final = 30.0


class Crowd:
    """The people who work on published studies; what they are like is the setting `crowd` of the books.

    `address` is the server's own. Make it and run it on the server's loop.
    """

    def __init__(self, books: Books, address: str) -> None:
        self._books = books
        self._address = address
        self._said: Any = None
        self._settings = Settings()
        self._studies: dict[str, _Visitors] = {}

    async def run(self) -> None:
        """Works until it is cancelled. People who are at work then carry on when it runs again."""
        import aiohttp

        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_MOST_AT_ONCE),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=timeout,
            headers={"User-Agent": "CrowdDesk-Sandbox-Participant/1.0"},
        ) as http:
            house = House(http, self._address, self._place_of, self._run_out, self._answer_hosted)
            try:
                while True:
                    self._look(house)
                    await asyncio.sleep(_LOOK_S)
            finally:
                await self._stop()

    async def _stop(self) -> None:
        tasks = [task for visitors in self._studies.values() for task in visitors.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ---------------------------------------------------------------------------------------- looking

    def _look(self, house: House) -> None:
        """Starts whoever comes now, in every study that takes people."""
        self._read_settings()
        if not self._settings.people:
            return
        going = set()
        for row in self._books.db.execute(
            "SELECT id, fields, places FROM study WHERE status = 'ACTIVE' ORDER BY seq"
        ).fetchall():
            going.add(row["id"])
            visitors = self._studies.get(row["id"])
            if visitors is None:
                visitors = self._studies[row["id"]] = self._open(house, row["id"], json.loads(row["fields"]))
            visitors.come(self._places_left(row["id"], row["places"]))
        for study_id in [i for i, visitors in self._studies.items() if i not in going and not visitors.tasks]:
            del self._studies[study_id]

    def _read_settings(self) -> None:
        said = self._books.get("crowd")
        if said == self._said:
            return
        self._said = said
        try:
            self._settings = read_settings(said or {})
        except BadInput as error:
            logger.warning("Nobody comes to the sandbox's studies: %s", error)
            self._settings = Settings()
        for visitors in self._studies.values():
            visitors.change(self._settings)

    def _open(self, house: House, study_id: str, fields: dict[str, Any]) -> _Visitors:
        usual = 60.0 * float(fields.get("estimated_completion_time") or 1)
        allowed = 60.0 * studies.minutes_of(fields)
        hosted = bool(fields.get("data_collection_method"))
        study = Study(study_id, str(fields.get("name", "")), allowed, min(usual, 0.5 * allowed), hosted)
        rows = self._books.db.execute(
            "SELECT participant_id, status FROM submission WHERE study_id = ? ORDER BY seq", (study_id,)
        ).fetchall()
        standing = {str(row["participant_id"]): str(row["status"]) for row in rows}
        return _Visitors(house, study, self._settings, standing)

    def _places_left(self, study_id: str, places: int) -> int:
        return places - studies.taken_of(studies.counts_of(self._books.db, study_id))

    # -------------------------------------------------------------------------------- what stays need

    def _place_of(self, study_id: str, pid: str) -> str | None:
        row = self._books.db.execute(
            "SELECT id FROM submission WHERE study_id = ? AND participant_id = ? ORDER BY seq DESC LIMIT 1",
            (study_id, pid),
        ).fetchone()
        return None if row is None else str(row["id"])

    async def _run_out(self, submission_id: str) -> None:
        """The job that ends a place in time falls due now; the server's ticker does it."""
        status = "SELECT status FROM submission WHERE id = ?"
        with self._books.write() as db:
            db.execute(
                "UPDATE job SET due = min(due, ?) WHERE kind = 'time_out' AND about ->> 'submission_id' = ?",
                (self._books.clock.now(), submission_id),
            )
        while self._books.db.execute(status, (submission_id,)).fetchone()[0] == "ACTIVE":
            await asyncio.sleep(_LOOK_S)

    def _answer_hosted(self, submission_id: str, person: Person, settings: Settings) -> str:
        try:
            tasks = builder.tasks_of(self._books, submission_id)
            for task in tasks:
                if not task.answered:
                    about = " ".join(task.shown.values())
                    given = answer_fields(task.fields, person.answerer, settings.seed, task.key, {}, about)
                    files = {field.name: "answer.png" for field in task.fields if field.type == "file"}
                    builder.answer(self._books, submission_id, task.id, files | given)
        except Refusal as no:
            raise Turned(no.status, no.title) from no
        return builder.completion_code(self._books, submission_id) if tasks else ""


class _Visitors:
    """Who comes to one study: the order, the next arrival, and those who are there."""

    def __init__(self, house: House, study: Study, settings: Settings, standing: dict[str, str]) -> None:
        self._house = house
        self._study = study
        self._settings = settings
        self._chance = random.Random(f"{settings.seed} arrivals {study.name}")
        self._tries: dict[str, int] = {}
        self._seen: set[str] = set()
        self._next = asyncio.get_running_loop().time()
        self._coming: deque[Person] = deque()
        self.tasks: dict[asyncio.Task[None], Stay] = {}
        self._fill(standing)

    def change(self, settings: Settings) -> None:
        """Another crowd: those who are here stay as they were, those who have not come yet are its people."""
        self._settings = settings
        self._fill({})

    def _fill(self, standing: dict[str, str]) -> None:
        """Who comes, in order; who has been here before comes first if they are not done, else not at all."""
        self._seen |= standing.keys()
        everybody = people_of(self._settings)
        again = [p for p in everybody if standing.get(p.pid) == "ACTIVE"]
        new = [p for p in everybody if p.pid not in self._seen]
        random.Random(f"{self._settings.seed} order {self._study.name}").shuffle(new)
        self._coming = deque(new)
        for person in again:
            self._start(person)

    def come(self, places_left: int) -> None:
        """Starts those who arrive by now, as far as there are places."""
        now = asyncio.get_running_loop().time()
        free = places_left - sum(not stay.has_place for stay in self.tasks.values())
        while self._coming and self._next <= now and free > 0 and len(self.tasks) < _MOST_AT_ONCE:
            self._next += self._chance.expovariate(1.0 / _GAP_S) / self._settings.speed
            free -= 1
            self._start(self._coming.popleft())
        # Nobody queues at the door: who could not come in then comes from now on.
        self._next = max(self._next, now)

    def _start(self, person: Person) -> None:
        self._seen.add(person.pid)
        stay = Stay(self._house, person, self._study, self._settings)
        task = asyncio.get_running_loop().create_task(self._live(stay, person))
        self.tasks[task] = stay
        task.add_done_callback(lambda done: self.tasks.pop(done, None))

    @property
    def _longest_s(self) -> float:
        """The most that a stay takes, in real seconds."""
        return 1.2 * self._study.allowed_s / min(1.0, self._settings.speed) + _SLACK_S

    async def _live(self, stay: Stay, person: Person) -> None:
        try:
            async with asyncio.timeout(self._longest_s):
                await stay.live()
        except Turned as no:
            logger.debug("A participant was turned away from study %s: %s", self._study.id, no)
            if not stay.has_place:
                self._come_later(person)
        except TimeoutError:
            logger.debug("A participant gave up in study %s", self._study.id)
        except Exception:  # one person's trouble is not the others'
            logger.exception("A participant could not go on in study %s", self._study.id)

    def _come_later(self, person: Person) -> None:
        self._tries[person.pid] = tries = self._tries.get(person.pid, 0) + 1
        if tries < _MOST_TRIES:
            self._coming.append(person)
