"""Runs that Prolific shows itself: forms there and back, a set-up that goes on, whose answer is whose."""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from omegaconf import OmegaConf

from crowddesk.blueprints.base import BlueprintArgs
from crowddesk.blueprints.form import FormBlueprint
from crowddesk.blueprints.static_html import StaticHtmlBlueprint
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput, VendorError, VendorRefused
from crowddesk.providers.prolific import api, builder_client, hosted
from crowddesk.providers.prolific.client import Busy, Lost, ProlificClient, Refused
from crowddesk.providers.prolific.hosted import (
    HostedAnswer,
    Prepared,
    prepare,
    read_answers,
    study_fields,
    why_not,
)
from crowddesk.providers.prolific.hosted_form import MARK_FIELD, batch_of
from crowddesk.providers.prolific_sandbox import builder_layout
from crowddesk.testing.workspace import make_workspace
from tests.providers.hosted_sandbox import Sandbox, make_form, make_form_run, running_sandbox
from tests.providers.openapi_document import document

EVERYTHING = """
- {type: show_text, label: The text, text: "{{text}}"}
- type: show_text
  label: Rules
  help: Look well.
  text: "Be **fair**.\\n\\nSee [{{text}}](https://x.example/{{id}})."
- {type: show_image, src: "https://x.example/{{id}}.png", text: A picture}
- {type: show_image, src: "https://x.example/still.png", label: Still, text: The same for all}
- name: words
  type: text
  label: "What is {{text}}?"
  help: "Of {{id}}."
  required: true
  min_length: 2
  max_length: 40
- {name: story, type: long_text, label: Tell it}
- {name: count, type: number, label: How many?, min: -1.5, max: 100}
- {name: mood, type: single, label: Mood, required: true, options: [good, {value: b, label: Bad one}]}
- {name: tags, type: multiple, label: Tags, options: [x, y, z], choose_at_most: 2}
- {name: any, type: multiple, label: Any, options: [x, y]}
- {name: rate, type: scale, label: Rate, scale: {from: 0, to: 3, from_label: low, to_label: high}}
"""
ONE = """
- {type: show_text, label: The text, text: "{{text}}"}
- {name: mood, type: single, label: Mood, required: true, options: [good, bad]}
- {name: why, type: long_text, label: Why?}
"""
NO_TASK = OmegaConf.create({"task": {"gold": None, "screening": None, "onboarding": None}})
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=2, max_size=40)


def rows(count: int) -> list[str]:
    return ["id,text", *(f'i{n},"Text, {n}"' for n in range(count))]


@pytest.fixture
def db(workspace_path: Path) -> Iterator[CrowdDatabase]:
    db = make_workspace(workspace_path)
    yield db
    db.close()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path / "sandbox.sqlite") as running:
        yield running


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> FormBlueprint:
    return make_form(tmp_path_factory.mktemp("form"), EVERYTHING, rows=rows(2))


def go_on(sandbox: Sandbox, run: TaskRun, client: Any = None) -> Prepared | None:
    store = run.db.provider_store("prolific")
    found = client or sandbox.client
    return prepare(store, found, run, run.get_blueprint(), sandbox.workspace_id)


def kept(run: TaskRun) -> dict[str, Any]:
    found: dict[str, Any] = run.db.provider_store("prolific").get(f"study/{run.db_id}")
    return found


def be_ready(sandbox: Sandbox, run: TaskRun, client: Any = None, tries: int = 20) -> Prepared:
    for _ in range(tries):
        prepared = go_on(sandbox, run, client)
        if prepared is not None:
            return prepared
        sandbox.advance()
    pytest.fail("the batch was never ready")


# ------------------------------------------------------------------------------------- what can be shown


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("{name: a, type: date, label: A}", "a is a date"),
        ("{name: a, type: file, label: A}", "a asks for a file"),
        ("{name: a, type: number, label: A, step: 1}", "a takes only numbers in steps of 1"),
        (
            "{name: a, type: text, label: A, pattern: '[a-z]+', pattern_help: x}",
            "a takes only texts of a pattern",
        ),
        (
            "{name: a, type: single, label: A, options: [x], other: Else}",
            "room for words of one's own (Else)",
        ),
        ("{name: a, type: single, label: A, options: ['{{text}}']}", "the options of a come from columns"),
        ("{name: a, type: multiple, label: A, options: [x, y], choose_at_least: 2}", "at least 2 choices"),
        (
            "{name: a, type: scale, label: A, scale: {from: 1, to: 2, to_label: '{{text}}'}}",
            "named by columns",
        ),
        ("{type: show_audio, src: 'https://x.example/a.mp3', label: A}", "is a recording"),
        ("{type: show_video, src: 'https://x.example/a.mp4', label: A}", "is a film"),
        ("{type: show_image, src: 'data:image/png;base64,AA', label: A}", "without an https:// address"),
        ("{name: a, type: text, label: A, show_if: {ok: x}}", "a is shown only after certain answers"),
    ],
)
def test_what_prolific_cannot_show_is_named(tmp_path: Path, field: str, said: str) -> None:
    fields = f"- {{name: ok, type: single, label: OK, options: [x]}}\n- {field}\n"
    sentence = why_not(NO_TASK, make_form(tmp_path, fields, rows=rows(1)))
    assert sentence.startswith("Prolific cannot show this task itself: ")
    assert said in sentence
    assert sentence.endswith(".")


