"""The vendors that come with CrowdDesk, each in its own folder, and the interface they share."""
