"""What one simulated participant makes of one place: opens the link, works, comes back, or does not."""

from __future__ import annotations

import asyncio
import math
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crowddesk.providers.prolific_sandbox.answers import fill_in, messages_wanted
from crowddesk.providers.prolific_sandbox.browser import Browser, TaskPage, Turned, code_in
from crowddesk.providers.prolific_sandbox.persons import Kind, Person, Settings

if TYPE_CHECKING:
    import aiohttp

NO_CODE: Final = "NOCODE"
#: A page is shown to be alive as often, in real seconds.
_SIGN_S: Final = 15.0
#: How long somebody waits for something to do: of their own time, and in real seconds at least.
_PATIENCE_S: Final = 600.0
_LEAST_PATIENCE_S: Final = 20.0
#: What they wait before they ask again, in real seconds at least.
_LEAST_AGAIN_S: Final = 0.25
_MOST_PAGES: Final = 20


@dataclass(frozen=True, slots=True)
class Study:
    """A study as people see it. Seconds are for one place; `hosted`: its tasks are shown by the vendor."""

    id: str
    name: str
    allowed_s: float
    usual_s: float
    hosted: bool


@dataclass(frozen=True, slots=True)
class House:
    """What a stay needs of the sandbox's own process; on its loop.

    `place_of` finds the submission of somebody in a study. `run_out` ends its time now: the person's own
    time has passed, which `speed` makes shorter than the clock's. `answer_hosted` answers what the vendor
    shows itself, and returns the code that its page ends with; "" when there was nothing to answer.
    """

    http: aiohttp.ClientSession
    address: str
    place_of: Callable[[str, str], str | None]
    run_out: Callable[[str], Awaitable[None]]
    answer_hosted: Callable[[str, Person, Settings], str]


