"""What may be searched for, said on the command line, and where a search is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowddesk.store.search import FIELDS
from tests.cli.conftest import Desk


@pytest.fixture
def desk(tmp_path: Path, workspace_path: Path) -> Desk:
    return Desk(tmp_path, workspace_path)


def test_every_field_of_every_list_is_explained(desk: Desk) -> None:
    for noun, fields in FIELDS.items():
        said = desk.run("search-help", noun).stdout
        assert all(f"{name}:" in said for name in fields)
        assert "-status:accepted" in said
    assert desk.run("search-help").stdout == desk.run("search-help", "units").stdout
    assert "There is no list of elephants." in desk.run("search-help", "elephants", code=2).stderr


def test_a_wrong_word_is_marked_where_it_stands(desk: Desk) -> None:
    said = desk.run("units", "--where", "worker:A1 statu:completed", code=2).stderr
    assert "Did you mean status:?" in said
    assert "  worker:A1 statu:completed\n            ^^^^^^\n" in said
