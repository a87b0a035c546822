"""A researcher at a sandbox, seen by the provider's own client; all that it sends is as documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.providers.prolific import client as client_module
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific_sandbox.books import Terms
from tests.keychain import MemoryKeyring, own_vault
from tests.providers.prolific.bench import Bench
from tests.providers.prolific.documented import Documented, Sent
from tests.providers.prolific.purse import Purse
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
def sent() -> Iterator[Sent]:
    """Every request of the test's clients; at its end none may depart from the vendor's document."""
    sent = Sent()
    yield sent
    assert sent.departures == []


@pytest.fixture
def client(sandbox: Desk, sent: Sent) -> Iterator[ProlificClient]:
    found = ProlificClient(TOKEN, sandbox.address, transport=Documented(sent))
    yield found
    found.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[CrowdDatabase]:
    found = CrowdDatabase(tmp_path / "workspace")
    yield found
    found.close()


@pytest.fixture
def purse(sandbox: Desk, client: ProlificClient, db: CrowdDatabase) -> Callable[[int], Purse]:
    return lambda people: Purse(sandbox, client, db, people)


@pytest.fixture
def bench(sandbox: Desk, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The provider itself, with a workspace and an account at the sandbox; its reads do not wait."""

    class Quick(ProlificClient):
        def __init__(self, token: str, address: str) -> None:
            super().__init__(token, address, transport=Documented(sent), pause=lambda seconds: None)

    monkeypatch.setattr(client_module, "ProlificClient", Quick)
    monkeypatch.setattr(ProlificRequester, "ADDRESS", sandbox.address)
    with own_vault(tmp_path / "config", MemoryKeyring()):
        bench = Bench(tmp_path / "workspace", sandbox, sent)
        yield bench
        bench.close()
