"""The database as entities and vendors see it: get, find and new for every noun, and vendors' datastores.

Everything may be called from any thread but the GUI's. `find_*` return entities, `get_*` rows.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.entity import check_agent_status, check_unit_status
from crowddesk.domain import (
    AgentStatus,
    Amount,
    AssignmentState,
    BadInput,
    NotFound,
    to_minor,
    unit_kind,
)
from crowddesk.language import say
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import changes, records
from crowddesk.store.database import Database
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.assignment import Assignment
    from crowddesk.data_model.qualification import GrantedQualification, Qualification
    from crowddesk.data_model.requester import Requester
    from crowddesk.data_model.task import Task
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.unit import Unit
    from crowddesk.data_model.worker import Worker


class CrowdDatabase(Database):
    """A workspace's database with the members that INTERFACE.md's seed calls `db`."""

    def __init__(
        self, folder: Path, url: str | None = None, *, who: str | None = None, read_only: str = ""
    ) -> None:
        self._datastores: dict[str, Any] = {}
        super().__init__(folder, url, who=who, read_only=read_only)

    # ------------------------------------------------------------------------------------- datastores

    def has_datastore_for_provider(self, provider_type: str) -> bool:
        """Whether a vendor's datastore was made in this process."""
        return provider_type in self._datastores

    def get_datastore_for_provider(self, provider_type: str) -> Any:
        """A vendor's datastore; the first question makes the provider, which registers one."""
        if provider_type not in self._datastores:
            get_crowd_provider_from_type(provider_type)(self)
        return self._datastores[provider_type]

    def set_datastore_for_provider(self, provider_type: str, datastore: Any) -> None:
        """Registers a vendor's datastore for this process."""
        self._datastores[provider_type] = datastore

    @contextlib.contextmanager
    def making_datastore(self) -> Iterator[None]:
        """Lets one thread at a time look for a vendor's datastore and make it.

        It is the writers' lock of this process: a second one could be taken in the other order.
        """
        with self._write_lock:
            yield

    def get_db_path_for_provider(self, provider_type: str) -> str:
        """The folder where a vendor may keep files; made when missing."""
        folder = self.folder / "providers" / provider_type
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def provider_store(self, provider_type: str) -> ProviderStore:
        """Rows of the shared database for a vendor's own use, seen by every desk."""
        return ProviderStore(self, provider_type)

    def close(self) -> None:
        """Closes the vendors' datastores that can be closed, then the database."""
        for datastore in self._datastores.values():
            if callable(getattr(datastore, "close", None)):
                datastore.close()
        self._datastores.clear()
        super().close()

    # ------------------------------------------------------------------------------------------- rows

    def get_task(self, task_id: str) -> Record:
        return self._get("task", task_id)

    def get_task_run(self, task_run_id: str) -> Record:
        return self._get("task_run", task_run_id)

    def get_assignment(self, assignment_id: str) -> Record:
        return self._get("assignment", assignment_id)

    def get_unit(self, unit_id: str) -> Record:
        return self._get("unit", unit_id)

    def get_requester(self, requester_id: str) -> Record:
        return self._get("requester", requester_id)

    def get_worker(self, worker_id: str) -> Record:
        return self._get("worker", worker_id)

    def get_agent(self, agent_id: str) -> Record:
        return self._get("agent", agent_id)

    def get_qualification(self, qualification_id: str) -> Record:
        return self._get("qualification", qualification_id)

    def _get(self, entity: str, db_id: str) -> Record:
        with self.read() as conn:
            return records.get(conn, entity, db_id)

    def _find(self, entity: str, **where: Any) -> list[Record]:
        with self.read() as conn:
            return records.find(conn, entity, **where)

    # ------------------------------------------------------------------------------------------- find

    def find_tasks(self, task_name: str | None = None) -> list[Task]:
        from crowddesk.data_model.task import Task

        return [Task.get(self, r["task_id"], row=r) for r in self._find("task", task_name=task_name)]

    def find_task_runs(
        self,
        task_id: str | None = None,
        requester_id: str | None = None,
        state: str | None = None,
        provider_type: str | None = None,
    ) -> list[TaskRun]:
        from crowddesk.data_model.task_run import TaskRun

        rows = self._find(
            "task_run", task_id=task_id, requester_id=requester_id, state=state, provider_type=provider_type
        )
        return [TaskRun.get(self, r["task_run_id"], row=r) for r in rows]

    def find_assignments(
        self,
        task_run_id: str | None = None,
        task_id: str | None = None,
        requester_id: str | None = None,
        task_type: str | None = None,
        provider_type: str | None = None,
        item_key: str | None = None,
    ) -> list[Assignment]:
        from crowddesk.data_model.assignment import Assignment

        rows = self._find(
            "assignment",
            task_run_id=task_run_id,
            task_id=task_id,
            requester_id=requester_id,
            task_type=task_type,
            provider_type=provider_type,
            item_key=item_key,
        )
        return [Assignment.get(self, r["assignment_id"], row=r) for r in rows]

    def find_units(
        self,
        task_id: str | None = None,
        task_run_id: str | None = None,
        requester_id: str | None = None,
        assignment_id: str | None = None,
        unit_index: int | None = None,
        provider_type: str | None = None,
        task_type: str | None = None,
        agent_id: str | None = None,
        worker_id: str | None = None,
        sandbox: bool | None = None,
        status: str | None = None,
    ) -> list[Unit]:
        from crowddesk.data_model.unit import Unit

        rows = self._find(
            "unit",
            task_id=task_id,
            task_run_id=task_run_id,
            requester_id=requester_id,
            assignment_id=assignment_id,
            unit_index=unit_index,
            provider_type=provider_type,
            task_type=task_type,
            agent_id=agent_id,
            worker_id=worker_id,
            sandbox=sandbox,
            status=status,
        )
        return [Unit.get(self, r["unit_id"], row=r) for r in rows]

    def find_requesters(
        self, requester_name: str | None = None, provider_type: str | None = None
    ) -> list[Requester]:
        from crowddesk.data_model.requester import Requester

        rows = self._find("requester", requester_name=requester_name, provider_type=provider_type)
        return [Requester.get(self, r["requester_id"], row=r) for r in rows]

    def find_workers(self, worker_name: str | None = None, provider_type: str | None = None) -> list[Worker]:
        from crowddesk.data_model.worker import Worker

        rows = self._find("worker", worker_name=worker_name, provider_type=provider_type)
        return [Worker.get(self, r["worker_id"], row=r) for r in rows]

    def find_agents(
        self,
        status: str | None = None,
        unit_id: str | None = None,
        worker_id: str | None = None,
        task_id: str | None = None,
        task_run_id: str | None = None,
        assignment_id: str | None = None,
        task_type: str | None = None,
        provider_type: str | None = None,
    ) -> list[Agent]:
        from crowddesk.data_model.agent import Agent

        rows = self._find(
            "agent",
            status=status,
            unit_id=unit_id,
            worker_id=worker_id,
            task_id=task_id,
            task_run_id=task_run_id,
            assignment_id=assignment_id,
            task_type=task_type,
            provider_type=provider_type,
        )
        return [Agent.get(self, r["agent_id"], row=r) for r in rows]

    def find_qualifications(self, qualification_name: str | None = None) -> list[Qualification]:
        from crowddesk.data_model.qualification import Qualification

        rows = self._find("qualification", qualification_name=qualification_name)
        return [Qualification.get(self, r["qualification_id"], row=r) for r in rows]

    def check_granted_qualifications(
        self, qualification_id: str | None = None, worker_id: str | None = None, value: int | None = None
    ) -> list[GrantedQualification]:
        """The grants of a qualification, of a worker, or of both."""
        from crowddesk.data_model.qualification import GrantedQualification

        rows = self._find(
            "granted_qualification", qualification_id=qualification_id, worker_id=worker_id, value=value
        )
        return [GrantedQualification(self, row) for row in rows]

    # -------------------------------------------------------------------------------------------- new

    def new_task(self, task_name: str, task_type: str) -> str:
        """Adds a task; Conflict when the name is taken."""
        with self.write() as w:
            return records.add(
                w,
                "task",
                taken=say("There is a task {task_name!r} already.", task_name=task_name),
                task_name=_name(task_name, "task"),
                task_type=task_type,
                created_at=w.at,
            )

    def new_task_run(self, task_id: str, requester_id: str, args: str, **columns: Any) -> str:
        """Adds a run in the state `draft`; `args` is its configuration as YAML text."""
        task = self.get_task(task_id)
        requester = self.get_requester(requester_id)
        with self.write() as w:
            return records.add(
                w,
                "task_run",
                task_id=int(task_id),
                requester_id=int(requester_id),
                task_type=task["task_type"],
                provider_type=requester["provider_type"],
                sandbox=requester["sandbox"],
                currency=requester["currency"],
                title=columns.pop("title", task["task_name"]),
                args=args,
                created_at=w.at,
                **columns,
            )

    def new_assignment(self, task_run_id: str, data: dict[str, Any], item_key: str = "") -> str:
        """Adds one item of data to a run."""
        run = self.get_task_run(task_run_id)
        with self.write() as w:
            return records.add(
                w,
                "assignment",
                task_id=int(run["task_id"]),
                task_run_id=int(task_run_id),
                requester_id=int(run["requester_id"]),
                task_type=run["task_type"],
                provider_type=run["provider_type"],
                sandbox=run["sandbox"],
                item_key=item_key,
                data=json.dumps(data, ensure_ascii=False),
                created_at=w.at,
            )

    def new_unit(
        self,
        task_id: str,
        task_run_id: str,
        requester_id: str,
        assignment_id: str,
        unit_index: int,
        pay_amount: Amount | Decimal,
        provider_type: str,
        task_type: str,
        sandbox: bool = True,
    ) -> str:
        """Adds a unit in the status `created`; the vendor's fee for it is asked of its provider."""
        unit_kind(unit_index)
        currency = self.get_task_run(task_run_id)["currency"]
        pay = to_minor(pay_amount, currency)
        if pay < 0:
            raise BadInput(
                say("A unit cannot pay {pay_amount}: that is less than nothing.", pay_amount=pay_amount)
            )
        provider = get_crowd_provider_from_type(provider_type)(self)
        row = {
            "assignment_id": records.key(assignment_id),
            "task_run_id": records.key(task_run_id),
            "task_id": records.key(task_id),
            "requester_id": records.key(requester_id),
            "provider_type": provider_type,
            "task_type": task_type,
            "sandbox": sandbox,
            "unit_index": unit_index,
            "pay_minor": pay,
            "fee_minor": provider.quote("approve", pay, 1),
            "currency": currency,
            "status": AssignmentState.CREATED,
        }
        with self.write() as w:
            return str(changes.insert_units(w, [row])[0])

    def new_requester(
        self, requester_name: str, provider_type: str, currency: str = "USD", sandbox: bool | None = None
    ) -> str:
        """Adds an account; Conflict when the vendor has one of that name here."""
        if sandbox is None:
            sandbox = get_crowd_provider_from_type(provider_type).is_sandbox()
        with self.write() as w:
            return records.add(
                w,
                "requester",
                taken=say(
                    "There is a requester {requester_name!r} at {provider_type} already.",
                    requester_name=requester_name,
                    provider_type=provider_type,
                ),
                requester_name=_name(requester_name, "requester"),
                provider_type=provider_type,
                currency=currency,
                sandbox=sandbox,
                created_at=w.at,
            )

    def new_worker(self, worker_name: str, provider_type: str) -> str:
        """Adds a person at a vendor; Conflict when the name is known there."""
        with self.write() as w:
            return records.add(
                w,
                "worker",
                taken=say(
                    "There is a worker {worker_name!r} at {provider_type} already.",
                    worker_name=worker_name,
                    provider_type=provider_type,
                ),
                worker_name=_name(worker_name, "worker"),
                provider_type=provider_type,
                created_at=w.at,
            )

    def new_agent(
        self,
        worker_id: str,
        unit_id: str,
        task_id: str,
        task_run_id: str,
        assignment_id: str,
        task_type: str,
        provider_type: str,
        status: str = AgentStatus.NONE,
    ) -> str:
        """Adds an agent and binds the unit to it; the unit's status is the caller's to move first."""
        row = {
            "worker_id": records.key(worker_id),
            "unit_id": records.key(unit_id),
            "task_id": records.key(task_id),
            "task_run_id": records.key(task_run_id),
            "assignment_id": records.key(assignment_id),
            "task_type": task_type,
            "provider_type": provider_type,
            "status": status,
        }
        check_agent_status(status)
        with self.write() as w:
            agent_id = changes.insert_agents(w, [{**row, "created_at": w.at}])[0]
            unit = records.get(w.conn, "unit", unit_id)
            changes.set_unit_statuses(
                w,
                {int(unit_id): (unit["status"], unit["status"])},
                {int(unit_id): {"agent_id": agent_id, "worker_id": int(worker_id)}},
            )
        return str(agent_id)

    def new_qualification(self, qualification_name: str, description: str = "") -> str:
        """Adds a qualification; Conflict when the name is taken."""
        with self.write() as w:
            return records.add(
                w,
                "qualification",
                taken=say(
                    "There is a qualification {qualification_name!r} already.",
                    qualification_name=qualification_name,
                ),
                qualification_name=_name(qualification_name, "qualification"),
                description=description,
                created_at=w.at,
            )

    def make_qualification(self, qualification_name: str) -> str:
        """The seed's name of `new_qualification`."""
        return self.new_qualification(qualification_name)

    def delete_qualification(self, qualification_name: str) -> None:
        """Removes a qualification here and at every vendor that was used in this workspace."""
        found = self.find_qualifications(qualification_name)
        if not found:
            raise NotFound(
                say(
                    "There is no qualification {qualification_name!r}.", qualification_name=qualification_name
                )
            )
        for provider_type in sorted({r["provider_type"] for r in self._find("requester")}):
            get_crowd_provider_from_type(provider_type)(self).cleanup_qualification(qualification_name)
        with self.write() as w:
            records.remove_qualification(w, found[0].db_id)

    # ----------------------------------------------------------------------------------------- update

    def update_unit(self, unit_id: str, status: str | None = None, agent_id: str | None = None) -> None:
        """Sets a unit's status, or the agent it belongs to, whatever it was."""
        if status is not None:
            check_unit_status(status)
        with self.write() as w:
            row = records.get(w.conn, "unit", unit_id)
            extra: dict[str, Any] = {}
            if agent_id is not None:
                agent = records.get(w.conn, "agent", agent_id)
                extra = {"agent_id": int(agent_id), "worker_id": int(agent["worker_id"])}
            changes.set_unit_statuses(
                w, {int(unit_id): (row["status"], status or row["status"])}, {int(unit_id): extra}
            )

    def clear_unit_agent_assignment(self, unit_id: str) -> None:
        """Takes the agent and the worker off a unit and makes it available again."""
        with self.write() as w:
            row = records.get(w.conn, "unit", unit_id)
            changes.set_unit_statuses(
                w,
                {int(unit_id): (row["status"], AssignmentState.LAUNCHED)},
                {int(unit_id): {"agent_id": None, "worker_id": None, "reserved_at": None}},
            )

    def update_agent(self, agent_id: str, status: str) -> None:
        """Sets an agent's status, whatever it was; its unit's follows when it is next asked."""
        check_agent_status(status)
        with self.write() as w:
            if not changes.set_agent_statuses(w, {records.key(agent_id): (None, status)}):
                raise NotFound(say("There is no agent {agent_id}.", agent_id=agent_id))

    def update_requester(self, requester_id: str, **columns: Any) -> None:
        """Sets plain columns of an account (`registered`, `currency`, `settings`)."""
        with self.write() as w:
            records.change(w, "requester", requester_id, **columns)

    def grant_qualification(self, qualification_id: str, worker_id: str, value: int = 1) -> None:
        with self.write() as w:
            records.grant(w, worker_id, qualification_id, value)

    def revoke_qualification(self, qualification_id: str, worker_id: str) -> bool:
        """False when it was not granted."""
        with self.write() as w:
            return records.revoke(w, worker_id, qualification_id)


class ProviderStore:
    """A vendor's own values in the shared database: JSON by name."""

    def __init__(self, db: Database, provider_type: str) -> None:
        self._db = db
        self._provider_type = provider_type

    def get(self, name: str, default: Any = None) -> Any:
        with self._db.read() as conn:
            found = records.stored_value(conn, self._provider_type, name)
        return default if found is None else found

    def set(self, name: str, value: Any) -> None:
        """Stores a value that JSON can hold; None removes it."""
        with self._db.write() as w:
            records.store_value(w, self._provider_type, name, value)

    def all(self, prefix: str = "") -> dict[str, Any]:
        """Every value whose name starts with `prefix`."""
        with self._db.read() as conn:
            return records.stored_values(conn, self._provider_type, prefix)


def _name(text: str, noun: str) -> str:
    if not text.strip():
        raise BadInput(say("A {noun} needs a name.", noun=noun))
    return text
