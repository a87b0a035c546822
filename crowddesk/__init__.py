"""CrowdDesk: launch tasks to a crowd, watch the work arrive, review it, pay for it and export it."""

__version__ = "0.1.0"
