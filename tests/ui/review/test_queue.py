"""Where a reviewer stands: what is passed stays, what is ahead may be ordered anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crowddesk.ui.review.queue import ReviewQueue


def queue_of(*ids: int, current: int | None = None) -> ReviewQueue:
    made = ReviewQueue()
    made.load(ids, current)
    return made


def test_deciding_goes_on_to_the_next_open_one():
    queue = queue_of(1, 2, 3, 4)
    queue.decide([1])
    queue.leave([2])
    assert queue.advance() == 3
    assert (queue.done, queue.total, queue.open_count) == (1, 3, 2)
    queue.decide([3])
    assert queue.advance() == 4
    queue.decide([4])
    assert queue.advance() is None
    assert (queue.done, queue.total, queue.open_count) == (3, 3, 0)


def test_what_was_skipped_is_found_again():
    queue = queue_of(1, 2, 3)
    queue.advance()
    queue.decide([2])
    queue.advance()
    assert queue.advance() is None
    assert queue.open_count == 2
    assert queue.first_open() == 1


def test_another_order_leaves_what_is_shown_where_it_is():
    queue = queue_of(1, 2, 3, 4, 5)
    queue.decide([1])
    queue.advance()
    queue.reorder([5, 4, 3, 2, 1])
    assert queue.current == 2
    assert queue.ahead(9) == [5, 4, 3]
    assert queue.behind(9) == [1]


def test_what_nobody_has_seen_is_ordered_whole_and_begins_with_the_first_that_waits():
    queue = queue_of(1, 2, 3, 4)
    queue.leave([4])
    queue.decide([1])
    queue.reorder([4, 3, 1], from_start=True)
    assert queue.current == 3
    assert queue.ahead(9) == [2]
    queue.reorder([], from_start=True)
    assert queue.current == 3


def test_new_ones_come_last_and_those_that_had_gone_come_back():
    queue = queue_of(1, 2)
    queue.leave([2])
    assert queue.join([1, 2, 3]) == 2
    assert queue.ahead(9) == [2, 3]


def test_steps_pass_over_what_another_desk_decided():
    queue = queue_of(1, 2, 3)
    queue.leave([2])
    assert queue.step(1) == 3
    assert queue.step(1) == 3
    assert queue.step(-1) == 1
    assert queue.step(-1) == 1


def test_units_that_are_looked_at_again_stand_before_the_current_one():
    queue = queue_of(1, 2, 3)
    queue.advance()
    queue.insert([9, 3, 8, 9])
    assert queue.current == 2
    assert queue.go(9)
    assert queue.advance() == 8
    assert queue.advance() == 2
    assert queue.ahead(9) == [3]
    assert not queue.go(77)


def test_a_page_of_cards_holds_open_ones_only():
    queue = queue_of(1, 2, 3, 4, 5)
    queue.decide([2])
    assert queue.page(3) == [1, 3, 4]
    queue.decide([1])
    assert queue.page(2) == [3, 4]


def test_an_empty_queue_has_no_place():
    queue = queue_of()
    assert queue.current is None
    assert queue.advance() is None
    assert queue.step(1) is None
    assert (queue.total, queue.page(5), queue.ahead(3), queue.behind(3)) == (0, [], [], [])


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "reopen", "leave", "advance", "back", "join", "insert", "order"]),
        st.integers(1, 8),
    ),
    max_size=40,
)


@given(ACTS)
def test_counts_and_places_hold_whatever_is_done(acts):
    queue = queue_of(*range(1, 6))
    for act, unit in acts:
        match act:
            case "decide":
                queue.decide([unit])
            case "reopen":
                queue.reopen([unit])
            case "leave":
                queue.leave([unit])
            case "advance":
                queue.advance()
            case "back":
                queue.step(-1)
            case "join":
                queue.join([unit])
            case "insert":
                before = queue.current
                queue.insert([unit, unit + 1])
                assert queue.current == before
                assert unit in queue
            case "order":
                before = queue.current
                queue.reorder(list(range(unit, 0, -1)))
                assert queue.current == before
        opened = queue.open_ids()
        assert len(opened) == queue.open_count == len(set(opened))
        assert queue.done + queue.open_count == queue.total
        current = queue.current
        assert current is None or current in queue
        assert current not in queue.ahead(20)