class Stay:
    """One person in one study. `has_place` once the vendor has given them one."""

    def __init__(self, house: House, person: Person, study: Study, settings: Settings) -> None:
        self._house = house
        self._person = person
        self._study = study
        self._settings = settings
        self._browser = Browser(house.http, house.address, person.pid)
        self._chance = person.chance(settings.seed, study.name)
        self.has_place = False
        #: How long the work takes them, in seconds of their own.
        pace = person.answerer.pace * math.exp(self._chance.gauss(0.0, 0.35))
        self.seconds = min(max(3.0, study.usual_s * pace), 0.9 * study.allowed_s)

    async def live(self) -> None:
        """Takes the place, or goes on with it, and does what this person does. Raises Turned without one."""
        link = await self._browser.take_place(self._study.id)
        self.has_place = True
        try:
            if self._person.kind == Kind.NEVER_BACK and self._chance.random() < 0.5:
                await self._stay_away()
            elif self._study.hosted:
                await self._answer_at_vendor()
            else:
                await self._follow(link)
        except Turned:  # who cannot work on it gives the place back, if it is still theirs
            await self._give_place_back()

    # ------------------------------------------------------------------------------------- at our page

    async def _follow(self, link: str) -> None:
        page = await self._browser.open(link)
        if page is None:
            await self._wait(self.seconds)
            await self._browser.complete(NO_CODE)
            return
        await page.enter()
        offer = await self._find_work(page)
        if offer is None:
            await self._give_place_back()
        else:
            await self._work(page, offer)

    async def _find_work(self, page: TaskPage) -> dict[str, Any] | None:
        """The unit that the page offers, after what must be passed before it; None when there is none."""
        began = time.monotonic()
        patience = max(_LEAST_PATIENCE_S, _PATIENCE_S / self._settings.speed)
        for _ in range(_MOST_PAGES):
            offer = await page.next()
            while offer["kind"] in ("none", "waiting"):
                if time.monotonic() - began > patience:
                    return None
                again = float(offer.get("again") or 10.0)
                await asyncio.sleep(max(_LEAST_AGAIN_S, again / self._settings.speed))
                offer = await page.next()
            if offer["kind"] == "unit":
                return offer
            if offer["kind"] != "onboarding":
                return None  # barred
            document = await page.document(offer)
            await self._wait(self.seconds / 4, page)
            right = self._settings.right if self._person.answerer.accuracy > 0.5 else {}
            data = fill_in(document, self._person.answerer, self._settings.seed, "onboarding", right)
            if not await page.onboard(str(offer["agent"]), data):
                return None
        return None

    async def _work(self, page: TaskPage, offer: dict[str, Any]) -> None:
        kind, agent = self._person.kind, str(offer["agent"])
        document = await page.document(offer)
        if kind == Kind.NEVER_BACK:
            await self._stay_away()
            return
        await self._wait(self.seconds * 0.4, page)
        if kind == Kind.LEAVER:
            await page.give_back(agent)
            await self._give_place_back()
            return
        if kind == Kind.COMES_TWICE:
            page, offer = await self._open_again()
            agent = str(offer["agent"])
            document = await page.document(offer)
        least = messages_wanted(document)
        if least is not None:
            await self._talk(page, agent, least)
        if kind == Kind.TIMES_OUT:
            await self._stay_away(page)
        else:
            await self._wait(self.seconds * 0.6, page)
        key = str(offer.get("item") or agent)
        data = fill_in(document, self._person.answerer, self._settings.seed, key, self._settings.right)
        seconds = self.seconds if kind != Kind.TIMES_OUT else 1.05 * self._study.allowed_s
        receipt = await page.submit(agent, data, seconds)
        farewell = receipt.get("farewell") or {}
        await self._come_back(code_in(str(farewell.get("url") or "")) or NO_CODE)
        if kind == Kind.COMES_TWICE:
            await self._try_once_more()

    async def _come_back(self, code: str) -> None:
        """Completes at the vendor with the code that the last page gave, if the person heeds it."""
        if self._person.kind == Kind.FORGETS_CODE:
            code = NO_CODE
        elif self._person.kind == Kind.WRONG_CODE:
            code = f"C{self._chance.getrandbits(32):08X}"
        await self._browser.complete(code)

    async def _open_again(self) -> tuple[TaskPage, dict[str, Any]]:
        """The page was closed and is opened by the vendor's link again: the same unit is expected there."""
        page = await self._browser.open(await self._browser.take_place(self._study.id))
        if page is None:
            raise Turned(404, "The link leads elsewhere now.")
        await page.enter()
        offer = await self._find_work(page)
        if offer is None:
            raise Turned(409, "The page has nothing more to do.")
        return page, offer

    async def _try_once_more(self) -> None:
        """Comes for a second place, which is not to be had; a unit of it would be left lying."""
        with suppress(Turned):
            page = await self._browser.open(await self._browser.take_place(self._study.id))
            if page is not None:
                await page.enter()
                await page.next()

    async def _talk(self, page: TaskPage, agent: str, least: int) -> None:
        """As many messages as the conversation asks for, said in turns with the work."""
        await page.act(agent, {"type": "joined"})
        for number in range(least):
            await self._wait(self.seconds * 0.3 / least, page)
            text = f"Message {number + 1} from me." if number else "Hello, shall we begin?"
            await page.act(agent, {"type": "message", "id": str(uuid.uuid4()), "text": text})
        await page.act(agent, {"type": "finished"})

    # ------------------------------------------------------------------------------------ at the vendor

    async def _answer_at_vendor(self) -> None:
        """The task is shown by the vendor itself, which knows when it is done."""
        kind = self._person.kind
        if kind in (Kind.NEVER_BACK, Kind.TIMES_OUT):
            await self._stay_away()
            return
        await self._wait(self.seconds * 0.4)
        if kind == Kind.LEAVER:
            await self._give_place_back()
            return
        await self._wait(self.seconds * 0.6)
        submission = self._house.place_of(self._study.id, self._person.pid)
        if submission is None:
            return
        code = self._house.answer_hosted(submission, self._person, self._settings)
        if code:
            await self._come_back(code)
        else:
            await self._give_place_back()

    async def _give_place_back(self) -> None:
        submission = self._house.place_of(self._study.id, self._person.pid)
        if submission is not None:
            with suppress(Turned):  # it ended meanwhile
                await self._browser.give_back(submission)

    async def _stay_away(self, page: TaskPage | None = None) -> None:
        """Until the time for the place is over."""
        submission = self._house.place_of(self._study.id, self._person.pid)
        await self._wait(1.05 * self._study.allowed_s, page)
        if submission is not None:
            await self._house.run_out(submission)

    async def _wait(self, seconds: float, page: TaskPage | None = None) -> None:
        """Passes so many seconds of the person's own time; an open page shows that it is there."""
        left = seconds / self._settings.speed
        while left > _SIGN_S and page is not None:
            await asyncio.sleep(_SIGN_S)
            left -= _SIGN_S
            with suppress(Turned):
                await page.next()
        await asyncio.sleep(left)
