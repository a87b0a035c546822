"""What was decided about one's own people and what they are owed. Nobody outside is told: this is the record.

One entry an action, under the action's id, in the shared database: a decision that is performed twice is
found the second time and counts once. Money in minor units. Every function may be called from any thread but
the GUI's; those that write join an open write block.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase, ProviderStore
from crowddesk.domain import ActionKind, NotFound, VendorRefused
from crowddesk.language import say
from crowddesk.store import ledger

PROVIDER_TYPE: Final = "inhouse"
_ENTRY: Final = "done/"
#: Entries that say that a unit's pay is owed.
_PAYS: Final = frozenset({ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.UNREJECT})

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Owed:
    """What one person is owed in one currency: pay of approved units, and bonuses, in minor units."""

    worker_id: str
    worker_name: str
    units: int
    pay: int
    bonuses: int
    currency: str

    @property
    def total(self) -> int:
        return self.pay + self.bonuses


def store_of(db: CrowdDatabase) -> ProviderStore:
    """The rows of this vendor in the shared database."""
    store: ProviderStore = db.get_datastore_for_provider(PROVIDER_TYPE)
    return store


class Entries:
    """What is on record of one run, by the action's id and by unit."""

    def __init__(self, entries: Mapping[str, Entry] | None = None) -> None:
        self._by_action: dict[str, Entry] = {}
        self._decided: dict[str, set[str]] = {}
        for action_id, entry in (entries or {}).items():
            self.add(action_id, entry)

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._by_action

    def add(self, action_id: str, entry: Entry) -> None:
        self._by_action[action_id] = entry
        if entry["unit"] is not None:
            self._decided.setdefault(entry["unit"], set()).add(entry["kind"])

    def all(self) -> Collection[Entry]:
        return self._by_action.values()

    def decided(self, unit_id: str) -> Set[str]:
        """The kinds of what was decided on a unit; bonuses for it are among them."""
        return self._decided.get(unit_id, set())


class PayList:
    """The entries of a workspace, by run and action."""

    def __init__(self, db: CrowdDatabase) -> None:
        self._db = db
        self._store = store_of(db)

    def of_run(self, run_id: str | None) -> Entries:
        """The entries of one run, or of what belongs to no run."""
        prefix = _prefix(run_id)
        rows = self._store.all(prefix).items()
        return Entries({name.removeprefix(prefix): entry for name, entry in rows})

    def all(self) -> Collection[Entry]:
        """Every entry of every run."""
        return self._store.all(_ENTRY).values()

    def note(
        self,
        known: Entries,
        action_id: str,
        kind: str,
        *,
        run_id: str | None,
        requester_id: str,
        unit_id: str | None = None,
        worker_id: str | None = None,
        amount: int = 0,
        currency: str = "",
        reason: str = "",
    ) -> None:
        """Adds an entry, to `known` too, which is what `of_run` gave in the same write block."""
        with self._db.write() as w:
            entry = {
                "kind": kind, "requester": requester_id, "unit": unit_id, "worker": worker_id,
                "amount": amount, "currency": currency, "reason": reason, "at": w.at.isoformat(),
            }  # fmt: skip
            self._store.set(_prefix(run_id) + action_id, entry)
        known.add(action_id, entry)

    def settle(self, known: Entries, action_id: str, kind: str, unit_id: str, reason: str = "") -> None:
        """Approves, softly rejects, rejects or un-rejects the work on a unit, once by the action's id.

        Raises VendorRefused where nobody has worked on the unit, or it was decided otherwise before.
        """
        if action_id in known:
            return
        with self._db.write() as w:
            unit = ledger.units_by_id(w.conn, [_number(unit_id)]).get(_number(unit_id))
            if unit is None:
                raise VendorRefused(say("There is no unit {unit_id}.", unit_id=unit_id))
            if unit["worker_id"] is None:
                raise VendorRefused(
                    say("Nobody has worked on unit {unit_id}, so it cannot be judged.", unit_id=unit_id)
                )
            before = known.decided(unit_id)
            if not before.isdisjoint(_PAYS):
                raise VendorRefused(say("Unit {unit_id} is on the pay list already.", unit_id=unit_id))
            if ActionKind.REJECT in before and kind != ActionKind.UNREJECT:
                raise VendorRefused(
                    say(
                        "Unit {unit_id} was rejected before: take the rejection back instead.",
                        unit_id=unit_id,
                    )
                )
            if kind == ActionKind.UNREJECT and ActionKind.REJECT not in before:
                raise VendorRefused(
                    say("Unit {unit_id} was not rejected, so there is nothing to take back.", unit_id=unit_id)
                )
            self.note(
                known,
                action_id,
                kind,
                run_id=str(unit["task_run_id"]),
                requester_id=str(unit["requester_id"]),
                unit_id=unit_id,
                worker_id=str(unit["worker_id"]),
                amount=unit["pay_minor"] if kind in _PAYS else 0,
                currency=unit["currency"],
                reason=reason,
            )

    def owed(self, run_id: str | None = None) -> list[Owed]:
        """Who is owed what, of one run or of all, by name. NotFound for a run that there is not."""
        if run_id is not None:
            self._db.get_task_run(run_id)
        entries = self.all() if run_id is None else self.of_run(run_id).all()
        sums: dict[tuple[str, str], list[int]] = {}
        for entry in entries:
            is_bonus = entry["kind"] == ActionKind.BONUS
            if not is_bonus and entry["kind"] not in _PAYS:
                continue
            counts = sums.setdefault((entry["worker"], entry["currency"]), [0, 0, 0])
            counts[0] += not is_bonus
            counts[2 if is_bonus else 1] += entry["amount"]
        found = [
            Owed(worker, self._name_of(worker), units, pay, bonuses, currency)
            for (worker, currency), (units, pay, bonuses) in sums.items()
        ]
        return sorted(found, key=lambda owed: (owed.worker_name.casefold(), owed.currency))

    def bonuses_of(self, requester_id: str) -> int:
        """Bonuses that an account owes or has paid, over all its runs."""
        mine = (e for e in self.all() if e["requester"] == requester_id and e["kind"] == ActionKind.BONUS)
        return sum(entry["amount"] for entry in mine)

    def _name_of(self, worker_id: str) -> str:
        try:
            name: str = self._db.get_worker(worker_id)["worker_name"]
        except NotFound:
            return f"worker {worker_id}"
        return name


def _prefix(run_id: str | None) -> str:
    return f"{_ENTRY}{run_id or '-'}/"


def _number(unit_id: str) -> int:
    """A unit's id as the database knows it; 0, which no unit has, for any other text."""
    return int(unit_id) if unit_id.isascii() and unit_id.isdigit() and len(unit_id) < 19 else 0
