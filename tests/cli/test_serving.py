"""Serving a run from the command line: its link, a worker's whole way over HTTP, lists, what is owed."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

Desk = Any

RUN = """
task: {name: own, title: Our own task, description: Say yes or no., reward: 0.10, currency: USD}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id}
provider: {_provider_type: inhouse, requester_name: lab}
"""
PEOPLE = "name,code\nAna Novak,blue-horse-42\n=1+1,green-fish-77\n"

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture
def lab(desk: Desk) -> Desk:
    """A desk with an account of its own people and a run file of two items."""
    desk.write_run(2, RUN)
    desk.run("requester", "add", "lab", "--provider", "inhouse", "budget=20.00")
    return desk


class Served:
    """A command that serves, while it runs, and what it printed first."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.run_id = int(process.stdout.readline())
        self.url = process.stdout.readline().strip()

    def post(self, path: str, body: dict[str, Any], session: str = "") -> dict[str, Any]:
        parts = urlsplit(self.url)
        headers = {"Content-Type": "application/json", "Origin": f"{parts.scheme}://{parts.netloc}"}
        if session:
            headers["Authorization"] = f"Bearer {session}"
        request = Request(f"{self.url}api/{path}", json.dumps(body).encode(), headers)
        with urlopen(request, timeout=30) as answer:
            told: dict[str, Any] = json.loads(answer.read())
        return told

    def work(self, session: str) -> bool:
        """Answers the next unit; False when there is none."""
        given = self.post("next", {}, session)
        if given["kind"] != "unit":
            return False
        answer = {"agent": given["agent"], "client_id": uuid.uuid4().hex, "data": {"answer": "1"}, "work": {}}
        return not self.post("submit", answer, session)["late"]

    def end(self, number: int | None = None) -> str:
        """What a person read, after the command has ended, by a signal if one is given."""
        if number is not None:
            self.process.send_signal(number)
        _, err = self.process.communicate(timeout=60)
        assert "Traceback" not in err, err
        return err


@pytest.fixture
def serve(lab: Desk) -> Iterator[Any]:
    started: list[subprocess.Popen[str]] = []

    def start(*args: object) -> Served:
        started.append(lab.start(*args))
        return Served(started[-1])

    yield start
    for process in started:
        process.kill()
        process.communicate()


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_is_served_until_a_signal_and_again_at_the_same_address(
    lab: Desk, serve: Any, number: int
) -> None:
    served = serve("launch", "run.yaml", "--serve")
    assert served.run_id == 1
    assert served.url.startswith("http://127.0.0.1:")
    with urlopen(f"{served.url}about", timeout=30) as answer:
        assert json.loads(answer.read())["title"] == "Our own task"
    assert lab.run("links", 1).stdout == f"{served.url}\n"
    said = served.end(number)
    assert "this computer only" in said
    assert "it goes on with: crowddesk serve 1" in said
    assert served.process.returncode == 128 + number
    assert lab.run("links", 1).stdout == f"{served.url}\n"
    again = serve("serve")
    assert (again.run_id, again.url) == (1, served.url)
    again.end(number)


@needs_signals
def test_people_work_on_it_and_it_ends_by_itself(lab: Desk, serve: Any) -> None:
    served = serve("launch", "run.yaml", "--serve")
    session = served.post("enter", {"registration": {"worker_name": "Ana Novak"}})["session"]
    assert served.work(session)
    assert served.work(session)
    said = served.end()
    assert served.process.returncode == 0, said
    assert "2 completed" in said
    assert {unit["worker_name"] for unit in lab.json("units")} == {"Ana Novak"}
    assert "Nothing is owed" in lab.run("owed").stderr
    lab.run("decide", "approve", "--run", 1, "--yes")
    lab.run("send", "--wait")
    lines = lab.run("owed", "--run", 1).stdout.splitlines()
    assert lines[0].split() == ["WORKER", "UNITS", "PAY", "BONUSES", "TOTAL"]
    assert lines[1].split("  ")[0] == "Ana Novak"
    assert lines[1].endswith("USD 0.20")
    assert "closed" in lab.run("serve", 1, code=1).stderr
    assert "no run to serve" in lab.run("serve", code=1).stderr


@needs_signals
def test_personal_links_admit_their_people(lab: Desk, serve: Any, tmp_path: Path) -> None:
    (lab.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    args = ("provider.people=people.csv", "provider.sign_in=code")
    served = serve("launch", "run.yaml", *args, "--serve")
    printed = dict(line.split("\t") for line in lab.run("links", 1).stdout.splitlines())
    assert printed["Ana Novak"] == f"{served.url}#code=blue-horse-42"
    lab.run("links", 1, "--csv", "links.csv")
    with (lab.folder / "links.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[0] for row in rows[1:]} == {"'=1+1", "Ana Novak"}
    with pytest.raises(HTTPError) as caught:
        served.post("enter", {"registration": {"code": "blue-horse-43"}})
    assert caught.value.code == 401
    caught.value.close()
    session = served.post("enter", {"registration": {"code": "GREEN FISH 77"}})["session"]
    assert served.work(session)
    (lab.folder / "more.csv").write_text("name\nBo Berg\nAna Novak\n", encoding="utf-8")
    assert "1 person invited" in lab.run("invite", 1, "more.csv").stderr
    assert "Bo Berg\t" in lab.run("links", 1).stdout
    lab.run("invite", 1, "--remove", "ana novak")
    assert "Ana Novak" not in lab.run("links", 1).stdout
    assert "Not on the list of run 1: Cy" in lab.run("invite", 1, "--remove", "Cy", code=1).stderr
    lab.run("decide", "approve", "--run", 1, "--yes")
    lab.run("send")
    pause, deadline = threading.Event(), time.monotonic() + 60
    while (text := lab.run("owed", "--csv").stdout).count("\n") < 2:
        assert time.monotonic() < deadline, "the serving process has not sent the approval"
        pause.wait(0.1)
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1+1", "1", "0.10", "0.00", "0.10", "USD"]
    served.end(signal.SIGINT)


def test_what_cannot_be_served_is_said(lab: Desk) -> None:
    mock = RUN.replace("inhouse, requester_name: lab", "mock, requester_name: practice")
    (lab.folder / "mock.yaml").write_text(mock, encoding="utf-8")
    assert "brings its own people" in lab.run("launch", "mock.yaml", "--serve", code=2).stderr
    assert lab.json("runs") == []
    lab.run("launch", "mock.yaml")
    assert "Run 1 is at mock" in lab.run("serve", 1, code=2).stderr
    assert "Run 1 is at mock" in lab.run("links", 1, code=2).stderr
    assert "Run 1 is at mock" in lab.run("invite", 1, "people.csv", code=2).stderr
    assert "pays its people itself" in lab.run("owed", "--run", 1, code=1).stderr
    assert "no run 9" in lab.run("serve", 9, code=1).stderr.replace("task run", "run")
    lab.run("launch", "run.yaml")
    assert "was not served yet" in lab.run("links", 2, code=1).stderr
    assert "Say whom" in lab.run("invite", 2, code=2).stderr
    assert "does not exist" in lab.run("invite", 2, "nowhere.csv", code=2).stderr


def test_a_list_with_faults_launches_nothing(lab: Desk) -> None:
    (lab.folder / "people.csv").write_text("name\nAna\nANA\n", encoding="utf-8")
    said = lab.run("launch", "run.yaml", "provider.people=people.csv", code=2).stderr
    assert "people.csv, line 3: 'ANA' is at line 2 already" in said
    assert lab.json("runs") == []
