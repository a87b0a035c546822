"""A sandbox server in a thread of the test: its clock is the test's, its answers are as documented."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from aiohttp import web

from crowddesk.blueprints.form import FormArgs, FormBlueprint
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task import Task
from crowddesk.data_model.task_run import TaskRun
from crowddesk.operations.run_file import run_from_dict, to_yaml
from crowddesk.providers.mock.entities import MockRequester
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific_sandbox import accounts, builder
from crowddesk.providers.prolific_sandbox.books import Books, Terms, new_id
from crowddesk.providers.prolific_sandbox.server import make_app
from tests.providers.openapi_document import document

TOKEN = "the-token-of-the-hosted-tests"
LAG = 10.0
_Found = TypeVar("_Found")


class Checked(httpx.BaseTransport):
    """Sends for real, and holds each call of the vendor's and its answer against the vendor's document."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        #: Faults on demand give answers that are not documented.
        self.checks = True
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        response.read()
        path = request.url.path
        self.calls.append(f"{request.method} {path.removeprefix('/api/v1/data-collection/')}")
        known = document()
        if self.checks and known is not None and path.startswith("/api/v1/"):
            body = json.loads(response.content) if response.content else None
            known.check_answer(request.method, path, response.status_code, body)
            sent: Any = request.read().decode("utf-8", "replace") or None
            if sent and request.headers.get("Content-Type") == "application/json":
                sent = json.loads(sent)
            if response.status_code < 400:
                known.check_request(request.method, path, dict(request.url.params), sent)
        return response

    def close(self) -> None:
        self._inner.close()


