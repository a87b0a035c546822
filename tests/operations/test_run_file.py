"""Run files: text stays text, every fault has its place, what is written reads back, the samples work."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from omegaconf import MISSING, OmegaConf
from omegaconf.errors import ReadonlyConfigError

from crowddesk.blueprints.static_html import StaticHtmlArgs, StaticHtmlBlueprint
from crowddesk.domain import BadInput
from crowddesk.operations.run_file import RunConfig, check_files, load_run, run_from_dict, to_yaml
from crowddesk.providers.base import ProviderArgs

RUN = """
task: {name: rte, title: Does it follow?, description: Two sentences., reward: 0.02, currency: USD, budget: 250.00}
blueprint: {_blueprint_type: static_html, template: rte.html, data: items.tsv, item_key: id, units_per_assignment: 10}
provider: {_provider_type: vendor, requester_name: practice, seed: 7, speed: 1000,
           replay: {file: labels.tsv, item: orig_id, worker: "!amt_worker_ids", answer: response, field: response}}
"""  # noqa: E501 - the run file as its users write it


class Mood(enum.Enum):
    CALM = 1
    LOUD = 2


@dataclass
class Replay:
    file: str = field(default=MISSING, metadata={"path": True})
    item: str = MISSING
    worker: str = MISSING
    answer: str = MISSING
    field: str = MISSING


@dataclass
class VendorArgs(ProviderArgs):
    _provider_type: str = "vendor"
    seed: int = 0
    speed: float = 1.0
    replay: Replay | None = None
    dry: bool = False
    mood: Mood = Mood.CALM
    shares: dict[str, int] = field(default_factory=dict)
    anything: Any = None


class Vendor:
    ArgsClass = VendorArgs


def find(known: Mapping[str, Any], word: str) -> Any:
    def by_name(name: str) -> Any:
        if name not in known:
            raise BadInput(f"There is no {word} {name!r}. There are: {', '.join(known)}.")
        return known[name]

    return by_name


FINDERS: dict[str, Any] = {
    "find_blueprint": find({"static_html": StaticHtmlBlueprint}, "blueprint"),
    "find_provider": find({"vendor": Vendor}, "provider"),
}


def load(folder: Path, *overrides: str, text: str = RUN) -> RunConfig:
    path = folder / "run.yaml"
    path.write_text(text, encoding="utf-8")
    return load_run(path, overrides, **FINDERS)


def refusal(folder: Path, *overrides: str, text: str = RUN) -> str:
    with pytest.raises(BadInput) as caught:
        load(folder, *overrides, text=text)
    return str(caught.value)


def provider(run: RunConfig) -> VendorArgs:
    assert isinstance(run.provider, VendorArgs)
    return run.provider


# --------------------------------------------------------------------------------------------- what is read


def test_the_run_file_of_the_readme(tmp_path: Path) -> None:
    run = load(tmp_path)
    assert (run.task.title, run.task.reward, run.reward, run.budget) == ("Does it follow?", "0.02", 2, 25_000)
    assert isinstance(run.blueprint, StaticHtmlArgs)
    assert run.blueprint.template == str(tmp_path / "rte.html")
    assert run.blueprint.data == str(tmp_path / "items.tsv")
    assert run.blueprint.units_per_assignment == 10
    args = provider(run)
    assert (args.seed, args.speed) == (7, 1000.0)
    assert args.replay == Replay(
        str(tmp_path / "labels.tsv"), "orig_id", "!amt_worker_ids", "response", "response"
    )


@pytest.mark.parametrize("text", ["no", "007", "1e5", "0x10", "1_000", "2026-11-03", "12:30:00", "yes", "=1"])
def test_text_stays_text_wherever_text_is_meant(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, f"blueprint.item_key={text}").blueprint.item_key == text
    in_file = RUN.replace("item_key: id", f"item_key: {text}").replace("title: Does", f"title: {text} Does")
    run = load(tmp_path, text=in_file)
    assert (run.blueprint.item_key, run.task.title) == (text, f"{text} Does it follow?")
    again = load(tmp_path, text=to_yaml(run))
    assert again == run
    assert OmegaConf.create(to_yaml(run)).blueprint.item_key == text


@pytest.mark.parametrize(
    ("text", "minor"), [("0.10", 10), ("0.1", 10), ("1", 100), ("  2.50 ", 250), ("1e1", 1000)]
)
def test_amounts_are_exact(tmp_path: Path, text: str, minor: int) -> None:
    assert load(tmp_path, f"task.reward={text}").reward == minor


def test_overrides_change_and_add_and_take_away(tmp_path: Path) -> None:
    run = load(
        tmp_path,
        "task.reward=0.05",
        "task.title=a = b: c",
        "task.budget=null",
        "provider.replay=",
        "provider.dry=yes",
        "provider.mood=LOUD",
        "provider.shares.sloppy=3",
        "provider.anything={a: [1, no]}",
        "task.qualifications=[{name: fluent, op: '>=', value: 80}, {name: other}]",
        "task.qualifications.1.op=not_exists",
        "blueprint.template=/elsewhere/x.html",
    )
    assert (run.reward, run.budget, run.task.title) == (5, None, "a = b: c")
    args = provider(run)
    assert (args.replay, args.dry, args.mood, args.shares) == (None, True, Mood.LOUD, {"sloppy": 3})
    assert args.anything == {"a": ["1", "no"]}
    wanted = [(q.name, q.op, q.value) for q in run.task.qualifications]
    assert wanted == [("fluent", ">=", 80), ("other", "not_exists", 1)]
    assert run.args.blueprint.template == str(Path("/elsewhere/x.html"))


def test_another_key_of_the_file_can_be_meant(tmp_path: Path) -> None:
    assert load(tmp_path, "task.title=${task.name}!").task.title == "rte!"
    for bad in ("task.title=${nobody}", "task.title=${", "task.title=${task.title}", "task.title=\\${x}"):
        assert refusal(tmp_path, bad).startswith("task.title: ")


def test_arguments_go_to_the_vendor_as_a_configuration_that_cannot_change(tmp_path: Path) -> None:
    args = load(tmp_path).args
    assert (args.task.name, args.provider.requester_name) == ("rte", "practice")
    with pytest.raises(ReadonlyConfigError):
        args.task.name = "x"


def test_plain_values_of_a_window_are_taken_too(tmp_path: Path) -> None:
    sections = {
        "task": {
            "name": "n",
            "title": "t",
            "description": "d",
            "reward": 0.1,
            "currency": "usd",
            "budget": 5,
        },
        "blueprint": {"_blueprint_type": "static_html", "template": Path("x.html"), "data": "y.csv"},
        "provider": {"_provider_type": "vendor", "requester_name": "me", "seed": 3, "speed": 2, "dry": True},
    }
    run = run_from_dict(sections, tmp_path, **FINDERS)
    assert (run.reward, run.task.currency, run.provider) == (
        10,
        "USD",
        VendorArgs(requester_name="me", seed=3, speed=2.0, dry=True),
    )
    assert run.blueprint.data == str(tmp_path / "y.csv")


def test_a_run_knows_the_files_that_were_kept_for_it(tmp_path: Path) -> None:
    run = load(tmp_path)
    kept = run.with_blueprint({"template": "template.html"})
    assert kept.args.blueprint.template == "template.html"
    assert kept.task == run.task


# -------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("task.rewrad=1", "task.rewrad: there is no such key. Did you mean reward?"),
        ("taks.reward=1", "taks: there is no such section. Did you mean task?"),
        ("blueprint.tempalte=x", "blueprint.tempalte: there is no such key. Did you mean template?"),
        ("provider.zzz=x", "provider.zzz: there is no such key. There are _provider_type, requester_name"),
        ("provider.replay.wroker=x", "provider.replay.wroker: there is no such key. Did you mean worker?"),
        ("task.qualifications=[{nmae: x}]", "task.qualifications.0.nmae: there is no such key. Did you mean"),
        ("task.qualifications=[{op: '=='}]", "task.qualifications.0.name is missing."),
        ("task.qualifications=[{name: x, op: '=>'}]", "task.qualifications.0.op: '=>' is none of exists"),
        ("task.qualifications=[{name: x, value: high}]", "task.qualifications.0.value: 'high' is no whole"),
        ("task.qualifications=x", "task.qualifications: it takes a list."),
        ("task.gold={data: gold.csv, field: answer}", "task.gold.truth is missing."),
        ("task.gold=gold.csv", "task.gold: it takes keys and values."),
        ("task.gold={data: g.csv, field: a, truth: t, units_per_item: 0}", "task.gold.units_per_item: 0 is"),
        ("task.screening={data: s.csv, units: 0}", "task.screening.units: 0 is too small; at least 1."),
        ("task.screening={data: s.csv, field: a}", "task.screening: field and truth belong together"),
        ("task.reward=0", "task.reward: USD 0 is not more than nothing."),
        ("task.reward=-0.02", "task.reward: USD -0.02 is not more than nothing."),
        ("task.reward=0.001", "task.reward: USD 0.001 is finer than the smallest coin"),
        ("task.reward=two", "task.reward: 'two' is no amount of money"),
        ("task.reward=nan", "task.reward: 'nan' is no amount of money"),
        ("task.reward=1e999999999", "task.reward: '1e999999999' is no amount of money"),
        ("task.reward=[1]", "task.reward: it takes one value."),
        ("task.reward=", "task.reward has no value."),
        ("task.budget=0.01", "task.budget: USD 0.01 does not pay one unit of 0.02."),
        ("task.budget=-1", "task.budget: USD -1 is not more than nothing."),
        ("task.currency=$", "task.currency: '$' is no currency"),
        ("task.title=  ", "task.title has no value."),
        ("task.max_num_concurrent_units=-1", "task.max_num_concurrent_units: -1 is too small; at least 0."),
        ("task.maximum_units_per_worker=99999999999", "task.maximum_units_per_worker: 99999999999 is"),
        ("task.assignment_duration_in_seconds=1.5", "task.assignment_duration_in_seconds: '1.5' is no"),
        ("blueprint.units_per_assignment=0", "blueprint.units_per_assignment: 0 is too small; at least 1."),
        ("blueprint._blueprint_type=html", "blueprint._blueprint_type: There is no blueprint 'html'."),
        ("provider._provider_type=mturk", "provider._provider_type: There is no provider 'mturk'."),
        ("provider.requester_name=' '", None),
        ("provider.speed=fast", "provider.speed: 'fast' is no number."),
        ("provider.speed=inf", "provider.speed: 'inf' is no number."),
        ("provider.dry=perhaps", "provider.dry: 'perhaps' is neither true nor false."),
        ("provider.mood=ANGRY", "provider.mood: "),
        ("provider.shares=[1]", "provider.shares: it takes keys and values."),
        ("provider=x", "'provider=x' changes nothing: write it like task.reward=0.05."),
        ("task.reward", "'task.reward' changes nothing"),
        ("task..reward=1", "'task..reward=1' changes nothing"),
        ("task.name.x=1", "task.name.x: there is nothing of that name to change."),
        ("task.keywords=[a", "task.keywords=, line 1"),
        ("task.title=a\0b", "task.title: it holds a character that is no text."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_sentence_with_its_place(
    tmp_path: Path, override: str, sentence: str | None
) -> None:
    if sentence is None:
        assert load(tmp_path, override).provider.requester_name == "' '"
    else:
        assert refusal(tmp_path, override).startswith(sentence)


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        (
            "task.max_num_concurrent_units=1",
            "task.max_num_concurrent_units: 1 is too small, since 2 people work on an item together "
            "and would wait for each other.",
        ),
        (
            "task.gold={data: gold.csv, field: answer, truth: truth}",
            "task.gold.units_per_item: 1 does not fit, since 2 people work on an item together. Write 2.",
        ),
        (
            "task.screening={data: s.csv, units: 3}",
            "task.screening.units: 3 does not fit, since 2 people work on an item together. Write 2.",
        ),
    ],
)
def test_people_who_work_together_need_places_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, override: str, sentence: str
) -> None:
    load(tmp_path, "blueprint.units_per_assignment=2", override)
    monkeypatch.setattr(StaticHtmlBlueprint, "TOGETHER", True)
    assert refusal(tmp_path, "blueprint.units_per_assignment=2", override) == sentence
    load(tmp_path, "blueprint.units_per_assignment=2", "task.max_num_concurrent_units=2")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = refusal(
        tmp_path, "task.rewrad=1", "task.name=null", "provider.seed=x", "blueprint._blueprint_type=null"
    )
    assert told.splitlines() == [
        "blueprint._blueprint_type is missing.",
        "task.rewrad: there is no such key. Did you mean reward?",
        "task.name has no value.",
        "provider.seed: 'x' is no whole number.",
    ]


def test_missing_keys_and_sections_are_named(tmp_path: Path) -> None:
    told = refusal(tmp_path, text="task: {name: x}\nblueprint: {blueprint_type: static_html}\n")
    assert told.splitlines() == [
        "blueprint._blueprint_type is missing. Did you mean _blueprint_type where it says blueprint_type?",
        "task.title is missing.",
        "task.description is missing.",
        "task.reward is missing.",
        "task.currency is missing.",
        "The section provider is missing.",
    ]
    assert refusal(tmp_path, text=RUN + "provider:\n").startswith(
        "run.yaml, line 6, column 1: the key 'provider'"
    )
    assert "task: it takes keys and values." in refusal(tmp_path, text="task: [a]\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "run.yaml is empty."),
        ("# nothing\n", "run.yaml is empty."),
        ("- a\n", "run.yaml: it has to have the sections task, blueprint and provider."),
        ("task", "run.yaml: it has to have the sections"),
        ("task: {name: a\n", "run.yaml, line 2, column 1: it is not YAML"),
        ("task:\n  name: a\n name: b\n", "run.yaml, line 3, column 2: it is not YAML"),
        ("task:\n  a: 1\n  a: 2\n", "run.yaml, line 3, column 3: the key 'a' is already at line 2."),
        ("task: &x {a: 1}\nblueprint: *x\n", "run.yaml, line 2, column 12: aliases (*) are not used here."),
        (
            "task: {a: !name}\n",
            "run.yaml, line 1, column 16: text that begins with !",
        ),
        ("a: 1\n---\nb: 2\n", "run.yaml, line 2, column 1: it is not YAML"),
        ("task:\n\tname: a\n", "run.yaml, line 2, column 1: it is not YAML"),
        ("task: \x01\n", "run.yaml, line 1: it holds a character that YAML does not allow."),
        ("? [a]\n: b\n", "run.yaml, line 1, column 3: it is not YAML"),
        ("[" * 3_000, "run.yaml: its lists or keys are nested too deeply."),
        ('task: {title: "a\\ud800"}', "task.title: it holds a character that is no text."),
        ("x" * 300_000, "run.yaml is larger than 256 KiB."),
    ],
)
def test_what_is_no_run_file_is_told_with_line_and_column(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text=text).startswith(sentence)


def test_a_run_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(BadInput, match=r"Did you mean run\.yaml\?"):
        load_run(tmp_path / "rnu.yaml", **FINDERS)
    (tmp_path / "run.yaml").write_bytes(RUN.replace("Two", "Zwé").encode("cp1252"))
    with pytest.raises(BadInput, match=r"run\.yaml, line 2: byte \d+ of the file \(0xE9\) is not UTF-8"):
        load_run(tmp_path / "run.yaml", **FINDERS)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.sampled_from(
    ["task", "blueprint", "provider", "name", "reward", "gold", "data", "_provider_type", "???"]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_no_mapping_gives_anything_but_a_run_or_a_sentence(sections: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        run_from_dict(sections, Path("/"), **FINDERS)


@settings(max_examples=40)
@given(
    section=st.sampled_from(["task", "provider", "blueprint"]),
    key=st.sampled_from(
        ["title", "reward", "budget", "gold", "qualifications", "seed", "replay", "item_key", "mood"]
    ),
    value=TREES,
)
def test_a_run_with_one_odd_value_is_a_run_that_reads_back_or_a_sentence(
    section: str, key: str, value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    sections: Any = OmegaConf.to_container(load(folder).args)
    sections[section][key] = value
    try:
        run = run_from_dict(sections, folder, **FINDERS)
    except BadInput:
        return
    assert load(folder, text=to_yaml(run)) == run


@given(st.text(alphabet="task: {}[]'\"\n-?!&*|>#%@`\\\t,0~é", max_size=80))
def test_no_text_gives_anything_but_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert refusal(tmp_path_factory.getbasetemp(), text=text)


# ------------------------------------------------------------------------------------------ what is written


def test_a_copy_leaves_out_defaults_and_the_folder(tmp_path: Path) -> None:
    run = load(tmp_path, "provider.replay=", "task.keywords=[a, no]")
    text = to_yaml(run, relative_to=tmp_path, full=False)
    assert text == (
        'task:\n  name: rte\n  title: "Does it follow?"\n  description: Two sentences.\n  reward: "0.02"\n'
        '  currency: USD\n  budget: "250.00"\n  keywords:\n  - a\n  - "no"\n'
        "blueprint:\n  _blueprint_type: static_html\n  data: items.tsv\n  item_key: id\n"
        "  units_per_assignment: 10\n  template: rte.html\n"
        "provider:\n  _provider_type: vendor\n  requester_name: practice\n  seed: 7\n  speed: 1000.0\n"
    )
    assert load(tmp_path, text=text) == run


# -------------------------------------------------------------------------------------------- its files


def a_run(folder: Path, *overrides: str) -> RunConfig:
    (folder / "rte.html").write_text("<p>${text}</p><input name=response>", encoding="utf-8")
    (folder / "items.tsv").write_text("id\ttext\n1\ta\n2\tb\n", encoding="utf-8")
    (folder / "gold.tsv").write_text("id\ttext\tright\n9\tc\t1\n", encoding="utf-8")
    (folder / "bad.tsv").write_text("id\ttxt\n9\tc\n8\n", encoding="utf-8")
    return load(folder, *overrides)


def checked(run: RunConfig) -> Any:
    return check_files(run, find_blueprint=FINDERS["find_blueprint"])


def test_the_items_of_every_kind_are_counted(tmp_path: Path) -> None:
    run = a_run(
        tmp_path,
        "task.gold={data: gold.tsv, field: response, truth: right}",
        "task.screening={data: gold.tsv, units: 4}",
    )
    found = checked(run)
    assert (found.items, found.gold_items, found.screening_items) == (2, 1, 1)
    assert found.problems.listed == []


def test_gold_and_screening_are_checked_like_the_data(tmp_path: Path) -> None:
    run = a_run(
        tmp_path,
        "task.gold={data: bad.tsv, field: respnse, truth: rihgt}",
        "task.screening={data: gold.tsv, field: response, truth: rihgt}",
    )
    assert sorted(str(p) for p in checked(run).problems) == [
        "bad.tsv, line 3: 1 value where the header has 2 columns.",
        "rte.html, line 1: ${text} is no column of bad.tsv: did you mean ${txt}?",
        "task.gold.field: the form has no field 'respnse': did you mean 'response'?",
        "task.gold.truth: bad.tsv has no column 'rihgt'; it has 'id', 'txt'.",
        "task.screening.truth: gold.tsv has no column 'rihgt': did you mean 'right'?",
    ]


@pytest.mark.parametrize("name", ["follows", "reviews"])
def test_the_sample_tasks_are_ready_to_launch(name: str) -> None:
    folder = Path(__file__).parents[2] / "resources" / "tasks" / name
    run = load_run(folder / "run.yaml")
    found = checked(run)
    assert found.problems.listed == []
    assert found.items >= 30
    truths = {item.values["truth"] for item in StaticHtmlBlueprint(run.blueprint, folder).read_items()}
    question = StaticHtmlBlueprint(run.blueprint, folder).fields()[0]
    assert truths == {option.value for option in question.options}
    assert run.budget is not None
    units = found.items * run.blueprint.units_per_assignment + found.gold_items * 3
    assert units * run.reward * 1.5 < run.budget
