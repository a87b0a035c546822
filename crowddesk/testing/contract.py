"""The contract of INTERFACE.md as a pytest class: subclass it, name the provider, fill in the hooks."""

from __future__ import annotations

from crowddesk.testing.about_agents import AboutAgents
from crowddesk.testing.about_lanes import AboutLanes
from crowddesk.testing.about_providers import AboutProviders
from crowddesk.testing.about_requesters import AboutRequesters
from crowddesk.testing.about_units import AboutUnits
from crowddesk.testing.about_workers import AboutWorkers


class ProviderContract(AboutProviders, AboutRequesters, AboutUnits, AboutWorkers, AboutAgents, AboutLanes):
    """Every promise that CrowdDesk relies on, as tests over one provider. The hooks are `ContractCase`'s."""
