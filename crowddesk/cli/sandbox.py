"""The command that starts a vendor's rehearsal sandbox by itself, for any client that is pointed at it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from crowddesk.cli.session import command
from crowddesk.domain import BadInput

app = typer.Typer(
    help="A vendor's stand-in on this computer: rehearse there before you spend.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def sandbox() -> None:
    """A vendor's stand-in on this computer: rehearse there before you spend."""


@app.command()
@command
def prolific(
    file: Annotated[
        Path, typer.Option("--file", metavar="PATH", help="The sandbox's own database; made when absent.")
    ] = Path("prolific-sandbox.sqlite"),
    host: Annotated[str, typer.Option("--host", help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 0,
    lag: Annotated[
        float,
        typer.Option("--lag", metavar="SECONDS", help="How long queued work takes: payments, publishing."),
    ] = 0.3,
    fee_percent: Annotated[
        str, typer.Option("--fee-percent", metavar="N", help="The fee on rewards.")
    ] = "33.3",
    vat_percent: Annotated[str, typer.Option("--vat-percent", metavar="N", help="The tax on fees.")] = "0",
    token: Annotated[
        list[str] | None, typer.Option("--token", help="An account's token; again for another account.")
    ] = None,
    until_idle: Annotated[
        float | None,
        typer.Option("--until-idle", metavar="SECONDS", help="End after so long without a call."),
    ] = None,
    ready_file: Annotated[
        Path | None, typer.Option("--ready-file", metavar="PATH", help="Gets the address, once it listens.")
    ] = None,
) -> None:
    """A Prolific-compatible server with simulated participants, until Ctrl+C. No money moves."""
    from crowddesk.registry import get_crowd_provider_from_type

    provider: Any = get_crowd_provider_from_type("prolific_sandbox")
    provider.serve_alone(
        path=file,
        host=host,
        port=port,
        lag=lag,
        fee_percent=_percent(fee_percent, "--fee-percent"),
        vat_percent=_percent(vat_percent, "--vat-percent"),
        tokens=tuple(token or ()),
        until_idle=until_idle,
        ready_file=ready_file,
    )


def _percent(text: str, option: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{option} is a number such as 33.3, not {text!r}.") from None
    if not value.is_finite():
        raise BadInput(f"{option} is a number such as 33.3, not {text!r}.")
    return value
