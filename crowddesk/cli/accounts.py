"""Accounts at vendors: adding one and replacing its token, with secrets that no argument list ever shows."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from crowddesk.cli.options import Folder
from crowddesk.cli.session import WRONG_USAGE, command, fail, say, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.requester import Requester

app = typer.Typer(help="Accounts at vendors.", no_args_is_help=True, rich_markup_mode=None)

TOKEN_VARIABLE: Final = "CROWDDESK_TOKEN"
PASSPHRASE_VARIABLE: Final = "CROWDDESK_PASSPHRASE"
_LONGEST: Final = 10_000

Values = Annotated[
    list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="What the vendor asks for.")
]
TokenFile = Annotated[
    str | None,
    typer.Option(
        "--token-file",
        metavar="PATH",
        help=f"A file with the token, or - for standard input. Else {TOKEN_VARIABLE}, else it is asked for.",
    ),
]


@app.command("add")
@command
def requester_add(
    name: Annotated[str, typer.Argument(help="Your own short name for the account.")],
    values: Values = None,
    provider: Annotated[str, typer.Option("--provider", "--type", help="The vendor.")] = "mock",
    token_file: TokenFile = None,
    folder: Folder = None,
) -> None:
    """Add an account at a vendor and register it."""
    from crowddesk.operations.accounts import add_requester
    from crowddesk.registry import get_crowd_provider_from_type

    requester_class = get_crowd_provider_from_type(provider).RequesterClass
    fields = _fields(values, requester_class)
    with workspace(folder) as db:
        fields |= _secrets(requester_class, fields, token_file)
        requester_id = add_requester(db, provider, name, fields)
    sys.stdout.write(f"{requester_id}\n")
    say(f"The account {name} at {provider} is registered.")


@app.command("token")
@command
def requester_token(
    name: Annotated[str, typer.Argument(help="The account's name.")],
    values: Values = None,
    provider: Annotated[str | None, typer.Option("--provider", "--type", help="The vendor.")] = None,
    token_file: TokenFile = None,
    folder: Folder = None,
) -> None:
    """Replace an account's token, or the place where it is kept."""
    from crowddesk.operations.accounts import register_again, registration_of

    with workspace(folder) as db:
        requester = _account(db, name, provider)
        fields = _fields(values, type(requester))
        if not _secret_fields(type(requester)):
            fail(f"An account at {requester.provider_type} has no token.", WRONG_USAGE)
        fields = registration_of(db, requester.db_id) | fields
        fields |= _secrets(type(requester), fields, token_file)
        register_again(db, requester.db_id, fields)
    say(f"The account {name} has a new token.")


def unlock_if_needed(db: CrowdDatabase) -> None:
    """Asks for the passphrase of the encrypted file, if an account's token lies there.

    Without a terminal CROWDDESK_PASSPHRASE has it; without both the accounts say themselves what they lack.
    """
    from crowddesk.operations.accounts import missing_secrets

    if "passphrase" not in missing_secrets(db).values():
        return
    from crowddesk import vault
    from crowddesk.domain import BadInput

    given = _taken(PASSPHRASE_VARIABLE)
    if not given and not sys.stdin.isatty():
        return
    try:
        vault.unlock(given or _ask("Passphrase of the encrypted file"))
    except BadInput:
        fail("This is not the passphrase of the encrypted file.")


def _account(db: CrowdDatabase, name: str, provider: str | None) -> Requester:
    found = db.find_requesters(requester_name=name, provider_type=provider)
    if not found:
        fail(f"There is no account {name!r}{f' at {provider}' if provider else ''}.", WRONG_USAGE)
    if len(found) > 1:
        vendors = ", ".join(sorted(account.provider_type for account in found))
        fail(f"There are accounts {name!r} at {vendors}: say which with --provider.", WRONG_USAGE)
    return found[0]


def _fields(values: Sequence[str] | None, requester_class: type[Requester]) -> dict[str, str]:
    secret = {field.name for field in _secret_fields(requester_class)}
    fields = {}
    for text in values or ():
        key, equals, value = text.partition("=")
        if key in secret:
            fail(
                f"A {key} among the arguments can be read by everybody on this computer and stays in the "
                "shell's history. Leave it out and type it when you are asked, or use --token-file.",
                WRONG_USAGE,
            )
        if not equals or not key:
            fail(f"{text!r} sets nothing: write it like balance=100.00.", WRONG_USAGE)
        fields[key] = value
    return fields


def _secret_fields(requester_class: type[Requester]) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(requester_class.ArgsClass) if field.metadata.get("secret")]


def _secrets(
    requester_class: type[Requester], fields: Mapping[str, str], token_file: str | None
) -> dict[str, str]:
    """The vendor's secrets from a file, the environment or a person; what is not needed stays out."""
    wanted = _secret_fields(requester_class)
    if token_file is not None and not any(field.name == "token" for field in wanted):
        fail("This vendor takes no token, so --token-file is of no use.", WRONG_USAGE)
    found = {}
    for field in wanted:
        depends_on, value = field.metadata.get("only_if", ("", ""))
        if depends_on and fields.get(depends_on) != value:
            continue
        title = str(field.metadata.get("title") or field.name)
        if field.name == "token" and token_file is not None:
            found[field.name] = _from_file(token_file)
        elif field.name == "passphrase":
            found[field.name] = _passphrase(title)
        else:
            found[field.name] = _taken(TOKEN_VARIABLE) or _ask_or_fail(title, TOKEN_VARIABLE)
    return found


def _passphrase(title: str) -> str:
    from crowddesk import vault

    if vault.is_open():
        return ""
    given = _taken(PASSPHRASE_VARIABLE)
    return given or _ask_or_fail(title, PASSPHRASE_VARIABLE, twice=not vault.has_file())


def _taken(variable: str) -> str:
    """A secret out of the environment, which no process that is started later inherits."""
    return os.environ.pop(variable, "")


def _from_file(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read(_LONGEST).strip()
        with Path(name).expanduser().open(encoding="utf-8") as file:
            return file.read(_LONGEST).strip()
    except UnicodeDecodeError:
        fail(f"{name} is no text file.", WRONG_USAGE)
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror}.", WRONG_USAGE)


def _ask_or_fail(title: str, variable: str, *, twice: bool = False) -> str:
    if not sys.stdin.isatty():
        fail(f"{title}: nobody is here to type it. Put it into {variable}, or into a file.", WRONG_USAGE)
    return _ask(title, twice=twice)


def _ask(title: str, *, twice: bool = False) -> str:
    answer: str = typer.prompt(title, hide_input=True, confirmation_prompt=twice, err=True)
    return answer
