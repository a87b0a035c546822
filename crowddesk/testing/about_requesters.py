"""The contract of a requester: registration, secrets, money."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest
from omegaconf import OmegaConf

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AssignmentState, NotFound
from crowddesk.testing.case import NOWHERE, ContractCase, is_sentence
from crowddesk.testing.workspace import register


class AboutRequesters(ContractCase):
    def test_requester_has_its_fields(self, db: CrowdDatabase, requester: Requester) -> None:
        assert isinstance(requester, self.provider_class.RequesterClass)
        assert isinstance(requester.db_id, str)
        assert requester.provider_type == self.provider_type
        assert requester.requester_name == "contract"
        again = Requester.get(db, requester.db_id)
        assert type(again) is self.provider_class.RequesterClass
        assert repr(again) == f"{type(again).__name__}({again.db_id})"
        assert [r.db_id for r in db.find_requesters(provider_type=self.provider_type)] == [requester.db_id]

    def test_requester_that_is_not_there_is_named(self, db: CrowdDatabase) -> None:
        with pytest.raises(NotFound, match=NOWHERE):
            Requester.get(db, NOWHERE)

    def test_requester_is_made_by_get_or_new_only(self, db: CrowdDatabase, requester: Requester) -> None:
        with pytest.raises(AssertionError, match="get"):
            Requester(db, requester.db_id)

    def test_second_requester_of_a_name_is_refused(self, db: CrowdDatabase, requester: Requester) -> None:
        with pytest.raises(Exception) as caught:
            self.provider_class.RequesterClass.new(db, "contract")
        assert is_sentence(caught.value)

    def test_registration_is_asserted_without_args(self, db: CrowdDatabase, requester: Requester) -> None:
        assert requester.is_registered() is True
        requester.register()
        fresh = self.provider_class.RequesterClass.new(db, "unregistered")
        if fresh.is_registered():
            fresh.register()
        else:
            with pytest.raises(Exception) as caught:
                fresh.register()
            assert is_sentence(caught.value)
            assert not fresh.is_registered()

    def test_bad_registration_is_refused_and_stores_nothing(self, db: CrowdDatabase) -> None:
        for number, values in enumerate(self.bad_requester_args):
            fresh = self.provider_class.RequesterClass.new(db, f"bad {number}")
            with pytest.raises(Exception) as caught:
                register(fresh, values)
            assert is_sentence(caught.value), values
            assert not fresh.is_registered(), values

    def test_registration_form_is_a_structured_config(self) -> None:
        form = OmegaConf.structured(self.provider_class.RequesterClass.ArgsClass)
        assert {"name", *self.requester_args} <= set(form)

    def test_to_dict_has_four_keys_and_no_secret(self, requester: Requester) -> None:
        assert requester.to_dict() == {
            "requester_id": requester.db_id,
            "provider_type": self.provider_type,
            "requester_name": "contract",
            "registered": True,
        }
        shown = json.dumps(requester.to_dict()) + repr(requester)
        for field in dataclasses.fields(requester.ArgsClass):
            if field.metadata.get("secret") and self.requester_args.get(field.name):
                assert str(self.requester_args[field.name]) not in shown, field.name

    def test_budget_is_the_vendors_word(self, requester: Requester) -> None:
        budget = requester.get_available_budget()
        assert isinstance(budget, int | float | Decimal)
        assert budget >= 0

    def test_spend_is_the_sum_of_payable_units(
        self, db: CrowdDatabase, requester: Requester, units: list[Unit]
    ) -> None:
        run = units[0].get_task_run()
        every = sum((unit.get_pay_amount() for unit in units), Decimal(0))
        assert run.get_total_spend() == every
        assert requester.get_total_spend() == every
        units[1].set_db_status(AssignmentState.EXPIRED)
        assert run.get_total_spend() == units[0].get_pay_amount()
        assert requester.get_total_spend() == units[0].get_pay_amount()

    def test_requester_knows_its_runs(self, requester: Requester, run: TaskRun) -> None:
        assert [r.db_id for r in requester.get_task_runs()] == [run.db_id]
        assert repr(run) == f"TaskRun({run.db_id})"
