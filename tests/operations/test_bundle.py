"""A run in one file: all of it and nothing else, no names, whole; and what is refused when one is opened."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput, Cancelled, NotFound, WorkspaceError
from crowddesk.operations import archive, bundle, decisions, export, launch, masks, people
from crowddesk.operations.export.pseudonyms import read_key
from crowddesk.operations.run_file import load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import doctor, journal, records, remarks
from crowddesk.store import tables as t
from crowddesk.store.queries import ACTIONS, RUNS, UNITS, WORKERS, Scope
from crowddesk.store.queries.persons import accounts_of_run
from tests.operations.packed import parts_of, write

Bench = Any

RUN = """
task: {name: small, title: A small task, description: Say yes or no., reward: 0.10, currency: USD}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id}
provider: {_provider_type: mock, requester_name: practice}
"""


@pytest.fixture
def run(bench: Bench) -> int:
    """A run of ten with decisions, notes, tags and masks, beside another run."""
    bench.completed(3)
    made: int = bench.completed(10)
    ids = bench.ids(made)
    decisions.decide(bench.db, "approve", ids[:4])
    decisions.send(bench.db)
    bench.work_all()
    first = bench.units(made)[0]
    with bench.db.write() as w:
        remarks.add_note(w, "unit", ids[0], f"Ask {first.worker_name} about it.")
        remarks.add_note(w, "worker", first.worker_id, "A friend of the lab.")
        remarks.set_tag(w, "worker", [first.worker_id], "careful", True)
        remarks.set_tag(w, "unit", ids[:1], f"twin-of-{first.worker_name}", True)
    masks.add_mask(bench.db, "quick", {"or": [{"seconds_below": 5}, {"worker": [first.worker_name]}]})
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE agent SET vendor_ref = 'REF-' || id")
        connection.execute("UPDATE task_run SET state_note = ?", (f"{first.worker_name} was not found.",))
        answer = {
            "answer": "yes",
            "workerId": first.worker_name,
            "scan": {"file": "Anna Miller.pdf", "sha256": "ab" * 32, "size": 3, "type": "application/pdf"},
        }
        connection.execute(
            "UPDATE submission SET answer = ? WHERE id = ?",
            (json.dumps(answer), submission_of(bench, ids[0])),
        )
    return made


def submission_of(bench: Bench, unit: int) -> int:
    with bench.db.read() as conn:
        (found,) = records.find(conn, "submission", unit_id=str(unit))
    return int(found["submission_id"])


@pytest.fixture
def made(bench: Bench, run: int, tmp_path: Path) -> Path:
    bundle.make_bundle(bench.db, run, tmp_path / "run.crowddesk")
    return tmp_path / "run.crowddesk"


@pytest.fixture
def opened(made: Path, tmp_path: Path):
    (tmp_path / "opened").mkdir()
    db = bundle.open_bundle(made, tmp_path / "opened")
    yield db
    db.close()


def names_of(bench: Bench, run: int) -> list[str]:
    with bench.db.read() as conn:
        return [account.worker_name for account in accounts_of_run(conn, run)]


def test_it_holds_the_run_and_nothing_else(bench: Bench, run: int, opened: CrowdDatabase) -> None:
    with opened.read() as conn:
        assert [row.id for row in RUNS.iterate(conn)] == [run]
        units = list(UNITS.iterate(conn))
        assert [unit.id for unit in units] == bench.ids(run)
        assert [unit.status for unit in units] == [unit.status for unit in bench.units(run)]
        assert {row.kind for row in ACTIONS.iterate(conn)} == {"approve"}
        assert len(list(WORKERS.iterate(conn))) == len(names_of(bench, run))
        for table in (t.ProviderRow, t.RunLink, t.Block, t.Qualification, t.SavedView, t.Reason):
            rows = conn.exec_driver_sql(f"SELECT count(*) FROM {table.__tablename__}").scalar()
            assert rows == 0, table
        assert journal.verify(conn).ok
    # The answer that the fixture has altered is shown as altered here too, and nothing else is wrong.
    assert [finding.sentence for finding in doctor.check(opened)] == [
        finding.sentence for finding in doctor.check(bench.db)
    ]


def test_no_name_ref_or_key_is_anywhere_in_it(bench: Bench, run: int, made: Path) -> None:
    key = read_key(bench.db)
    secrets = [*names_of(bench, run), "REF-", "Anna Miller", "A friend of the lab", key._secret.hex()]
    with zipfile.ZipFile(made) as archive:
        whole = b"\0".join(archive.read(name) for name in archive.namelist())
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection:
        raws = [raw for (raw,) in connection.execute("SELECT raw FROM submission WHERE raw != '{}'")]
        uuids = [text for (text,) in connection.execute("SELECT uuid FROM vendor_action")]
    for secret in (*secrets, *raws[:20], *uuids):
        assert secret.encode() not in whole, secret


def test_its_pseudonyms_are_those_of_exports(
    bench: Bench, run: int, opened: CrowdDatabase, tmp_path: Path
) -> None:
    wanted = export.Wanted(run, ".csv")
    one = export.export(bench.db, wanted, tmp_path / "one.csv")
    other = export.export(opened, wanted, tmp_path / "other.csv")
    assert one.manifest["file"]["sha256"] == other.manifest["file"]["sha256"]


def test_a_merged_person_is_one_in_it_and_each_account_is_one_too(
    bench: Bench, run: int, tmp_path: Path
) -> None:
    with bench.db.read() as conn:
        one, two, other, *_ = accounts_of_run(conn, run)
    people.merge(bench.db, [two.id, other.id])
    people.merge(bench.db, [one.id, two.id])
    for account in (one, other):  # two masks and two tags that the same pseudonym would make one
        masks.add_mask(bench.db, f"without {account.worker_name}", {"worker": [account.worker_name]})
        with bench.db.write() as w:
            remarks.set_tag(w, "worker", [two.id], f"like-{account.worker_name}", True)
    bundle.make_bundle(bench.db, run, tmp_path / "merged.crowddesk")
    (tmp_path / "opened").mkdir()
    db = bundle.open_bundle(tmp_path / "merged.crowddesk", tmp_path / "opened")
    try:
        wanted = export.Wanted(run, ".csv")
        here = export.export(bench.db, wanted, tmp_path / "here.csv")
        there = export.export(db, wanted, tmp_path / "there.csv")
        assert here.manifest["file"]["sha256"] == there.manifest["file"]["sha256"]
        with db.read() as conn:
            names = {account.id: account.worker_name for account in accounts_of_run(conn, run)}
            left_out = masks.load_masks(conn)
        assert len(set(names.values())) == len(names)
        for account in (one, other):
            name = names[account.id]
            assert left_out[f"without {name}"] == {"worker": [name]}
    finally:
        db.close()


def test_people_who_left_their_units_go_along_each_under_a_name(
    bench: Bench, run: int, tmp_path: Path
) -> None:
    leavers = bench.units(run)[-3:]
    gone, names = [unit.worker_id for unit in leavers], [unit.worker_name for unit in leavers]
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        connection.executemany(
            "UPDATE unit SET agent_id = NULL, worker_id = NULL, submission_id = NULL, status = 'launched' "
            "WHERE task_run_id = ? AND worker_id = ?",
            [(run, worker) for worker in gone],
        )
    with bench.db.write() as w:
        remarks.add_note(w, "task_run", run, f"{names[0]} left.")
    bundle.make_bundle(bench.db, run, tmp_path / "left.crowddesk")
    (tmp_path / "opened").mkdir()
    opened = bundle.open_bundle(tmp_path / "left.crowddesk", tmp_path / "opened")
    with closing(opened) as db, db.read() as conn:
        here = {row.id: row.worker_name for row in WORKERS.iterate(conn)}
        (note,) = remarks.notes_of(conn, "task_run", [run])
    assert set(gone) <= set(here)
    assert note.text == f"{here[gone[0]]} left."
    assert not set(names) & set(here.values())


def test_masks_and_notes_go_along_without_names(bench: Bench, run: int, opened: CrowdDatabase) -> None:
    with opened.read() as conn:
        found = masks.load_masks(conn)
        (worker,) = [
            row for row in WORKERS.iterate(conn) if row.worker_name == found["quick"]["or"][1]["worker"][0]
        ]
        notes = remarks.notes_of(conn, "unit", bench.ids(run))
    assert worker.id == bench.units(run)[0].worker_id
    assert [note.text for note in notes] == [f"Ask {worker.worker_name} about it."]


def test_with_names_all_is_as_it_was(bench: Bench, run: int, tmp_path: Path) -> None:
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        last = bench.units(run)[-1].worker_id
        connection.execute("UPDATE worker SET worker_name = '=cmd|calc' WHERE id = ?", (last,))
    bundle.make_bundle(bench.db, run, tmp_path / "named.crowddesk", names=True)
    (tmp_path / "opened").mkdir()
    db = bundle.open_bundle(tmp_path / "named.crowddesk", tmp_path / "opened")
    try:
        with db.read() as conn:
            assert [account.worker_name for account in accounts_of_run(conn, run)] == names_of(bench, run)
        assert len(doctor.check(db)) == len(doctor.check(bench.db)) == 1
        with pytest.raises(BadInput, match="holds the workers' names and not the key"):
            export.export(db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
        export.export(db, export.Wanted(run, ".csv", names=True), tmp_path / "a.csv")
        with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row["worker"] for row in rows} == {row["worker_name"] for row in rows}
        assert "'=cmd|calc" in {row["worker"] for row in rows}
    finally:
        db.close()


def test_every_write_is_refused_in_one_sentence(run: int, opened: CrowdDatabase) -> None:
    with opened.read() as conn:
        (first, *_) = UNITS.iterate(conn, UNITS.parse("status:completed"), Scope(run_id=run))
    for act in (
        lambda: decisions.decide(opened, "approve", [first.id]),
        lambda: opened.provider_store("mock").set("a", 1),
        lambda: masks.add_mask(opened, "m", {"pasted": True}),
        lambda: opened.new_task("a", "form"),
        lambda: opened.update_unit(str(first.id), status="accepted"),
    ):
        with pytest.raises(WorkspaceError, match=r"^This is a read-only bundle: nothing in it can"):
            act()


def test_files_that_workers_sent_go_along_when_wanted(bench: Bench, run: int, tmp_path: Path) -> None:
    unit = bench.units(run)[0]
    folder = bench.db.get_task_run(str(run))["folder"]
    place = (
        bench.db.folder / folder / "assignments" / str(unit.assignment_id) / str(unit.agent_id) / "uploads"
    )
    place.mkdir(parents=True)
    data = b"%PDF"
    sha = hashlib.sha256(data).hexdigest()
    (place / sha).write_bytes(data)
    entry = {"field": "scan", "file": "Anna.pdf", "sha256": sha, "size": 4, "type": "application/pdf"}
    (place / "index.json").write_text(json.dumps([entry]), encoding="utf-8")
    plain = bundle.make_bundle(bench.db, run, tmp_path / "a.crowddesk")
    full = bundle.make_bundle(bench.db, run, tmp_path / "b.crowddesk", uploads=True)
    assert full.files == plain.files + 2
    (tmp_path / "opened").mkdir()
    bundle.unpack(tmp_path / "b.crowddesk", tmp_path / "opened")
    there = tmp_path / "opened" / place.relative_to(bench.db.folder)
    assert (there / sha).read_bytes() == data
    assert json.loads((there / "index.json").read_text(encoding="utf-8")) == [
        {**entry, "file": f"{sha[:16]}.pdf"}
    ]


def test_the_runs_own_files_go_along_and_the_accounts_do_not(bench: Bench, tmp_path: Path) -> None:
    bench.config(2)
    (bench.folder / "recorded.csv").write_text("item,worker,answer\ni0,Anna,yes\n", encoding="utf-8")
    run = bench.launch(2)
    folder = bench.db.folder / bench.db.get_task_run(str(run))["folder"]
    (folder / "recorded.csv").write_text("Anna", encoding="utf-8")
    args = bench.db.get_task_run(str(run))["args"].replace("replay: null", "replay: recorded.csv")
    args = args.replace("exclude: null", "exclude: {workers: [Anna]}")
    assert "recorded.csv" in args
    assert "Anna" in args
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE task_run SET args = ? WHERE id = ?", (args, run))
    bundle.make_bundle(bench.db, run, tmp_path / "a.crowddesk")
    (tmp_path / "opened").mkdir()
    db = bundle.open_bundle(tmp_path / "a.crowddesk", tmp_path / "opened")
    try:
        found = sorted(path.name for path in (tmp_path / "opened").rglob("*") if path.is_file())
        assert "template.html" in found
        assert "recorded.csv" not in found
        stored = db.get_task_run(str(run))["args"]
        assert "Anna" not in stored
        assert "seed" not in stored
    finally:
        db.close()


@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
@pytest.mark.parametrize("name", ["What?.csv", "10:30.csv", "aux.csv", ".items.csv", "i" * 220 + ".csv"])
def test_a_run_whose_data_are_called_as_not_everywhere_opens_with_them(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    bench.config(2)
    (bench.folder / "items.csv").rename(bench.folder / name)
    config = load_run(bench.folder / "run.yaml", [f"blueprint.data={name}"])
    bundle.make_bundle(bench.db, launch.create_run(bench.db, config), tmp_path / "a.crowddesk")
    (tmp_path / "opened").mkdir()
    with closing(bundle.open_bundle(tmp_path / "a.crowddesk", tmp_path / "opened")) as db:
        with db.read() as conn:
            (row,) = records.find(conn, "task_run")
        assert Path(launch.stored_config(db, row).blueprint.data).is_file()


def test_files_that_differ_only_in_capitals_are_two_everywhere(bench: Bench, tmp_path: Path) -> None:
    bench.config(2)
    (bench.folder / "gold").mkdir()
    (bench.folder / "gold" / "Items.csv").write_text("id,text,truth\ng,Gold.,yes\n", encoding="utf-8")
    gold = "task.gold={data: gold/Items.csv, field: answer, truth: truth}"
    config = load_run(bench.folder / "run.yaml", [gold])
    bundle.make_bundle(bench.db, launch.create_run(bench.db, config), tmp_path / "a.crowddesk")
    (tmp_path / "opened").mkdir()
    with closing(bundle.open_bundle(tmp_path / "a.crowddesk", tmp_path / "opened")) as db:
        with db.read() as conn:
            (row,) = records.find(conn, "task_run")
        stored = launch.stored_config(db, row)
    assert stored.task.gold is not None
    assert Path(stored.task.gold.data).read_text(encoding="utf-8").startswith("id,text,truth")
    assert Path(stored.blueprint.data).read_text(encoding="utf-8").startswith("id,text\n")


def test_a_cancelled_bundle_leaves_nothing(bench: Bench, run: int, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    def cancel(done: int, total: int) -> None:
        if done == total:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        bundle.make_bundle(bench.db, run, folder / "a.crowddesk", progress=cancel)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("a.zip", BadInput, r"a\.zip: a bundle's name ends in \.crowddesk"),
        ("no/a.crowddesk", BadInput, "does not exist"),
        ("a.crowddesk", NotFound, "There is no task run 99"),
    ],
)
def test_what_cannot_be_made_is_said(
    bench: Bench, tmp_path: Path, name: str, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        bundle.make_bundle(bench.db, 99, tmp_path / name)


# ------------------------------------------------------------------------------------------ hostile ones


@pytest.fixture(scope="module")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("bundled")
    db = open_workspace(folder / "workspace")
    try:
        (folder / "task.html").write_text('<input name="answer">', encoding="utf-8")
        (folder / "items.csv").write_text("id,text\n1,a\n2,b\n", encoding="utf-8")
        (folder / "run.yaml").write_text(RUN, encoding="utf-8")
        run = launch.create_run(db, load_run(folder / "run.yaml"))
        bundle.make_bundle(db, run, folder / "run.crowddesk")
    finally:
        db.close()
    return (folder / "run.crowddesk").read_bytes()


@pytest.fixture
def small(ready_made: bytes, tmp_path: Path) -> Path:
    """A bundle of two units that nobody has answered."""
    (tmp_path / "run.crowddesk").write_bytes(ready_made)
    return tmp_path / "run.crowddesk"


def refusal(path: Path, folder: Path) -> str:
    folder.mkdir()
    with pytest.raises(WorkspaceError) as refused:
        bundle.open_bundle(path, folder)
    return str(refused.value)


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_one_is_refused(small: Path, tmp_path: Path, keep: float) -> None:
    data = small.read_bytes()
    small.write_bytes(data[: int(len(data) * keep)])
    assert refusal(small, tmp_path / "x") == "run.crowddesk is damaged or was changed. Ask for it again."


def test_a_changed_byte_anywhere_is_refused_or_harmless(small: Path, tmp_path: Path) -> None:
    data, whole = small.read_bytes(), hashlib.sha256(parts_of(small)["crowddesk.sqlite"]).hexdigest()
    for number, at in enumerate(range(0, len(data), max(1, len(data) // 60))):
        small.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        folder = tmp_path / f"x{number}"
        folder.mkdir()
        with contextlib.suppress(WorkspaceError):  # what nobody reads may be anything
            bundle.unpack(small, folder)
            assert hashlib.sha256((folder / "crowddesk.sqlite").read_bytes()).hexdigest() == whole


@pytest.mark.parametrize(
    "name",
    ["../evil", "files/runs/../../../evil", "/evil", "C:\\evil", "files\\evil", "files/runs/a/con.txt",
     "files/runs/a/..", "files/runs/./a", "files/runs/a/b ", "files/runs/a:b"],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(small: Path, tmp_path: Path, name: str) -> None:
    write(small, {**parts_of(small), name: b"x"})
    assert "could lie outside of its folder" in refusal(small, tmp_path / "x")
    assert not list(tmp_path.rglob("evil"))


def test_a_link_is_refused(small: Path, tmp_path: Path) -> None:
    parts = parts_of(small)
    target = b"/etc/passwd"

    def add(manifest: dict[str, Any]) -> None:
        manifest["entries"].append(
            {"name": "files/runs/l", "bytes": len(target), "sha256": hashlib.sha256(target).hexdigest()}
        )

    write(small, parts, add)
    with zipfile.ZipFile(small, "a") as archive:
        entry = zipfile.ZipInfo("files/runs/l")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, target)
    assert "'files/runs/l' is no plain file" in refusal(small, tmp_path / "x")


def test_a_bomb_is_refused_before_it_is_unpacked(small: Path, tmp_path: Path) -> None:
    write(small, {**parts_of(small), "files/runs/bomb": bytes(100 << 20)})
    assert "would unpack to 104,857,600 bytes" in refusal(small, tmp_path / "x")
    assert list((tmp_path / "x").iterdir()) == []


def test_an_entry_that_lies_about_its_size_is_refused(small: Path, tmp_path: Path) -> None:
    write(small, {**parts_of(small), "files/runs/lie": bytes(1 << 20)})
    data = bytearray(small.read_bytes())
    at = data.rindex(b"files/runs/lie") - 46  # its line in the directory at the end
    struct.pack_into("<I", data, at + 24, 10)
    small.write_bytes(bytes(data))
    assert "damaged or was changed" in refusal(small, tmp_path / "x")


def test_a_disk_without_room_is_said(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _: type("D", (), {"free": 1_000})())
    assert "Make room and try again" in refusal(small, tmp_path / "x")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda m: m.update(schema="9999", program="CrowdDesk 99"),
            r"made by a newer CrowdDesk (CrowdDesk 99)",
        ),
        (lambda m: m.update(bundle=2), "made by a newer CrowdDesk"),
        (lambda m: m.update(schema="none"), "newer"),
        (lambda m: m.update(schema="0000"), "damaged"),
        (lambda m: m.pop("names"), "damaged"),
        (lambda m: m.update(bundle="1"), "is no bundle of a run"),
        (lambda m: m.update(entries=[]), "damaged"),
        (lambda m: m.update(entries=[1]), "damaged"),
        (lambda m: m["entries"][0].update(sha256="0" * 64), "damaged"),
        (lambda m: m["entries"][0].update(bytes=1), "damaged"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    small: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    write(small, parts_of(small), change)
    assert sentence in refusal(small, tmp_path / "x")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "damaged"), (b"plain text", "damaged"), (None, "cannot be opened")],
)
def test_what_is_no_bundle_is_said(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "a.crowddesk"
    if content is not None:
        path.write_bytes(content)
    assert sentence in refusal(path, tmp_path / "x")


def test_another_zip_file_is_no_bundle(tmp_path: Path) -> None:
    path = tmp_path / "a.crowddesk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(path, tmp_path / "x") == "a.crowddesk is no bundle of a run: it has no manifest."


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_another_packing_is_refused(small: Path, tmp_path: Path, packing: int) -> None:
    parts = parts_of(small)
    with zipfile.ZipFile(small, "w", packing) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert "is packed in an unknown way" in refusal(small, tmp_path / "x")


def edit(small: Path, statement: str, *values: Any) -> None:
    """Changes the bundle's database."""
    parts = parts_of(small)
    path = small.with_name("d.sqlite")
    path.write_bytes(parts["crowddesk.sqlite"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)
    write(small, {**parts, "crowddesk.sqlite": path.read_bytes()})


@pytest.mark.parametrize(
    "folder",
    ["/", "/etc", "..", "runs/..", "runs/../..", "runs/a/../../..", "C:\\", "runs", "runs/a\nb", b"runs/a"],
)
def test_a_run_whose_files_lie_elsewhere_is_refused(small: Path, tmp_path: Path, folder: str | bytes) -> None:
    edit(small, "UPDATE task_run SET folder = ?", folder)
    assert "which is outside of the bundle" in refusal(small, tmp_path / "x")


def with_args(small: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the arguments of the bundle's run."""
    path = small.with_name("a.sqlite")
    path.write_bytes(parts_of(small)["crowddesk.sqlite"])
    with closing(sqlite3.connect(path)) as connection:
        ((text,),) = connection.execute("SELECT args FROM task_run")
    args = yaml.safe_load(text)
    change(args)
    edit(small, "UPDATE task_run SET args = ?", yaml.safe_dump(args))


@pytest.mark.parametrize(
    "name",
    ["{here}", "../../../../secret.txt", "..\\secret.txt", "C:secret.txt", "\\\\server\\share\\a.html"],
)
@pytest.mark.parametrize(
    ("task_type", "place"),
    [
        ("static_html", ("blueprint", "template")), ("static_html", ("blueprint", "data")),
        ("form", ("blueprint", "form")), ("chat", ("blueprint", "intro_file")),
        ("chat", ("blueprint", "questions")), ("static_html", ("task", "onboarding", "page")),
        ("static_html", ("task", "gold", "data")), ("unknown", ("task", "screening", "data")),
        ("static_html", ("provider", "people")), ("static_html", ("provider", "replay", "file")),
    ],
)  # fmt: skip
def test_a_file_of_this_computer_is_never_shown(
    small: Path, tmp_path: Path, name: str, task_type: str, place: tuple[str, ...]
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    name = name.format(here=tmp_path / "secret.txt")

    def lead_out(args: dict[str, Any]) -> None:
        for part in place[:-1]:
            args[part] = args = dict(args.get(part) or {})
        args[place[-1]] = name

    with_args(small, lead_out)
    vendor = "inhouse" if "people" in place else "mock"
    edit(small, "UPDATE task_run SET task_type = ?, provider_type = ?", task_type, vendor)
    said = refusal(small, tmp_path / "x")
    assert said == (
        f"The bundle's run names the file {name[:80]!r}, which is outside of the bundle. It was not opened."
    )


@pytest.mark.parametrize(
    "planted",
    ["${oc.env:HOME}", "see ${oc.env:HOME} here", "${oc.decode:${oc.env:HOME}}", "${task.title}", "${"],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda args, text: args["blueprint"].update(template=text),
        lambda args, text: args["blueprint"].update(columns={"a": text}),
        lambda args, text: args["blueprint"].update(columns={text: "a"}),
        lambda args, text: args["task"].update(keywords=["a", text]),
        lambda args, text: args.update(other=[[{"deep": text}]]),
    ],
)
def test_nothing_of_this_computer_is_looked_up(
    small: Path, tmp_path: Path, planted: str, change: Callable[[dict[str, Any], str], None]
) -> None:
    with_args(small, lambda args: change(args, planted))
    assert re.search(
        r"^The bundle's run (asks this computer what '.*' stands for|has damaged arguments)\. It was not",
        refusal(small, tmp_path / "x"),
    )


@pytest.mark.parametrize(
    "args",
    [
        "a: &b [1]\nc: *b\n",
        "a: [",
        "[" * 5_000,
        "a: 1\na: 2\n",
        b"a: 1",
        "a: !!python/name:os.system x",
        "\0",
        "[a]",
    ],
)
def test_damaged_arguments_are_refused(small: Path, tmp_path: Path, args: str | bytes) -> None:
    edit(small, "UPDATE task_run SET args = ?", args)
    assert "has damaged arguments" in refusal(small, tmp_path / "x")


def test_arguments_that_stay_inside_are_fine(small: Path, tmp_path: Path) -> None:
    def change(args: dict[str, Any]) -> None:
        args["task"].update(description="Cost: $5 {a} at /etc/passwd or ..\\x", title="/etc/passwd")
        args["blueprint"].update(template="./template.html", columns={"data": "/etc/passwd"})

    with_args(small, change)
    (tmp_path / "x").mkdir()
    bundle.open_bundle(small, tmp_path / "x").close()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON unit BEGIN DELETE FROM unit; END", "holds 'evil'"),
        ("CREATE VIEW evil AS SELECT 1", "holds 'evil'"),
        ("CREATE VIRTUAL TABLE evil USING fts5(a)", "holds 'evil'"),
        (None, "damaged"),
    ],
)
def test_a_database_with_more_than_tables_is_refused(
    small: Path, tmp_path: Path, statement: str | None, sentence: str
) -> None:
    parts = parts_of(small)
    path = tmp_path / "d.sqlite"
    path.write_bytes(parts["crowddesk.sqlite"])
    if statement is None:
        path.write_bytes(b"no database at all" * 100)
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
    write(small, {**parts, "crowddesk.sqlite": path.read_bytes()})
    assert sentence in refusal(small, tmp_path / "x")


