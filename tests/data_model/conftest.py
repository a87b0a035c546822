"""A workspace with an account at the smallest vendor there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.testing import make_run, make_workspace, use_provider
from tests.data_model.plain import Desk, PlainProvider


@pytest.fixture
def db(workspace_path: Path) -> Iterator[CrowdDatabase]:
    with use_provider(PlainProvider):
        db = make_workspace(workspace_path)
        yield db
        db.close()


@pytest.fixture
def desk(db: CrowdDatabase) -> Desk:
    return Desk(db, make_run)
