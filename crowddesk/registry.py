"""Finds vendors and blueprints by the name of their entry point; imports one only when it is asked for.

The entry-point groups are `crowddesk.providers` and `crowddesk.blueprints`. The built-ins are registered
there too, like anybody's; what others wrote is installed beside the program, or lies in the plug-in folder
(`plugins`), which is searched last. A name belongs to the built-in that has it, then to what is installed,
then to the plug-in whose file comes first by name. May be called from any thread.
"""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crowddesk import paths, plugins
from crowddesk.domain import BadInput, CrowdDeskError
from crowddesk.language import say
from crowddesk.plugins import Holding, Offer, Plugin

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Blueprint
    from crowddesk.providers.base import CrowdProvider

PROVIDER_GROUP = plugins.PROVIDERS
BLUEPRINT_GROUP = plugins.BLUEPRINTS
_OWN: Final = "crowddesk"

#: The class that a plug-in's extends, and the attribute that repeats its name.
_BASES: Final = {
    PROVIDER_GROUP: ("crowddesk.providers.base", "CrowdProvider", "PROVIDER_TYPE"),
    BLUEPRINT_GROUP: ("crowddesk.blueprints.base", "Blueprint", "BLUEPRINT_TYPE"),
}
#: What a vendor's own classes have to say for themselves; the base classes' raise NotImplementedError.
MUST_HAVE: Final[Mapping[str, Sequence[str]]] = {
    "UnitClass": ("launch", "expire", "is_expired", "new"),
    "RequesterClass": ("register", "is_registered", "get_available_budget", "new"),
    "WorkerClass": ("bonus_worker", "block_worker", "unblock_worker", "is_blocked", "is_eligible", "new"),
    "AgentClass": ("approve_work", "reject_work", "mark_done", "new"),
    "ArgsClass": (),
}


class NotThere(BadInput):
    """No vendor or blueprint has this name, or what has it cannot be used: its accounts wait for a person."""

    lane_state = "no plug-in"


class Installed(NamedTuple):
    """What is installed beside the program: its kind, its name, the package it comes from, its version."""

    kind: str
    name: str
    package: str
    version: str


def provider_types() -> list[str]:
    """The names of every vendor that is installed, sorted."""
    return sorted(_entry_points(PROVIDER_GROUP))


def blueprint_types() -> list[str]:
    """The names of every blueprint that is installed, sorted."""
    return sorted(_entry_points(BLUEPRINT_GROUP))


def get_crowd_provider_from_type(provider_type: str) -> type[CrowdProvider]:
    """The provider class of that name; NotThere names the nearest right one, or why it cannot be used."""
    found: type[CrowdProvider] = _load(PROVIDER_GROUP, provider_type, "provider")
    return found


def get_blueprint_from_type(blueprint_type: str) -> type[Blueprint]:
    """The blueprint class of that name; NotThere names the nearest right one, or why it cannot be used."""
    found: type[Blueprint] = _load(BLUEPRINT_GROUP, blueprint_type, "blueprint")
    return found


def installed() -> list[Installed]:
    """What is no plug-in: the built-ins, and what somebody installed into the program's Python."""
    return [
        Installed(word, name, *_package_of(point))
        for group, word in plugins.KINDS.items()
        for name, point in sorted(_entry_points(group).items())
        if not isinstance(point, _Plugged)
    ]


def check_plugins() -> list[Plugin]:
    """Everything in the plug-in folder, as its files are named. Imports each plug-in: it may take a while."""
    known = _known()
    found = list(known.faults)
    for group, word in plugins.KINDS.items():
        for name, point in known.points[group].items():
            if isinstance(point, _Plugged):
                try:
                    _load(group, name, word)
                    found.append(point.offer.plugin())
                except CrowdDeskError:
                    found.append(point.fault or point.offer.plugin())
    return sorted(found, key=lambda p: (p.file.casefold(), p.file, p.kind, p.name))


def faults() -> list[Plugin]:
    """What is known by now of plug-ins that cannot be used, without importing any."""
    known = _known()
    failed = [p.fault for points in known.points.values() for p in points.values() if isinstance(p, _Plugged)]
    return [*known.faults, *(fault for fault in failed if fault is not None)]


def look_again() -> list[Plugin]:
    """Reads the plug-in folder anew: new plug-ins are found, and broken ones that are mended by now.

    Returns those that are in use and were changed or taken away meanwhile: they stay what they are until the
    program is started again.
    """
    global _read
    with _guard:
        before, _read = _read, None
        importlib.invalidate_caches()
    now = _known()
    stale = []
    for group, points in (before.points if before is not None else {}).items():
        for name, point in points.items():
            if not isinstance(point, _Plugged) or not point.in_use:
                continue
            new = now.points[group].get(name)
            if isinstance(new, _Plugged) and new.offer.package.same_as(point.offer.package):
                new.in_use = True
            else:
                now.points[group][name] = point
                stale.append(point.offer.plugin())
    return stale


# ------------------------------------------------------------------------------------------- what there is