def test_all_that_is_in_the_way_is_named_at_once(tmp_path: Path) -> None:
    fields = "- {name: a, type: date, label: A}\n- {name: b, type: file, label: B}\n"
    args = OmegaConf.create({"task": {"gold": {"data": "x"}, "onboarding": {"page": "x"}, "screening": {}}})
    sentence = why_not(args, make_form(tmp_path, fields, rows=rows(1)))
    for part in ("a is a date", "b asks for a file", "task.gold", "task.screening", "task.onboarding"):
        assert part in sentence


def test_other_kinds_of_tasks_cannot_be_shown(tmp_path: Path, db: CrowdDatabase) -> None:
    page = StaticHtmlBlueprint({"data": "x.csv", "template": "x.html"}, tmp_path)
    assert "made with static_html" in why_not(NO_TASK, page)
    run = make_form_run(db, ONE, rows(1))
    with pytest.raises(VendorRefused, match="static_html"):
        prepare(db.provider_store("prolific"), None, run, page, "w")  # type: ignore[arg-type]
    assert isinstance(page.args, BlueprintArgs)


def test_a_form_of_all_that_can_be_shown(form: FormBlueprint) -> None:
    assert why_not(NO_TASK, form) == ""
    hosted.check_items(form)


def test_too_many_columns(tmp_path: Path) -> None:
    fields = "".join(
        f"- {{name: a{n}, type: text, label: '{{{{text}}}} {n}', help: '{{{{id}}}}'}}\n" for n in range(100)
    )
    assert "need 201 columns" in why_not(NO_TASK, make_form(tmp_path, fields, rows=rows(1)))


def test_a_form_that_cannot_be_read_says_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="line 3"):
        why_not(NO_TASK, make_form(tmp_path, "- {name: a, type: txt}\n"))


def test_a_picture_that_prolific_cannot_show_is_named_by_its_row(tmp_path: Path) -> None:
    fields = "- {type: show_image, src: '{{text}}', label: P}\n- {name: a, type: text, label: A}\n"
    lines = ["id,text", "1,https://x.example/a.png", "2,data:image/png;base64"]
    with pytest.raises(BadInput, match=r"items.csv, row 2: P: 'data:image/png;base64' is no https://"):
        hosted.check_items(make_form(tmp_path, fields, rows=lines))


# --------------------------------------------------------------------------------------------- the layout


def test_the_layout_is_taken_by_the_vendors_document_and_the_sandbox(form: FormBlueprint) -> None:
    batch = batch_of(form.form)
    body = {
        "name": "x",
        "workspace_id": "w",
        "task_details": batch.task_details,
        "batch_items": batch.batch_items,
    }
    known = document()
    if known is not None:
        known.check_request("POST", "/api/v1/data-collection/batches", None, body)
        made = {"name": "x", "workspace_id": "w", "schema": batch.schema}
        known.check_request("POST", "/api/v1/data-collection/datasets", None, made)
    builder_layout.check_schema(batch.schema)
    assert builder_layout.check_items(batch.batch_items, batch.schema, lambda: "id")
    assert [name for name, _ in batch.asked] == ["words", "story", "count", "mood", "tags", "any", "rate"]


