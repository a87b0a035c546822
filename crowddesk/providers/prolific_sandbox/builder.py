"""AI Task Builder: data sets, batches and their responses, where the vendor shows the task itself."""

from __future__ import annotations

from aiohttp import web

from crowddesk.providers.prolific_sandbox.books import Books


def routes(books: Books) -> list[web.RouteDef]:
    """The routes below /data-collection."""
    return []
