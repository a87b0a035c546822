"""How far a run's link reaches, in words: on the run's page, and before it is launched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crowddesk.taskserver.state import ServedRun

HERE: Final = "this computer"
NETWORK: Final = "local network"


def reach_words(served: ServedRun | None) -> tuple[str, str]:
    """Sign and word for how far a link reaches, and their tone."""
    if served is None:
        return "○ not served", "muted"
    if not served.listening:
        return ("✕ not reachable", "danger") if served.note else ("◌ starting", "muted")
    if served.reach == NETWORK:
        return f"◐ local network, {served.address}", ""
    if served.reach == HERE:
        return "○ this computer only", "muted"
    return f"● public, {urlsplit(served.url).hostname or served.url}", ""


def launch_words(served: bool, reach: str) -> str:
    """What the launch dialog says about how people come to a run; "" where its vendor brings them."""
    if not served:
        return ""
    if reach == NETWORK:
        return "People in your local network reach this run by a link, which its page shows."
    return (
        "People reach this run by a link on this computer only. "
        "You can open it to the local network afterwards."
    )
