"""`inhouse`: one's own people, before whom the task server puts a run, and who are paid by hand."""

from crowddesk.providers.inhouse.provider import InhouseProvider

__all__ = ["InhouseProvider"]
