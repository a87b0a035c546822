"""How every command begins and ends: the workspace, progress on a terminal, errors in words, exit codes.

0 is done, 1 refused or failed, 2 wrong usage; 128 and the signal's number when a signal ended it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import typer

from crowddesk import paths
from crowddesk.domain import BadInput, Cancelled, CrowdDeskError, now

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.lane_work import Step
    from crowddesk.taskserver import ServerState

P = ParamSpec("P")

FAILED, WRONG_USAGE = 1, 2
_MOST_FAULTS = 20


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a command like Ctrl+C does."""


class Place:
    """The workspace of this process's command; known once the options are read."""

    folder: Path | None = None


def workspace_folder(named: Path | None) -> Path:
    """The folder that `--workspace`, before or after the command, or the environment names."""
    if named is not None:
        Place.folder = named.expanduser().absolute()
    elif Place.folder is None:
        Place.folder = paths.default_workspace()
    return Place.folder


@contextlib.contextmanager
def workspace(named: Path | None) -> Iterator[CrowdDatabase]:
    """The open workspace, closed at the end."""
    from crowddesk.operations.workspace import open_workspace

    db = open_workspace(workspace_folder(named))
    try:
        yield db
    finally:
        db.close()


def say(text: str) -> None:
    """A sentence for a person; never mixed into what a program reads."""
    clear_progress()
    sys.stderr.write(text + "\n")


def fail(text: str, code: int = FAILED) -> NoReturn:
    """Ends the command with a sentence."""
    say(text)
    raise typer.Exit(code)


_shown = ""


def progress(text: str) -> None:
    """One line that is written over, on a terminal only."""
    global _shown
    if not sys.stderr.isatty() or text == _shown:
        return
    sys.stderr.write("\r" + text + " " * max(0, len(_shown) - len(text)))
    sys.stderr.flush()
    _shown = text


def clear_progress() -> None:
    """Takes the line away."""
    global _shown
    if _shown:
        sys.stderr.write("\r" + " " * len(_shown) + "\r")
        _shown = ""


def command(function: Callable[P, None]) -> Callable[P, None]:
    """A command whose errors are sentences and whose end is an exit code."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt as error:
            number = signal.SIGTERM if isinstance(error, _Terminated) else signal.SIGINT
            say("Stopped. What was stored stands.")
            raise typer.Exit(128 + number) from None
        except BrokenPipeError:
            # Who read the output has gone; Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(128 + 13) from None
        except Cancelled as error:
            fail(str(error))
        except BadInput as error:
            _say_all_faults(error)
            raise typer.Exit(WRONG_USAGE) from None
        except CrowdDeskError as error:
            fail(str(error))
        except Exception as error:  # a fault of the program: its traceback goes to a file
            fail(_unexpected(error))
        finally:
            clear_progress()

    return run


def _say_all_faults(error: BadInput) -> None:
    """A sentence, and the first of the other faults where a file has several."""
    from crowddesk.store.search import BadSearch

    say(str(error))
    if isinstance(error, BadSearch):  # the wrong word is marked
        for line in error.details.splitlines():
            say(f"  {line}")
        return
    first, *others = error.details.splitlines() or [""]
    if not first or not str(error).startswith(first):
        return  # the details are no list of faults
    for line in others[:_MOST_FAULTS]:
        say(f"  {line}")
    if len(others) > _MOST_FAULTS:
        say(f"  and {len(others) - _MOST_FAULTS:,} more")


def _unexpected(error: Exception) -> str:
    text = "".join(traceback.format_exception(error))
    said = (str(error).splitlines() or [""])[0]
    sentence = f"CrowdDesk failed unexpectedly ({type(error).__name__}: {said})."
    name = f"crash-{now():%Y%m%d-%H%M%S-%f}.txt"
    for folder in (Place.folder and Place.folder / "logs", Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return f"{sentence} The details are in {folder / name}."
    return f"{sentence}\n{text}"


def listen_to_sigterm() -> None:
    """Lets SIGTERM end a command the way Ctrl+C does."""

    def end(number: int, frame: object) -> NoReturn:
        raise _Terminated

    signal.signal(signal.SIGTERM, end)


def work_until(
    db: CrowdDatabase,
    requester_ids: Sequence[int],
    look: Callable[[], bool],
    goes_on: str,
    served: Callable[[ServerState], None] | None = None,
) -> None:
    """Runs lanes until `look()` is true; a signal ends the command with `goes_on`, how to carry on.

    `served` hears of every new state of the task server.
    """
    from crowddesk.cli.accounts import unlock_if_needed
    from crowddesk.lanes import drive

    unlock_if_needed(db)
    notes: dict[int, str] = {}

    def hear(requester_id: int, step: Step) -> None:
        if step.note and notes.get(requester_id) != step.note:
            say(f"{step.note[:1].upper()}{step.note[1:]}.".replace("..", "."))
        notes[requester_id] = step.note

    number = drive(db, requester_ids, look, hear, served)
    if number is not None:
        say(f"Stopped. Nothing is lost; it goes on with: {goes_on}")
        raise typer.Exit(128 + number)


def choose(question: str, yes: bool) -> None:
    """Asks on a terminal; without one `--yes` must have said so."""
    if yes:
        return
    if not sys.stdin.isatty():
        fail(f"{question} Nobody is here to answer: say --yes.", WRONG_USAGE)
    if not typer.confirm(question, err=True):
        fail("Nothing was recorded.")


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 unit", "8,000 units"; `plural` where an s is not all."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
