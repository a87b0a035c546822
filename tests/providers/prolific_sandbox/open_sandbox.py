"""A sandbox for a test: in a thread or in a process of its own, with a client that checks every answer."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from crowddesk.providers.prolific_sandbox.books import Books, Terms
from crowddesk.providers.prolific_sandbox.server import make_app
from tests.providers.openapi_document import document

TOKEN = "token-of-ann"
CODE = {
    "code": "DONE1",
    "code_type": "COMPLETED",
    "actions": [{"action": "MANUALLY_REVIEW"}],
    "actor": "participant",
}
REASON = (
    "The answers to both attention checks were wrong, and the free text was copied from the question itself."
)
_ROOT = Path(__file__).resolve().parents[3]


class Said(Exception):
    """An answer that is not the expected one."""


class Desk:
    """A researcher at a sandbox. Calls and answers are held against the vendor's document, where it is.

    `body` sends JSON, `expect` is the status that must come; the parsed answer is returned.
    """

    def __init__(self, address: str, token: str = TOKEN, *, balance: int = 1_000_000) -> None:
        self.address = address
        self.http = httpx.Client(base_url=address, timeout=30.0, trust_env=False)
        self.token = token
        self.ids: dict[str, str] = self.control(
            "POST", "accounts", {"token": token, "name": "Ann", "currency": "GBP", "balance": balance}
        )
        self.workspace = self.ids["workspace_id"]
        self.project = self.ids["project_id"]

    def close(self) -> None:
        self.http.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        expect: int = 200,
        token: str | None = None,
    ) -> Any:
        path = f"/api/v1{path}"
        known = document()
        texts = {name: str(value) for name, value in (query or {}).items()}
        if known is not None and expect < 400:
            known.check_request(method, path, texts, body)
        headers = {"Authorization": f"Token {token or self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(body)
        response = self.http.request(method, path, params=texts, content=content, headers=headers)
        try:
            answer: Any = response.json() if response.content else None
        except ValueError:
            answer = response.text
        if response.status_code != expect:
            raise Said(f"{method} {path}: {response.status_code} instead of {expect}: {response.text[:600]}")
        if known is not None:
            known.check_answer(method, path, response.status_code, answer)
        return answer

    def control(self, method: str, path: str, body: Any = None) -> Any:
        response = self.http.request(
            method, f"/sandbox/{path}", json=body, headers={"X-CrowdDesk-Sandbox": "1"}
        )
        if response.status_code != 200:
            raise Said(f"/sandbox/{path}: {response.status_code} {response.text}")
        return response.json()

    def pass_time(self, seconds: float = 1.0) -> None:
        """Moves the sandbox's clock; what is due by then has been done when this returns."""
        self.control("POST", "clock", {"advance_seconds": seconds})

    def faults(self, *rules: Mapping[str, Any], seed: int = 1) -> None:
        self.control("POST", "faults", {"seed": seed, "rules": list(rules)})

    def ledger(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.control("GET", f"ledger?workspace_id={self.workspace}")
        return rows

    def balance(self) -> tuple[int, int]:
        """All that is in the wallet, and what of it is free, in minor units."""
        told = self.ask("GET", f"/workspaces/{self.workspace}/balance/")
        return told["total_balance"], told["available_balance"]

    # ------------------------------------------------------------------------------------ the usual things

    def draft(self, **fields: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.ask("POST", "/studies/", study(self.project, **fields), expect=201)
        return told

    def move(self, study_id: str, action: str, expect: int = 200, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.ask(
            "POST", f"/studies/{study_id}/transition/", {"action": action, **more}, expect=expect
        )
        return told

    def live(self, **fields: Any) -> str:
        """A published study's id."""
        study_id: str = self.draft(**fields)["id"]
        self.move(study_id, "PUBLISH")
        self.pass_time()
        return study_id

    def status_of(self, study_id: str) -> str:
        status: str = self.ask("GET", f"/studies/{study_id}/")["status"]
        return status

    def start(self, study_id: str, pid: str, expect: int = 302) -> str:
        """A participant takes a place; the submission's id."""
        response = self.http.get(f"/participant/{pid}/start/{study_id}", follow_redirects=False)
        self.http.cookies.clear()
        if response.status_code != expect:
            raise Said(f"start: {response.status_code} {response.text}")
        return response.headers.get("X-Submission", "")

    def finish(self, pid: str, code: str | None = "DONE1") -> None:
        """A participant comes back with a code."""
        response = self.http.get(
            "/submissions/complete",
            params={} if code is None else {"cc": code},
            headers={"Cookie": f"participant={pid}"},
        )
        if response.status_code != 200:
            raise Said(f"complete: {response.status_code} {response.text}")

    def submit(self, study_id: str, *pids: str, code: str = "DONE1") -> list[str]:
        """Participants do the whole study; the submissions' ids."""
        ids = []
        for pid in pids:
            ids.append(self.start(study_id, pid))
            self.finish(pid, code)
        return ids

    def judge(self, submission_id: str, action: str, expect: int = 200, **more: Any) -> Any:
        return self.ask(
            "POST", f"/submissions/{submission_id}/transition/", {"action": action, **more}, expect=expect
        )

    def reject(self, submission_id: str, expect: int = 200) -> Any:
        return self.judge(submission_id, "REJECT", expect, message=REASON, rejection_category="FAILED_CHECK")

    def submission(self, submission_id: str) -> dict[str, Any]:
        told: dict[str, Any] = self.ask("GET", f"/submissions/{submission_id}/")
        return told

    def prepare(self, study_id: str, *lines: str, expect: int = 201) -> Any:
        body = {"study_id": study_id, "csv_bonuses": "\n".join(lines)}
        return self.ask("POST", "/submissions/bonus-payments/", body, expect=expect)

    def pay(self, bulk_id: str, expect: int = 202) -> Any:
        return self.ask("POST", f"/bulk-bonus-payments/{bulk_id}/pay/", expect=expect)


def study(project: str, **fields: Any) -> dict[str, Any]:
    """What a study is created with."""
    return {
        "name": "Birds",
        "internal_name": "birds-1",
        "description": "Say what you see.",
        "external_study_url": "https://desk.example/run?p={{%PROLIFIC_PID%}}&s={{%STUDY_ID%}}&u={{%SESSION_ID%}}",
        "prolific_id_option": "url_parameters",
        "completion_codes": [CODE],
        "total_available_places": 3,
        "estimated_completion_time": 5,
        "reward": 150,
        "project": project,
        "metadata": "run-7",
        "filters": [],
    } | fields


@contextmanager
def in_thread(path: Path, terms: Terms | None = None) -> Iterator[str]:
    """A server in a thread of this process, without its crowd; its address."""
    ready = threading.Event()
    told: dict[str, Any] = {}

    async def serve() -> None:
        books = Books(path, terms)
        runner = web.AppRunner(make_app(books), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            told["stop"], told["loop"] = asyncio.Event(), asyncio.get_running_loop()
            told["address"] = f"http://127.0.0.1:{runner.addresses[0][1]}"
            ready.set()
            await told["stop"].wait()
        finally:
            await runner.cleanup()
            books.close()

    def run() -> None:
        try:
            asyncio.run(serve())
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="sandbox")
    thread.start()
    ready.wait(30)
    try:
        yield told["address"]
    finally:
        told["loop"].call_soon_threadsafe(told["stop"].set)
        thread.join(30)


class Process:
    """The sandbox as its own process, which may be killed at any moment and started again on its file."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self._folder = folder
        self._options = options
        self.file = folder / "sandbox.sqlite"
        self.starts = 0
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        self.starts += 1
        ready = self._folder / f"ready-{self.starts}"
        code = (
            "import json, sys\nfrom pathlib import Path\n"
            "from crowddesk.providers.prolific_sandbox.server import serve_alone\n"
            "options = json.loads(sys.argv[1])\n"
            "serve_alone(Path(options.pop('path')), ready_file=Path(options.pop('ready')), **options)"
        )
        options = {"path": str(self.file), "ready": str(ready), **self._options}
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, json.dumps(options)],
            cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        wait_until(lambda: ready.exists() or self._process.poll() is not None)  # type: ignore[union-attr]
        if not ready.exists():
            raise Said(self._process.communicate()[0])
        told = json.loads(ready.read_text(encoding="utf-8"))
        assert told["pid"] == self._process.pid
        self.address = told["address"]
        return self.address

    def kill(self) -> None:
        """kill -9."""
        self.end(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)

    def end(self, number: int | None) -> tuple[int, str]:
        """Sends a signal, where one is given, and waits for the end: exit code and all that was printed."""
        assert self._process is not None
        if number is not None and self._process.poll() is None:
            self._process.send_signal(number)
        said, _ = self._process.communicate(timeout=30)
        return self._process.returncode, said


def wait_until(holds: Any, seconds: float = 30.0) -> None:
    """Waits for something that another process or thread does."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.01)
