"""The interface of a blueprint: how items become pages and submissions become answers, and what it keeps."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from omegaconf import MISSING, DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from crowddesk.blueprints.data_files import Checked, Item, Problems, Reading, check_file, read_table
from crowddesk.domain import AgentStatus, BadInput, now, storable
from crowddesk.language import say
from crowddesk.registry import get_blueprint_from_type

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.unit import Unit
    from crowddesk.data_model.worker import Worker

# ------------------------------------------------------------------------------------ what a worker did

#: An agent's file is full from here on; a conversation ends well before.
MOST_BYTES: Final = 4_000_000


class AgentState:
    """What one worker was given, did and submitted for one unit, kept as a file in the agent's folder.

    `AgentState(agent)` makes the class that the agent's blueprint names. Usable as it is; a blueprint with
    more to keep overrides `get_parsed_data` or adds to `_data`. One thread at a time: the agent's.
    """

    STATUS_NONE: Final = AgentStatus.NONE
    STATUS_ACCEPTED: Final = AgentStatus.ACCEPTED
    STATUS_ONBOARDING: Final = AgentStatus.ONBOARDING
    STATUS_WAITING: Final = AgentStatus.WAITING
    STATUS_IN_TASK: Final = AgentStatus.IN_TASK
    STATUS_COMPLETED: Final = AgentStatus.COMPLETED
    STATUS_DISCONNECT: Final = AgentStatus.DISCONNECT
    STATUS_TIMEOUT: Final = AgentStatus.TIMEOUT
    STATUS_PARTNER_DISCONNECT: Final = AgentStatus.PARTNER_DISCONNECT
    STATUS_EXPIRED: Final = AgentStatus.EXPIRED
    STATUS_RETURNED: Final = AgentStatus.RETURNED
    STATUS_APPROVED: Final = AgentStatus.APPROVED
    STATUS_SOFT_REJECTED: Final = AgentStatus.SOFT_REJECTED
    STATUS_REJECTED: Final = AgentStatus.REJECTED

    FILE_NAME: ClassVar[str] = "agent_data.json"

    @staticmethod
    def complete() -> list[str]:
        """Statuses after which the worker does nothing more."""
        return [status for status in AgentStatus.ALL if status in AgentStatus.COMPLETE]

    @staticmethod
    def immutable() -> list[str]:
        """Statuses that no vendor changes any more."""
        return [status for status in AgentStatus.ALL if status in AgentStatus.IMMUTABLE]

    @staticmethod
    def valid() -> list[str]:
        """Every status an agent may have."""
        return list(AgentStatus.ALL)

    def __new__(cls, agent: Agent) -> AgentState:
        if cls is AgentState:
            return object.__new__(get_blueprint_from_type(agent.task_type).AgentStateClass)
        return object.__new__(cls)

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self._data: dict[str, Any] = {"inputs": None, "updates": [], "outputs": None, "times": {}}
        self.load_data()

    def set_init_state(self, data: dict[str, Any]) -> bool:
        """Notes what the worker is given; False if that was noted before (a reload keeps the first)."""
        if self._data["inputs"] is not None:
            return False
        self._data["inputs"] = data
        self._data["times"]["task_start"] = now().timestamp()
        self.save_data()
        return True

    def get_init_state(self) -> dict[str, Any] | None:
        """What the worker was given, None before that."""
        inputs: dict[str, Any] | None = self._data["inputs"]
        return inputs

    def update_data(self, live_update: dict[str, Any]) -> None:
        """Adds something that was observed, by the worker or from the page."""
        self._data["updates"].append(live_update)
        try:
            self.save_data()
        except BaseException:  # it is told again, and must not be there twice then
            self._data["updates"].pop()
            raise

    def is_full(self) -> bool:
        """Whether as much is kept as a page may do: all of it is written anew with each act."""
        try:
            return self._path().stat().st_size > MOST_BYTES
        except FileNotFoundError:
            return False

    def update_submit(self, submit_data: dict[str, Any]) -> None:
        """Keeps the final submission as it came."""
        self._data["outputs"] = submit_data
        self._data["times"]["task_end"] = now().timestamp()
        self.save_data()

    def get_data(self) -> dict[str, Any]:
        """Everything kept: `inputs`, `updates`, `outputs` (the raw submission) and `times` (UTC seconds)."""
        return self._data

    def read_answer(self, submit_data: Any) -> dict[str, Any]:
        """The answer in a submission by the blueprint's rules; raises BadInput. May add what was observed."""
        return self.agent.get_task_run().get_blueprint().parse_submission(submit_data)

    def get_parsed_data(self) -> Any:
        """The answer in the submission, None before there is one."""
        return None if self._data["outputs"] is None else self.read_answer(self._data["outputs"])

    def get_task_start(self) -> float | None:
        """When the worker was given the unit, in UTC seconds since 1970."""
        start: float | None = self._data["times"].get("task_start")
        return start

    def get_task_end(self) -> float | None:
        """When the worker submitted, in UTC seconds since 1970."""
        end: float | None = self._data["times"].get("task_end")
        return end

    def load_data(self) -> None:
        """Reads the agent's file if there is one; a damaged one raises BadInput."""
        path = self._path()
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as error:
            raise BadInput(say("{path} cannot be read: {error}.", path=path, error=error)) from None
        if not isinstance(stored, dict):
            raise BadInput(say("{path} does not hold an agent's data.", path=path))
        self._data.update(stored)

    def save_data(self) -> None:
        """Writes the agent's file in one step, so that a crash leaves the old one or the new one."""
        path = self._path()
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        text = storable(json.dumps(self._data, ensure_ascii=False, default=str))
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)

    def _path(self) -> Path:
        return Path(self.agent.get_data_dir()) / self.FILE_NAME


