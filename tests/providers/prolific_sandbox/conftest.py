"""The sandbox that a test talks to, and the researcher who does."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crowddesk.providers.prolific_sandbox.books import Terms
from tests.providers.prolific_sandbox.open_sandbox import Desk, in_thread


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A researcher with 10,000.00 at an empty sandbox that takes 33.3 % and 20 % tax on it."""
    terms = Terms(lag=0.5, fee_percent=Decimal("33.3"), vat_percent=Decimal(20))
    with in_thread(tmp_path / "sandbox.sqlite", terms) as address:
        desk = Desk(address)
        yield desk
        desk.close()
