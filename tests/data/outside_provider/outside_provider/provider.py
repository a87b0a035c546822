"""The provider: what a run file may say, where the vendor's data lies, what surrounds a run."""

import os
from dataclasses import dataclass
from typing import ClassVar

from crowddesk.providers.base import CrowdProvider, ProviderArgs
from outside_provider.outside_agent import OutsideAgent
from outside_provider.outside_datastore import OutsideDatastore
from outside_provider.outside_requester import OutsideRequester
from outside_provider.outside_unit import PROVIDER_TYPE, OutsideUnit
from outside_provider.outside_worker import OutsideWorker


@dataclass
class OutsideProviderArgs(ProviderArgs):
    _provider_type: str = PROVIDER_TYPE
    building: str = "main"


class OutsideProvider(CrowdProvider):
    PROVIDER_TYPE: ClassVar = PROVIDER_TYPE
    UnitClass: ClassVar = OutsideUnit
    RequesterClass: ClassVar = OutsideRequester
    WorkerClass: ClassVar = OutsideWorker
    AgentClass: ClassVar = OutsideAgent
    ArgsClass: ClassVar = OutsideProviderArgs

    @classmethod
    def assert_task_args(cls, args, shared_state):
        assert args.provider.building in ("main", "annex"), (
            f"There is no building {args.provider.building!r}: use main or annex."
        )

    @classmethod
    def get_wrapper_js_path(cls):
        return os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrap_crowd_source.js")

    def initialize_provider_datastore(self, storage_path):
        return OutsideDatastore(datastore_root=storage_path)

    def setup_resources_for_task_run(self, task_run, args, shared_state, server_url):
        self.datastore.write("INSERT OR REPLACE INTO runs VALUES (?, ?)", task_run.db_id, server_url)

    def cleanup_resources_from_task_run(self, task_run, server_url):
        self.datastore.write("DELETE FROM runs WHERE task_run_id = ?", task_run.db_id)

    def cleanup_qualification(self, qualification_name):
        self.datastore.write("DELETE FROM badges WHERE name = ?", qualification_name)
