"""What the task server says about itself to whoever shows it: values only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServedRun:
    """One run that the server puts before people, or tries to.

    `url` is the link for workers. `reach` is "this computer", "local network" or "public"; `address` is where
    this computer listens, as host:port, which is what a proxy passes requests on to. `note` is a sentence
    when it cannot listen. `visitors` are the people whose page is open now.
    """

    run_id: int
    url: str
    reach: str
    address: str
    listening: bool
    note: str = ""
    visitors: int = 0


@dataclass(frozen=True, slots=True)
class ServerState:
    """All runs that are served, by their id."""

    runs: tuple[ServedRun, ...] = ()

    def of(self, run_id: int) -> ServedRun | None:
        """The run of that id, None when it is not served."""
        return next((run for run in self.runs if run.run_id == run_id), None)
