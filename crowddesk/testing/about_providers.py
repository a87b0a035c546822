"""The contract of a provider as a whole: how it is found, what it brings, what surrounds a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from crowddesk.blueprints.base import make_shared_state
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester, RequesterArgs
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import BadInput
from crowddesk.plugins import read_file
from crowddesk.providers.base import CrowdProvider, ProviderArgs
from crowddesk.registry import get_crowd_provider_from_type, provider_types
from crowddesk.testing.case import ContractCase, in_threads, is_sentence
from crowddesk.testing.workspace import TASK_URL, make_workspace


class AboutProviders(ContractCase):
    def test_provider_is_found_by_its_entry_point(self) -> None:
        assert self.provider_type in provider_types()
        found = get_crowd_provider_from_type(self.provider_type)
        assert self.provider_type == found.PROVIDER_TYPE
        assert issubclass(found, CrowdProvider)

    def test_provider_that_nobody_installed_is_an_error_with_the_nearest_name(self) -> None:
        with pytest.raises(BadInput, match=repr(self.provider_type)):
            get_crowd_provider_from_type(self.provider_type + "x")

    def test_provider_brings_five_classes_of_its_own(self) -> None:
        nouns = (Unit, Requester, Worker, Agent, ProviderArgs)
        for name, noun in zip(
            ("UnitClass", "RequesterClass", "WorkerClass", "AgentClass", "ArgsClass"), nouns, strict=True
        ):
            own = getattr(self.provider_class, name)
            assert issubclass(own, noun), name
            assert own is not noun, name
        assert issubclass(self.provider_class.RequesterClass.ArgsClass, RequesterArgs)

    def test_provider_args_name_what_is_missing_or_misspelt(self) -> None:
        form = OmegaConf.structured(self.provider_class.ArgsClass)
        assert {"_provider_type", "requester_name"} <= set(form)
        with pytest.raises(OmegaConfBaseException, match="requester_name"):
            _ = form.requester_name
        with pytest.raises(OmegaConfBaseException, match="requestr_name"):
            OmegaConf.merge(form, {"requestr_name": "x"})

    def test_provider_and_its_requesters_agree_on_sandbox(self) -> None:
        says = self.provider_class.is_sandbox()
        assert isinstance(says, bool)
        assert says == self.provider_class.RequesterClass.is_sandbox()

    def test_provider_is_made_twice_over_one_datastore(self, db: CrowdDatabase) -> None:
        assert not db.has_datastore_for_provider(self.provider_type)
        first = self.provider_class(db)
        assert db.has_datastore_for_provider(self.provider_type)
        assert self.provider_class(db).datastore is first.datastore
        assert db.get_datastore_for_provider(self.provider_type) is first.datastore

    def test_provider_made_by_many_threads_has_one_datastore(self, db: CrowdDatabase) -> None:
        stores = in_threads(8, lambda _: self.provider_class(db).datastore)
        assert all(store is db.get_datastore_for_provider(self.provider_type) for store in stores), stores

    def test_datastore_comes_with_the_first_question(self, db: CrowdDatabase) -> None:
        store = db.get_datastore_for_provider(self.provider_type)
        assert self.provider_class(db).datastore is store

    def test_provider_state_outlives_the_program(self, tmp_path: Path) -> None:
        db = make_workspace(tmp_path / "kept")
        try:
            requester_id = self.make_requester(db).db_id
        finally:
            db.close()
        db = make_workspace(tmp_path / "kept")
        try:
            again = Requester.get(db, requester_id)
            assert again.is_registered()
            again.register()
        finally:
            db.close()

    def test_wrapper_script_lies_in_the_vendors_folder(self) -> None:
        path = Path(self.provider_class.get_wrapper_js_path())
        assert path.name == "wrap_crowd_source.js"
        assert path.is_absolute()
        assert read_file(path).decode("utf-8").strip()

    def test_good_task_args_pass(self, run: TaskRun) -> None:
        self.provider_class.assert_task_args(run.args, _shared(run))

    def test_bad_task_args_are_a_sentence(self, run: TaskRun) -> None:
        for sections in self.bad_task_args:
            args = OmegaConf.merge(OmegaConf.create(OmegaConf.to_container(run.args)), _plain(sections))
            assert isinstance(args, DictConfig)
            with pytest.raises(Exception) as caught:
                self.provider_class.assert_task_args(args, _shared(run))
            assert is_sentence(caught.value), f"{sections}: {caught.value!r}"

    def test_a_run_is_surrounded_and_cleared_away_twice(self, provider: CrowdProvider, run: TaskRun) -> None:
        provider.setup_resources_for_task_run(run, run.args, _shared(run), TASK_URL)
        provider.cleanup_resources_from_task_run(run, TASK_URL)
        provider.cleanup_resources_from_task_run(run, TASK_URL)

    def test_a_qualification_that_the_vendor_never_saw_is_cleaned_up(self, provider: CrowdProvider) -> None:
        provider.cleanup_qualification("a qualification that nobody made")

    def test_a_deleted_qualification_is_gone(self, db: CrowdDatabase, answered: Agent) -> None:
        db.new_qualification("careful")
        worker = answered.get_worker()
        worker.grant_qualification("careful")
        db.delete_qualification("careful")
        assert not db.find_qualifications("careful")
        assert not worker.is_qualified("careful")

    def test_quote_is_a_fee_in_whole_minor_units(self, provider: CrowdProvider) -> None:
        for kind in ("approve", "bonus"):
            assert provider.quote(kind, 1_000, 0) == 0
            one = provider.quote(kind, 1_000, 1)
            assert type(one) is int
            assert one >= 0
            assert provider.quote(kind, 1_000, 7) == 7 * one

    def test_rejection_rules_can_be_met(self) -> None:
        rules = self.provider_class.REJECTION_RULES
        assert 1 <= rules.min_length <= rules.max_length
        assert rules.min_length <= len(self.rejection) <= rules.max_length
        assert not rules.categories or self.rejection_category in rules.categories


def _shared(run: TaskRun) -> Any:
    return make_shared_state(run.args, run.get_blueprint())


def _plain(sections: Any) -> dict[str, dict[str, Any]]:
    return {name: dict(values) for name, values in sections.items()}
