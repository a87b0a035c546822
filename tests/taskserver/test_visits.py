"""Who is there: beats, disconnect, time-out, restarts, two tabs, what is told to whom and when."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from crowddesk.blueprints.static_html import StaticHtmlBlueprint
from crowddesk.domain import AgentStatus
from tests.taskserver.serving import Page, Serving, TurnedClock, serve

Socket = aiohttp.ClientWebSocketResponse


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    task = {"assignment_duration_in_seconds": 600}
    with serve(tmp_path, items=4, task=task, clock=TurnedClock()) as serving:
        yield serving


async def hear(socket: Socket) -> Any:
    return await socket.receive_json(timeout=10)


async def beat(socket: Socket, number: int = 1) -> None:
    """A heartbeat and its answer: all that was sent before has been heard then."""
    await socket.send_json({"beat": number})
    while await hear(socket) != {"beat": number}:
        pass


# ---------------------------------------------------------------------------------- silence and time


def test_silence_is_a_disconnect_and_the_unit_goes_to_the_next(serving: Serving) -> None:
    ann = serving.page("ann")
    offer = ann.next()
    serving.pass_seconds(59)
    assert serving.agent_status(offer["agent"]) == "accepted"
    serving.pass_seconds(2)
    assert serving.agent_status(offer["agent"]) == "disconnect"
    assert serving.page("bob").next()["item"] == offer["item"]


def test_who_comes_back_gets_the_same_unit(serving: Serving) -> None:
    serving.page("bob").next()
    ann = serving.page("ann")
    offer = ann.next()
    serving.pass_seconds(61)
    again = ann.next()
    assert again["item"] == offer["item"]
    assert again["agent"] != offer["agent"]


def test_every_sign_of_life_counts(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]

    async def talk(socket: Socket) -> None:
        for number in range(5):
            await asyncio.to_thread(serving.pass_seconds, 50)
            await beat(socket, number)

    ann.live(talk, agent=agent)
    serving.pass_seconds(50)
    ann.call("next", {})
    serving.pass_seconds(50)
    ann.call("act", {"agent": agent, "act": {"text": "hi"}})
    serving.pass_seconds(50)
    assert serving.agent_status(agent) == "accepted"


def test_another_s_beats_do_not_count(serving: Serving) -> None:
    ann, bob = serving.page("ann"), serving.page("bob")
    hers = ann.next()["agent"]
    his = bob.next()["agent"]

    async def talk(socket: Socket) -> None:
        assert await hear(socket) == {"changed": True}  # that agent is not bob's
        await asyncio.to_thread(serving.pass_seconds, 50)
        await beat(socket)
        await asyncio.to_thread(serving.pass_seconds, 50)

    bob.live(talk, agent=hers)
    assert serving.agent_status(hers) == "disconnect"
    assert serving.agent_status(his) == "accepted"


def test_when_the_time_is_over_it_is_a_time_out(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]

    async def talk(socket: Socket) -> list[Any]:
        for number in range(12):
            await asyncio.to_thread(serving.pass_seconds, 50)
            await beat(socket, number)
        await asyncio.to_thread(serving.pass_seconds, 4)
        await socket.send_json({"beat": 99})
        heard = []
        while not heard or heard[-1] != {"beat": 99}:
            heard.append(await hear(socket))
        return heard

    heard = ann.live(talk, agent=agent)
    assert {"status": "timeout"} in heard
    assert serving.agent_status(agent) == "timeout"
    assert ann.submit(agent, {"answer": "yes"}).json["late"] is True


def test_time_counts_from_when_the_others_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = TurnedClock()
    monkeypatch.setattr(StaticHtmlBlueprint, "TOGETHER", True)
    for module in ("blueprints.base", "store.transaction"):  # what is stored is of the turned clock too
        monkeypatch.setattr(f"crowddesk.{module}.now", clock.now)
    task = {"assignment_duration_in_seconds": 100}
    with serve(tmp_path, items=1, units_per_assignment=2, task=task, clock=clock) as serving:
        ann, bob = serving.page("ann"), serving.page("bob")
        hers = ann.next()
        assert (hers["kind"], round(hers["seconds_left"])) == ("waiting", 100)

        async def talk(socket: Socket) -> None:
            await asyncio.to_thread(serving.pass_seconds, 50)
            await beat(socket)
            await asyncio.to_thread(serving.pass_seconds, 30)
            assert (await asyncio.to_thread(bob.next))["kind"] == "unit"  # what ann's page does not ask about
            for _ in range(2):
                await beat(socket)
                await asyncio.to_thread(serving.pass_seconds, 40)
            assert serving.agent_status(hers["agent"]) == "partner disconnect"  # bob is silent
            await beat(socket)
            await asyncio.to_thread(serving.pass_seconds, 24)
            assert serving.agent_status(hers["agent"]) == "timeout"

        ann.live(talk, agent=hers["agent"])


def test_a_restart_gives_everybody_their_time_again(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]
    serving.pass_seconds(40)
    url = serving.url
    serving.restart()
    assert serving.url == url
    serving.pass_seconds(40)
    assert serving.agent_status(agent) == "accepted"
    assert ann.next()["agent"] == agent  # the session holds too
    serving.restart()
    serving.pass_seconds(61)
    assert serving.agent_status(agent) == "disconnect"


def test_a_sleep_of_the_computer_is_nobody_s_fault(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]
    serving.clock.passed += 3600  # type: ignore[attr-defined]
    serving.pass_seconds(40)
    assert serving.agent_status(agent) == "accepted"
    serving.pass_seconds(30)
    assert serving.agent_status(agent) == "timeout"


def test_a_unit_that_was_answered_is_not_lost_to_silence(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]
    ann.submit(agent, {"answer": "yes"})
    serving.pass_seconds(700)
    assert serving.agent_status(agent) == "completed"


# ------------------------------------------------------------------------------------------ the socket


def test_the_last_tab_wins(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]

    async def tabs() -> None:
        async with aiohttp.ClientSession() as client, ann.connect(client, agent=agent) as first:
            await beat(first)
            async with ann.connect(client, agent=agent) as second:
                await beat(second)
                assert await hear(first) == {"elsewhere": True}
                assert (await first.receive(timeout=10)).type is aiohttp.WSMsgType.CLOSE
                await asyncio.to_thread(serving.pass_seconds, 50)
                await beat(second)
                await asyncio.to_thread(serving.pass_seconds, 50)

    asyncio.run(tabs())
    assert serving.agent_status(agent) == "accepted"


def test_the_same_tab_that_comes_again_is_not_elsewhere(serving: Serving) -> None:
    ann = serving.page("ann")
    agent, tab = ann.next()["agent"], uuid.uuid4().hex

    async def tabs() -> None:
        async with aiohttp.ClientSession() as client, ann.connect(client, agent=agent, tab=tab) as first:
            await beat(first)
            async with ann.connect(client, agent=agent, tab=tab) as second:
                await beat(second)
                assert (await first.receive(timeout=10)).type is aiohttp.WSMsgType.CLOSE

    asyncio.run(tabs())


def test_who_is_there_is_told(serving: Serving) -> None:
    ann, bob = serving.page("ann"), serving.page("bob")

    async def both() -> None:
        async with aiohttp.ClientSession() as client, ann.connect(client), bob.connect(client) as socket:
            await beat(socket)
            await asyncio.to_thread(serving.wait_until, lambda s: s.runs[0].visitors == 2)

    asyncio.run(both())
    serving.wait_until(lambda s: s.runs[0].visitors == 0)


def test_a_status_that_is_written_elsewhere_reaches_the_page(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]

    async def talk(socket: Socket) -> Any:
        await beat(socket)
        # Another object of the same agent, as another part of the program has it.
        await asyncio.to_thread(
            lambda: serving.db.find_agents(worker_id=None)[0].update_status(AgentStatus.RETURNED)
        )
        return await hear(socket)

    assert ann.live(talk, agent=agent) == {"status": "returned"}


def test_a_unit_that_came_free_is_told_to_those_who_wait(tmp_path: Path) -> None:
    with serve(tmp_path, items=1, clock=TurnedClock()) as serving:
        ann, bob = serving.page("ann"), serving.page("bob")
        agent = ann.next()["agent"]
        assert bob.next()["kind"] == "none"

        async def talk(socket: Socket) -> None:
            await beat(socket)
            await asyncio.to_thread(ann.call, "return", {"agent": agent})
            assert await hear(socket) == {"changed": True}

        bob.live(talk)
        assert bob.next()["kind"] == "unit"


def test_a_paused_run_and_its_end_are_told(serving: Serving) -> None:
    ann = serving.page("ann")

    async def talk(socket: Socket) -> list[Any]:
        await beat(socket)
        await asyncio.to_thread(serving.set_state, "paused")
        heard = [await hear(socket)]
        await asyncio.to_thread(serving.set_state, "closed")
        await asyncio.to_thread(serving.close)
        heard.append(await hear(socket))
        assert (await socket.receive(timeout=10)).type is aiohttp.WSMsgType.CLOSE
        return heard

    assert ann.live(talk) == [{"changed": True}, {"closed": "The run has ended. Thank you."}]


def test_the_end_of_the_program_is_no_end_of_the_run(serving: Serving) -> None:
    ann = serving.page("ann")

    async def talk(socket: Socket) -> aiohttp.WSMessage:
        await beat(socket)
        await asyncio.to_thread(serving.close)
        return await socket.receive(timeout=10)

    said = ann.live(talk)
    assert (said.type, said.data) == (aiohttp.WSMsgType.CLOSE, 1001)
    serving.open()


def test_a_page_that_is_gone_before_it_is_connected_is_no_error(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, aborted = web.WebSocketResponse.prepare, []

    async def prepare(self: web.WebSocketResponse, request: web.Request) -> Any:
        assert request.transport is not None
        request.transport.abort()
        aborted.append(request)
        return await real(self, request)

    caplog.set_level(logging.ERROR, "crowddesk.taskserver.sites.wire")
    monkeypatch.setattr(web.WebSocketResponse, "prepare", prepare)
    with pytest.raises(aiohttp.ClientError):
        serving.page("ann").live(beat)
    serving.settle()
    assert aborted
    assert caplog.records == []


async def closing_code(page: Page, *texts: str, first: str | None = None) -> int | None:
    """With which code the server closes after these messages."""
    async with aiohttp.ClientSession() as client:
        url, headers = f"{page.url}live", {"Origin": page.origin}
        async with client.ws_connect(url, headers=headers, max_msg_size=0) as socket:
            if first is not None:
                await socket.send_str(first)
            for text in texts:
                await socket.send_str(text)
            async for _ in socket:
                pass
            return socket.close_code


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("hello", 1008),
        ("[]", 1008),
        ("{}", 4401),
        ('{"session": "1.x.y", "tab": "a"}', 4401),
        ('{"session": 1, "tab": "a"}', 4401),
        ("[" * 50_000, 1008),
        ('{"session": "' + "x" * 70_000 + '"}', 1009),
    ],
)
def test_the_first_message_says_who_it_is(serving: Serving, first: str, code: int) -> None:
    assert asyncio.run(closing_code(serving.page("ann"), first=first)) == code


def test_a_message_that_is_too_large_ends_the_connection(serving: Serving) -> None:
    ann = serving.page("ann")
    first = f'{{"session": "{ann.session}", "tab": "a"}}'
    assert asyncio.run(closing_code(ann, '{"act": "' + "x" * 66_000 + '"}', first=first)) == 1009


def test_too_many_messages_end_the_connection(serving: Serving) -> None:
    ann = serving.page("ann")
    first = f'{{"session": "{ann.session}", "tab": "a"}}'
    assert asyncio.run(closing_code(ann, *['{"beat": 1}'] * 61, first=first)) == 1008


def test_odd_messages_change_nothing(serving: Serving) -> None:
    ann = serving.page("ann")
    agent = ann.next()["agent"]

    async def talk(socket: Socket) -> None:
        for odd in ("x", "[]", "null", '{"act": 7}', '{"act": "x"}', '{"beat": {}}', '{"agent": "99"}', "{}"):
            await socket.send_str(odd)
        assert await hear(socket) == {"beat": None}
        await beat(socket)

    ann.live(talk, agent=agent)
    assert serving.agent_status(agent) == "accepted"