def test_what_varies_is_data_and_the_rest_stands_in_the_layout(form: FormBlueprint) -> None:
    batch = batch_of(form.form)
    record = batch.record("mark", {"id": "i1", "text": "<b>{{id}} & co"})
    assert record[MARK_FIELD] == "mark"
    shown = [text for key, text in record.items() if key != MARK_FIELD]
    assert shown == [
        "<b>{{id}} & co",
        "See <b>{{id}} & co (https://x.example/i1).",
        "https://x.example/i1.png",
        "What is <b>{{id}} & co?",
        "Of i1.",
    ]
    items = list(builder_layout.items_of(batch.batch_items))
    assert [item["type"] for item in items] == [
        "dataset_field", "rich_text", "rich_text", "rich_text", "dataset_field", "dataset_field", "rich_text",
        "image", "dataset_field", "dataset_field", "free_text", "free_text", "free_text", "multiple_choice",
        "multiple_choice", "multiple_choice", "multiple_choice",
    ]  # fmt: skip
    asked = builder_layout.instructions(batch.batch_items)
    questions = {name: item for (name, _), item in zip(batch.asked, asked, strict=True)}
    assert questions["words"]["description"] == "What is …?"
    assert questions["words"]["validation"] == {"type": "string", "min": 2, "max": 40}
    assert questions["words"]["helper_text"] == "2 to 40 characters."
    assert questions["story"] == {"description": "Tell it (optional)", "type": "free_text"}
    assert questions["count"]["validation"] == {"type": "number", "min": -1.5, "max": 100}
    assert questions["mood"]["options"] == [
        {"label": "good", "value": "good"}, {"label": "Bad one", "value": "b"}
    ]  # fmt: skip
    assert [questions[name]["answer_limit"] for name in ("mood", "tags", "any", "rate")] == [1, 2, -1, 1]
    assert [option["label"] for option in questions["rate"]["options"]] == ["0: low", "1", "2", "3: high"]


def test_html_is_made_of_markup_and_of_nothing_else(tmp_path: Path) -> None:
    head = "intro: 'A <b> **bold** *it* [link](https://x.example/?a=1&b=2)'\n"
    batch = batch_of(make_form(tmp_path, ONE, head=head).form)
    assert batch.task_details["task_introduction"] == (
        "<p>A &lt;b&gt; <strong>bold</strong> <em>it</em> "
        '<a href="https://x.example/?a=1&amp;b=2">link</a></p>'
    )


def test_a_title_and_an_introduction_with_columns_stand_on_the_page(tmp_path: Path) -> None:
    fields = "- {name: a, type: text, label: '{{text}}'}\n"
    blueprint = make_form(tmp_path, fields, head="intro: |\n  Of {{id}}.\n\n  Be fair.\n", rows=rows(1))
    (tmp_path / "form.yaml").write_text(
        (tmp_path / "form.yaml").read_text().replace("title: A form", "title: 'Is {{text}} good?'")
    )
    batch = batch_of(blueprint.form)
    assert batch.task_details["task_name"] == "Is … good?"
    assert batch.task_details["task_introduction"] == "<p>Is … good?</p>"
    assert list(batch.record("m", {"id": "7", "text": "T"}).values()) == ["m", "Is T good?", "Of 7.", "T"]
    (question,) = builder_layout.instructions(batch.batch_items)
    assert question["description"] == "Your answer (optional)"


@given(
    words=TEXTS, story=st.none() | TEXTS,
    count=st.none() | st.integers(-1, 100) | st.floats(-1.5, 100).map(lambda number: round(number, 4)),
    mood=st.sampled_from(["good", "b"]), tags=st.lists(st.sampled_from("xyz"), unique=True, max_size=2),
    rate=st.none() | st.integers(0, 3), as_numbers=st.booleans(),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_comes_back_as_the_forms_own_page_would_have_sent_it(
    form: FormBlueprint, words: str, story: str | None, count: float | None, mood: str, tags: list[str],
    rate: int | None, as_numbers: bool,
) -> None:  # fmt: skip
    written = None if count is None else f"{count:.4f}" if isinstance(count, float) else str(count)
    sent = {"words": words, "story": story, "count": written, "mood": mood, "tags": tags,
            "rate": None if rate is None else str(rate)}  # fmt: skip
    page = form.parse_submission({name: value for name, value in sent.items() if value})
    numbers = iter(range(100))
    batch = batch_of(form.form)
    stored = builder_layout.check_items(batch.batch_items, batch.schema, lambda: f"id{next(numbers)}")
    prepared = Prepared("1", "d", "b", batch.fields_of(stored), MARKER, form)
    responses = []
    for question in builder_layout.instructions(stored):
        name = prepared.instructions[question["id"]]
        if sent.get(name) in (None, "", []):
            continue
        answer = builder_layout.read_values(question, sent[name])
        if as_numbers and name in ("count", "rate"):
            answer = [{"value": float(part["value"])} for part in answer]
        responses.append(response(question["id"], [part["value"] for part in answer]))
    (found,) = read_answers(Scripted(responses), prepared).values()  # type: ignore[arg-type]
    assert found.answer == page
    assert {name: type(value) for name, value in found.answer.items()} == {
        name: type(value) for name, value in page.items()
    }


@pytest.mark.parametrize("spoil", ["none", "fewer", "other", "same id", "no id"])
def test_another_layout_than_was_sent_is_not_trusted(form: FormBlueprint, spoil: str) -> None:
    batch = batch_of(form.form)
    numbers = iter(range(100))
    stored = builder_layout.check_items(batch.batch_items, batch.schema, lambda: f"id{next(numbers)}")
    asked = list(builder_layout.instructions(stored))
    if spoil == "fewer":
        stored[0]["rows"].pop()
    elif spoil == "other":
        asked[0]["type"] = "file_upload"
    elif spoil == "same id":
        asked[0]["id"] = asked[1]["id"]
    elif spoil == "no id":
        del asked[0]["id"]
    with pytest.raises(BadInput):
        batch.fields_of(None if spoil == "none" else stored)


PARTS = ["rows", "columns", "items", "type", "id"]
NESTED = st.recursive(
    st.none() | st.text(max_size=9) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PARTS), inner, max_size=4),
)


