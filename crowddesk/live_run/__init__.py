"""The live side of a run: who may work, which unit they get, the live agents and what they send."""

from crowddesk.domain import Work
from crowddesk.live_run.pool import Offer, Receipt, WorkerPool
from crowddesk.live_run.run import ClientChannel, LiveTaskRun, SilentChannel

__all__ = ["ClientChannel", "LiveTaskRun", "Offer", "Receipt", "SilentChannel", "Work", "WorkerPool"]
