"""One's own people keep the contract of every provider."""

from __future__ import annotations

from typing import ClassVar

from crowddesk.testing import ProviderContract


class TestInhouse(ProviderContract):
    provider_type = "inhouse"
    requester_args: ClassVar = {"budget": "25.00", "contact": "ask@lab.example"}
    bad_requester_args: ClassVar = [
        {"budget": "plenty"},
        {"budget": "0.001"},
        {"budget": "-1"},
        {"currency": "dollars"},
    ]
    bad_task_args: ClassVar = [
        {"provider": {"sign_in": "fingerprint"}},
        {"provider": {"sign_in": "code"}},
        {"provider": {"people": "nowhere.csv"}},
    ]
