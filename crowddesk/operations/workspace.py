"""Opens a workspace as every front does: the database where it belongs, the practice account in a new one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput, Conflict
from crowddesk.language import say
from crowddesk.store import records

FILE_NAME = "workspace.yaml"
DATABASE_VARIABLE = "CROWDDESK_DATABASE_URL"
PRACTICE_NAME = "practice"
_PRACTICE_VENDOR = "mock"


def open_workspace(folder: Path, url: str | None = None) -> CrowdDatabase:
    """The workspace in a folder, made when there is none, with its practice account.

    The database is a file in the folder, unless `url`, `database_url` in the folder's workspace.yaml, or
    CROWDDESK_DATABASE_URL names a PostgreSQL database. Several processes may open one at the same time.
    Raises WorkspaceError, and BadInput for an address that is none.
    """
    address = url or _named_in_file(folder / FILE_NAME) or os.environ.get(DATABASE_VARIABLE)
    db = CrowdDatabase(folder, _checked(address) if address else None)
    try:
        _ensure_practice(db)
    except BaseException:
        db.close()
        raise
    return db


def _named_in_file(path: Path) -> str | None:
    if not path.is_file():
        return None
    from crowddesk.blueprints.text_files import read_text
    from crowddesk.operations import run_yaml

    values = run_yaml.parse(read_text(path, 64 * 1024), path.name)
    unknown = sorted(set(values) - {"database_url"})
    if unknown:
        raise BadInput(
            say(
                "{path}: there is no setting {unknown!r}; there is database_url.",
                path=path,
                unknown=unknown[0],
            )
        )
    named = run_yaml.plain(values, "").get("database_url")
    if named is not None and not isinstance(named, str):
        raise BadInput(say("{path}: database_url takes an address as text.", path=path))
    return named


def _checked(address: str) -> str:
    """The address with the driver that the program comes with; never printed, it may hold a password."""
    scheme, separator, rest = address.strip().partition("://")
    if not separator or not rest or scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise BadInput(
            say(
                "The workspace's database address begins with {scheme!r}: it must be a PostgreSQL "
                "address, postgresql://user@host/name. Leave it out to keep the database in the "
                "workspace's folder.",
                scheme=scheme,
            )
        )
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise BadInput(
            say("A workspace on PostgreSQL needs the package psycopg: install crowddesk[team].")
        ) from None
    return f"postgresql+psycopg://{rest}"


def _ensure_practice(db: CrowdDatabase) -> None:
    """Registration is its last step, so an account that is registered is whole."""
    while not _practice_is_registered(db):
        # Conflict: another process adds it at this moment, or died before it registered it.
        from crowddesk.operations.accounts import add_requester

        with contextlib.suppress(Conflict):
            add_requester(db, _PRACTICE_VENDOR, PRACTICE_NAME, {})


def _practice_is_registered(db: CrowdDatabase) -> bool:
    with db.read() as conn:
        found = records.find(conn, "requester", requester_name=PRACTICE_NAME, provider_type=_PRACTICE_VENDOR)
    return bool(found and found[0]["registered"])
