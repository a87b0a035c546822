"""What a run file may say to Prolific: each thing wrong is named at its place; who shows a task, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from omegaconf import OmegaConf

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.domain import BadInput
from crowddesk.operations.run_file import RunConfig, check_files, load_run
from crowddesk.providers.prolific import ProlificProvider

HEADLINES = Path(__file__).parents[3] / "resources" / "tasks" / "headlines" / "run.yaml"
SHARED = SharedTaskState(blueprint=None, fields=[], qualifications=[])


@pytest.fixture
def config() -> RunConfig:
    return load_run(HEADLINES)


def test_the_sample_can_be_shown_by_both(config: RunConfig) -> None:
    found = check_files(config)
    assert found.problems.listed == []
    ProlificProvider.assert_task_args(config.args, SHARED)
    there = ProlificProvider.hosting(config.args, "")
    assert (there.where, "no public address" in there.reason) == ("vendor", True)
    here = ProlificProvider.hosting(config.args, "https://lab.example.org")
    assert (here.where, "lab.example.org" in here.reason) == ("here", True)
    assert config.budget is not None
    assert found.items * config.blueprint.units_per_assignment * config.reward * 1.5 < config.budget


@pytest.mark.parametrize(
    "address", ["", "http://lab.example.org", "http://127.0.0.1:8000", "lab.example.org"]
)
def test_participants_anywhere_need_https(config: RunConfig, address: str) -> None:
    with pytest.raises(BadInput, match=r"provider\.hosting: .*public address"):
        ProlificProvider.hosting(changed(config, "provider.hosting", "here"), address)


def test_what_prolific_cannot_show_needs_an_address_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "t.html").write_text("<p>${a}</p><input name=x>", encoding="utf-8")
    (tmp_path / "d.csv").write_text("a\n1\n", encoding="utf-8")
    text = HEADLINES.read_text(encoding="utf-8")
    text = text.replace("_blueprint_type: form", "_blueprint_type: static_html")
    text = text.replace("form: form.yaml", "template: t.html").replace("data: data.csv", "data: d.csv")
    text = text.replace("  item_key: id\n", "")
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    config = load_run(tmp_path / "run.yaml")
    with pytest.raises(BadInput, match=r"provider\.hosting: .*static_html.* no public address"):
        ProlificProvider.hosting(config.args, "")
    assert ProlificProvider.hosting(config.args, "https://lab.example.org").where == "here"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("task.estimated_minutes", None, "task.estimated_minutes: "),
        ("task.estimated_minutes", 0.5, "task.estimated_minutes: "),
        ("task.estimated_minutes", 3.2, "task.assignment_duration_in_seconds: "),
        ("task.screening", {"data": "x", "units": 1}, "task.screening: "),
        ("provider.hosting", "everywhere", "provider.hosting: 'everywhere' is none of auto, here, vendor."),
        ("provider.devices", ["desktop", "fridge"], "provider.devices: 'fridge' is none of"),
        ("provider.labels", ["fun"], "provider.labels: 'fun' is none of"),
        ("provider.content_warnings", ["boring"], "provider.content_warnings: 'boring' is none of"),
        ("provider.finish.finished", "reject", "provider.finish.finished: "),
        ("provider.finish.turned_away", "ban", "provider.finish.turned_away: "),
        ("provider.finish.code", "a b", "provider.finish.code: "),
        ("provider.finish.code", "x&cc=y", "provider.finish.code: "),
        ("provider.submissions_per_participant", 0, "provider.submissions_per_participant: "),
        ("provider.filters", [{"filter": "age"}], "provider.filters.0: "),
        ("provider.filters", [{"filter": "sex", "values": ["0"], "lower": "1"}], "provider.filters.0: "),
        ("provider.filters", [{"filter": "age", "lower": " "}], "provider.filters.0.lower is empty"),
        (
            "provider.filters",
            [{"filter": "eligibility_requirements", "values": ["x"]}],
            "no longer takes eligibility_requirements",
        ),
    ],
)
def test_what_is_wrong_is_named(config: RunConfig, key: str, value: Any, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        ProlificProvider.assert_task_args(changed(config, key, value), SHARED)
    assert sentence in str(caught.value)


def changed(config: RunConfig, key: str, value: Any) -> Any:
    args = OmegaConf.create(OmegaConf.to_container(config.args))
    if key == "provider.filters":
        value = [{"values": [], "lower": None, "upper": None} | each for each in value]
    OmegaConf.update(args, key, value, merge=False)
    return args
