"""The sandbox's AI Task Builder over HTTP: as the vendor documents it, and fair to the participants."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.providers.prolific_sandbox import accounts, builder, builder_layout
from crowddesk.providers.prolific_sandbox.wire import Refusal
from tests.providers.hosted_sandbox import LAG, Sandbox, running_sandbox

SCHEMA = {"strict": True, "fields": {"text": {"type": "text", "label": "Text"}, "key": {"type": "metadata"}}}
DETAILS = {"task_name": "Rate", "task_introduction": "<p>Rate it.</p>", "task_steps": "<p>Read.</p>"}
GOOD = {"type": "multiple_choice", "description": "Good?", "answer_limit": 1}
OPTIONS = [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}]
CHOICE = {**GOOD, "options": OPTIONS}
WHY = {"type": "free_text", "description": "Why?", "validation": {"type": "string", "min": 3, "max": 20}}
SHOWN = {"type": "dataset_field", "field": "text"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path / "sandbox.sqlite") as running:
        yield running


def layout(*items: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"rows": [{"columns": [{"items": list(items)}]}]}]


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def new_dataset(sandbox: Sandbox, schema: Any = None) -> str:
    body = {"name": "Items", "workspace_id": sandbox.workspace_id, "schema": schema or SCHEMA}
    made = sandbox.ask("POST", "datasets", body)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def upload(sandbox: Sandbox, dataset: str, body: bytes, name: str = "items.jsonl") -> str:
    given = sandbox.ask("GET", f"datasets/{dataset}/upload-url/{name}").json()
    headers = {"Content-Type": given["content_type"]}
    assert httpx.put(given["upload_url"], content=body, headers=headers, trust_env=False).status_code == 200
    return str(given["import_id"])


def filled(sandbox: Sandbox, count: int = 4, schema: Any = None) -> str:
    dataset = new_dataset(sandbox, schema)
    upload(sandbox, dataset, lines(*({"text": f"t{n}", "key": f"k{n}"} for n in range(count))))
    sandbox.advance()
    return dataset


def new_batch(sandbox: Sandbox, dataset: str | None, items: Any) -> httpx.Response:
    body = {"name": "B", "workspace_id": sandbox.workspace_id, "task_details": DETAILS, "batch_items": items}
    if dataset is not None:
        body["dataset_id"] = dataset
    answer: httpx.Response = sandbox.ask("POST", "batches", body)
    return answer


def ready_batch(sandbox: Sandbox, count: int = 4, *items: dict[str, Any], size: int = 1) -> str:
    made = new_batch(sandbox, filled(sandbox, count), layout(SHOWN, *(items or (CHOICE, WHY))))
    assert made.status_code == 201, made.text
    batch = str(made.json()["id"])
    answer = sandbox.ask("POST", f"batches/{batch}/setup", {"tasks_per_group": size})
    assert answer.status_code == 202, answer.text
    sandbox.advance()
    return batch


def new_study(sandbox: Sandbox, batch: str, annotators: int = 2) -> str:
    return sandbox.make_study(
        {
            "data_collection_method": "AI_TASK_BUILDER_BATCH",
            "data_collection_id": batch,
            "data_collection_metadata": {"annotators_per_task": annotators},
        }
    )


def answers_to(task: builder.HostedTask, why: str = "Because.") -> dict[str, Any]:
    return {field.name: "yes" if field.options else why for field in task.fields}


# ------------------------------------------------------------------------------------------- data sets


def test_an_import_goes_through_its_statuses(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    told = sandbox.ask("GET", f"datasets/{dataset}").json()
    assert (told["schema_version"], told["imports"], told["total_datapoint_count"]) == ("4", [], 0)
    given = sandbox.ask("GET", f"datasets/{dataset}/upload-url/items.jsonl").json()
    path = f"datasets/{dataset}/imports/{given['import_id']}"
    assert sandbox.ask("GET", path).json()["status"] == "uninitialised"
    httpx.put(given["upload_url"], content=lines({"text": "a", "key": "1"}), trust_env=False)
    assert sandbox.ask("GET", path).json()["status"] == "queued"
    assert sandbox.ask("GET", f"datasets/{dataset}").json()["total_datapoint_count"] == 0
    assert sandbox.ask("GET", f"datasets/{dataset}/status").json() == {"status": "PROCESSING"}
    sandbox.advance(LAG * 0.7)
    assert sandbox.ask("GET", path).json()["status"] == "processing"
    sandbox.advance(LAG * 0.4)
    done = sandbox.ask("GET", path).json()
    assert (done["status"], done["accepted_count"]) == ("complete", 1)
    assert sandbox.ask("GET", f"datasets/{dataset}").json()["total_datapoint_count"] == 1
    assert sandbox.ask("GET", f"datasets/{dataset}/status").json() == {"status": "READY"}


def test_records_that_break_the_schema_are_named_from_0_in_a_file(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    job = upload(sandbox, dataset, lines({"text": "a", "key": "1"}, {"text": "b"}) + b"{nonsense\n")
    sandbox.advance()
    told = sandbox.ask("GET", f"datasets/{dataset}/imports/{job}").json()
    assert (told["status"], told["accepted_count"], told["rejected_count"]) == ("partial", 1, 2)
    assert [(e["record_index"], e["field"]) for e in told["errors"]] == [(1, "key"), (2, "_raw")]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]\n"])
def test_a_file_without_any_record_fails(sandbox: Sandbox, body: bytes) -> None:
    dataset = new_dataset(sandbox)
    job = upload(sandbox, dataset, body)
    sandbox.advance()
    assert sandbox.ask("GET", f"datasets/{dataset}/imports/{job}").json()["status"] == "failed"


def test_a_csv_file_is_taken_too(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    job = upload(sandbox, dataset, b'text,key\n"a\nb",1\n', "items.csv")
    sandbox.advance()
    assert sandbox.ask("GET", f"datasets/{dataset}/imports/{job}").json()["accepted_count"] == 1


def test_an_address_is_good_for_its_file_and_an_hour_only(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    url = sandbox.ask("GET", f"datasets/{dataset}/upload-url/items.jsonl").json()["upload_url"]
    assert (
        httpx.put(url.replace("signature=", "signature=0"), content=b"", trust_env=False).status_code == 403
    )
    assert httpx.put(url + "\N{SNOWMAN}", content=b"", trust_env=False).status_code == 403
    sandbox.advance(3601)
    assert httpx.put(url, content=b"", trust_env=False).status_code == 403
    assert sandbox.ask("GET", f"datasets/{dataset}/upload-url/items.zip").status_code == 400


def test_appending_is_idempotent_and_numbers_what_it_rejects_from_1(sandbox: Sandbox) -> None:
    dataset = filled(sandbox, 1)
    body = lines({"text": "x", "key": "9"}) + b"\n \n" + lines({"key": "no text"}) + b"oops\n"
    path = f"datasets/{dataset}/datapoints"
    for _ in range(2):
        told = sandbox.ask("POST", path, raw=body).json()
        assert (told["accepted"], told["rejected"]) == (1, 2)
        assert [(e["record_index"], e["field"]) for e in told["errors"]] == [(2, "text"), (3, "_raw")]
    assert sandbox.ask("GET", f"datasets/{dataset}").json()["total_datapoint_count"] == 2


def test_what_cannot_be_appended(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    path = f"datasets/{dataset}/datapoints"
    records = [{"text": "x", "key": str(n)} for n in range(1001)]
    assert sandbox.ask("POST", path, raw=lines(*records)).status_code == 400
    assert sandbox.ask("POST", path, raw=b" \n\n").status_code == 400
    assert sandbox.ask("POST", path, raw=b"\xff\n").status_code == 400
    assert sandbox.ask("POST", path, raw=lines(*records[:1000])).json()["accepted"] == 1000
    upload(sandbox, dataset, lines({"text": "a", "key": "1"}))
    assert sandbox.ask("POST", path, raw=lines(*records[:1])).status_code == 409
    assert sandbox.ask("POST", "datasets/nothing/datapoints", raw=lines({})).status_code == 404


@pytest.mark.parametrize(
    "schema",
    [
        {"fields": {}},
        {"strict": True, "fields": {}},
        {"strict": True, "fields": {"a": {"type": "sound"}}},
        {"strict": True, "fields": {"a": "text"}},
        {"strict": True, "fields": {"a" * 129: {"type": "text"}}},
        {"strict": True, "fields": {"a": {"type": "text", "label": "x" * 256}}},
        {"strict": True, "fields": {str(n): {"type": "text"} for n in range(201)}},
        {"strict": True, "fields": {n: {"type": "task_group_id"} for n in "ab"}},
        "text",
    ],
)
def test_schemas_that_are_refused(sandbox: Sandbox, schema: Any) -> None:
    body = {"name": "Items", "workspace_id": sandbox.workspace_id, "schema": schema}
    assert sandbox.ask("POST", "datasets", body).status_code == 400


def test_nobody_sees_what_is_somebody_elses(sandbox: Sandbox) -> None:
    batch = ready_batch(sandbox)
    other = sandbox.do(lambda books: accounts.open_account(books, "another-token", "Other", "GBP", 0))
    for path in (f"batches/{batch}", f"batches/{batch}/responses", f"batches/{batch}/status"):
        assert sandbox.ask("GET", path, token="another-token").status_code == 404
        assert sandbox.ask("GET", path, token="nobodys").status_code == 401
    assert other["workspace_id"] != sandbox.workspace_id
    assert sandbox.ask("GET", f"batches?workspace_id={sandbox.workspace_id}").json()["meta"] == {"count": 1}


# --------------------------------------------------------------------------------------------- batches


def test_every_part_of_a_layout_gets_an_id(sandbox: Sandbox) -> None:
    batch = new_batch(sandbox, filled(sandbox), layout(SHOWN, CHOICE, WHY)).json()
    assert (batch["status"], batch["total_instruction_count"], batch["total_task_count"]) == (
        "UNINITIALISED",
        2,
        0,
    )
    page = batch["batch_items"][0]
    column = page["rows"][0]["columns"][0]
    ids = [page["id"], page["rows"][0]["id"], column["id"], *(item["id"] for item in column["items"][1:])]
    assert len(set(ids)) == 5
    assert sandbox.ask("GET", f"batches/{batch['id']}").json()["batch_items"] == batch["batch_items"]
    told = sandbox.ask("GET", f"batches/{batch['id']}/instructions").json()
    assert [one["id"] for one in told["results"]] == ids[-2:]
    refused = sandbox.ask("POST", f"batches/{batch['id']}/instructions", {"instructions": []})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ([{"type": "dataset_field", "field": "nothing"}, CHOICE], 0),
        ([{"type": "dataset_field", "field": "key"}, CHOICE], 0),
        ([SHOWN, CHOICE, SHOWN], 2),
        ([{**CHOICE, "answer_limit": 3}], 0),
        ([{**CHOICE, "answer_limit": 0}], 0),
        ([{**CHOICE, "options": []}], 0),
        ([{**CHOICE, "description": " "}], 0),
        ([{**CHOICE, "options": [{"label": "a", "value": "a", "exclusive": True}]}], 0),
        ([{**CHOICE, "type": "multiple_choice_with_free_text"}], 0),
        ([{**WHY, "validation": {"type": "string", "min": 3, "max": 2}}], 0),
        ([{**WHY, "validation": {"type": "string", "min": -1}}], 0),
        ([{**WHY, "validation": {"type": "date"}}], 0),
        ([{"type": "free_text_with_unit", "description": "d", "unit_position": "suffix",
           "unit_options": [{"label": "kg", "value": "kg"}], "default_unit": "g"}], 0),
        ([{"type": "file_upload", "description": "d", "min_file_count": 3, "max_file_count": 2}], 0),
        ([{"type": "file_upload", "description": "d", "accepted_file_types": ["jpg"]}], 0),
        ([{"type": "image", "url": "http://x.example/a.png", "alt_text": "a"}, CHOICE], 0),
        ([{"type": "image", "url": "https://x.example/a.png"}, CHOICE], 0),
    ],
)  # fmt: skip
def test_items_that_are_refused_are_named(sandbox: Sandbox, items: list[Any], where: int) -> None:
    answer = new_batch(sandbox, filled(sandbox), layout(*items))
    assert answer.status_code == 422
    told = answer.json()
    assert told["type"] == "INVALID_BATCH_ITEMS"
    assert [(i["page"], i["row"], i["column"], i["item"]) for i in told["issues"]] == [(0, 0, 0, where)]
    assert told["issues"][0]["type"] == items[where]["type"]


def test_a_data_set_must_be_attached_to_show_its_fields(sandbox: Sandbox) -> None:
    assert new_batch(sandbox, None, layout(SHOWN, CHOICE)).status_code == 422
    assert new_batch(sandbox, None, layout(CHOICE)).status_code == 201
    assert new_batch(sandbox, None, layout(SHOWN)).status_code == 422
    assert new_batch(sandbox, filled(sandbox), layout(SHOWN)).status_code == 400
    for items in ([], [{}], [{"rows": [{"columns": [{"items": []}]}]}], "x", layout({"type": "song"})):
        assert new_batch(sandbox, None, items).status_code == 400


def test_tasks_need_an_import_that_is_complete(sandbox: Sandbox) -> None:
    dataset = new_dataset(sandbox)
    batch = new_batch(sandbox, dataset, layout(SHOWN, CHOICE)).json()["id"]
    path = f"batches/{batch}/setup"
    sandbox.ask("POST", f"datasets/{dataset}/datapoints", raw=lines({"text": "a", "key": "1"}))
    assert sandbox.ask("POST", path, {"tasks_per_group": 1}).status_code == 400
    upload(sandbox, dataset, lines({"text": "b", "key": "2"}))
    assert sandbox.ask("POST", path, {"tasks_per_group": 1}).status_code == 400
    sandbox.advance()
    assert sandbox.ask("POST", path, {"tasks_per_group": 0}).status_code == 400
    assert sandbox.ask("POST", path, {"tasks_per_group": 1}).status_code == 202
    assert sandbox.ask("GET", f"batches/{batch}/status").json() == {"status": "PROCESSING"}
    assert sandbox.ask("POST", path, {"tasks_per_group": 1}).status_code == 400
    sandbox.advance()
    told = sandbox.ask("GET", f"batches/{batch}").json()
    assert (told["status"], told["total_task_count"], told["total_task_groups"]) == ("READY", 2, 2)
    assert sandbox.ask("PATCH", f"batches/{batch}", {"name": "C"}).status_code == 400


def test_a_draft_can_be_changed(sandbox: Sandbox) -> None:
    batch = new_batch(sandbox, filled(sandbox), layout(SHOWN, CHOICE)).json()
    items = batch["batch_items"]
    kept = items[0]["rows"][0]["columns"][0]["items"][1]["id"]
    items[0]["rows"][0]["columns"][0]["items"].append(WHY)
    changed = sandbox.ask("PATCH", f"batches/{batch['id']}", {"name": "C", "batch_items": items}).json()
    found = changed["batch_items"][0]["rows"][0]["columns"][0]["items"]
    assert (changed["name"], found[1]["id"], changed["total_instruction_count"]) == ("C", kept, 2)
    wrong = {"batch_items": layout({**CHOICE, "answer_limit": 9})}
    assert sandbox.ask("PATCH", f"batches/{batch['id']}", wrong).status_code == 422


# ---------------------------------------------------------------------------------- participants' side


def test_nobody_has_a_task_twice_and_each_goes_to_so_many_people(sandbox: Sandbox) -> None:
    study = new_study(sandbox, ready_batch(sandbox, 3), annotators=2)
    had: Counter[str] = Counter()
    for number in range(6):
        stay = sandbox.take_place(study, f"p{number}")
        (task,) = sandbox.tasks_of(stay)
        assert sandbox.tasks_of(stay) == [task]
        had[task.id] += 1
    assert list(had.values()) == [2, 2, 2]
    assert sandbox.tasks_of(sandbox.take_place(study, "late")) == []
    again = new_study(sandbox, ready_batch(sandbox, 3), annotators=2)
    shown = [sandbox.tasks_of(sandbox.take_place(again, "eager")) for _ in range(4)]
    assert sorted(task.shown["text"] for tasks in shown for task in tasks) == ["t0", "t1", "t2"]


def test_who_leaves_makes_room(sandbox: Sandbox) -> None:
    study = new_study(sandbox, ready_batch(sandbox, 1), annotators=1)
    first = sandbox.take_place(study, "p1")
    (task,) = sandbox.tasks_of(first)
    second = sandbox.take_place(study, "p2")
    assert sandbox.tasks_of(second) == []
    sandbox.end_stay(first, "RETURNED")
    assert [t.id for t in sandbox.tasks_of(second)] == [task.id]
    sandbox.end_stay(second, "TIMED-OUT")
    assert sandbox.tasks_of(sandbox.take_place(study, "p1")) == []  # they had it


def test_places_are_groups_times_annotators(sandbox: Sandbox) -> None:
    batch = ready_batch(sandbox, 5, size=2)
    count = sandbox.do(lambda books: builder.places_of(books.db, batch, 3, books.clock.now()))
    assert count == 9
    assert sandbox.do(lambda books: builder.places_of(books.db, batch, 3, 0.0)) is None
    assert sandbox.do(lambda books: builder.places_of(books.db, "none", 3, 0.0)) is None


def test_a_column_may_say_what_belongs_together(sandbox: Sandbox) -> None:
    schema = {"strict": True, "fields": {"text": {"type": "text"}, "team": {"type": "task_group_id"}}}
    dataset = new_dataset(sandbox, schema)
    upload(sandbox, dataset, lines(*({"text": f"t{n}", "team": "ab"[n % 2]} for n in range(5))))
    sandbox.advance()
    batch = new_batch(sandbox, dataset, layout(SHOWN, CHOICE)).json()["id"]
    sandbox.ask("POST", f"batches/{batch}/setup", {"tasks_per_group": 1})
    sandbox.advance()
    tasks = sandbox.tasks_of(sandbox.take_place(new_study(sandbox, batch), "p1"))
    assert [task.shown["text"] for task in tasks] == ["t0", "t2", "t4"]


def test_answers_come_back_with_the_metadata_of_their_item(sandbox: Sandbox) -> None:
    batch = ready_batch(sandbox, 2)
    stay = sandbox.take_place(new_study(sandbox, batch), "p1")
    (task,) = sandbox.tasks_of(stay)
    assert (task.labels, list(task.shown), task.answered) == ({"text": "Text"}, ["text"], False)
    values = answers_to(task)
    first, second = values
    assert not sandbox.answer(stay, task.id, {first: values[first]})
    assert sandbox.answer(stay, task.id, {second: values[second]})
    assert sandbox.answer(stay, task.id, {second: "Otherwise."})
    told = sandbox.ask("GET", f"batches/{batch}/responses").json()
    assert told["meta"] == {"count": 2}
    assert [row["response"]["answer"] for row in told["results"]] == [
        [{"value": "yes"}],
        [{"value": "Otherwise."}],
    ]
    assert {row["submission_id"] for row in told["results"]} == {stay}
    assert {row["metadata"]["key"] for row in told["results"]} == {"k" + task.shown["text"][1:]}
    report = sandbox.ask("GET", f"batches/{batch}/report/").json()
    rows = list(csv.DictReader(io.StringIO(httpx.get(report["url"], trust_env=False).text)))
    assert [(row["key"], row["Why?"], row["submission_id"]) for row in rows] == [
        ("k" + task.shown["text"][1:], "Otherwise.", stay)
    ]
    assert httpx.get(report["url"].replace("expires=", "expires=9"), trust_env=False).status_code == 403


@pytest.mark.parametrize("wrong", ["", "maybe", ["yes", "no"], [], None])
def test_answers_that_the_page_would_not_take(sandbox: Sandbox, wrong: Any) -> None:
    batch = ready_batch(sandbox, 1)
    stay = sandbox.take_place(new_study(sandbox, batch), "p1")
    (task,) = sandbox.tasks_of(stay)
    good, why = (field.name for field in task.fields)
    for values in ({good: wrong, why: "Because."}, {why: "no"}, {why: "x" * 21}, {"other": "x"}):
        with pytest.raises(Refusal):
            sandbox.answer(stay, task.id, values)
    with pytest.raises(Refusal):
        sandbox.answer(stay, "another task", {good: "yes"})
    with pytest.raises(Refusal):
        sandbox.tasks_of("no submission")
    sandbox.end_stay(stay, "AWAITING REVIEW")
    with pytest.raises(Refusal):
        sandbox.answer(stay, task.id, answers_to(task))
    assert sandbox.ask("GET", f"batches/{batch}/responses").json()["results"] == []


def test_every_kind_of_question_keeps_what_was_answered() -> None:
    unit = {
        "id": "u", "type": "free_text_with_unit", "description": "How heavy?", "unit_position": "suffix",
        "unit_options": [
            {"label": "kg", "value": "kg", "validation": {"type": "number", "max": 9}},
            {"label": "g", "value": 1},
        ],
    }  # fmt: skip
    words = {
        **CHOICE, "id": "w", "type": "multiple_choice_with_free_text",
        "options": [{**option, "heading": "H"} for option in OPTIONS], "answer_limit": -1,
    }  # fmt: skip
    file = {"id": "f", "type": "file_upload", "description": "File", "max_file_count": 2}
    read = builder_layout.read_values
    assert read(unit, ["3", "kg"]) == [{"value": "3"}, {"value": "kg"}]
    assert read(unit, ["30", "1"]) == [{"value": "30"}, {"value": 1}]
    assert read(words, ["yes", "no", "and why"]) == [{"value": "yes"}, {"value": "no"}, {"value": "and why"}]
    assert read(file, ["a.png", "b.png"]) == [{"value": "a.png"}, {"value": "b.png"}]
    numbers = {**WHY, "id": "n", "validation": {"type": "number", "min": 0}}
    assert read(numbers, "1.50") == [{"value": "1.50"}]
    exclusive = {**CHOICE, "id": "x", "answer_limit": -1}
    exclusive["options"] = [*OPTIONS, {"label": "None", "value": "none", "exclusive": True}]
    for question, sent in (
        (unit, ["30", "kg"]), (unit, ["3"]), (words, ["only words"]), (file, ["a", "b", "c"]),
        (numbers, "x"), (numbers, "-1"), (numbers, "nan"), (exclusive, ["yes", "none"]),
    ):  # fmt: skip
        with pytest.raises(Refusal):
            read(question, sent)


NAMES = ["type", "rows", "columns", "items", "options", "field", "answer_limit", "description", "validation"]
NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["multiple_choice", "text", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
)


@given(NESTED)
def test_no_layout_breaks_the_check(anything: Any) -> None:
    parts = {"multiple_choice": "options", "free_text": "validation", "free_text_with_unit": "unit_options"}
    items = [{"type": kind, name: anything, "description": "d"} for kind, name in parts.items()]
    items += [{"type": "file_upload", name: anything} for name in ("min_file_count", "accepted_file_types")]
    for pages in (anything, [anything], *(layout(item) for item in items)):
        with contextlib.suppress(Refusal, builder_layout.WrongLayout):
            builder_layout.check_items(pages, SCHEMA, lambda: "id")


# ------------------------------------------------------------------------------------------ a real browser


def test_a_person_works_on_the_page(sandbox: Sandbox) -> None:
    picture = {"type": "image", "url": "https://x.example/a.png", "alt_text": "A"}
    text = {"type": "rich_text", "content": "<p>Read <b>well</b>.</p>"}
    batch = ready_batch(sandbox, 2, text, CHOICE, WHY, picture, size=2)
    stay = sandbox.take_place(new_study(sandbox, batch), "p1")
    url = sandbox.address + builder.hosted_path("p1", stay)
    with httpx.Client(trust_env=False) as browser:
        shown = browser.get(url)
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert "<p>Read <b>well</b>.</p>" in shown.text
        assert 'alt="A"' in shown.text
        for number in range(2):
            task = next(task for task in sandbox.tasks_of(stay) if not task.answered)
            assert task.shown["text"] in browser.get(url).text
            good, why = (f"q:{field.name}" for field in task.fields)
            files = {"task": (None, task.id), good: (None, "yes"), why: (None, "no")}
            refused = browser.post(url, files=files)
            assert refused.status_code == 400
            assert 'role="alert"' in refused.text
            sent = browser.post(url, files={**files, why: (None, "Because <it> is.")})
            where = url.removeprefix(sandbox.address) if number == 0 else "/submissions/complete?cc=DONE1"
            assert sent.headers["Location"] == where
        assert "You have answered everything" in browser.get(url).text
        assert browser.get(url.replace("/p1/", "/p2/")).status_code == 404
        late = sandbox.take_place(new_study(sandbox, batch), "p1")
        assert "No task is left" in browser.get(sandbox.address + builder.hosted_path("p1", late)).text
    assert len(sandbox.client.batch_responses(batch)) == 4


def test_a_study_with_a_site_of_its_own_has_no_page(sandbox: Sandbox) -> None:
    study = sandbox.make_study({"external_study_url": "https://x.example/"})
    stay = sandbox.take_place(study, "p1")
    url = sandbox.address + builder.hosted_path("p1", stay)
    assert httpx.get(url, trust_env=False).status_code == 404


def test_a_killed_server_has_lost_nothing(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "s.sqlite") as sandbox:
        batch = ready_batch(sandbox, 1)
        stay = sandbox.take_place(new_study(sandbox, batch), "p1")
        (task,) = sandbox.tasks_of(stay)
        sandbox.answer(stay, task.id, answers_to(task))
    with running_sandbox(tmp_path / "s.sqlite") as sandbox:
        sandbox.advance(LAG * 5)
        assert sandbox.ask("GET", f"batches/{batch}/status").json() == {"status": "READY"}
        assert len(sandbox.ask("GET", f"batches/{batch}/responses").json()["results"]) == 2
        assert sandbox.tasks_of(stay)[0].answered