@given(stored=NESTED)
def test_no_answer_to_the_layout_breaks_anything(form: FormBlueprint, stored: Any) -> None:
    with pytest.raises(BadInput):
        batch_of(form.form).fields_of(stored)


# ------------------------------------------------------------------------------------------------ set-up


def test_a_whole_run_of_50_items_and_2_people_each(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, EVERYTHING, rows(50))
    prepared = be_ready(sandbox, run)
    study = sandbox.make_study(study_fields(prepared, 2))
    stays: dict[str, tuple[str, str]] = {}
    for number in range(100):
        stay = sandbox.take_place(study, f"person{number}")
        (task,) = sandbox.tasks_of(stay)
        values = {field.name: field.options[0].value if field.options else "12" for field in task.fields}
        assert sandbox.answer(stay, task.id, values)
        stays[stay] = (f"person{number}", task.shown["text"])
    answers = read_answers(sandbox.client, prepared)
    texts = {a.db_id: a.get_assignment_data().shared["text"] for a in run.get_assignments()}
    assert {stay: (a.participant_id, texts[a.assignment_id]) for stay, a in answers.items()} == stays
    assert set(Counter(a.assignment_id for a in answers.values()).values()) == {2}
    for answer in answers.values():
        assert answer.complete
        assert answer.answer == {
            "words": "12", "story": "12", "count": 12, "mood": "good", "tags": ["x"], "any": ["x"], "rate": 0,
        }  # fmt: skip
        assert len(json.loads(answer.raw)) == 7
        assert answer.at is not None


def test_a_study_of_it_is_published_worked_on_and_reviewed(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))
    prepared = be_ready(sandbox, run)
    client = sandbox.client
    codes = [{"code": "DONE1", "code_type": "COMPLETED", "actions": [{"action": "MANUALLY_REVIEW"}]}]
    # The document's list of what a study needs names external_study_url, which its text forbids here.
    sandbox.transport.checks = False
    made = client.create_study(
        {
            "name": "Hosted",
            "internal_name": "hosted",
            "description": "Hosted.",
            "prolific_id_option": "not_required",
            "completion_codes": codes,
            "estimated_completion_time": 5,
            "reward": 100,
            "project": sandbox.account["project_id"],
            **study_fields(prepared, 2),
        }
    )
    sandbox.transport.checks = True
    assert made.places == 4
    client.move_study(made.id, "PUBLISH")
    sandbox.advance()
    for number in range(4):
        with httpx.Client(base_url=sandbox.address, trust_env=False, follow_redirects=True) as browser:
            page = browser.get(f"/participant/{number:024x}/start/{made.id}")
            names = dict.fromkeys(re.findall(r'name="(q:[^"]+)"', page.text))
            task = re.findall(r'name="task" value="([^"]+)"', page.text)[0]
            sent = {"task": task, **dict(zip(names, ("good", f"Said {number}"), strict=True))}
            assert browser.post(str(page.url), data=sent).status_code == 200
    lines = client.submissions(made.id)
    assert {line.status for line in lines} == {"AWAITING REVIEW"}
    answers = read_answers(client, prepared)
    assert {a.participant_id: a.answer for a in answers.values()} == {
        f"{number:024x}": {"mood": "good", "why": f"Said {number}"} for number in range(4)
    }
    assert set(answers) == {line.id for line in lines}
    assert list(Counter(a.assignment_id for a in answers.values()).values()) == [2, 2]


