"""Who a page speaks for: signed by the run's secret, so nothing is stored and a restart changes nothing."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

_SESSION: Final = re.compile(r"([0-9]{1,18})\.([A-Za-z0-9_-]{22})\.([0-9a-f]{64})")
_NONCE_BYTES: Final = 16


def new_session(secret: bytes, worker_id: str) -> str:
    """A session for a worker of the run whose secret it is."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return f"{worker_id}.{nonce}.{_sign(secret, 'session', worker_id, nonce)}"


def worker_of(secret: bytes, session: str) -> str | None:
    """The worker of a session, None unless this run's secret signed it. Takes any text."""
    found = _SESSION.fullmatch(session)
    if found is None:
        return None
    worker_id, nonce, signature = found.groups()
    right = _sign(secret, "session", worker_id, nonce)
    return worker_id if hmac.compare_digest(right, signature) else None


def frame_key(secret: bytes, agent_id: str, worker_id: str) -> str:
    """What stands in the address of an agent's frame, because a frame can send no session."""
    return _sign(secret, "frame", agent_id, worker_id)


def is_same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that says nothing about where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _sign(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
