"""Sessions and frame keys: only the run's secret makes one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crowddesk.taskserver.sessions import frame_key, is_same, new_session, worker_of

SECRET, OTHER = b"s" * 32, b"t" * 32


def test_a_session_names_its_worker_and_is_new_each_time() -> None:
    one, two = new_session(SECRET, "12"), new_session(SECRET, "12")
    assert one != two
    assert worker_of(SECRET, one) == worker_of(SECRET, two) == "12"


def test_another_run_s_session_is_none() -> None:
    assert worker_of(OTHER, new_session(SECRET, "12")) is None


def test_no_part_of_a_session_can_be_changed() -> None:
    session = new_session(SECRET, "12")
    for place, letter in enumerate(session):
        for other in "0aA.-":
            if other != letter:
                assert worker_of(SECRET, session[:place] + other + session[place + 1 :]) is None


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert worker_of(SECRET, text) is None
    assert worker_of(SECRET, f"1.{'A' * 22}.{text}") is None


def test_a_frame_key_is_one_agent_s_and_one_worker_s() -> None:
    keys = {frame_key(s, a, w) for s in (SECRET, OTHER) for a in ("1", "11") for w in ("1", "11")}
    assert len(keys) == 8
    assert all(len(key) == 64 for key in keys)
    assert frame_key(SECRET, "1", "11") != frame_key(SECRET, "11", "1")


def test_texts_are_compared_whole() -> None:
    assert is_same("ä", "ä")
    assert not is_same("ä", "a")
    assert not is_same("a", "aa")
