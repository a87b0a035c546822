"""The provider passes CrowdDesk's contract."""

from typing import ClassVar

from crowddesk.testing import ProviderContract


class TestOutside(ProviderContract):
    provider_type = "outside"
    requester_args: ClassVar = {"pass_phrase": "open sesame", "purse": "20.00"}
    bad_requester_args: ClassVar = [{"pass_phrase": "short"}]
    bad_task_args: ClassVar = [{"provider": {"building": "moon base"}}]
