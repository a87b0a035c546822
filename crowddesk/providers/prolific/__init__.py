"""Prolific, the marketplace: studies, participants and payments over its public API."""

from crowddesk.providers.prolific.provider import ProlificProvider

__all__ = ["ProlificProvider"]
