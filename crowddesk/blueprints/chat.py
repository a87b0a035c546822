"""The blueprint for conversations: the workers on one item talk to each other, and each finishes alone."""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import uuid4

from crowddesk.blueprints.base import AgentState, Blueprint, BlueprintArgs, Field
from crowddesk.blueprints.chat_page import ChatPage, page_of
from crowddesk.blueprints.data_files import Checked, Problems
from crowddesk.blueprints.form_text import columns_in, put
from crowddesk.blueprints.text_files import nearest, no_column, read_text
from crowddesk.domain import AgentStatus, BadInput, now, storable
from crowddesk.language import say
from crowddesk.registry import get_blueprint_from_type

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent

logger = logging.getLogger(__name__)

LONGEST_MESSAGE: Final = 4_000
#: What one conversation may hold: each message is written to everybody's file anew.
MOST_MESSAGES: Final = 1_000
MOST_CHARACTERS: Final = 400_000
_LONGEST_ID: Final = 64
_FINISHED: Final = AgentStatus.COMPLETE - AgentStatus.LEFT - {AgentStatus.EXPIRED}
_INTRO_LIMIT: Final = 256 * 1024
_KEPT_INTRO: Final = "intro.txt"
_MOST_WANTED: Final = 1_000
#: Names in an answer that are the conversation's own.
_RESERVED: Final = ("messages", "transcript")


@dataclass
class ChatArgs(BlueprintArgs):
    """`intro` (or the text file `intro_file`) is read by everybody. The worker on the k-th unit of an item
    has the k-th of `roles` and reads the k-th of `role_texts`, which nobody else does. Texts may hold
    `{{column}}`. `least_messages` is how many messages each sends before they may finish; `questions` is the
    YAML file of a form, asked beside the conversation."""

    _blueprint_type: str = "chat"
    units_per_assignment: int = 2
    intro: str = ""
    intro_file: str | None = field(default=None, metadata={"path": True})
    roles: list[str] = field(default_factory=list)
    role_texts: list[str] = field(default_factory=list)
    least_messages: int = 1
    questions: str | None = field(default=None, metadata={"path": True})


class ChatState(AgentState):
    """What one worker saw of the conversation, in its order: the updates that were observed for them."""

    def __init__(self, agent: Agent) -> None:
        self._told: set[tuple[str, int, str]] = set()
        self.messages = self.characters = 0
        super().__init__(agent)
        for update in self._data["updates"]:
            self._note(update)

    def update_data(self, live_update: dict[str, Any]) -> None:
        """Keeps what was observed; the page's own acts become that first, and typing is forgotten."""
        if live_update.get("update_id") is not None and live_update.get("type") != "typing":
            super().update_data(live_update)
            self._note(live_update)

    def was_told(self, kind: str, number: int, name: str = "") -> bool:
        """Whether this worker knows it already: a message by its id, that somebody left or finished."""
        return (kind, number, name) in self._told

    def read_answer(self, submit_data: Any) -> dict[str, Any]:
        """The questions' answers, and the conversation as the desk saw it, not as the page says.

        What was said stands, whatever became of the answers.
        """
        try:
            answer = super().read_answer(submit_data)
        except BadInput as error:
            logger.info("The answers of %s are kept as they came: %s", self.agent, error)
            answer = {}
        return {**answer, "messages": self._transcript()}

    def _transcript(self) -> list[dict[str, Any]]:
        said = (u for u in self._data["updates"] if u.get("type") == "message")
        return [{"from": u["number"], "text": u["text"], "at": u["at"]} for u in said]

    def _note(self, update: Mapping[str, Any]) -> None:
        kind = str(update.get("type"))
        self._told.add((kind, int(update.get("number") or 0), str(update.get("id") or "")))
        if kind == "message":
            # Whose answer was refused may go on, and finish again.
            self._told.discard(("finished", int(update["number"]), ""))
            self.messages += 1
            self.characters += len(update["text"])


