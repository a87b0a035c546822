"""The command that says what may be searched for, and how."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crowddesk.cli.session import command, fail

app = typer.Typer()


@app.command("search-help")
@command
def search_help(
    noun: Annotated[
        str, typer.Argument(metavar="[LIST]", help="units, runs, workers, actions or requesters.")
    ] = "units",
) -> None:
    """What --where understands: the fields of a list, what they mean and how their values are written."""
    from crowddesk.cli.rows import print_table
    from crowddesk.store.search import FIELDS
    from crowddesk.store.search_help import RULES, explain

    if noun not in FIELDS:
        fail(f"There is no list of {noun}. There are {', '.join(FIELDS)}.", 2)
    print_table(("FIELD", "MEANS", "VALUES"), explain(noun))
    sys.stdout.write("\n")
    print_table(("WRITTEN", "MEANS"), RULES)