def test_it_asks_little_and_nothing_once_it_is_ready(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(3))
    prepared = be_ready(sandbox, run)
    calls = [call.split("/")[0] + "/" + call.split("/")[-1] for call in sandbox.transport.calls]
    assert len(calls) <= 14, calls
    assert go_on(sandbox, run) == prepared
    assert go_on(sandbox, run, client=object()) == prepared
    assert study_fields(prepared, 3) == {
        "data_collection_method": "AI_TASK_BUILDER_BATCH",
        "data_collection_id": kept(run)["batch_id"],
        "data_collection_metadata": {"annotators_per_task": 3},
    }


def test_what_the_architect_keeps_of_the_study_stays(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(1))
    db.provider_store("prolific").set(f"study/{run.db_id}", {"hosting": "prolific", "code": "C"})
    be_ready(sandbox, run)
    assert (kept(run)["hosting"], kept(run)["code"]) == ("prolific", "C")


class Broken(Exception):
    """The desk was killed here."""


class Dying:
    """A client that dies at its n-th call, before the vendor hears of it or after."""

    def __init__(
        self, client: ProlificClient, calls: int, heard: bool, error: Callable[[], Exception]
    ) -> None:
        self._client = client
        self._left = calls
        self._heard = heard
        self._error = error

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def called(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._heard:
                raise self._error()
            found = method(*args, **kwargs)
            if self._left == 0:
                raise self._error()
            return found

        return called


@pytest.mark.parametrize("heard", [False, True])
@pytest.mark.parametrize("error", [Broken, lambda: Lost("x"), lambda: Busy("x")])
def test_it_goes_on_after_a_death_at_any_call(
    sandbox: Sandbox, db: CrowdDatabase, heard: bool, error: Callable[[], Exception]
) -> None:
    deaths = 0
    for number in range(1, 40):
        run = make_form_run(db, ONE, rows(3))
        client = Dying(sandbox.client, number, heard, error)
        for _ in range(25):
            try:
                prepared = go_on(sandbox, run, client)
            except (Broken, Lost, Busy):
                deaths += 1
                # a new process has a new client, and knows what was kept
                run = TaskRun.get(db, run.db_id)
                client = sandbox.client  # type: ignore[assignment]
                continue
            if prepared is not None:
                break
            sandbox.advance()
        else:
            pytest.fail(f"never ready after a death at call {number}")
        assert sandbox.client.batch(prepared.batch_id).tasks == 3
        assert sandbox.client.batch(prepared.batch_id).groups == 3
        if client is not sandbox.client:
            break
    assert deaths == number - 1 >= 8


@pytest.mark.parametrize("seed", range(6))
def test_it_gets_ready_whatever_goes_wrong(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(hosted, "_SETUP_PATIENCE_S", 0.0)
    run = make_form_run(db, ONE, rows(3))
    kinds = ("act_then_drop", "broken_after", "broken", "busy", "wrong_json", "never_act")
    route = "* /data-collection/*"
    sandbox.go_wrong(*({"kind": k, "probability": 0.12, "route": route} for k in kinds), seed=seed)
    prepared, failures = None, 0
    for _ in range(400):
        with contextlib.suppress(VendorError):
            prepared = go_on(sandbox, run)
            if prepared is not None:
                break
            failures -= 1
        failures += 1
        sandbox.advance(60)
    assert prepared is not None
    assert failures > 0
    sandbox.go_wrong()
    batch = sandbox.client.batch(prepared.batch_id)
    assert (batch.status, batch.tasks, batch.groups) == ("READY", 3, 3)


def test_a_file_whose_answer_got_lost_is_not_sent_twice(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_form_run(db, ONE, rows(3))
    real = builder_client._fetch

    def lose(*args: Any, **kwargs: Any) -> bytes:
        real(*args, **kwargs)
        raise Lost("gone")

    monkeypatch.setattr(builder_client, "_fetch", lose)
    with pytest.raises(Lost):
        go_on(sandbox, run)
    first = kept(run)["dataset_id"]
    assert be_ready(sandbox, run).dataset_id == first  # a second file could not have been sent


def test_items_that_came_twice_are_put_into_another_data_set(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(3))
    assert go_on(sandbox, run) is None
    first = kept(run)["dataset_id"]
    sandbox.advance()
    layout = batch_of(run.get_blueprint().form)
    line = json.dumps(layout.record("another", {"id": "x", "text": "y"})).encode()
    builder_client.send_items(sandbox.client, first, "again.jsonl", line)
    sandbox.advance()
    prepared = be_ready(sandbox, run)
    assert prepared.dataset_id != first
    assert sandbox.client.batch(prepared.batch_id).tasks == 3


def test_a_batch_with_other_tasks_than_items_is_never_published(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(4))
    with pytest.raises(VendorRefused, match="4 tasks in 2 groups of 4 items"):
        be_ready(sandbox, run, Grouping(sandbox.client))
    assert be_ready(sandbox, run).batch_id  # and it can be tried again


class Grouping:
    """A client whose vendor puts two tasks into each group, whatever was asked."""

    def __init__(self, client: ProlificClient) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def setup_batch(self, batch_id: str, dataset_id: str, tasks_per_group: int) -> None:
        self._client.setup_batch(batch_id, dataset_id, tasks_per_group + 1)


class Saying(Grouping):
    """A client that answers some calls out of a script."""

    def __init__(self, client: ProlificClient, **said: Any) -> None:
        super().__init__(client)
        self.said = said

    def __getattr__(self, name: str) -> Any:
        if name not in self.said:
            return getattr(self._client, name)
        answer = self.said[name]

        def called(*args: Any, **kwargs: Any) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer(*args, **kwargs) if callable(answer) else answer

        return called

    setup_batch = property(lambda self: self.__getattr__("setup_batch"))  # type: ignore[assignment]


def test_items_that_prolific_rejects_are_named(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_form_run(db, ONE, rows(3))
    monkeypatch.setattr(hosted._SettingUp, "_lines", lambda self: iter([b'{"text": "a"}\n', b"{oops}\n"]))
    assert go_on(sandbox, run) is None
    sandbox.advance()
    with pytest.raises(VendorRefused, match=r"did not take the items: item 2: _raw: The line is no JSON"):
        go_on(sandbox, run)
    monkeypatch.undo()
    assert be_ready(sandbox, run)


def test_an_item_that_cannot_be_shown_is_refused_before_anything_is_made(
    sandbox: Sandbox, db: CrowdDatabase
) -> None:
    fields = "- {type: show_image, src: '{{text}}', label: P}\n- {name: a, type: text, label: A}\n"
    run = make_form_run(db, fields, ["id,text", "one,https://x.example/a.png", "two,data:image/png;base64"])
    with pytest.raises(VendorRefused, match=r"Item two: P: 'data:image/png;base64'"):
        go_on(sandbox, run)
    assert sandbox.transport.calls == []


def test_a_data_set_that_was_never_made_is_made_again(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))
    ghost = api.Dataset("00000000-0000-4000-8000-000000000000", "x", "", 0, {})
    with pytest.raises(Refused, match="404"):
        be_ready(sandbox, run, Saying(sandbox.client, create_dataset=ghost))
    assert be_ready(sandbox, run, Saying(sandbox.client))


def test_a_batch_that_was_never_made_is_made_again(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))

    def never(*args: Any, **kwargs: Any) -> api.Batch:
        made = sandbox.client.create_batch(*args, **kwargs)
        return api.Batch("00000000-0000-4000-8000-000000000000", "x", "", 0, 0, made.raw)

    with pytest.raises(Refused, match="404"):
        be_ready(sandbox, run, Saying(sandbox.client, create_batch=never))
    assert be_ready(sandbox, run)


def test_a_set_up_that_was_not_heard_is_asked_for_again(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_form_run(db, ONE, rows(2))
    deaf = Saying(sandbox.client, setup_batch=lambda *args: None)
    for _ in range(6):
        assert go_on(sandbox, run, deaf) is None
        sandbox.advance()
    assert go_on(sandbox, run) is None  # it may still come
    monkeypatch.setattr(hosted, "_SETUP_PATIENCE_S", 0.0)
    assert be_ready(sandbox, run)


def test_a_set_up_that_is_refused_says_why(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))
    no = Saying(sandbox.client, setup_batch=Refused("Prolific says no.", 400))
    with pytest.raises(Refused, match="says no"):
        be_ready(sandbox, run, no)
    heard = Saying(sandbox.client)

    def both(*args: Any) -> None:
        sandbox.client.setup_batch(*args)
        raise Refused("It was set up already.", 400)

    heard.said["setup_batch"] = both
    assert be_ready(sandbox, run, heard)


def test_a_batch_in_error_is_told_and_left(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))
    with pytest.raises(VendorRefused, match="could not make the run's tasks"):
        be_ready(sandbox, run, Saying(sandbox.client, batch_status="ERROR"))
    assert kept(run)["batch_id"] is None
    assert be_ready(sandbox, run)


def test_a_batch_whose_layout_is_not_told_is_read(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))

    def bare(*args: Any, **kwargs: Any) -> api.Batch:
        made = sandbox.client.create_batch(*args, **kwargs)
        return api.Batch(made.id, made.name, made.status, 0, 0, {})

    assert be_ready(sandbox, run, Saying(sandbox.client, create_batch=bare))
    other = make_form_run(db, ONE, rows(2))
    gone = Saying(sandbox.client, create_batch=bare, batch=api.Batch("x", "", "", 0, 0, {}))
    with pytest.raises(VendorError, match="another layout"):
        be_ready(sandbox, other, gone)


