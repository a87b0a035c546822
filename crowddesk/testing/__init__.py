"""For whoever writes a provider: the contract tests that every vendor passes, and what such tests start from.

Install `crowddesk[test]`, register the provider under the entry-point group `crowddesk.providers`, and write

    from crowddesk.testing import ProviderContract

    class TestMine(ProviderContract):
        provider_type = "mine"
        requester_args = {"api_key": "..."}

Nothing here needs Qt.
"""

import pytest

pytest.register_assert_rewrite(
    "crowddesk.testing.case",
    "crowddesk.testing.about_agents",
    "crowddesk.testing.about_lanes",
    "crowddesk.testing.about_providers",
    "crowddesk.testing.about_requesters",
    "crowddesk.testing.about_units",
    "crowddesk.testing.about_workers",
)

from crowddesk.testing.contract import ProviderContract  # noqa: E402
from crowddesk.testing.workspace import (  # noqa: E402
    launch,
    make_run,
    make_workspace,
    new_action,
    register,
    run_lane,
    use_provider,
)

__all__ = [
    "ProviderContract",
    "launch",
    "make_run",
    "make_workspace",
    "new_action",
    "register",
    "run_lane",
    "use_provider",
]
