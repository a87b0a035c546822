"""`prolific_sandbox`: the Prolific provider against a Prolific-compatible server of our own.

The provider is loaded when it is asked for: the server and its people run without the desk's half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider

__all__ = ["ProlificSandboxProvider"]


def __getattr__(name: str) -> Any:
    if name != "ProlificSandboxProvider":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from crowddesk.providers.prolific_sandbox.provider import ProlificSandboxProvider

    return ProlificSandboxProvider