@dataclass
class _Plugged:
    """A plug-in's entry point: imported with its place on the path, and looked over before anybody has it."""

    offer: Offer
    in_use: bool = False
    fault: Plugin | None = None

    @property
    def value(self) -> str:
        return self.offer.value

    def load(self) -> type:
        """Raises NotThere, the second time without another try: half a module is not imported twice."""
        with _importing:
            if self.fault is None:
                before = set(sys.modules)
                try:
                    loaded = self._import()
                    self.in_use = True
                    return loaded
                except KeyboardInterrupt:  # the person's, not the plug-in's
                    raise
                except BaseException as error:  # a third party's module may raise anything, sys.exit() too
                    sentence = str(error) if isinstance(error, _Unfit) else _why(error)
                    self.fault = self.offer.plugin(sentence, _details(error))
                    self._forget(before)
        raise NotThere(
            say(
                "The plug-in {file} ({kind} {name!r}) cannot be used: {sentence}",
                file=self.fault.file, kind=_word(self.fault.kind), name=self.fault.name,
                sentence=self.fault.sentence,
            ),
            details=self.fault.details,
        )  # fmt: skip

    def _import(self) -> type:
        _search(_known().places)
        group, name, value, package = self.offer
        loaded = metadata.EntryPoint(name, value, group).load()
        module = value.partition(":")[0].strip()
        origin = getattr(sys.modules.get(module), "__file__", None)
        if origin is not None and not _lies_in(Path(origin), package.place):
            raise _Unfit(
                say(
                    "Its module {module} is not its own: {origin} has that name already.",
                    module=module, origin=origin,
                )
            )  # fmt: skip
        if lacking := _lacking(loaded, group, name):
            raise _Unfit(lacking)
        made: type = loaded
        return made

    def _forget(self, before: set[str]) -> None:
        """Takes away what its failed import left, so that it is imported whole when it is mended."""
        place = self.offer.package.place
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules.get(name), "__file__", None)
            if origin is not None and _lies_in(Path(origin), place):
                sys.modules.pop(name, None)


class _Unfit(Exception):
    """What a plug-in lacks, as a sentence."""


@dataclass
class _Known:
    """Every entry point by group and name, what is wrong with others, where plug-ins are imported from."""

    points: dict[str, dict[str, Any]]
    faults: list[Plugin] = field(default_factory=list)
    places: Sequence[Path] = ()


_guard = threading.Lock()
#: One plug-in at a time, since a failed one's modules are taken away again. A plug-in may ask for another.
_importing = threading.RLock()
_read: _Known | None = None
_searched: list[str] = []


def _known() -> _Known:
    global _read
    with _guard:
        if _read is None:
            _read = _find()
        return _read


def _entry_points(group: str) -> dict[str, Any]:
    return _known().points[group]


def _find() -> _Known:
    folder = paths.plugins_dir()
    ours, refused = _installed()
    known = _Known({group: dict(points) for group, points in ours.items()}, list(refused))
    holding: Holding = plugins.read_folder(folder, _version_here)
    known.faults += holding.faults
    known.places = holding.places
    for offer in holding.offers:
        points = known.points[offer.group]
        owner = next(
            (point for name, point in points.items() if name.casefold() == offer.name.casefold()), None
        )
        if not paths.is_portable(offer.name):
            sentence = say("{name!r} cannot be a name: files are called by it.", name=offer.name)
        elif owner is not None:
            sentence = _taken(offer.name, _owner(owner))
        else:
            points[offer.name] = _Plugged(offer)
            continue
        known.faults.append(offer.plugin(sentence))
    return known


def _owner(point: Any) -> str:
    """Whose an entry point is, for a person."""
    if isinstance(point, _Plugged):
        return point.offer.package.file
    package, _ = _package_of(point)
    return "CrowdDesk" if package == _OWN else package


@functools.cache
def _installed() -> tuple[dict[str, dict[str, metadata.EntryPoint]], list[Plugin]]:
    """What is no plug-in, and the packages whose name another has already, the built-ins before others'.

    Read once, before any plug-in is on the path: what is installed does not change under a program.
    """
    points: dict[str, dict[str, metadata.EntryPoint]] = {group: {} for group in plugins.KINDS}
    refused = []
    everything = metadata.entry_points()
    for group, kind in plugins.KINDS.items():
        claims: dict[str, list[metadata.EntryPoint]] = {}
        for point in everything.select(group=group):
            claims.setdefault(point.name, []).append(point)
        for name, claiming in claims.items():
            if len(claiming) > 1:  # to read whose they are takes longer than to find them
                claiming.sort(key=lambda point: (_package_of(point)[0] != _OWN, _package_of(point)))
            points[group][name] = claiming[0]
            for point in claiming[1:]:
                package, version = _package_of(point)
                sentence = _taken(name, _owner(claiming[0]))
                refused.append(Plugin(package, Path(), kind, name, package, version, sentence))
    return points, refused


def _taken(name: str, owner: str) -> str:
    return say("The name {name!r} belongs to {owner}.", name=name, owner=owner)