class Sandbox:
    """A running server; `books` are its own and are used on its loop only."""

    def __init__(self, books: Books, address: str, loop: asyncio.AbstractEventLoop) -> None:
        self.address = address
        self.transport = Checked()
        self.client = ProlificClient(TOKEN, address, transport=self.transport, pause=lambda seconds: None)
        self._books = books
        self._loop = loop
        self.account = self.do(lambda books: accounts.open_account(books, TOKEN, "Lab", "GBP", 10_000_000))

    @property
    def workspace_id(self) -> str:
        return self.account["workspace_id"]

    def do(self, act: Callable[[Books], _Found]) -> _Found:
        """Does something with the books on the server's loop."""

        async def called() -> _Found:
            return act(self._books)

        return asyncio.run_coroutine_threadsafe(called(), self._loop).result(30)

    def advance(self, seconds: float = LAG) -> None:
        """Moves the sandbox's clock; what is due by then is done."""
        self._control("clock", {"advance_seconds": seconds})

    def go_wrong(self, *rules: dict[str, Any], seed: int = 0) -> None:
        """Faults from now on."""
        self.transport.checks = not rules
        self._control("faults", {"seed": seed, "rules": list(rules)})

    def _control(self, name: str, body: dict[str, Any]) -> None:
        headers = {"X-CrowdDesk-Sandbox": "1"}
        answer = httpx.post(f"{self.address}/sandbox/{name}", json=body, headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text

    def ask(
        self, method: str, path: str, body: Any = None, *, token: str = TOKEN, raw: bytes | None = None
    ) -> Any:
        """A call below /data-collection; its answer with `status_code`, held against the document."""
        headers = {"Authorization": f"Token {token}"}
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()
        if content is not None:
            kind = "application/x-ndjson" if raw is not None else "application/json"
            headers["Content-Type"] = kind
        url = f"{self.address}/api/v1/data-collection/{path}"
        with httpx.Client(transport=Checked(), trust_env=False) as http:
            return http.request(method, url, content=content, headers=headers)

    def take_place(self, study_id: str, participant_id: str) -> str:
        """A participant's stay in a study, as starting it at the vendor makes one."""

        def take(books: Books) -> str:
            submission_id = new_id()
            with books.write() as db:
                db.execute(
                    "INSERT INTO submission (id, study_id, participant_id, status, started_at)"
                    " VALUES (?, ?, ?, 'ACTIVE', ?)",
                    (submission_id, study_id, participant_id, books.clock.now()),
                )
            return submission_id

        return self.do(take)

    def end_stay(self, submission_id: str, status: str) -> None:
        def end(books: Books) -> None:
            with books.write() as db:
                db.execute("UPDATE submission SET status = ? WHERE id = ?", (status, submission_id))

        self.do(end)

    def make_study(self, fields: dict[str, Any]) -> str:
        """A study of a batch, as a draft."""
        whole = {
            "name": "Hosted",
            "internal_name": "hosted",
            "description": "Hosted.",
            "prolific_id_option": "not_required",
            "completion_codes": [
                {"code": "DONE1", "code_type": "COMPLETED", "actions": [{"action": "MANUALLY_REVIEW"}]}
            ],
            "estimated_completion_time": 5,
            "reward": 100,
            **fields,
        }

        def insert(books: Books) -> str:
            study_id = new_id()
            with books.write() as db:
                db.execute(
                    "INSERT INTO study (id, workspace_id, project_id, status, fields, reward, places,"
                    " created_at) VALUES (?, ?, ?, 'ACTIVE', ?, 100, 1, 0)",
                    (study_id, self.workspace_id, self.account["project_id"], json.dumps(whole)),
                )
            return study_id

        return self.do(insert)

    def tasks_of(self, submission_id: str) -> list[builder.HostedTask]:
        return self.do(lambda books: builder.tasks_of(books, submission_id))

    def answer(self, submission_id: str, task_id: str, values: dict[str, Any]) -> bool:
        return self.do(lambda books: builder.answer(books, submission_id, task_id, values))


@contextmanager
def running_sandbox(path: Path, lag: float = LAG) -> Iterator[Sandbox]:
    """A sandbox server over a file, which ends with the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sandbox")
    thread.start()

    async def start() -> tuple[Books, web.AppRunner, str]:
        books = Books(path, Terms(lag=lag))
        runner = web.AppRunner(make_app(books), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return books, runner, "http://{}:{}".format(*runner.addresses[0][:2])

    async def stop(books: Books, runner: web.AppRunner) -> None:
        await runner.cleanup()
        books.close()

    try:
        books, runner, address = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
        sandbox = Sandbox(books, address, loop)
        try:
            yield sandbox
        finally:
            sandbox.client.close()
            asyncio.run_coroutine_threadsafe(stop(books, runner), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def make_form(folder: Path, fields: str, *, rows: Sequence[str] = (), head: str = "") -> FormBlueprint:
    """A form over a table; `fields` is the YAML below `fields:`, `rows` are CSV lines with their header."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.yaml").write_text(f"title: A form\n{head}fields:\n{fields}", encoding="utf-8")
    (folder / "items.csv").write_text("\n".join([*rows, ""]), encoding="utf-8", newline="")
    return FormBlueprint(FormArgs(data="items.csv", form="form.yaml", item_key="id"), folder)


def make_form_run(
    db: CrowdDatabase, fields: str, rows: Sequence[str], *, head: str = "", task: dict[str, Any] | None = None
) -> TaskRun:
    """A run of a form's items, in the state `draft`; its account is of the practice crowd."""
    found = db.find_requesters(requester_name="lab", provider_type="mock")
    requester = found[0] if found else MockRequester.new(db, "lab")
    number = len(db.find_task_runs()) + 1
    folder = db.folder / "runs" / str(number)
    make_form(folder, fields, rows=rows, head=head)
    config = run_from_dict(
        {
            "task": {
                "name": f"hosted {number}", "title": f"Hosted {number}", "description": "One page.",
                "reward": "1.00", "currency": requester.currency, **(task or {}),
            },
            "blueprint": {
                "_blueprint_type": "form", "form": "form.yaml", "data": "items.csv", "item_key": "id",
            },
            "provider": {"_provider_type": "mock", "requester_name": "lab"},
        },
        folder,
    )  # fmt: skip
    kind = Task.new(db, f"hosted {number}", "form")
    args = to_yaml(config, relative_to=folder)
    run = TaskRun.get(db, db.new_task_run(kind.db_id, requester.db_id, args, folder=f"runs/{number}"))
    for item in run.get_blueprint().read_items():
        Assignment.new(db, run, dict(item.values), item.values["id"])
    return run
