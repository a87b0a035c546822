"""The contract of a worker: identity, qualifications, bonuses, blocks."""

from __future__ import annotations

import logging
from decimal import Decimal

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus, BadInput, NotFound
from crowddesk.testing.case import NOWHERE, ContractCase, is_sentence


class AboutWorkers(ContractCase):
    def test_worker_has_its_fields(self, db: CrowdDatabase) -> None:
        worker = self.make_worker(db, "somebody")
        again = Worker.get(db, worker.db_id)
        assert type(worker) is type(again) is self.provider_class.WorkerClass
        assert (again.worker_name, again.provider_type) == ("somebody", self.provider_type)
        assert repr(again) == f"{type(again).__name__}({again.db_id})"
        assert [w.db_id for w in db.find_workers(worker_name="somebody")] == [worker.db_id]

    def test_worker_that_is_not_there_is_named(self, db: CrowdDatabase) -> None:
        with pytest.raises(NotFound, match=NOWHERE):
            Worker.get(db, NOWHERE)

    def test_second_worker_of_a_name_is_refused(self, db: CrowdDatabase) -> None:
        self.make_worker(db, "somebody")
        with pytest.raises(Exception) as caught:
            self.provider_class.WorkerClass.new(db, "somebody")
        assert is_sentence(caught.value)

    def test_worker_comes_from_what_the_page_sent(self, db: CrowdDatabase) -> None:
        worker = self.provider_class.WorkerClass.new_from_provider_data(db, {"worker_name": "from a page"})
        assert type(worker) is self.provider_class.WorkerClass
        assert worker.worker_name == "from a page"

    def test_worker_knows_their_agents(self, agent: Agent) -> None:
        worker = agent.get_worker()
        assert [a.db_id for a in worker.get_agents()] == [agent.db_id]
        assert [a.db_id for a in worker.get_agents(AgentStatus.ACCEPTED)] == [agent.db_id]
        assert worker.get_agents(AgentStatus.COMPLETED) == []
        with pytest.raises(BadInput, match="nonsense"):
            worker.get_agents("nonsense")

    def test_worker_may_be_registered(self, worker: Worker) -> None:
        worker.register()

    def test_eligibility_is_yes_or_no(self, worker: Worker, run: TaskRun) -> None:
        assert isinstance(worker.is_eligible(run), bool)

    # --------------------------------------------------------------------------------- qualifications

    @pytest.mark.parametrize(
        ("value", "qualified", "disqualified"),
        [(None, False, False), (0, False, True), (1, True, False), (7, True, False), (-1, True, False)],
    )
    def test_qualification_truth_table(
        self, db: CrowdDatabase, worker: Worker, value: int | None, qualified: bool, disqualified: bool
    ) -> None:
        db.new_qualification("careful")
        if value is not None:
            worker.grant_qualification("careful", value)
        granted = worker.get_granted_qualification("careful")
        assert (None if granted is None else granted.value) == value
        assert worker.is_qualified("careful") is qualified
        assert worker.is_disqualified("careful") is disqualified

    def test_qualification_is_granted_changed_and_revoked(self, db: CrowdDatabase, answered: Agent) -> None:
        """By somebody who has worked here: a vendor may not know anybody else."""
        db.new_qualification("careful")
        worker = answered.get_worker()
        assert worker.grant_qualification("careful") is True
        assert worker.grant_qualification("careful", 0) is True
        assert worker.is_disqualified("careful")
        assert worker.revoke_qualification("careful") is True
        assert worker.revoke_qualification("careful") is False
        assert worker.get_granted_qualification("careful") is None

    def test_qualification_that_nobody_made_is_named(self, worker: Worker) -> None:
        with pytest.raises(NotFound, match="unheard of"):
            worker.grant_qualification("unheard of")
        assert worker.revoke_qualification("unheard of") is False
        assert not worker.is_qualified("unheard of")
        assert not worker.is_disqualified("unheard of")

    def test_qualification_may_skip_the_crowd(
        self, db: CrowdDatabase, worker: Worker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        db.new_qualification("careful")
        told: list[str] = []
        monkeypatch.setattr(worker, "grant_crowd_qualification", lambda name, value=1: told.append(name))
        assert worker.grant_qualification("careful", 1, skip_crowd=True) is None
        assert told == []
        assert worker.is_qualified("careful")
        worker.grant_qualification("careful", 1)
        assert told == ["careful"]

    def test_local_half_of_a_qualification_stands_when_the_vendor_fails(
        self, db: CrowdDatabase, worker: Worker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        db.new_qualification("careful")

        def fail(*_: object) -> None:
            raise ConnectionError("the vendor is away")

        monkeypatch.setattr(logging.getLogger("crowddesk.data_model.entity"), "disabled", True)
        monkeypatch.setattr(worker, "grant_crowd_qualification", fail)
        monkeypatch.setattr(worker, "revoke_crowd_qualification", fail)
        assert worker.grant_qualification("careful") is False
        assert worker.is_qualified("careful")
        assert worker.revoke_qualification("careful") is False
        assert worker.get_granted_qualification("careful") is None

    # ------------------------------------------------------------------------------ money and blocks

    @pytest.mark.parametrize(
        "amount", [1, "0.10", 0.1, Decimal("0.10")], ids=["int", "str", "float", "Decimal"]
    )
    def test_bonus_reports_success_and_a_message(
        self, answered: Agent, amount: int | str | float | Decimal
    ) -> None:
        done, message = answered.get_worker().bonus_worker(amount, "Thank you.", answered.get_unit())
        assert done is True
        assert isinstance(message, str)

    def test_worker_is_blocked_and_unblocked(self, answered: Agent, requester: Requester) -> None:
        worker = answered.get_worker()
        assert worker.is_blocked(requester) is False
        done, message = worker.block_worker("Random answers.", answered.get_unit(), requester)
        assert done is True
        assert isinstance(message, str)
        assert worker.is_blocked(requester) is True
        assert worker.unblock_worker("They wrote and explained.", requester) is True
        assert worker.is_blocked(requester) is False

    def test_block_of_one_requester_is_not_anothers(
        self, db: CrowdDatabase, answered: Agent, requester: Requester
    ) -> None:
        worker = answered.get_worker()
        worker.block_worker("Random answers.", answered.get_unit(), requester)
        assert worker.is_blocked(self.make_requester(db, "somebody else")) is False
