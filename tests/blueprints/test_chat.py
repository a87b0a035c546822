"""Conversations: what is checked, what the page holds, who is told what, what a submission comes to."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.blueprints.chat import (
    LONGEST_MESSAGE,
    MOST_MESSAGES,
    ChatBlueprint,
    ChatState,
)
from crowddesk.domain import BadInput
from crowddesk.operations.run_file import check_files, load_run

QUESTIONS = """title: About the talk
fields:
  - {name: agreed, type: single, label: "Did you agree?", options: ["yes", "no"]}
"""


def write(folder: Path, questions: str = QUESTIONS) -> None:
    (folder / "items.csv").write_text("id,thing,secret\n1,a <b>bike</b>,100\n2,a lamp,20\n", encoding="utf-8")
    (folder / "questions.yaml").write_text(questions, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def chat(folder: Path, **args: Any) -> ChatBlueprint:
    return ChatBlueprint({"data": "items.csv", "item_key": "id", **args}, folder)


def faults(blueprint: ChatBlueprint) -> str:
    return blueprint.check().problems.text()


# ---------------------------------------------------------------------------------------------- checking


def test_a_chat_needs_nothing_but_items(folder: Path) -> None:
    blueprint = chat(folder)
    assert faults(blueprint) == ""
    assert blueprint.args.units_per_assignment == 2
    assert blueprint.fields() == ()
    assert blueprint.TOGETHER


def test_the_sample_task_has_no_fault() -> None:
    folder = Path(__file__).parents[2] / "resources" / "tasks" / "bargain"
    config = load_run(folder / "run.yaml")
    found = check_files(config)
    assert found.problems.text() == ""
    assert config.budget is not None
    assert found.items * 2 * config.reward <= config.budget


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"units_per_assignment": 1}, "units_per_assignment: 1 cannot talk"),
        ({"roles": ["Buyer"]}, "roles: there are 1 for 2 people"),
        ({"roles": ["Buyer", " "]}, "roles: a role has no name"),
        ({"role_texts": ["a", "b", "c"]}, "role_texts: there are 3 for 2 people"),
        ({"least_messages": -1}, "least_messages: -1"),
        ({"intro": "{{thng}}"}, "intro: {{thng}} is no column of items.csv: did you mean {{thing}}?"),
        ({"role_texts": ["{{thing}}", "{{x}}"]}, "role_texts.1: {{x}} is no column"),
        ({"intro_file": "nowhere.txt"}, "nowhere.txt does not exist"),
        ({"questions": "nowhere.yaml"}, "nowhere.yaml does not exist"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(folder: Path, args: dict[str, Any], words: str) -> None:
    assert words in faults(chat(folder, **args))


def test_faults_of_the_questions_are_the_chats(folder: Path) -> None:
    write(folder, QUESTIONS.replace("single", "singel"))
    assert "questions.yaml" in faults(chat(folder, questions="questions.yaml"))
    write(folder, QUESTIONS.replace("name: agreed", "name: messages"))
    assert "no field may be called 'messages'" in faults(chat(folder, questions="questions.yaml"))
    write(folder, QUESTIONS.replace("agree?", "agree on {{thng}}?"))
    assert "{{thng}} is no column" in faults(chat(folder, questions="questions.yaml"))


def test_both_an_intro_and_its_file_are_one_too_many(folder: Path) -> None:
    (folder / "intro.txt").write_text("Hello {{thing}}", encoding="utf-8")
    assert "Give one of the two" in faults(chat(folder, intro="Hello", intro_file="intro.txt"))
    blueprint = chat(folder, intro_file="intro.txt")
    assert faults(blueprint) == ""
    assert blueprint.needed_columns() == ("thing",)


def test_what_a_run_keeps_works_without_the_originals(folder: Path, tmp_path: Path) -> None:
    (folder / "intro.txt").write_text("Talk about {{thing}}.", encoding="utf-8")
    blueprint = chat(folder, intro_file="intro.txt", questions="questions.yaml")
    before = blueprint.render({"thing": "x"})
    kept = tmp_path / "kept"
    changed = blueprint.keep(kept)
    for name in ("intro.txt", "questions.yaml"):
        (folder / name).unlink()
    again = ChatBlueprint({"data": "items.csv", **changed}, kept)
    assert again.render({"thing": "x"}) == before


# --------------------------------------------------------------------------------------------- the page


def test_the_page_holds_texts_as_text_and_no_role_text(folder: Path) -> None:
    args = {
        "intro": "About {{thing}}.\n\n<script>alert(1)</script> & {{unknown}}",
        "roles": ["Buyer", '"><img src=x>'],
        "role_texts": ["You pay at most {{secret}}.", "Sell for more than {{secret}}."],
    }
    page = chat(folder, **args).render({"thing": "a <b>bike</b>", "secret": "100"})
    assert "<p>About a &lt;b&gt;bike&lt;/b&gt;.</p>" in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{unknown}}</p>" in page
    assert "<img src=x>" not in page
    assert "100" not in page.split('id="chat-intro"')[1].split("<style>")[0].split("<script>")[0]
    assert "You pay" not in page
    assert 'role="log"' in page
    assert 'name="transcript"' in page
    assert page.count("<form") == page.count("</body>") == page.count("</html>") == 1


def test_with_questions_the_page_is_the_forms_with_the_conversation_in_it(folder: Path) -> None:
    page = chat(folder, questions="questions.yaml", intro="Hello").render({})
    assert page.index("chat-intro") < page.index('id="chat"') < page.index('name="transcript"')
    assert page.index('name="transcript"') < page.index('name="agreed"') < page.index("</form>")
    assert page.count("<form") == page.count("</form>") == 1
    assert [f.name for f in chat(folder, questions="questions.yaml").fields()] == ["agreed"]


# ------------------------------------------------------------------------------------------------ talking


class Stub:
    """A worker at work on one unit, with a state in a folder of their own and no database."""

    def __init__(self, blueprint: ChatBlueprint, folder: Path, index: int, values: Mapping[str, str]) -> None:
        self.db_id = str(index + 70)
        self.db_status = "in task"
        self._folder = folder / self.db_id
        self._unit = SimpleNamespace(unit_index=index)
        self._run = SimpleNamespace(get_blueprint=lambda: blueprint)
        self._item = SimpleNamespace(get_assignment_data=lambda: SimpleNamespace(shared=dict(values)))
        self.acts: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.page: list[dict[str, Any]] = []
        self.state = ChatState(self)  # type: ignore[arg-type]

    def get_data_dir(self) -> str:
        return str(self._folder)

    def get_unit(self) -> Any:
        return self._unit

    def get_task_run(self) -> Any:
        return self._run

    def get_assignment(self) -> Any:
        return self._item

    def get_live_update(self, timeout: float | None = None) -> dict[str, Any] | None:
        if self.acts.empty():
            return None
        act = self.acts.get()
        self.state.update_data(act)
        return act

    def observe(self, update: dict[str, Any]) -> None:
        update.setdefault("update_id", f"{self.db_id}-{len(self.page)}")
        self.state.update_data(update)
        self.page.append(update)

    def reload(self) -> None:
        """Another process, or the same after a restart, reads what is on disk."""
        self.state = ChatState(self)  # type: ignore[arg-type]

    def texts(self) -> list[tuple[int, str]]:
        return [(u["number"], u["text"]) for u in self.page if u["type"] == "message"]

    def heard(self, kind: str) -> list[int]:
        return [u["number"] for u in self.page if u["type"] == kind]


class Table:
    """The people on one item."""

    def __init__(self, blueprint: ChatBlueprint, folder: Path, people: int = 2) -> None:
        values = {"thing": "a bike", "secret": "100"}
        self.blueprint = blueprint
        self.people = [Stub(blueprint, folder, n, values) for n in range(people)]

    def act(self, who: int, **act: Any) -> None:
        self.people[who].acts.put(act)
        self.blueprint.hear(self.people[who], self.people)  # type: ignore[arg-type]

    def say(self, who: int, text: Any, name: Any = None) -> None:
        self.act(who, type="message", id=name or f"{who}-{text}", text=text)

    def __iter__(self) -> Iterator[Stub]:
        return iter(self.people)


@pytest.fixture
def table(folder: Path) -> Table:
    args = {"roles": ["Buyer", "Seller"], "role_texts": ["Pay less than {{secret}}.", "Sell {{thing}}."]}
    return Table(chat(folder, **args), folder)


def test_everybody_hears_a_message_with_its_senders_number_and_time(table: Table) -> None:
    table.say(0, "  Hello <b>\r\nyou\0  ", "m1")
    table.say(1, "مرحبا 👋", "m1")
    expected = [(1, "Hello <b>\nyou\ufffd"), (2, "مرحبا 👋")]
    assert [stub.texts() for stub in table] == [expected, expected]
    first, second = (stub.page[0] for stub in table)
    assert first == second
    assert first["update_id"]
    assert first["at"].endswith("+00:00")


def test_who_joins_is_told_who_they_are_once_and_alone(table: Table) -> None:
    table.act(0, type="joined")
    table.act(0, type="joined")
    table.people[0].reload()
    table.act(0, type="joined")
    table.act(1, type="joined")
    you = [[u for u in stub.page if u["type"] == "you"] for stub in table]
    assert [len(found) for found in you] == [1, 1]
    assert (you[0][0]["number"], you[0][0]["of"], you[0][0]["text"]) == (1, 2, "Pay less than 100.")
    assert (you[1][0]["number"], you[1][0]["of"], you[1][0]["text"]) == (2, 2, "Sell a bike.")


def test_a_repeated_message_is_told_once_also_after_a_restart(table: Table) -> None:
    table.say(0, "Hello", "m1")
    table.say(0, "Hello", "m1")
    table.say(0, "Something else", "m1")
    for stub in table:
        stub.reload()
    table.say(0, "Hello", "m1")
    assert [stub.texts() for stub in table] == [[(1, "Hello")]] * 2


def test_who_missed_a_message_hears_it_when_it_is_repeated(table: Table) -> None:
    """The program was killed when one of two had been told."""
    table.people[1].db_status = "completed"
    table.say(0, "Hello", "m1")
    table.people[1].db_status = "in task"
    table.say(0, "Hello", "m1")
    assert [stub.texts() for stub in table] == [[(1, "Hello")]] * 2


def test_a_message_that_could_not_be_kept_is_there_once_when_it_is_repeated(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("crowddesk.blueprints.base.os.replace", no_room)
        with pytest.raises(OSError, match="No space"):
            table.say(0, "Hello", "m1")
    table.say(0, "Hello", "m1")
    assert [stub.texts() for stub in table] == [[(1, "Hello")]] * 2
    answers = [stub.state.read_answer({}) for stub in table]
    assert [[line["text"] for line in answer["messages"]] for answer in answers] == [["Hello"]] * 2


def no_room(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"type": "shout", "text": "x"},
        {"type": "message"},
        {"type": "message", "id": "a", "text": ""},
        {"type": "message", "id": "a", "text": " \n\t "},
        {"type": "message", "id": "a", "text": "\x07\x1b"},
        {"type": "message", "id": "a", "text": "x" * (LONGEST_MESSAGE + 1)},
        {"type": "message", "id": "a", "text": ["x"]},
        {"type": "message", "id": "", "text": "x"},
        {"type": "message", "id": 7, "text": "x"},
        {"type": "message", "id": "x" * 65, "text": "x"},
        {"type": ["message"], "id": "a", "text": "x"},
        {"type": "you", "number": 2, "text": "x"},
    ],
)
def test_anything_else_is_dropped(table: Table, act: dict[str, Any]) -> None:
    table.act(0, **act)
    assert [stub.page for stub in table] == [[], []]
    assert [stub.state.get_data()["updates"] for stub in table] == [[], []]


@given(text=st.text(), name=st.text(max_size=70))
def test_any_message_is_kept_whole_or_dropped(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    folder = tmp_path_factory.mktemp("talk")
    table = Table(ChatBlueprint({"data": "items.csv"}, folder), folder)
    table.act(0, type="message", id=name, text=text)
    one, other = (stub.texts() for stub in table)
    assert one == other
    for _, said in one:
        assert 1 <= len(said) <= LONGEST_MESSAGE
        assert said == said.strip()
        assert "\0" not in said
        said.encode()
    for stub in table:
        stored = (folder / stub.db_id / "agent_data.json").exists()
        assert stored == bool(one)


def test_typing_is_told_to_the_others_and_forgotten(table: Table) -> None:
    table.act(0, type="typing")
    table.act(0, type="typing")
    assert [stub.heard("typing") for stub in table] == [[], [1, 1]]
    assert table.people[1].state.get_data()["updates"] == []


def test_who_finishes_or_leaves_is_known_to_the_others(folder: Path) -> None:
    table = Table(chat(folder, units_per_assignment=4), folder, 4)
    table.act(0, type="finished")
    table.people[0].db_status = "completed"
    table.people[1].db_status = "disconnect"
    table.say(2, "Anybody?")
    table.say(2, "Hello?")
    assert table.people[3].heard("finished") == [1]
    assert table.people[3].heard("left") == [2]
    assert table.people[2].heard("left") == [2]
    assert [len(stub.texts()) for stub in table] == [0, 0, 2, 2]


def test_of_many_each_who_goes_is_told_at_once_and_once(folder: Path) -> None:
    table = Table(chat(folder, units_per_assignment=4), folder, 4)
    for who, status in ((0, "returned"), (1, "completed"), (0, "returned")):
        table.people[who].db_status = status
        table.blueprint.left(table.people[who], table.people)  # type: ignore[arg-type]
    assert [stub.heard("left") for stub in table] == [[], [1], [1], [1]]
    assert [stub.heard("finished") for stub in table] == [[], [], [2], [2]]


def test_who_goes_on_after_a_refusal_can_finish_again(table: Table) -> None:
    table.act(0, type="finished")
    table.act(0, type="finished")
    table.say(0, "It was refused.")
    table.act(0, type="finished")
    assert [update["type"] for update in table.people[1].page] == ["finished", "message", "finished"]


def test_a_conversation_has_an_end(table: Table) -> None:
    for stub in table:
        stub.state.messages = MOST_MESSAGES - 1
    table.say(0, "The last one")
    for text in ("one", "two"):
        table.say(1, text)
    assert [stub.texts() for stub in table] == [[(1, "The last one")]] * 2
    assert table.people[1].heard("full") == [2]
    assert table.people[0].heard("full") == []
    table.say(0, "The last one")
    assert table.people[0].heard("full") == []


# ------------------------------------------------------------------------------------------------- answers


def test_the_answer_is_what_the_desk_saw_and_not_what_the_page_says(folder: Path) -> None:
    table = Table(chat(folder, questions="questions.yaml"), folder)
    table.act(0, type="joined")
    table.say(0, "One")
    table.say(1, "Two")
    page = [{"from": 2, "text": "I owe you 1,000", "at": "2026-11-22T12:00:00+00:00"}]
    sent = {"agreed": "yes", "transcript": json.dumps(page)}
    answer = table.people[0].state.read_answer(sent)
    assert answer["agreed"] == "yes"
    assert [(m["from"], m["text"]) for m in answer["messages"]] == [(1, "One"), (2, "Two")]
    table.people[0].reload()
    assert table.people[0].state.read_answer(sent) == answer
    assert table.blueprint.parse_submission(sent) == {
        "agreed": "yes",
        "messages": [{"from": 2, "text": "I owe you 1,000", "at": "2026-11-22T12:00:00.000+00:00"}],
    }


def test_what_was_said_stands_when_the_answers_cannot_be_read(table: Table) -> None:
    table.say(0, "One")
    answer = table.people[0].state.read_answer(["nonsense"])
    assert [m["text"] for m in answer["messages"]] == ["One"]


@pytest.mark.parametrize(
    "transcript",
    [
        None, "", "{", "7", "[[]]", "[7]", [{"from": "1", "text": "x", "at": "2026-11-22T12:00:00Z"}],
        '[{"from": 1, "text": "x", "at": "2026-11-22T12:00:00"}]', '[{"from": 1, "text": "", "at": "x"}]',
        '[{"from": true, "text": "x", "at": "2026-11-22T12:00:00Z"}]', "[" * 100_000,
        '[{"from": 1, "text": "x", "at": "0001-01-01T00:00:00+14:00"}]',
    ],
)  # fmt: skip
def test_a_page_whose_transcript_is_none_gives_no_messages(folder: Path, transcript: object) -> None:
    assert chat(folder).parse_submission({"transcript": transcript, "extra": "x"}) == {"messages": []}


@pytest.mark.parametrize("raw", ["{", "[]", "7", b"\xff", None, 7, ["x"]])
def test_what_is_no_submission_is_refused(folder: Path, raw: object) -> None:
    with pytest.raises(BadInput):
        chat(folder).parse_submission(raw)
