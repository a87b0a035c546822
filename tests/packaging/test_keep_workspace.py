"""A release leaves a small workspace, made with its own command line, for those to come."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from crowddesk import __version__
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import doctor, journal
from tests import kept
from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
@pytest.mark.timeout(600)
def test_this_versions_is_made_and_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed, beside = load("keep_workspace").keep(ROOT, "next", tmp_path)
    assert packed.stat().st_size < 60_000
    said = json.loads(beside.read_text(encoding="utf-8"))
    assert said["version"] == f"crowddesk {__version__}"
    assert {action["status"] for action in said["actions"]} >= {"done", "staged"}
    assert {unit["status"] for unit in said["units"]} >= {"accepted", "rejected", "soft_rejected", "created"}
    monkeypatch.setattr(kept, "WORKSPACES", tmp_path)
    db = open_workspace(kept.unpack("next", tmp_path / "workspace"))
    try:
        assert doctor.check(db) == []
        with db.read() as conn:
            assert journal.verify(conn, said["journal_head"]).ok
    finally:
        db.close()


def test_a_version_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)nonsense ended with 2: .*No such command"):
        load("keep_workspace").Version(ROOT, tmp_path)("nonsense")


@pytest.mark.parametrize("name", kept.NAMES)
def test_each_kept_one_is_small_whole_and_listed(name: str, tmp_path: Path) -> None:
    packed = kept.WORKSPACES / f"{name}.tar.xz"
    assert packed.stat().st_size < 60_000
    with tarfile.open(packed) as archive:
        names = archive.getnames()
        assert all(entry.isfile() and entry.uname == "" for entry in archive.getmembers())
    assert "crowddesk.sqlite" in names
    assert "providers/mock/market.sqlite" in names
    assert not [entry for entry in names if entry.endswith((".lock", "-wal", "-shm"))]
    assert f"`{name}`" in (kept.WORKSPACES / "README.md").read_text(encoding="utf-8")
    assert str(ROOT) not in (kept.WORKSPACES / f"{name}.json").read_text(encoding="utf-8")
    assert kept.unpack(name, tmp_path / "w").is_dir()
