"""What a user may set, as a structured config in `settings.yaml` of the workspace. Amounts are text."""

from __future__ import annotations

import contextlib
import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crowddesk.domain import BadInput, check_currency, to_minor
from crowddesk.language import mark, say

if TYPE_CHECKING:
    from omegaconf.errors import OmegaConfBaseException

FILE_NAME = "settings.yaml"


@dataclass
class Appearance:
    """How the window looks."""

    theme: str = field(
        default="system",
        metadata={
            "title": mark("Theme"),
            "choices": {"system": mark("system"), "light": mark("light"), "dark": mark("dark")},
        },
    )
    text_percent: int = field(
        default=100, metadata={"title": mark("Text size, percent"), "help": mark("100 to 200.")}
    )
    rows: str = field(
        default="normal",
        metadata={
            "title": mark("Rows"),
            "choices": {"compact": mark("compact"), "normal": mark("normal"), "roomy": mark("roomy")},
        },
    )
    reduced_motion: bool = field(default=False, metadata={"title": mark("Reduced motion")})


@dataclass
class Sending:
    """When decisions leave. A live account's always wait for Send."""

    practice_sends_by_itself: bool = field(
        default=True, metadata={"title": mark("Practice and sandbox decisions leave by themselves")}
    )
    grace_seconds: int = field(
        default=5,
        metadata={
            "title": mark("After a grace of, seconds"),
            "help": mark("How long undo stays free before that."),
        },
    )


@dataclass
class Rejections:
    """Caps on rejections; 0 is no cap. `appeal_days`: how long an objection may wait for its answer."""

    most_per_batch: int = field(default=200, metadata={"title": mark("Most at once")})
    most_per_worker_a_day: int = field(default=25, metadata={"title": mark("Most for one worker a day")})
    most_a_day: int = field(default=500, metadata={"title": mark("Most for one account a day")})
    second_look: bool = field(
        default=True, metadata={"title": mark("Somebody looks again at a person’s first rejection")}
    )
    appeal_days: int = field(default=7, metadata={"title": mark("Days to answer an objection")})


@dataclass
class FairPay:
    """What an hour of somebody's work should come to."""

    hourly_targets: str = field(
        default="",
        metadata={
            "title": mark("Hourly targets"),
            "help": mark("One for each currency, such as GBP 12.00, USD 15.00."),
        },
    )


@dataclass
class Notifications:
    """What the system tells a person whose attention is elsewhere. In front of the window it is quiet."""

    runs: bool = field(default=True, metadata={"title": mark("A run is answered")})
    needs_you: bool = field(default=True, metadata={"title": mark("A payment is in doubt")})
    budgets: bool = field(default=True, metadata={"title": mark("A budget is nearly used")})
    deadlines: bool = field(default=True, metadata={"title": mark("Answers are soon approved by themselves")})
    appeals: bool = field(default=True, metadata={"title": mark("An objection is to be answered")})
    exports: bool = field(default=True, metadata={"title": mark("An export is done")})


@dataclass
class TaskServing:
    """Where the pages of workers come from. Nothing listens while no run needs it."""

    reach: str = field(
        default="this computer",
        metadata={
            "title": mark("Who can open the pages"),
            "choices": {"this computer": mark("this computer"), "local network": mark("local network")},
            "help": mark("The local network: everybody who knows a run's link and reaches this computer."),
        },
    )
    port: int = field(
        default=0,
        metadata={"title": mark("Port"), "help": mark("0: a free one is chosen and kept for each run.")},
    )
    public_url: str = field(
        default="",
        metadata={
            "title": mark("Public address"),
            "help": mark(
                "Of your own proxy that passes requests on to this computer, such as https://lab.example.org."
            ),
        },
    )
    certificate: str = field(
        default="",
        metadata={
            "title": mark("Certificate"),
            "kind": "path",
            "help": mark("A PEM file, for https without a proxy."),
        },
    )
    certificate_key: str = field(
        default="",
        metadata={
            "title": mark("Certificate key"),
            "kind": "path",
            "help": mark("The PEM file of its private key."),
        },
    )
    disconnect_seconds: int = field(
        default=60,
        metadata={
            "title": mark("A worker is gone after, seconds"),
            "help": mark("Without a sign of life from their page; the unit is then offered to the next one."),
        },
    )
    upload_megabytes: int = field(default=20, metadata={"title": mark("Largest file a worker may send, MB")})


@dataclass
class Settings:
    """All of it, by section."""

    appearance: Appearance = field(default_factory=Appearance)
    sending: Sending = field(default_factory=Sending)
    rejections: Rejections = field(default_factory=Rejections)
    task_server: TaskServing = field(default_factory=TaskServing)
    notifications: Notifications = field(default_factory=Notifications)
    fair_pay: FairPay = field(default_factory=FairPay)
    #: Keys that differ from the usual ones, by the name of their command (`ui.keys.COMMANDS`).
    keys: dict[str, str] = field(default_factory=dict)