def test_a_feature_that_the_workspace_has_not_is_told(sandbox: Sandbox, db: CrowdDatabase) -> None:
    run = make_form_run(db, ONE, rows(2))
    with pytest.raises(Refused, match="Workspace not found"):
        prepare(db.provider_store("prolific"), sandbox.client, run, run.get_blueprint(), "no-workspace")


# ----------------------------------------------------------------------------------------------- answers

START = datetime(2026, 11, 1, tzinfo=UTC)
MARKER = "crowddesk:w:7"


class Scripted:
    """A client that answers with these responses, and with this report."""

    def __init__(self, responses: list[dict[str, Any]], report: str = "") -> None:
        self._responses = responses
        self.report = report

    def batch_responses(self, batch_id: str) -> list[api.Response]:
        return [api.Response.read(row) for row in self._responses]


def response(instruction: str, values: list[Any], **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"{instruction} {values} {changes}",
        "created_at": START.isoformat(),
        "batch_id": "b",
        "participant_id": "p1",
        "submission_id": "s1",
        "task_id": "t1",
        "metadata": {MARK_FIELD: f"{MARKER}:12"},
        "response": {
            "instruction_id": instruction,
            "type": "free_text",
            "answer": [{"value": value} for value in values],
        },
    }
    row |= changes
    if isinstance(minutes := changes.get("created_at"), int):
        row["created_at"] = (START + timedelta(minutes=minutes)).isoformat()
    return row


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    form = make_form(tmp_path, ONE, rows=rows(1))
    return Prepared("7", "d", "b", {"q-mood": "mood", "q-why": "why"}, MARKER, form)


