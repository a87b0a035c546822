"""The contract of a unit: fields, money, the status table, launching and expiring."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    AgentStatus,
    AssignmentState,
    BadInput,
    NotFound,
    to_minor,
)
from crowddesk.providers.base import CrowdProvider
from crowddesk.testing.case import NOWHERE, ContractCase, in_threads
from crowddesk.testing.workspace import TASK_URL


class AboutUnits(ContractCase):
    def test_unit_has_its_fields(self, db: CrowdDatabase, run: TaskRun) -> None:
        unit = run.get_units()[0]
        assert type(unit) is self.provider_class.UnitClass
        assert type(Unit.get(db, unit.db_id)) is self.provider_class.UnitClass
        assert repr(unit) == f"{type(unit).__name__}({unit.db_id}, created)"
        assert (unit.task_run_id, unit.task_id, unit.requester_id) == (
            run.db_id,
            run.task_id,
            run.requester_id,
        )
        assert (unit.agent_id, unit.worker_id, unit.unit_index) == (None, None, 0)
        assert (unit.provider_type, unit.task_type) == (self.provider_type, "static_html")
        assert (unit.db_status, unit.get_db_status()) == ("created", "created")
        assert unit.sandbox == self.provider_class.is_sandbox()
        assert unit.pay_amount == Decimal(self.reward)

    def test_unit_knows_what_it_belongs_to(self, run: TaskRun) -> None:
        unit = run.get_units()[0]
        assert unit.get_crowd_provider_class() is self.provider_class
        assert unit.get_assignment().db_id == unit.assignment_id
        assert unit.get_assignment_data().shared == {"id": "item-0", "text": "This is item 0."}
        assert unit.get_task_run().db_id == run.db_id
        assert unit.get_task().db_id == run.task_id
        assert type(unit.get_requester()) is self.provider_class.RequesterClass
        assert unit.get_requester().db_id == run.requester_id

    def test_unit_that_is_not_there_is_named(self, db: CrowdDatabase) -> None:
        with pytest.raises(NotFound, match=NOWHERE):
            Unit.get(db, NOWHERE)

    def test_unit_is_made_by_get_or_new_only(self, db: CrowdDatabase, run: TaskRun) -> None:
        with pytest.raises(AssertionError, match="get"):
            Unit(db, run.get_units()[0].db_id)

    @pytest.mark.parametrize(
        "amount", [1, "1.00", 1.0, Decimal("1.00")], ids=["int", "str", "float", "Decimal"]
    )
    def test_unit_takes_money_of_every_type_and_gives_decimal(
        self, db: CrowdDatabase, provider: CrowdProvider, run: TaskRun, amount: int | str | float | Decimal
    ) -> None:
        unit = self.provider_class.UnitClass.new(db, _assignment(run), 1, amount)
        assert unit.pay_amount == Decimal("1.00")
        assert type(unit.pay_amount) is Decimal
        minor = to_minor("1.00", run.currency)
        with_fee = unit.get_pay_amount()
        assert isinstance(with_fee, Decimal)
        assert to_minor(with_fee, run.currency) == minor + provider.quote("approve", minor, 1)

    @pytest.mark.parametrize("amount", ["0.001", "ten", "", float("nan"), -1, True])
    def test_unit_refuses_what_is_no_amount(self, db: CrowdDatabase, run: TaskRun, amount: object) -> None:
        with pytest.raises(BadInput):
            self.provider_class.UnitClass.new(db, _assignment(run), 1, amount)  # type: ignore[arg-type]

    def test_unit_of_an_unknown_kind_is_refused(self, db: CrowdDatabase, run: TaskRun) -> None:
        with pytest.raises(BadInput, match="-9"):
            self.provider_class.UnitClass.new(db, _assignment(run), -9, self.reward)

    # ---------------------------------------------------------------------------------------- status

    def test_unit_status_is_written_read_and_checked(self, db: CrowdDatabase, run: TaskRun) -> None:
        unit = run.get_units()[0]
        for status in AssignmentState.valid_unit():
            unit.set_db_status(status)
            assert unit.db_status == status
            assert Unit.get(db, unit.db_id).get_db_status() == status
            unit.set_db_status(status)
        for status in (AssignmentState.MIXED, "nonsense", ""):
            with pytest.raises(BadInput):
                unit.set_db_status(status)

    def test_unit_status_that_somebody_else_wrote_is_read(self, db: CrowdDatabase, run: TaskRun) -> None:
        unit = run.get_units()[0]
        db.update_unit(unit.db_id, status=AssignmentState.LAUNCHED)
        assert unit.get_db_status() == AssignmentState.LAUNCHED

    @pytest.mark.parametrize("status", AgentStatus.ALL)
    def test_unit_status_follows_the_agents(self, db: CrowdDatabase, agent: Agent, status: str) -> None:
        """CrowdDesk's own half of `get_status`; what a vendor knows better comes on top of it."""
        db.update_agent(agent.db_id, status)
        unit = Unit.get(db, agent.unit_id)
        assert Unit.get_status(unit) == UNIT_STATUS_OF_AGENT[status]
        assert db.get_unit(unit.db_id)["status"] == UNIT_STATUS_OF_AGENT[status]

    def test_unit_without_agent_is_what_the_database_says(self, db: CrowdDatabase, run: TaskRun) -> None:
        unit = run.get_units()[0]
        assert Unit.get_status(unit) == AssignmentState.CREATED
        db.update_unit(unit.db_id, status=AssignmentState.LAUNCHED)
        assert Unit.get_status(unit) == AssignmentState.LAUNCHED

    def test_expired_unit_stays_expired(self, db: CrowdDatabase, agent: Agent) -> None:
        unit = Unit.get(db, agent.unit_id)
        unit.set_db_status(AssignmentState.EXPIRED)
        db.update_agent(agent.db_id, AgentStatus.COMPLETED)
        assert unit.get_status() == AssignmentState.EXPIRED
        assert Unit.get_status(unit) == AssignmentState.EXPIRED

    def test_get_status_never_overwrites_what_came_meanwhile(
        self, db: CrowdDatabase, agent: Agent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        db.update_agent(agent.db_id, AgentStatus.COMPLETED)
        unit = Unit.get(db, agent.unit_id)
        read_agent = unit.get_assigned_agent

        def while_somebody_expires_it() -> Agent | None:
            found = read_agent()
            db.update_unit(unit.db_id, status=AssignmentState.EXPIRED)
            return found

        monkeypatch.setattr(unit, "get_assigned_agent", while_somebody_expires_it)
        assert Unit.get_status(unit) == AssignmentState.EXPIRED
        assert db.get_unit(unit.db_id)["status"] == AssignmentState.EXPIRED

    def test_sync_status_stores_what_get_status_says(self, db: CrowdDatabase, answered: Agent) -> None:
        unit = Unit.get(db, answered.unit_id)
        unit.sync_status()
        assert db.get_unit(unit.db_id)["status"] == unit.get_status() == AssignmentState.COMPLETED

    # ------------------------------------------------------------------------------- agents of a unit

    def test_unit_gives_its_agent(self, db: CrowdDatabase, agent: Agent) -> None:
        unit = Unit.get(db, agent.unit_id)
        found = unit.get_assigned_agent()
        assert found is not None
        assert (type(found), found.db_id) == (self.provider_class.AgentClass, agent.db_id)
        assert (unit.agent_id, unit.worker_id) == (agent.db_id, agent.worker_id)

    def test_cleared_unit_is_free_again(self, db: CrowdDatabase, run: TaskRun, agent: Agent) -> None:
        unit = Unit.get(db, agent.unit_id)
        unit.clear_assigned_agent()
        again = Unit.get(db, unit.db_id)
        for one in (unit, again):
            assert (one.agent_id, one.worker_id, one.db_status) == (None, None, AssignmentState.LAUNCHED)
            assert one.get_assigned_agent() is None
        assert run.reserve_unit(again) is again

    def test_unit_is_reserved_once(self, run: TaskRun, unit: Unit) -> None:
        taken = in_threads(10, lambda _: run.reserve_unit(unit))
        assert sum(result is unit for result in taken) == 1
        assert sum(result is None for result in taken) == 9
        run.clear_reservation(unit)
        assert run.reserve_unit(unit) is unit

    def test_unit_that_is_not_launched_takes_no_agent(self, db: CrowdDatabase, run: TaskRun) -> None:
        unit = run.get_units()[0]
        with pytest.raises(Exception, match=unit.db_id):
            unit._mark_agent_assignment()
        assert unit.get_db_status() == AssignmentState.CREATED

    # ------------------------------------------------------------------------------------ the vendor

    def test_unit_is_launched_and_expires(self, units: list[Unit]) -> None:
        unit = units[0]
        assert unit.is_expired() is False
        seconds = unit.expire()
        assert isinstance(seconds, int | float)
        assert seconds >= 0
        assert isinstance(unit.is_expired(), bool)
        if seconds == 0:
            assert unit.is_expired()
        assert units[1].is_expired() is False

    def test_unit_is_launched_by_its_own_verb(
        self, provider: CrowdProvider, requester: Requester, units: list[Unit]
    ) -> None:
        """A launched run takes one more unit, as a compensation does."""
        run = units[0].get_task_run()
        more = self.provider_class.UnitClass.new(run.db, _assignment(run), 1, self.reward)
        more.launch(TASK_URL)
        assert more.is_expired() is False


def _assignment(run: TaskRun) -> Assignment:
    return run.get_assignments()[0]
