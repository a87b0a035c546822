"""The server as a whole: it listens when a run needs it, where it should, and hands out under a rush."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.settings import TaskServing
from crowddesk.store import links
from crowddesk.taskserver import ServerState, TaskServer
from crowddesk.taskserver.clock import Clock
from crowddesk.testing import launch, make_run, make_workspace, register, use_provider
from tests.taskserver.marketplace import Marketplace, registration
from tests.taskserver.serving import WAIT, Serving, make_open_run, serve, serve_runs


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection((host, port), timeout=WAIT):
        return True
    return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


# -------------------------------------------------------------------------------------- listening


def test_nothing_listens_when_no_run_is_open(tmp_path: Path) -> None:
    with serve(tmp_path) as serving:
        port, url = serving.port, serving.url
        assert serving.served.listening
        assert serving.server.url_of(int(serving.run.db_id)) == url
        serving.close()
        assert not is_listening(port)
        assert serving.server.url_of(int(serving.run.db_id)) is None
        serving.open()
        assert serving.url == url
        assert is_listening(port)
    assert not is_listening(port)


def test_a_server_that_serves_nothing_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("crowddesk.taskserver.sites._bind", lambda *a: opened.append(a))
    db = make_workspace(tmp_path)
    server = TaskServer(db, TaskServing, lambda state: None)
    threads = [threading.Thread(target=server.run), threading.Thread(target=server.writer.run)]
    for thread in threads:
        thread.start()
    server.serve(1, ())
    server.stop()
    threads[0].join(WAIT)
    server.writer.stop()
    threads[1].join(WAIT)
    db.close()
    assert opened == []
    assert server.state == ServerState()


def test_stopped_before_it_ran_it_ends_at_once(tmp_path: Path) -> None:
    db = make_workspace(tmp_path)
    server = TaskServer(db, TaskServing, lambda state: None)
    server.stop()
    server.run()
    db.close()


def test_only_this_computer_unless_told_otherwise(tmp_path: Path) -> None:
    with serve(tmp_path) as serving:
        assert serving.served.reach == "this computer"
        assert serving.base == f"http://127.0.0.1:{serving.port}"
        sites = serving.server._service._sites  # type: ignore[union-attr]
        assert {place.host for place, *_ in sites._sites.values()} == {"127.0.0.1"}


def test_on_the_local_network_the_address_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "127.0.0.2"  # stands for the network's: it is this computer's too
    monkeypatch.setattr("crowddesk.taskserver.sites.network_address", lambda: address)
    with serve(tmp_path, settings=TaskServing(reach="local network")) as serving:
        assert serving.served.reach == "local network"
        assert serving.served.address == f"127.0.0.2:{serving.port}"
        assert serving.url.startswith(f"http://127.0.0.2:{serving.port}/r/")
        assert serving.page("ann").next()["kind"] == "unit"
        address = "127.0.0.3"  # another network
        serving.server.look_again()
        serving.wait_until(lambda s: s.runs[0].address.startswith("127.0.0.3:"))
        assert serving.page("bob").next()["kind"] == "unit"


def test_a_public_address_is_the_link(tmp_path: Path) -> None:
    settings = TaskServing(public_url="https://lab.example.org/tasks/")
    with serve(tmp_path, settings=settings) as serving:
        assert serving.served.reach == "public"
        assert serving.url == f"https://lab.example.org/tasks/r/{serving.token}/"
        assert is_listening(serving.port)
        assert serving.served.address == f"127.0.0.1:{serving.port}"


class Sends(Marketplace):
    """Is told the link of a run when the run is set up."""

    needs_link = True


@contextlib.contextmanager
def draft(path: Path, settings: TaskServing, home: type[Marketplace] = Sends) -> Iterator[Serving]:
    """A run that is being set up: its server runs and serves nothing yet."""
    with use_provider(home):
        db = make_workspace(path / "workspace")
        run = make_run(db, register(InhouseProvider.RequesterClass.new(db, "lab")))
        serving = Serving(db, [run], settings, Clock())
        try:
            yield serving
        finally:
            serving.stop()
            db.close()


def test_a_run_that_is_being_set_up_has_its_link_and_opens_without_a_reload(tmp_path: Path) -> None:
    with draft(tmp_path, TaskServing(), Marketplace) as serving:
        run_id = int(serving.run.db_id)
        assert serving.server.url_of(run_id) is None
        serving.open()
        url = serving.server.url_of(run_id)
        assert url == serving.url
        page = serving.page()
        about = page.get("about").json
        assert (about["open"], about["reason"]) == (False, "The run has not begun yet.")
        page.session = page.call("enter", {"registration": registration()}).json["session"]
        told = page.next()
        assert (told["kind"], told["reason"]) == ("none", "This run has not begun yet. Come back later.")
        launch(serving.run.get_provider(), serving.run)
        serving.settle()
        assert page.next()["kind"] == "unit"
        assert page.get("about").json["open"] is True
        assert serving.server.url_of(run_id) == url


def test_a_run_that_is_never_published_leaves_nothing_open(tmp_path: Path) -> None:
    with draft(tmp_path, TaskServing(), Marketplace) as serving:
        port = serving.open() and serving.port
        serving.set_state("closed")
        serving.close()
        assert not is_listening(port)
        assert serving.server.url_of(int(serving.run.db_id)) is None
        serving.open()  # the same link, should it be set up after all
        assert serving.port == port


def test_people_whom_a_vendor_sends_come_by_https_alone(tmp_path: Path) -> None:
    with draft(tmp_path, TaskServing()) as serving:
        run_id = int(serving.run.db_id)
        serving.server.serve(1, [run_id])
        served = serving.wait_until(lambda s: bool(s.of(run_id) and s.of(run_id).note)).of(run_id)  # type: ignore[union-attr]
        assert served is not None
        assert (served.listening, served.url) == (False, "")
        assert "https addresses only" in served.note
        assert serving.server.url_of(run_id) is None
        serving.settings.public_url = "http://lab.example.org"
        serving.server.look_again()
        serving.settings.public_url = "https://lab.example.org"
        serving.server.look_again()
        serving.wait_until(lambda s: s.runs[0].listening)
        assert serving.server.url_of(run_id) == f"https://lab.example.org/r/{serving.token}/"
        assert serving.served.note == ""


def test_who_rehearses_needs_no_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sends.RequesterClass, "is_sandbox", classmethod(lambda cls: True))
    with draft(tmp_path, TaskServing()) as serving:
        serving.open()
        assert serving.url.startswith("http://127.0.0.1:")


def test_a_run_that_nobody_can_open_has_no_link(tmp_path: Path) -> None:
    settings = TaskServing(public_url="https://lab.example.org", port=free_port())
    with draft(tmp_path, settings) as serving, socket.create_server(("127.0.0.1", settings.port)):
        run_id = int(serving.run.db_id)
        serving.server.serve(1, [run_id])
        serving.wait_until(lambda s: bool(s.runs) and "used by another program" in s.runs[0].note)
        assert serving.server.url_of(run_id) is None


def test_the_port_is_kept_over_restarts(tmp_path: Path) -> None:
    with serve(tmp_path) as serving:
        url = serving.url
        with serving.db.read() as conn:
            link = links.link_of(conn, int(serving.run.db_id))
        assert link is not None
        assert (link.port, link.token) == (serving.port, serving.token)
        serving.restart()
        assert serving.url == url


def test_a_port_that_is_taken_is_said_and_tried_again(tmp_path: Path) -> None:
    db = make_workspace(tmp_path / "workspace")
    with socket.create_server(("127.0.0.1", 0)) as taken, contextlib.ExitStack() as stack:
        stack.callback(db.close)
        port = taken.getsockname()[1]
        run = make_open_run(db)
        serving = Serving(db, [run], TaskServing(port=port), Clock())
        stack.callback(serving.stop)
        serving.server.serve(1, [int(run.db_id)])
        state = serving.wait_until(lambda s: bool(s.runs and s.runs[0].note))
        assert not state.runs[0].listening
        assert state.runs[0].note == (
            f"Port {port} is used by another program. Close that program, or set another port in Settings; "
            "it is tried again every few seconds."
        )
        taken.close()
        state = serving.wait_until(lambda s: s.runs[0].listening)
        assert state.runs[0].note == ""
        assert serving.page("ann").next()["kind"] == "unit"


def test_settings_that_change_are_followed(tmp_path: Path) -> None:
    with serve(tmp_path) as serving:
        before, port = serving.port, free_port()
        serving.settings = TaskServing(port=port)
        serving.server.look_again()
        serving.wait_until(lambda s: s.runs[0].address == f"127.0.0.1:{port}")
        assert is_listening(port)
        assert not is_listening(before)

        def broken() -> TaskServing:
            raise BadInput("settings.yaml cannot be read")

        serving.server._folder_settings = broken
        serving.server.look_again()
        serving.settle()
        assert serving.page().get("about").status == 200


def test_a_run_that_cannot_be_served_is_said_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(tmp_path) as serving:
        serving.server.serve(2, [999])
        state = serving.wait_until(lambda s: len(s.runs) == 2)
        assert state.runs[0].listening
        assert (state.runs[1].listening, "999" in state.runs[1].note) == (False, True)


def test_a_vendor_s_fault_stops_no_other_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: InhouseProvider, task_run: TaskRun) -> str:
        if task_run.db_id == "1":
            raise KeyError("sign_in")
        return "name"

    monkeypatch.setattr(InhouseProvider, "sign_in", fail)
    db = make_workspace(tmp_path / "workspace")
    runs = [make_open_run(db), make_open_run(db)]
    with contextlib.closing(db), serve_runs(db, runs[1]) as serving:
        serving.server.serve(2, [int(runs[0].db_id)])
        state = serving.wait_until(lambda s: len(s.runs) == 2)
        assert [run.note for run in state.runs] == ["KeyError: 'sign_in'", ""]
        serving.server.serve(1, [])
        serving.server.serve(1, [int(runs[1].db_id)])
        serving.wait_until(lambda s: len(s.runs) == 2 and s.runs[1].listening)


def test_there_is_room_for_many_pages(tmp_path: Path) -> None:
    """Each is an open file, of which macOS lets a program have 256 unless it asks for more."""
    resource = pytest.importorskip("resource")  # not on Windows, which has no such limit
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        with serve(tmp_path, items=1) as serving, contextlib.ExitStack() as pages:
            for _ in range(200):  # each is two here: its other end is ours
                pages.enter_context(socket.create_connection(("127.0.0.1", serving.port), timeout=WAIT))
            assert serving.page("ann").next()["kind"] == "unit"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


# ------------------------------------------------------------------------------------------------- TLS


def make_certificate(folder: Path) -> tuple[str, str]:
    """A certificate of one's own for 127.0.0.1, and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl")
    certificate, key = str(folder / "cert.pem"), str(folder / "key.pem")
    command = [
        *(program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", "1", "-subj", "/CN=lab", "-addext", "subjectAltName=IP:127.0.0.1"),
        *("-keyout", key, "-out", certificate),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


def test_with_a_certificate_it_speaks_https(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    settings = TaskServing(certificate=certificate, certificate_key=key)
    with serve(tmp_path, settings=settings) as serving:
        assert serving.url.startswith(f"https://127.0.0.1:{serving.port}/r/")
        trusting = ssl.create_default_context(cafile=certificate)

        async def ask() -> list[int]:
            async with aiohttp.ClientSession() as client:
                statuses = []
                for origin in (serving.base, serving.base.replace("https", "http")):
                    body = {"registration": {"worker_name": "ann"}}
                    async with client.post(
                        f"{serving.url}api/enter", json=body, headers={"Origin": origin}, ssl=trusting
                    ) as answer:
                        statuses.append(answer.status)
                return statuses

        assert asyncio.run(ask()) == [200, 403]


def test_a_certificate_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("no certificate")
    bad = str(tmp_path / "bad.pem")
    with serve(tmp_path) as serving:
        serving.settings = TaskServing(certificate=bad, certificate_key=bad)
        serving.server.look_again()
        state = serving.wait_until(lambda s: bool(s.runs[0].note))
        assert not state.runs[0].listening
        assert state.runs[0].note.startswith(f"The certificate {bad} with the key {bad} cannot be used")


def test_two_runs_share_a_port_and_nothing_else(tmp_path: Path) -> None:
    db = make_workspace(tmp_path / "workspace")
    try:
        with serve_runs(db, make_open_run(db), make_open_run(db)) as serving:
            one, two = serving.server.state.runs
            assert one.address == two.address
            assert one.url != two.url
            serving.server.serve(1, [one.run_id])
            serving.wait_until(lambda s: len(s.runs) == 1)
            assert serving.page().get("about").status == 200
            gone = two.url.partition(one.address)[2]
            assert serving.page().get(f"{gone}about").status == 404
    finally:
        db.close()


# ------------------------------------------------------------------------------------------- a rush


def test_two_hundred_at_once_each_get_their_own_unit(tmp_path: Path) -> None:
    async def work(client: aiohttp.ClientSession, url: str, number: int) -> str:
        headers = {"Origin": url.partition("/r/")[0]}
        body: dict[str, Any] = {"registration": {"worker_name": f"worker {number}"}}
        async with client.post(f"{url}api/enter", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            headers["Authorization"] = f"Bearer {(await answer.json())['session']}"
        async with client.post(f"{url}api/next", json={}, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            offer = await answer.json()
        assert offer["kind"] == "unit", offer
        body = {
            "agent": offer["agent"],
            "client_id": f"answer-{number}",
            "data": {"answer": "yes"},
            "work": {},
        }
        async with client.post(f"{url}api/submit", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
        return str(offer["item"])

    async def everybody(url: str) -> list[str]:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as client:
            return await asyncio.gather(*(work(client, url, number) for number in range(200)))

    with serve(tmp_path, items=200) as serving:
        items = asyncio.run(everybody(serving.url))
        assert len(set(items)) == 200
        assert {unit.db_status for unit in serving.db.find_units()} == {"completed"}
        with serving.db.read() as conn:
            count = conn.exec_driver_sql("SELECT count(*), count(DISTINCT unit_id) FROM submission").one()
        assert tuple(count) == (200, 200)
