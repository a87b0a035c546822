"""Puts runs before people in a browser: one small web server, started when a run needs it and gone after.

Importing this is cheap; the web framework is imported in `TaskServer.run`, when the server starts.
"""

from __future__ import annotations

from crowddesk.taskserver.server import TaskServer
from crowddesk.taskserver.state import ServedRun, ServerState

__all__ = ["ServedRun", "ServerState", "TaskServer"]
