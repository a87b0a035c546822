"""A researcher with a study at a sandbox, seen by the provider's own client."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific_sandbox.books import Terms
from tests.providers.prolific_sandbox.open_sandbox import TOKEN, Desk, in_thread


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Desk]:
    """A sandbox that takes 33.3 % of everything and does at once what it promises."""
    terms = Terms(lag=0.05, fee_percent=Decimal("33.3"), vat_percent=Decimal(0))
    with in_thread(tmp_path / "sandbox.sqlite", terms) as address:
        desk = Desk(address)
        yield desk
        desk.close()


@pytest.fixture
def client(sandbox: Desk) -> Iterator[ProlificClient]:
    found = ProlificClient(TOKEN, sandbox.address)
    yield found
    found.close()
