"""What every blueprint shares: the statuses, an agent's file, the state a run's parts share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crowddesk.blueprints import base
from crowddesk.blueprints.base import AgentState, SharedTaskState
from crowddesk.domain import AgentStatus, BadInput


class _Blueprint:
    def parse_submission(self, raw: Any) -> dict[str, Any]:
        return {"parsed": raw}


class _Agent:
    """As much of an agent as its state looks at."""

    task_type = "static_html"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_data_dir(self) -> str:
        return str(self.folder / "agent" / "1")

    def get_task_run(self) -> _Agent:
        return self

    def get_blueprint(self) -> _Blueprint:
        return _Blueprint()


class _OwnState(AgentState):
    pass


def state(folder: Path) -> AgentState:
    return _OwnState(_Agent(folder))  # type: ignore[arg-type]


def test_statuses_carry_the_names_of_the_interface() -> None:
    names = {
        name.removeprefix("STATUS_"): value for name, value in vars(AgentState).items() if "STATUS_" in name
    }
    assert names == {name: getattr(AgentStatus, name) for name in names}
    assert set(names.values()) == set(AgentState.valid()) == set(AgentStatus.ALL)
    assert set(AgentState.complete()) == AgentStatus.COMPLETE
    assert set(AgentState.immutable()) == AgentStatus.IMMUTABLE


def test_a_state_is_of_the_class_that_the_blueprint_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Named:
        AgentStateClass = _OwnState

    monkeypatch.setattr(base, "get_blueprint_from_type", {"static_html": Named}.__getitem__)
    assert type(AgentState(_Agent(tmp_path))) is _OwnState  # type: ignore[arg-type]


def test_what_a_worker_did_is_there_again_in_another_process(tmp_path: Path) -> None:
    first = state(tmp_path)
    assert (first.get_init_state(), first.get_parsed_data(), first.get_task_start()) == (None, None, None)
    assert first.set_init_state({"text": "ä"})
    assert not first.set_init_state({"text": "other"})
    first.update_data({"update_id": "1", "said": "hello"})
    first.update_submit({"answer": "1"})
    again = state(tmp_path)
    assert again.get_data() == first.get_data()
    assert again.get_init_state() == {"text": "ä"}
    assert again.get_data()["updates"] == [{"update_id": "1", "said": "hello"}]
    assert again.get_parsed_data() == {"parsed": {"answer": "1"}}
    start, end = again.get_task_start(), again.get_task_end()
    assert start is not None
    assert end is not None
    assert start <= end


@pytest.mark.parametrize("content", ["", "{", "[]", "\ufeff{}", "[" * 50_000])
def test_a_damaged_file_is_said_so(tmp_path: Path, content: str) -> None:
    state(tmp_path).update_data({})
    (tmp_path / "agent" / "1" / "agent_data.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=r"agent_data\.json"):
        state(tmp_path)


def test_a_write_leaves_one_whole_file(tmp_path: Path) -> None:
    state(tmp_path).update_submit({"answer": "1"})
    (file,) = (tmp_path / "agent" / "1").iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["outputs"] == {"answer": "1"}


def test_a_shared_state_keeps_nobody_from_working() -> None:
    shared = SharedTaskState(qualifications=[{"name": "fluent", "op": "exists", "value": 1}])
    assert shared.worker_can_do_unit(object(), object())  # type: ignore[arg-type]
    assert shared.on_unit_submitted(object()) is None  # type: ignore[arg-type,func-returns-value]
    assert SharedTaskState().qualifications == []
