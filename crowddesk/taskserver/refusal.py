"""How the server says no to a page: a status of HTTP and a sentence for the worker."""

from __future__ import annotations


class Refusal(Exception):
    """A request that is not done. Raised on the loop; verbs of a run return it, so that nothing rolls back.

    `retry_after` is in seconds, 0 for none.
    """

    def __init__(self, status: int, sentence: str, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.retry_after = retry_after


def not_found() -> Refusal:
    """One answer for everything that there is not, so that it tells nothing about what there is."""
    return Refusal(404, "There is nothing at this address. Check the link that you were given.")


def gone() -> Refusal:
    """The worker does not have this unit, or not any more."""
    return Refusal(409, "This piece of work is not yours any more.")