def _package_of(point: Any) -> tuple[str, str]:
    dist = getattr(point, "dist", None)
    return ("?", "?") if dist is None else (str(dist.name), str(dist.version))


def _version_here(package: str) -> str | None:
    """The version of a package that the program has without any plug-in; None where it has none."""
    path = [entry for entry in sys.path if entry not in _searched]
    found = next(iter(metadata.distributions(name=package, path=path)), None)
    return None if found is None else found.version


def _search(places: Sequence[Path]) -> None:
    """Lets Python look there after everywhere else, so that no plug-in hides what is not its own."""
    with _guard:
        for place in map(str, places):
            if place not in _searched:
                _searched.append(place)
                sys.path.append(place)


def _lies_in(file: Path, place: Path) -> bool:
    return file.resolve().is_relative_to(place.resolve())


# ------------------------------------------------------------------------------------------ one of them


@functools.cache
def _load(group: str, name: str, word: str) -> type:
    points = _entry_points(group)
    if name not in points:
        raise NotThere(_nobody(group, str(name)))
    try:
        loaded: type = points[name].load()
    except (NotThere, KeyboardInterrupt):
        raise
    except BaseException as error:  # a third party's module may raise anything, sys.exit() too
        sentence = say(
            "The {kind} {name!r} ({value}) cannot be used: {why}",
            kind=_word(word), name=name, value=points[name].value, why=_why(error),
        )  # fmt: skip
        raise NotThere(sentence, details=repr(error)) from error
    return loaded


def _word(kind: str) -> str:
    return say("provider") if kind == "provider" else say("blueprint")


def _nobody(group: str, name: str) -> str:
    points = _entry_points(group)
    near = difflib.get_close_matches(name, points, n=1)
    if group == PROVIDER_GROUP:
        said = say("There is no provider {name!r}.", name=name)
    else:
        said = say("There is no blueprint {name!r}.", name=name)
    if near:
        said += " " + say("Did you mean {near!r}?", near=near[0])
    else:
        said += " " + say("There are: {names}.", names=", ".join(sorted(points)))
    broken = [] if near else [fault for fault in faults() if fault.name in ("", name)]
    if broken:
        said += " " + say(
            "Of the plug-ins {file} cannot be used: {sentence}",
            file=broken[0].file, sentence=broken[0].sentence,
        )  # fmt: skip
    return said


def _why(error: BaseException) -> str:
    """Why a module could not be imported, in a line."""
    said = (str(error).splitlines() or [""])[0]
    if isinstance(error, SyntaxError):
        place = f"{Path(error.filename or '?').name}, line {error.lineno}"
        return say("It cannot be imported: {place} is no Python ({why}).", place=place, why=error.msg)
    if isinstance(error, SystemExit):
        return say("It ends the program when it is imported.")
    if isinstance(error, ModuleNotFoundError) and error.name:
        return say("It cannot be imported: there is no module {module}.", module=error.name)
    why = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return say("It cannot be imported: {why}.", why=why.removesuffix("."))


def _details(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) if not isinstance(error, _Unfit) else ""


def _lacking(loaded: Any, group: str, name: str) -> str:
    """What a class lacks of the interface, as a sentence; "" where it has all of it."""
    module, base_name, attribute = _BASES[group]
    if not isinstance(loaded, type):
        return say("{what} is no class.", what=repr(loaded)[:80])
    base: Any = next(
        (c for c in loaded.__mro__ if (c.__module__, c.__qualname__) == (module, base_name)), None
    )
    if base is None or loaded is base:
        return say("{what} does not extend {base}.", what=loaded.__name__, base=f"{module}.{base_name}")
    missing = sorted(getattr(loaded, "__abstractmethods__", ()))
    if group == PROVIDER_GROUP:
        missing += _classes_lacking(loaded, base)
    if missing:
        return say("{what} lacks {missing}.", what=loaded.__name__, missing=", ".join(missing))
    if (said := getattr(loaded, attribute)) != name:
        return say(
            "Its entry point is called {name!r} and its {attribute} is {said!r}: they have to be the same.",
            name=name, attribute=attribute, said=said,
        )  # fmt: skip
    return _script_lacking(loaded) if group == PROVIDER_GROUP else ""


def _classes_lacking(loaded: Any, base: Any) -> Iterator[str]:
    """The vendor's own five classes, and what each has to do itself."""
    for name, members in MUST_HAVE.items():
        own, noun = getattr(loaded, name), getattr(base, name)
        if own is noun or not (inspect.isclass(own) and issubclass(own, noun)):
            yield say("a class of its own as {name}", name=name)
            continue
        for member in members:
            if inspect.getattr_static(own, member) is inspect.getattr_static(noun, member):
                yield f"{own.__name__}.{member}"


def _script_lacking(loaded: Any) -> str:
    try:
        plugins.read_file(Path(loaded.get_wrapper_js_path()))
    except Exception as error:  # a vendor's code may raise anything
        return say("Its wrap_crowd_source.js cannot be read: {why}.", why=error)
    return ""