def test_one_of_an_older_program_is_brought_forward(small: Path, tmp_path: Path) -> None:
    parts = parts_of(small)
    path = tmp_path / "d.sqlite"
    path.write_bytes(parts["crowddesk.sqlite"])
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("identity", "note", "tag", "reason", "second_look", "appeal", "mask", "saved_view"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("DROP INDEX ix_worker_identity")
        connection.execute("ALTER TABLE worker DROP COLUMN identity_id")
        connection.execute("UPDATE workspace SET schema_version = '0003'")
    write(small, {**parts, "crowddesk.sqlite": path.read_bytes()}, lambda m: m.update(schema="0003"))
    (tmp_path / "x").mkdir()
    db = bundle.open_bundle(small, tmp_path / "x")
    try:
        with db.read() as conn:
            assert UNITS.count(conn) == 2
    finally:
        db.close()


def test_a_zip_of_overlapping_files_is_refused(small: Path, tmp_path: Path) -> None:
    parts = parts_of(small)
    write(small, {**parts, "files/runs/a": b"x" * 5_000, "files/runs/b": b"x" * 5_000})
    data = bytearray(small.read_bytes())
    end = io.BytesIO(bytes(data))
    with zipfile.ZipFile(end) as archive:
        first = archive.getinfo("crowddesk.sqlite")
    for name in (b"files/runs/a", b"files/runs/b"):
        at = data.rindex(name) - 46
        struct.pack_into("<I", data, at + 20, first.compress_size)
        struct.pack_into("<I", data, at + 42, first.header_offset)
    small.write_bytes(bytes(data))
    refusal(small, tmp_path / "x")