class ChatBlueprint(Blueprint):
    """The workers on all units of an item talk to each other. The page's acts are `{type: joined}`,
    `{type: message, id, text}`, `{type: typing}` and `{type: finished}`; anything else is dropped."""

    BLUEPRINT_TYPE: ClassVar[str] = "chat"
    ArgsClass: ClassVar[type[BlueprintArgs]] = ChatArgs
    AgentStateClass: ClassVar[type[AgentState]] = ChatState
    TOGETHER: ClassVar[bool] = True
    args: ChatArgs

    _questions: Blueprint | None = None

    @property
    def questions(self) -> Blueprint | None:
        """The form that is asked beside the conversation, if there is one."""
        if self.args.questions is not None and self._questions is None:
            arguments = {"form": self.args.questions, "data": self.args.data}
            self._questions = get_blueprint_from_type("form")(arguments, self.folder)
        return self._questions

    @property
    def intro(self) -> str:
        """What everybody reads first, as it was written. Raises BadInput."""
        if self.args.intro_file is None:
            return self.args.intro
        return read_text(self.folder / self.args.intro_file, _INTRO_LIMIT)

    # ------------------------------------------------------------------------------------------- checks

    def needed_columns(self) -> tuple[str, ...]:
        named = [name for _, text in self._texts() for name in columns_in(text)]
        asked = self.questions.needed_columns() if self.questions is not None else ()
        return tuple(dict.fromkeys((*named, *asked)))

    def check(self, path: Path | None = None, progress: Callable[[int], None] | None = None) -> Checked:
        checked = super().check(path, progress)
        if self.questions is not None and checked.columns and not checked.problems.errors:
            for problem in self.questions.check(path or self.data_path, progress).problems:
                if problem not in checked.problems.listed:
                    checked.problems.add(problem.place, problem.message, problem.severity)
        return checked

    def check_own(self, problems: Problems) -> None:
        args, people = self.args, self.args.units_per_assignment
        if people < 2:
            problems.add(
                "units_per_assignment",
                say("{people} cannot talk: a conversation needs 2 or more.", people=people),
            )
        for name, given in (("roles", args.roles), ("role_texts", args.role_texts)):
            if given and len(given) != people:
                problems.add(
                    name,
                    say(
                        "there are {given} for {people} people; give one for each, or none.",
                        given=len(given),
                        people=people,
                    ),
                )
        if any(not role.strip() for role in args.roles):
            problems.add("roles", say("a role has no name."))
        if not 0 <= args.least_messages <= _MOST_WANTED:
            problems.add(
                "least_messages",
                say(
                    "{least_messages} is not between 0 and {most:,}.",
                    least_messages=args.least_messages,
                    most=_MOST_WANTED,
                ),
            )
        if args.intro and args.intro_file is not None:
            problems.add("intro_file", say("there is an intro too. Give one of the two."))
        try:
            _ = self.intro
        except BadInput as error:
            problems.add("intro_file", str(error))
        if self.questions is not None:
            before = problems.errors
            self.questions.check_own(problems)
            if problems.errors == before:
                for asked in self.questions.fields():
                    if asked.name in _RESERVED:
                        problems.add(
                            "questions",
                            say("no field may be called {name!r}: the chat's are.", name=asked.name),
                        )

    def check_columns(self, columns: tuple[str, ...], file: str, problems: Problems) -> None:
        for place, text in self._texts():
            for name in dict.fromkeys(columns_in(text)):
                if name not in columns:
                    near = nearest(name, columns)
                    problems.add(place, no_column(f"{{{{{name}}}}}", f"{{{{{near}}}}}" if near else "", file))
        if self.questions is not None:
            self.questions.check_columns(columns, file, problems)

    def _texts(self) -> list[tuple[str, str]]:
        """Where there are texts that may name columns, and the texts."""
        numbered = [(f"role_texts.{n}", text) for n, text in enumerate(self.args.role_texts)]
        return [("intro" if self.args.intro_file is None else "intro_file", self.intro), *numbered]

    # --------------------------------------------------------------------------------------------- page

    def render(self, values: Mapping[str, str]) -> str:
        """The page of an item: everybody's. What only one role reads is told when they join."""
        return page_of(
            ChatPage(
                intro=put(self.intro, values),
                roles=tuple(self.args.roles),
                least_messages=self.args.least_messages,
                longest=LONGEST_MESSAGE,
                questions="" if self.questions is None else self.questions.render(values),
            )
        )

    def fields(self, values: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        return () if self.questions is None else self.questions.fields(values)

    def parse_submission(self, raw: Any) -> dict[str, Any]:
        """The questions' answers by field name, and under `messages` the conversation by the page's word;
        `ChatState.read_answer` puts the desk's own in its place. Raises BadInput."""
        if isinstance(raw, str | bytes):
            try:
                raw = json.loads(raw)
            except (ValueError, RecursionError):
                raise BadInput(say("The submission is no JSON object.")) from None
        if not isinstance(raw, Mapping):
            raise BadInput(say("The submission is no JSON object."))
        rest = {name: value for name, value in raw.items() if name not in _RESERVED}
        answer = {} if self.questions is None else self.questions.parse_submission(rest)
        return {**answer, "messages": _page_transcript(raw.get("transcript"))}

    def keep(self, folder: Path) -> dict[str, str]:
        kept: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if self.args.intro_file is not None:
            (folder / _KEPT_INTRO).write_text(self.intro, encoding="utf-8", newline="")
            kept["intro_file"] = _KEPT_INTRO
        if self.questions is not None:
            kept["questions"] = self.questions.keep(folder)["form"]
        return kept

    # --------------------------------------------------------------------------------------------- talk

    def hear(self, agent: Agent, together: Sequence[Agent]) -> None:
        numbers = _numbers(together)
        while (act := agent.get_live_update()) is not None:
            number = numbers[agent.db_id]
            match act.get("type"):
                case "joined":
                    self._greet(agent, number, len(together))
                case "message":
                    _say(agent, together, number, act)
                case "typing":
                    _tell(together, {"type": "typing", "number": number}, but=agent)
                case "finished":
                    _tell(together, {"type": "finished", "number": number}, but=agent)
        self.left(agent, together)

    def left(self, agent: Agent, together: Sequence[Agent]) -> None:
        """Tells who is still in it of everybody who is not."""
        numbers = _numbers(together)
        for other in together:
            if other.db_status in AgentStatus.COMPLETE:
                how = "finished" if other.db_status in _FINISHED else "left"
                _tell(together, {"type": how, "number": numbers[other.db_id]}, but=other)

    def _greet(self, agent: Agent, number: int, people: int) -> None:
        """Tells a worker who they are, once; it is theirs alone to read."""
        if _state(agent).was_told("you", number):
            return
        values = agent.get_assignment().get_assignment_data().shared
        text = self.args.role_texts[number - 1] if number <= len(self.args.role_texts) else ""
        agent.observe({"type": "you", "number": number, "of": people, "text": put(text, values)})


# ------------------------------------------------------------------------------------------------- talking


def _say(agent: Agent, together: Sequence[Agent], number: int, act: Mapping[str, Any]) -> None:
    """Tells everybody a message, the sender too; who knows it already is not told again."""
    text, name = _clean(act.get("text")), act.get("id")
    if not text or not isinstance(name, str) or not 0 < len(name) <= _LONGEST_ID:
        return
    state = _state(agent)
    is_new = not state.was_told("message", number, storable(name))
    if is_new and (state.messages >= MOST_MESSAGES or state.characters + len(text) > MOST_CHARACTERS):
        if not state.was_told("full", number):
            agent.observe({"type": "full", "number": number})
        return
    update = {
        "type": "message",
        "update_id": str(uuid4()),
        "id": storable(name),
        "number": number,
        "text": text,
        "at": now().isoformat(timespec="milliseconds"),
    }
    _tell(together, update)


def _tell(together: Sequence[Agent], update: Mapping[str, Any], but: Agent | None = None) -> None:
    """Shows it to all who are still in it and do not know it; typing is always news."""
    key = (str(update["type"]), int(update["number"]), str(update.get("id") or ""))
    for other in together:
        if other is but or other.db_status in AgentStatus.COMPLETE:
            continue
        if key[0] == "typing" or not _state(other).was_told(*key):
            other.observe(dict(update))


def _state(agent: Agent) -> ChatState:
    state = agent.state
    assert isinstance(state, ChatState)
    return state


def _numbers(together: Sequence[Agent]) -> dict[str, int]:
    """Agent -> the worker's number in the conversation, from 1: the place of their unit."""
    numbers = {}
    for place, agent in enumerate(together):
        index = agent.get_unit().unit_index
        numbers[agent.db_id] = (index if index >= 0 else place) + 1
    return numbers


def _clean(text: object) -> str:
    """A message as it is kept: whole characters, one kind of line end, no control characters; "" for none."""
    if not isinstance(text, str):
        return ""
    lines = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    return kept if len(kept) <= LONGEST_MESSAGE else ""


def _page_transcript(text: object) -> list[dict[str, Any]]:
    """The conversation as a page sent it, as JSON text; what does not fit is left out."""
    try:
        lines = json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    for line in lines[:MOST_MESSAGES] if isinstance(lines, list) else ():
        if not isinstance(line, Mapping) or type(line.get("from")) is not int:
            continue
        said, at = _clean(line.get("text")), _time(line.get("at"))
        if said and at:
            found.append({"from": line["from"], "text": said, "at": at})
    return found


def _time(text: object) -> str:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return ""
    if at is None or at.tzinfo is None:
        return ""
    try:
        return at.astimezone(UTC).isoformat(timespec="milliseconds")
    except OverflowError:
        return ""
