"""How far a run's link reaches, in words: on the run's page, and before it is launched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crowddesk.language import say

if TYPE_CHECKING:
    from crowddesk.taskserver.state import ServedRun

HERE: Final = "this computer"
NETWORK: Final = "local network"


def reach_words(served: ServedRun | None) -> tuple[str, str]:
    """Sign and word for how far a link reaches, and their tone."""
    if served is None:
        return say("○ not served"), "muted"
    if not served.listening:
        return (say("✕ not reachable"), "danger") if served.note else (say("◌ starting"), "muted")
    if served.reach == NETWORK:
        return say("◐ local network, {address}", address=served.address), ""
    if served.reach == HERE:
        return say("○ this computer only"), "muted"
    return say("● public, {address}", address=urlsplit(served.url).hostname or served.url), ""


def launch_words(served: bool, reach: str) -> str:
    """What the launch dialog says about how people come to a run; "" where its vendor brings them."""
    if not served:
        return ""
    if reach == NETWORK:
        return say("People in your local network reach this run by a link, which its page shows.")
    return say(
        "People reach this run by a link on this computer only. "
        "You can open it to the local network afterwards."
    )
