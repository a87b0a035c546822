"""`mock`, the practice crowd: a simulated vendor with books of its own, and the provider over it."""

from crowddesk.providers.mock.provider import MockProvider

__all__ = ["MockProvider"]
