"""What the installed program carries, by name: computed from the package and what it needs, never listed.

Read by crowddesk.spec, by the systems whose program is not made with PyInstaller, and by the tests. It looks
at the environment it runs in, where CrowdDesk is installed (or its wheel unpacked on sys.path).
"""

from __future__ import annotations

import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME: Final = "crowddesk"
#: What a person's installation has beside the plain dependencies: a team's PostgreSQL. Not Parquet (150 MB),
#: not a browser inside the window (200 MB).
EXTRAS: Final = frozenset({"team"})
#: Groups of entry points whose modules are imported by name at run time.
GROUPS: Final = (f"{NAME}.providers", f"{NAME}.blueprints", "keyring.backends")
#: Packages that are found by walking through them, or that a plug-in may well use, whole.
WHOLE: Final = (
    "aiohttp", "anyio", "attr", "certifi", "cryptography.hazmat.primitives", "httpcore", "httpx", "keyring",
    "multidict", "omegaconf", "openpyxl", "platformdirs", "psycopg", "psycopg_binary", "pydantic",
    "rapidfuzz", "secretstorage", "sqlmodel", "typer", "typing_extensions", "yaml", "yarl",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "sqlalchemy.ext",
)  # fmt: skip
#: Of the standard library and of packages: tests, and what is for people who write Python at a terminal.
NOT_CARRIED: Final = frozenset(
    {
        "test", "tests", "idle_test", "testing", "test_utils", "pytest_plugin", "_testcapi", "__pyinstaller",
        "idlelib", "tkinter", "_tkinter", "turtle", "turtledemo", "ensurepip", "lib2to3", "pydoc_data",
        "this", "antigravity", "__phello__", "__hello__",
    }
)  # fmt: skip


def distributions() -> dict[str, metadata.Distribution]:
    """CrowdDesk and all it needs on this system, with `EXTRAS`, by canonical name.

    Raises PackageNotFoundError for one that is not installed.
    """
    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting: list[tuple[str, frozenset[str]]] = [(NAME, EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        found[name] = distribution = metadata.distribution(name)
        for requirement in map(Requirement, distribution.requires or ()):
            wanted = ["", *sorted(extras)]
            marker = requirement.marker
            if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in wanted):
                continue
            key = (canonicalize_name(requirement.name), ",".join(sorted(requirement.extras)))
            if key not in seen:
                seen.add(key)
                waiting.append((key[0], frozenset(requirement.extras)))
    return found


def modules_of(distribution: metadata.Distribution) -> set[str]:
    """The names at the top that a distribution installs."""
    names = {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}
    return {name.partition(".")[0] for name in names if ".dist-info" not in name and ".libs" not in name}


def strangers() -> list[str]:
    """Modules that are installed here and are no part of the program: they must not slip into it."""
    ours = distributions()
    carried = set().union(*(modules_of(distribution) for distribution in ours.values()))
    others: set[str] = set()
    for distribution in metadata.distributions():
        if canonicalize_name(distribution.metadata["Name"]) not in ours:
            others |= modules_of(distribution)
    return sorted(others - carried - set(sys.stdlib_module_names))


def hidden_imports() -> list[str]:
    """Every module that must be there though no import statement names it."""
    found = set(own_modules()) | set(standard_modules())
    for group in GROUPS:
        found |= {point.module for point in metadata.entry_points(group=group)}
    for name in WHOLE:
        found |= set(_walk(name))
    return sorted(found)


def own_modules() -> list[str]:
    """CrowdDesk's modules, migrations and vendors among them, but `testing`, which wants pytest."""
    return list(_walk(NAME))


def standard_modules() -> list[str]:
    """The whole standard library of this Python but `NOT_CARRIED`: a plug-in may need any of it."""
    found: list[str] = []
    for name in sorted(sys.stdlib_module_names - NOT_CARRIED):
        found += _walk(name)
    return found


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # __main__ has no spec
        return False


def _walk(name: str) -> Iterator[str]:
    """The module and all below it, without importing any; nothing where it is not installed."""
    if not _is_there(name):
        return
    yield name
    spec = importlib.util.find_spec(name)
    yield from _below(name, list(spec.submodule_search_locations or ()) if spec else [])


def _below(package: str, places: list[str]) -> Iterator[str]:
    for each in pkgutil.iter_modules(places):
        if each.name in NOT_CARRIED or each.name == "__main__":
            continue
        yield f"{package}.{each.name}"
        if each.ispkg:
            yield from _below(f"{package}.{each.name}", [str(Path(place) / each.name) for place in places])
