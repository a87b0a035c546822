"""A colleague at a piece of work."""

from crowddesk.blueprints.base import AgentState
from crowddesk.data_model.agent import Agent

PROVIDER_TYPE = "outside"


class OutsideAgent(Agent):
    def __init__(self, db, db_id, row=None, _used_new_call=False):
        super().__init__(db, db_id, row=row, _used_new_call=_used_new_call)
        self.datastore = db.get_datastore_for_provider(PROVIDER_TYPE)

    def approve_work(self):
        if self.get_status() == AgentState.STATUS_APPROVED:
            return
        unit = self.get_unit()
        paid, message = self.datastore.pay(unit.requester_id, self.worker_id, unit.pay_amount, "work")
        if not paid:
            raise RuntimeError(message)
        self.update_status(AgentState.STATUS_APPROVED)

    def reject_work(self, reason):
        self.update_status(AgentState.STATUS_REJECTED)

    def mark_done(self):
        if self.get_status() not in AgentState.complete():
            self.update_status(AgentState.STATUS_COMPLETED)

    @classmethod
    def new_from_provider_data(cls, db, worker, unit, provider_data):
        agent = super().new_from_provider_data(db, worker, unit, provider_data)
        agent.datastore.write(
            "INSERT INTO stays VALUES (?, ?, ?)", agent.db_id, unit.db_id, provider_data.get("assignment_id")
        )
        return agent

    @staticmethod
    def new(db, worker, unit):
        return OutsideAgent._register_agent(db, worker, unit, PROVIDER_TYPE)
