"""A desk with Prolific's own provider at a sandbox: runs, people who come, decisions, what is stored."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task import Task
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    AgentStatus,
    AssignmentState,
    Found,
    Outcome,
    StatusChange,
    VendorError,
    now,
)
from crowddesk.operations.run_file import RunConfig, run_from_dict, to_yaml
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.provider import ProlificProvider
from crowddesk.store import arrivals, records
from crowddesk.testing.workspace import (
    TASK_URL,
    carry_out,
    launch,
    make_run,
    make_workspace,
    new_action,
    register,
)
from tests.providers.hosted_sandbox import make_form
from tests.providers.prolific.documented import Sent
from tests.providers.prolific_sandbox.open_sandbox import TOKEN, Desk

#: What a reviewer writes: their own words, with what a form could break.
REASON = (
    "Dear participant, your answers to items 3 and 7 (“näïve”, “日本”) were copied from the question; "
    "see the guide's first page, please."
)


class Bench:
    """One workspace with the account `lab`. `vendor` is the sandbox as its researcher sees it."""

    def __init__(self, folder: Path, vendor: Desk, sent: Sent) -> None:
        self.vendor = vendor
        self.sent = sent
        self.db = make_workspace(folder)
        self.account = self.open_account("lab")
        self._people = 0
        self.restart()

    def close(self) -> None:
        self.db.close()

    def open_account(self, name: str, token: str = TOKEN) -> Requester:
        return register(ProlificRequester.new(self.db, name), {"token": token})

    def restart(self) -> None:
        """The lane's memory is gone; what is stored stays."""
        self.provider = ProlificProvider(self.db)
        self.provider.APPROVED_WITHIN = 0.5

    # ------------------------------------------------------------------------------------------ runs

    def run(self, items: int = 3, **more: Any) -> TaskRun:
        """A draft run of one unit an item; `provider` and `task` are further keys of those sections."""
        provider = {"hosting": "here", **more.pop("provider", {})}
        task = {"estimated_minutes": 1, **more.pop("task", {})}
        account = more.pop("account", self.account)
        return make_run(
            self.db, account, items=items, provider=provider, task=task, **{"reward": "1.00", **more}
        )

    def live(self, items: int = 3, **more: Any) -> TaskRun:
        """A run whose study takes people."""
        run = self.run(items, **more)
        launch(self.provider, run)
        self.vendor.pass_time()
        return self.again(run)

    def form(self, items: int, provider: dict[str, Any]) -> tuple[RunConfig, Path]:
        """The configuration of a run of a form, and the folder where it lies."""
        folder = f"runs/hosted-{len(self.db.find_task_runs())}"
        place = self.db.folder / folder
        rows = ["id,text", *(f"item-{n},Item {n}" for n in range(items))]
        fields = (
            '- {type: show_text, label: The text, text: "{{text}}"}\n'
            "- {name: mood, type: single, label: Mood, required: true, options: [good, bad]}\n"
        )
        make_form(place, fields, rows=rows)
        sections: dict[str, Any] = {
            "task": {
                "name": "hosted", "title": "Hosted", "description": "One page.", "reward": "1.00",
                "currency": "GBP", "estimated_minutes": 1,
            },
            "blueprint": {
                "_blueprint_type": "form", "form": "form.yaml", "data": "items.csv", "item_key": "id",
            },
            "provider": {"_provider_type": "prolific", "requester_name": "lab", **provider},
        }  # fmt: skip
        return run_from_dict(sections, place), place

    def hosted(self, items: int = 2) -> TaskRun:
        """A draft run of a form that Prolific is to show itself."""
        config, place = self.form(items, {"hosting": "vendor"})
        args = to_yaml(config, relative_to=place)
        folder = place.relative_to(self.db.folder).as_posix()
        kind = Task.new(self.db, "hosted", "form")
        run_id = self.db.new_task_run(kind.db_id, self.account.db_id, args, folder=folder, reward_minor=100)
        run = TaskRun.get(self.db, run_id)
        for item in run.get_blueprint().read_items():
            assignment = Assignment.new(self.db, run, dict(item.values), item.values["id"])
            self.provider.UnitClass.new(self.db, assignment, 0, "1.00")
        return run

    def set_up(self, run: TaskRun, url: str = TASK_URL) -> Outcome:
        return self.do(ActionKind.SET_UP, run, payload={"server_url": url})

    def open(self, run: TaskRun) -> list[Outcome]:
        """Asks for the run's units to be launched."""
        address = {"task_url": TASK_URL}
        actions = [self.action(ActionKind.LAUNCH, unit, payload=address) for unit in run.get_units()]
        return self.provider.perform(actions)

    def stop(self, run: TaskRun) -> list[Outcome]:
        """Takes all units of a run down, as stopping it does."""
        with self.db.write() as w:
            records.change(w, "task_run", int(run.db_id), stopping=True)
        return self.provider.perform([self.action(ActionKind.EXPIRE, u) for u in run.get_units()])

    def again(self, run: TaskRun) -> TaskRun:
        return TaskRun.get(self.db, run.db_id)

    def study_of(self, run: TaskRun) -> str:
        return self.provider.book.id_of(run.db_id)

    def studies(self) -> list[dict[str, Any]]:
        """All that the vendor has."""
        told: list[dict[str, Any]] = self.vendor.ask("GET", "/studies/")["results"]
        return told

    def status_of(self, run: TaskRun) -> str:
        return self.vendor.status_of(self.study_of(run))

    def code_of(self, run: TaskRun) -> str:
        code: str = self.provider.book.of(run.db_id)["codes"]["finished"]
        return code

    # ---------------------------------------------------------------------------------------- people

    def person(self) -> str:
        self._people += 1
        return f"{self._people:024x}"

    def comes(self, run: TaskRun, pid: str = "", unit: Unit | None = None) -> Agent:
        """Somebody takes a place at the vendor, follows its link to our page, and gets a unit."""
        pid = pid or self.person()
        study_id = self.study_of(run)
        answer = self.vendor.http.get(f"/participant/{pid}/start/{study_id}", follow_redirects=False)
        self.vendor.http.cookies.clear()
        assert answer.status_code == 302, answer.text
        said = {n: values[0] for n, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
        registration = {
            "worker_name": said["PROLIFIC_PID"], "study": said["STUDY_ID"], "session": said["SESSION_ID"],
        }  # fmt: skip
        worker = self.provider.admit(run, registration)
        chosen = unit or self.again(run).get_units(AssignmentState.LAUNCHED)[0]
        return self.provider.AgentClass.new_from_provider_data(self.db, worker, chosen, registration)

    def sends(self, agent: Agent, code: str | None = None) -> None:
        """They send their answer, and go back to the vendor with its code."""
        agent.handle_submit({"answer": "yes"})
        agent.update_status(AgentStatus.COMPLETED)
        run = agent.get_task_run()
        self.vendor.finish(agent.get_worker().worker_name, code or self.code_of(run))

    def answered(self, run: TaskRun, people: int = 0) -> list[Unit]:
        """So many people answer (every unit, where none are named); their units, `completed`."""
        agents = [self.comes(run) for _ in range(people or len(run.get_units()))]
        for agent in agents:
            self.sends(agent)
        self.sync(run)
        units = [Unit.get(self.db, agent.unit_id) for agent in agents]
        assert {unit.db_status for unit in units} == {AssignmentState.COMPLETED}
        return units

    def ref_of(self, unit: Unit) -> str:
        """The submission of a unit."""
        agent = Unit.get(self.db, unit.db_id).get_assigned_agent()
        assert agent is not None
        ref: str = self.db.get_agent(agent.db_id)["vendor_ref"]
        return ref

    def refs_of(self, units: Sequence[Unit]) -> list[str]:
        return [self.ref_of(unit) for unit in units]

    def vendor_status(self, unit: Unit) -> str:
        status: str = self.vendor.submission(self.ref_of(unit))["status"]
        return status

    def agents_of(self, run: TaskRun) -> dict[str, str]:
        """Who was there -> how that ended; whoever came twice has two lines."""
        return {
            f"{Worker.get(self.db, a.worker_id).worker_name}": a.db_status
            for a in self.db.find_agents(task_run_id=run.db_id)
        }

    def unit_statuses(self, run: TaskRun) -> Counter[str]:
        return Counter(unit.db_status for unit in self.again(run).get_units())

    # ------------------------------------------------------------------------------------- the lane

    def action(self, kind: str, target: Any, **fields: Any) -> Action:
        """An action that goes out now."""
        requester = fields.pop("account", self.account)
        return dataclasses.replace(new_action(kind, target, requester, **fields), started_at=now())

    def do(self, kind: str, target: Any, **fields: Any) -> Outcome:
        (outcome,) = self.provider.perform([self.action(kind, target, **fields)])
        return outcome

    def carry_out(self, action: Action) -> Outcome:
        return carry_out(self.provider, action)

    def decide(self, kind: str, units: Sequence[Unit], **fields: Any) -> list[Action]:
        if kind == ActionKind.REJECT:
            fields = {"reason": REASON, "category": "LOW_EFFORT", **fields}
        return [self.action(kind, unit, amount=100, **fields) for unit in units]

    def settle(self, actions: Sequence[Action]) -> dict[str, Outcome]:
        """Sends actions as the lane does, together, until each is done, refused, or nobody can tell."""
        ended: dict[str, Outcome] = {}
        waiting, doubtful = list(actions), list[Action]()
        end = time.monotonic() + 60
        while waiting or doubtful:
            assert time.monotonic() < end, (waiting, doubtful)
            again = []
            outcomes = self.provider.perform(waiting) if waiting else []
            for action, outcome in zip(waiting, outcomes, strict=True):
                if outcome.state == ActionState.QUEUED:
                    again.append(action)
                elif outcome.state == ActionState.UNKNOWN:
                    doubtful.append(action)
                else:
                    ended[action.id] = outcome
            self.vendor.pass_time(0.2)
            asked, doubtful = doubtful, []
            for action, found in zip(asked, self._look_up(asked), strict=True):
                if found == Found.HAPPENED:
                    ended[action.id] = Outcome.done()
                elif found == Found.CANNOT_TELL:
                    ended[action.id] = Outcome.unknown(found)
                elif found == Found.NOT_YET:
                    doubtful.append(action)
                else:
                    attempt = action.attempt + (found == Found.DID_NOT)
                    again.append(dataclasses.replace(action, attempt=attempt, started_at=now()))
            waiting = again
        return ended

    def _look_up(self, actions: Sequence[Action]) -> list[str]:
        """What cannot be asked now is asked later."""
        try:
            return self.provider.look_up(actions)
        except VendorError:
            return [Found.NOT_YET] * len(actions)

    def sync(self, run: TaskRun) -> list[StatusChange]:
        """Polls once and stores what came."""
        found = self.provider.sync_task_run(self.again(run))
        with self.db.write() as w:
            good, faults = arrivals.readable(w.conn, int(run.db_id), found)
            assert faults == []
            arrivals.apply(w, int(run.db_id), good)
        return found
