"""The one thread through which the task server reads and writes the database, many requests a transaction.

The server's loop runs no SQL. It hands functions over and awaits their results; whatever waits is done in one
transaction, and a result is told after the commit.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crowddesk.domain import Cancelled

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase

logger = logging.getLogger(__name__)
_T = TypeVar("_T")

#: More than this in one transaction makes the first of them wait without making the last any faster.
_MOST_AT_ONCE: Final = 64


@dataclass(slots=True, eq=False)
class _Task:
    work: Callable[[], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    apart: bool


class Writer:
    """Runs functions in the order in which they came. `run` is the body of its thread."""

    def __init__(self, db: CrowdDatabase) -> None:
        self._db = db
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._stopped = False

    def ask(self, work: Callable[[], _T]) -> asyncio.Future[_T]:
        """Runs `work` inside a write transaction that it may share with others; from the loop.

        If any of them raises, nothing of that transaction stays, and each is run again alone. So `work` may
        run twice, and must keep nothing in memory that the database does not confirm.
        """
        return self._put(work, apart=False)

    def ask_apart(self, work: Callable[[], _T]) -> asyncio.Future[_T]:
        """Runs `work` outside any transaction, for what only reads or touches files; from the loop."""
        return self._put(work, apart=True)

    def stop(self) -> None:
        """Does what waits and ends `run`; later questions are answered by `Cancelled`. Any thread."""
        with self._lock:
            self._stopped = True
            self._queue.put(None)

    def run(self) -> None:
        """The body of the writer's thread; returns after `stop`."""
        while True:
            batch = self._take()
            for apart, tasks in itertools.groupby((t for t in batch if t is not None), lambda t: t.apart):
                if apart:
                    for task in tasks:
                        self._tell([(task, _result_of(task.work))])
                else:
                    self._tell(self._write(list(tasks)))
            if None in batch:
                return

    # -------------------------------------------------------------------------------------- inside

    def _put(self, work: Callable[[], _T], *, apart: bool) -> asyncio.Future[_T]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        with self._lock:
            if self._stopped:
                future.set_exception(Cancelled("The task server is being stopped."))
            else:
                self._queue.put(_Task(work, future, loop, apart))
        return future

    def _take(self) -> list[_Task | None]:
        batch = [self._queue.get()]
        while batch[-1] is not None and len(batch) < _MOST_AT_ONCE:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return batch

    def _write(self, tasks: Sequence[_Task]) -> list[tuple[_Task, Any]]:
        try:
            with self._db.write():
                results = [task.work() for task in tasks]
        except Exception as error:  # whatever one of them raises is for whoever asked
            if len(tasks) == 1:
                return [(tasks[0], _Raised(error))]
            logger.info("A transaction of %d is done again one by one: %s", len(tasks), error)
            return [pair for task in tasks for pair in self._write([task])]
        return list(zip(tasks, results, strict=True))

    def _tell(self, outcomes: Sequence[tuple[_Task, Any]]) -> None:
        for loop, group in itertools.groupby(outcomes, lambda pair: pair[0].loop):
            try:
                loop.call_soon_threadsafe(_resolve, list(group))
            except RuntimeError:  # the loop has ended: nobody waits any more
                logger.debug("A result came after the server had ended")


@dataclass(slots=True)
class _Raised:
    error: Exception


def _result_of(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:  # for whoever asked
        return _Raised(error)


def _resolve(outcomes: Sequence[tuple[_Task, Any]]) -> None:
    for task, result in outcomes:
        if task.future.done():  # whoever asked has gone
            continue
        if isinstance(result, _Raised):
            task.future.set_exception(result.error)
        else:
            task.future.set_result(result)