def load(folder: Path) -> Settings:
    """The settings of a workspace; defaults where it has none. BadInput names a key that there is not."""
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    # Imported here and below: it takes a tenth of the program's start, which may not need it.
    from omegaconf import DictConfig, OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    try:
        stored = OmegaConf.load(path)
        if not isinstance(stored, DictConfig):
            raise BadInput(
                say("{path} holds no settings: it must be sections with keys and values.", path=path)
            )
        settings = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(Settings), stored))
    except OmegaConfBaseException as error:
        raise BadInput(f"{path}: {_sentence(error)}") from None
    except (OSError, ValueError) as error:
        raise BadInput(say("{path} cannot be read: {error}", path=path, error=error)) from None
    except Exception as error:  # the YAML reader's errors have no common class of their own here
        raise BadInput(say("{path} is not valid YAML: {error}", path=path, error=error)) from None
    assert isinstance(settings, Settings)
    return _checked(settings, path)


def save(folder: Path, settings: Settings) -> None:
    """Writes the settings in one step, so that a crash leaves the old ones or the new ones."""
    from omegaconf import OmegaConf

    path = folder / FILE_NAME
    draft = path.with_suffix(".new")
    draft.write_text(OmegaConf.to_yaml(OmegaConf.structured(settings)), encoding="utf-8")
    os.replace(draft, path)
    with contextlib.suppress(OSError):
        path.chmod(0o600)


def _checked(settings: Settings, path: Path) -> Settings:
    look = settings.appearance
    for name, value in (("theme", look.theme), ("rows", look.rows)):
        choices: dict[str, str] = Appearance.__dataclass_fields__[name].metadata["choices"]
        if value not in choices:
            raise BadInput(
                say(
                    "{path}: appearance.{name} is {value!r}; use one of {choices}.",
                    path=path,
                    name=name,
                    value=value,
                    choices=", ".join(choices),
                )
            )
    if not 100 <= look.text_percent <= 200:
        raise BadInput(
            say(
                "{path}: appearance.text_percent is {text_percent}; use 100 to 200.",
                path=path,
                text_percent=look.text_percent,
            )
        )
    if not 0 <= settings.sending.grace_seconds <= 3600:
        raise BadInput(
            say(
                "{path}: sending.grace_seconds is {grace_seconds}; use 0 to 3600.",
                path=path,
                grace_seconds=settings.sending.grace_seconds,
            )
        )
    for name in Rejections.__dataclass_fields__:
        if getattr(settings.rejections, name) < 0:
            raise BadInput(say("{path}: rejections.{name} is below 0; 0 is no cap.", path=path, name=name))
    if settings.rejections.appeal_days > 365:
        raise BadInput(
            say(
                "{path}: rejections.appeal_days is {appeal_days}; use 0 to 365.",
                path=path,
                appeal_days=settings.rejections.appeal_days,
            )
        )
    for name, key in settings.keys.items():
        if not isinstance(key, str):
            raise BadInput(
                say(
                    "{path}: keys.{name} is {key!r}; write it like review.approve: A.",
                    path=path,
                    name=name,
                    key=key,
                )
            )
    try:
        read_targets(settings.fair_pay.hourly_targets)
    except BadInput as error:
        raise BadInput(say("{path}: fair_pay.hourly_targets: {error}", path=path, error=error)) from None
    fault = fault_of_serving(settings.task_server)
    if fault:
        raise BadInput(say("{path}: task_server.{fault}", path=path, fault=fault))
    return settings


def read_targets(text: str) -> dict[str, int]:
    """Hourly targets such as "GBP 12.00, USD 15" by currency, in minor units. Raises BadInput."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, _, amount = part.partition(" ")
        currency = check_currency(code)
        if currency in found:
            raise BadInput(say("There are two targets in {currency}.", currency=currency))
        found[currency] = to_minor(amount, currency)
        if found[currency] <= 0:
            raise BadInput(say("A target is more than nothing: {part}.", part=part))
    return found


def fault_of_serving(serving: TaskServing) -> str:
    """What is wrong with these settings, as "name is ...; do ..."; empty when nothing is. Reads no file."""
    choices: dict[str, str] = TaskServing.__dataclass_fields__["reach"].metadata["choices"]
    if serving.reach not in choices:
        return say(
            "reach is {reach!r}; use one of {choices}.", reach=serving.reach, choices=", ".join(choices)
        )
    if serving.port and not 1024 <= serving.port <= 65_535:
        return say("port is {port}; use 1024 to 65535, or 0.", port=serving.port)
    if serving.public_url:
        parts = urlsplit(serving.public_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            return say(
                "public_url is {url!r}; write it like https://lab.example.org.", url=serving.public_url
            )
    if bool(serving.certificate) != bool(serving.certificate_key):
        return say("certificate and certificate_key belong together; give both, or none.")
    if not 10 <= serving.disconnect_seconds <= 3600:
        return say("disconnect_seconds is {seconds}; use 10 to 3600.", seconds=serving.disconnect_seconds)
    if not 1 <= serving.upload_megabytes <= 2_000:
        return say("upload_megabytes is {megabytes}; use 1 to 2000.", megabytes=serving.upload_megabytes)
    return ""


def _sentence(error: OmegaConfBaseException) -> str:
    from omegaconf import DictConfig, OmegaConf

    name = str(error.full_key or error.key or "")
    section, _, last = name.rpartition(".")
    config = OmegaConf.structured(Settings)
    known = OmegaConf.select(config, section) if section else config
    if isinstance(known, DictConfig) and last and last not in known:
        near = difflib.get_close_matches(last, [str(k) for k in known], n=1)
        if near:
            return say("there is no setting {name!r}. Did you mean {near!r}?", name=name, near=near[0])
        return say("there is no setting {name!r}.", name=name)
    return f"{name}: {str(error).splitlines()[0]}"
