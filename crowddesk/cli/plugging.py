"""The command that lists plug-ins: what the folder holds, and why one of them cannot be used."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import typer

from crowddesk.cli.options import AsJson
from crowddesk.cli.session import FAILED, command, count, say
from crowddesk.plugins import Plugin

app = typer.Typer()


@app.command("plugins")
@command
def list_plugins(as_json: AsJson = False) -> None:
    """Plug-ins, which bring vendors and blueprints of others, each tried; ends 1 if one cannot be used."""
    from crowddesk import paths, registry
    from crowddesk.cli.rows import print_json, print_table

    with contextlib.redirect_stdout(sys.stderr):  # a plug-in may print when it is imported
        found = registry.check_plugins()
    if as_json:
        print_json(map(_record, found))
    elif found:
        print_table(("FILE", "KIND", "NAME", "VERSION", "STATUS"), map(_cells, found))
    broken = sum(bool(plugin.sentence) for plugin in found)
    if not found:
        say(f"There are none. Put a wheel of one into {paths.plugins_dir()}")
    else:
        say(f"{count(len(found), 'plug-in')} in {paths.plugins_dir()}")
    if broken:
        raise typer.Exit(FAILED)


def _record(plugin: Plugin) -> dict[str, Any]:
    return {
        "file": plugin.file,
        "path": str(plugin.path),
        "kind": plugin.kind or None,
        "name": plugin.name or None,
        "package": plugin.package or None,
        "version": plugin.version or None,
        "usable": not plugin.sentence,
        "fault": plugin.sentence or None,
        "details": plugin.details or None,
    }


def _cells(plugin: Plugin) -> tuple[str, ...]:
    status = f"cannot be used: {plugin.sentence}" if plugin.sentence else "usable"
    return (
        plugin.file,
        plugin.kind or "-",
        plugin.name or plugin.package or "-",
        plugin.version or "-",
        status,
    )