def read(prepared: Prepared, *responses: dict[str, Any], report: str = "") -> dict[str, HostedAnswer]:
    return read_answers(Scripted(list(responses), report), prepared)  # type: ignore[arg-type]


def test_a_part_is_told_from_the_whole(prepared: Prepared) -> None:
    part = read(prepared, response("q-why", ["Because"]))["s1"]
    assert (part.complete, part.missing) == (False, ("mood",))
    assert part.answer == {"why": "Because", "_noted": ["mood: it is required and was not answered."]}
    whole = read(prepared, response("q-why", ["Because"]), response("q-mood", ["good"]))["s1"]
    assert (whole.complete, whole.assignment_id) == (True, "12")
    assert whole.answer == {"mood": "good", "why": "Because"}
    assert [row["response"]["instruction_id"] for row in json.loads(whole.raw)] == ["q-mood", "q-why"]


def test_the_last_answer_counts_in_whatever_order_they_come(prepared: Prepared) -> None:
    early = response("q-mood", ["bad"], created_at=1)
    late = response("q-mood", ["good"], created_at=9)
    why = response("q-why", ["x"], created_at=5)
    for order in ([early, late, why], [late, why, early], [why, late, early, late, early]):
        found = read(prepared, *order)
        assert found["s1"].answer == {"mood": "good", "why": "x"}
        assert found["s1"].at == START + timedelta(minutes=9)


def test_each_stay_has_its_own_answer(prepared: Prepared) -> None:
    other = {MARK_FIELD: f"{MARKER}:13"}
    found = read(
        prepared,
        response("q-mood", ["good"]),
        response("q-mood", ["bad"], submission_id="s2", participant_id="p2"),
        response("q-mood", ["bad"], submission_id="s3", task_id="t2", metadata=other),
    )
    assert {key: (a.assignment_id, a.participant_id, a.answer["mood"]) for key, a in found.items()} == {
        "s1": ("12", "p1", "good"),
        "s2": ("12", "p2", "bad"),
        "s3": ("13", "p1", "bad"),
    }


def test_without_a_submission_it_is_the_participants(prepared: Prepared) -> None:
    found = read(prepared, response("q-mood", ["good"], submission_id=None))
    assert {key: a.submission_id for key, a in found.items()} == {"p1": ""}


def test_what_nobody_submitted_is_left_out(prepared: Prepared) -> None:
    assert read(prepared, response("q-mood", ["good"], no_submission=True)) == {}


def test_questions_that_nobody_asked_are_left_out(prepared: Prepared) -> None:
    found = read(prepared, response("q-else", ["x"]), response("q-mood", ["good"]))["s1"]
    assert found.answer == {"mood": "good"}
    assert "q-else" not in found.raw


