"""Finds vendors and blueprints by the name of their entry point; imports one only when it is asked for.

The entry-point groups are `crowddesk.providers` and `crowddesk.blueprints`. The built-ins are registered
there too, like anybody's. May be called from any thread.
"""

from __future__ import annotations

import difflib
import functools
from importlib import metadata
from typing import TYPE_CHECKING

from crowddesk.domain import BadInput, CrowdDeskError

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Blueprint
    from crowddesk.providers.base import CrowdProvider

PROVIDER_GROUP = "crowddesk.providers"
BLUEPRINT_GROUP = "crowddesk.blueprints"


def provider_types() -> list[str]:
    """The names of every vendor that is installed, sorted."""
    return sorted(_entry_points(PROVIDER_GROUP))


def blueprint_types() -> list[str]:
    """The names of every blueprint that is installed, sorted."""
    return sorted(_entry_points(BLUEPRINT_GROUP))


def get_crowd_provider_from_type(provider_type: str) -> type[CrowdProvider]:
    """The provider class of that name; BadInput names the nearest right one, or why it cannot be loaded."""
    found: type[CrowdProvider] = _load(PROVIDER_GROUP, provider_type, "provider")
    return found


def get_blueprint_from_type(blueprint_type: str) -> type[Blueprint]:
    """The blueprint class of that name; BadInput names the nearest right one, or why it cannot be loaded."""
    found: type[Blueprint] = _load(BLUEPRINT_GROUP, blueprint_type, "blueprint")
    return found


@functools.cache
def _entry_points(group: str) -> dict[str, metadata.EntryPoint]:
    return {point.name: point for point in metadata.entry_points(group=group)}


@functools.cache
def _load(group: str, name: str, word: str) -> type:
    points = _entry_points(group)
    if name not in points:
        near = difflib.get_close_matches(str(name), points, n=1)
        hint = (
            f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(sorted(points)) or 'none'}."
        )
        raise BadInput(f"There is no {word} {name!r}.{hint}")
    try:
        loaded: type = points[name].load()
    except Exception as error:  # a third party's module may raise anything
        raise CrowdDeskError(
            f"The {word} {name!r} ({points[name].value}) cannot be loaded: {error}", details=repr(error)
        ) from error
    return loaded
