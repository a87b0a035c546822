"""The options and arguments that several commands share, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="FOLDER", help="The workspace; else CROWDDESK_WORKSPACE names it."),
]
RunNumber = Annotated[int, typer.Argument(metavar="N", min=1, help="The run's number.")]
OfRun = Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Of this run only.")]
Where = Annotated[
    str, typer.Option("--where", metavar="SEARCH", help="A search such as 'status:completed worker:A1'.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON list instead of columns.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="At most so many rows.")]
Wait = Annotated[bool, typer.Option("--wait", help="Do the work here, until it is done.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