@pytest.mark.parametrize("values", [[], [None], [""], ["  "]])
def test_an_empty_answer_is_none(prepared: Prepared, values: list[Any]) -> None:
    found = read(prepared, response("q-mood", ["good"]), response("q-why", values))["s1"]
    assert found.complete
    assert not found.answer.get("why", "").strip()


@pytest.mark.parametrize("value", ["elsewhere", 3, True, 1.5, "a\0b", "\ud800"])
def test_an_answer_that_the_form_does_not_offer_is_kept_and_noted(prepared: Prepared, value: Any) -> None:
    found = read(prepared, response("q-mood", [value]))["s1"]
    assert len(found.answer["_noted"]) == 1
    json.dumps(found.answer).encode()


@pytest.mark.parametrize(
    "metadata",
    [
        {"META_x": f"{MARKER}:12"},
        {"datapoint": {"fields": [{"value": f"{MARKER}:12"}]}},
    ],
)
def test_the_mark_is_found_wherever_metadata_has_it(prepared: Prepared, metadata: Any) -> None:
    assert read(prepared, response("q-mood", ["good"], metadata=metadata))["s1"].assignment_id == "12"


def test_without_metadata_the_report_says_whose_item_it_was(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder_client, "report_of", lambda client, batch_id: client.report)
    responses = [
        response("q-mood", ["good"], metadata=None),
        response("q-mood", ["bad"], submission_id="s2", task_id="t2", metadata={}),
        response("q-mood", ["bad"], submission_id="s3", task_id="t3", metadata={"k": f"{MARKER}1:99"}),
    ]
    report = (
        f"text,{MARK_FIELD},Task ID,Mood,submission\r\n"
        f'"a, ""b""\nc",{MARKER}:12,t1,good,x\r\nd,{MARKER}:13,,bad,s2\r\n'
    )
    found = read(prepared, *responses, report=report)
    assert {key: a.assignment_id for key, a in found.items()} == {"s1": "12", "s2": "13", "s3": ""}


def test_the_report_of_the_sandbox_does(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_form_run(db, ONE, rows(2))
    prepared = be_ready(sandbox, run)
    stay = sandbox.take_place(sandbox.make_study(study_fields(prepared, 1)), "p1")
    (task,) = sandbox.tasks_of(stay)
    sandbox.answer(stay, task.id, {task.fields[0].name: "good", task.fields[1].name: "x"})
    known = read_answers(sandbox.client, prepared)
    real = sandbox.client.batch_responses

    def bare(batch_id: str) -> list[api.Response]:
        return [api.Response.read({**row.raw, "metadata": {}}) for row in real(batch_id)]

    monkeypatch.setattr(sandbox.client, "batch_responses", bare)
    found = read_answers(sandbox.client, prepared)
    assert found[stay].assignment_id == known[stay].assignment_id != ""


def test_a_run_with_no_answer_yet_has_none(sandbox: Sandbox, db: CrowdDatabase) -> None:
    prepared = be_ready(sandbox, make_form_run(db, ONE, rows(1)))
    assert read_answers(sandbox.client, prepared) == {}


# ------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("url", ["http://x.example/a", "ftp://x.example/a", "", "file:///etc/passwd"])
def test_items_are_sent_to_encrypted_addresses_only(url: str) -> None:
    with pytest.raises(api.Unreadable):
        builder_client._address({"upload_url": url or None, "url": url})


def test_the_token_does_not_go_to_where_files_are_kept(
    sandbox: Sandbox, db: CrowdDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    real = builder_client.httpx.Client

    class Watched(real):  # type: ignore[misc, valid-type]
        def send(self, request: Any, **kwargs: Any) -> Any:
            seen.append(request)
            return super().send(request, **kwargs)

    monkeypatch.setattr(builder_client.httpx, "Client", Watched)
    assert go_on(sandbox, make_form_run(db, ONE, rows(1))) is None
    assert [(request.method, request.headers["Content-Type"]) for request in seen] == [
        ("PUT", "application/x-ndjson")
    ]
    assert "Authorization" not in seen[0].headers


def test_a_store_of_files_that_fails_is_told_apart(sandbox: Sandbox) -> None:
    address = sandbox.address
    with pytest.raises(Refused, match="403"):
        builder_client._fetch("PUT", f"{address}/builder-files/x?secret=1", "sending", b"x")
    with pytest.raises(builder_client.Unreachable) as unreachable:
        builder_client._fetch("PUT", "http://127.0.0.1:9/x?secret=1", "sending", b"x")
    assert "secret" not in str(unreachable.value)