# ------------------------------------------------------------------------------------ what a page asks


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers a field offers."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One named thing a worker fills in.

    `type` is `text`, `textarea`, `radio`, `checkbox`, `select`, `submit` (buttons that answer by being
    pressed), `hidden` (filled in by the page's script) or another type of an HTML input, such as `number`.
    `multiple`: several answers at once, given as a list. `limits` are the field's min, max, step, minlength,
    maxlength and pattern, where it has them; of a `file` they are `accept` and `maxbytes`.
    """

    name: str
    type: str
    options: tuple[Option, ...] = ()
    required: bool = False
    multiple: bool = False
    label: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)


def clean_sent(value: Any) -> Any:
    """What a page sent without what no database stores as text: NUL characters, halves of surrogate pairs."""
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {str(clean_sent(str(name))): clean_sent(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean_sent(part) for part in value]
    return value


# ---------------------------------------------------------------------------------------- the blueprint


@dataclass
class BlueprintArgs:
    """What every blueprint's section of a run file takes.

    `data` is the file of items, one a row. `item_key` is the column that names an item (None: its row
    number); keys have to be there and to differ. `units_per_assignment` is how many workers answer each item.
    `format`, `encoding`, `delimiter`, `sheet` and `quotes` say how the file is read, where it does not say so
    itself (see `data_files.Reading`).
    """

    _blueprint_type: str = MISSING
    data: str = field(default=MISSING, metadata={"path": True})
    item_key: str | None = None
    units_per_assignment: int = 1
    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    quotes: str = "auto"


def _everybody(worker: Worker, unit: Unit) -> bool:
    return True


def _nothing(unit: Unit) -> None:
    return


@dataclass
class SharedTaskState:
    """What the parts of one launched run share in memory; nothing here is stored.

    `qualifications` are the run's, as dicts of `name`, `op` and `value`. `worker_can_do_unit` may keep a
    worker from a unit, `on_unit_submitted` hears of each submission. `validate_onboarding` judges what an
    onboarding worker sent, who was given `onboarding_data`.
    """

    blueprint: Blueprint | None = None
    fields: tuple[Field, ...] = ()
    task_config: dict[str, Any] = field(default_factory=dict)
    qualifications: list[dict[str, Any]] = field(default_factory=list)
    onboarding_data: dict[str, Any] = field(default_factory=dict)
    validate_onboarding: Callable[[Any], bool] = bool
    worker_can_do_unit: Callable[[Worker, Unit], bool] = _everybody
    on_unit_submitted: Callable[[Unit], None] = _nothing


def make_shared_state(args: DictConfig, blueprint: Blueprint) -> SharedTaskState:
    """What the parts of a run share in memory, from its configuration and its blueprint."""
    wanted = OmegaConf.select(args, "task.qualifications") or []
    return SharedTaskState(
        blueprint=blueprint,
        fields=blueprint.fields(),
        qualifications=[OmegaConf.to_container(q) for q in wanted],  # type: ignore[misc]
    )


class Blueprint(ABC):
    """Turns items into a worker's page and what the page sends into an answer.

    Made from the blueprint section of a run and the folder its paths are relative to. Making one reads no
    file. Methods raise BadInput that names the file and the line; they may be called from any thread.
    """

    BLUEPRINT_TYPE: ClassVar[str] = "__BLUEPRINT_BASE_CLASS__"
    ArgsClass: ClassVar[type[BlueprintArgs]] = BlueprintArgs
    AgentStateClass: ClassVar[type[AgentState]] = AgentState
    #: The workers on all units of an item are in it together, as in a chat, and begin when all are there.
    TOGETHER: ClassVar[bool] = False

    def __init__(self, args: BlueprintArgs | DictConfig | Mapping[str, Any], folder: Path) -> None:
        self.folder = folder
        if isinstance(args, BlueprintArgs):
            self.args = args
        else:
            try:
                whole = OmegaConf.merge(OmegaConf.structured(self.ArgsClass), args)
                self.args = _as_object(whole)
            except OmegaConfBaseException as error:
                reason = str(error).splitlines()[0]
                raise BadInput(say("blueprint: its arguments do not fit: {reason}.", reason=reason)) from None

    @property
    def reading(self) -> Reading:
        """How the run's data files are read."""
        args = self.args
        return Reading(args.format, args.encoding, args.delimiter, args.sheet, args.quotes)

    @property
    def data_path(self) -> Path:
        return self.folder / self.args.data

    def read_items(self, path: Path | None = None) -> Iterator[Item]:
        """The items of the run's data file, or of another (gold, screening); raises at the first bad row."""
        return iter(read_table(path or self.data_path, self.reading, need=self.needed_columns()))

    def key_of(self, item: Item) -> str:
        """What an item is called: its key column's text, or its row number."""
        key = self.args.item_key
        return str(item.row_number) if key is None else item.values[key]

    def check(self, path: Path | None = None, progress: Callable[[int], None] | None = None) -> Checked:
        """Everything wrong with the blueprint's own files and the run's data file (or another at `path`).

        Reads it all; raises nothing but what `progress` raises, which gets the number of rows now and then.
        """
        own = Problems()
        self.check_own(own)
        found = check_file(
            path or self.data_path,
            self.reading,
            key=self.args.item_key,
            progress=progress,
        )
        if found.columns and not own.errors:
            self.check_columns(found.columns, (path or self.data_path).name, own)
        own.extend(found.problems)
        return Checked(found.columns, found.rows, own)

    def needed_columns(self) -> tuple[str, ...]:
        """Columns that every data file of the run has to have, beside the key."""
        return ()

    @abstractmethod
    def check_own(self, problems: Problems) -> None:
        """Adds what is wrong with the blueprint's own files and arguments."""

    @abstractmethod
    def check_columns(self, columns: tuple[str, ...], file: str, problems: Problems) -> None:
        """Adds what does not fit between the page and the columns of the data file called `file`."""

    def hear(self, agent: Agent, together: Sequence[Agent]) -> None:
        """A live update of a worker's page has arrived: take it by `agent.get_live_update()`.

        What others shall see of it goes through their `observe`; `together` are all who are in it, `agent`
        too. Called in the thread that writes for the live run, so it must not wait.
        """
        while agent.get_live_update() is not None:
            pass

    def left(self, agent: Agent, together: Sequence[Agent]) -> None:
        """`agent`, one of those `together`, left or sent their answer: `agent.db_status` says which.

        Called after that is stored, in the thread that stored it, so it must not wait; what it raises is
        logged.
        """
        return

    @abstractmethod
    def render(self, values: Mapping[str, str]) -> str:
        """The page for one item, given its columns."""

    @abstractmethod
    def fields(self, values: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        """What the page asks; with an item's columns, what it asks for that item."""

    @abstractmethod
    def parse_submission(self, raw: Any) -> dict[str, Any]:
        """The answer in what a page or a vendor sent, by field name."""

    @abstractmethod
    def keep(self, folder: Path) -> dict[str, str]:
        """Copies the files that a running task needs into `folder`, and returns the arguments that changed,
        so that `type(self)(new args, folder)` works when the originals are gone."""


def _as_object(config: Any) -> BlueprintArgs:
    made = OmegaConf.to_object(config)
    assert isinstance(made, BlueprintArgs)
    return made
