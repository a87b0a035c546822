"""What the build and the module of each system say to each other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

#: A program that asks for no screen, no network and nothing of the person's is done with itself long before.
SELF_TEST_S = 160
#: So much later whoever waits for it gives up: it ends itself, and what it started, and says where it hung.
SELF_TEST_MARGIN_S = 20
#: What is left out of what people install on purpose; a self-test names whatever is not there.
_LEFT_OUT = ("export parquet",)


class BuildFailed(Exception):
    """A step that did not do what it should; the sentence says which, and `details` what was printed."""

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.details = details


@dataclass(frozen=True)
class Build:
    """One run of the build for one system. The folders exist."""

    version: str
    system: str
    #: The checkout.
    root: Path
    #: build/<system>: empty at the start; whatever is on the way may be put there.
    work: Path
    #: dist: what is given to people goes there, and nothing else.
    dist: Path
    #: CrowdDesk's own wheel, with its resources in `crowddesk/_resources` and its entry points.
    wheel: Path
    #: Seconds since 1970: every time that is written into a file is this one (SOURCE_DATE_EPOCH).
    epoch: int


class System(Protocol):
    """`packaging/<system>/installers.py` has these functions at its top level."""

    @staticmethod
    def lacks() -> list[str]:
        """What this machine lacks to build for the system, a sentence each; build.py ends with them."""
        ...

    @staticmethod
    def make_program(build: Build) -> Path:
        """The folder of the whole program, made anew below `build.work`. Raises BuildFailed.

        `freeze.freeze(build)` does it with PyInstaller and packaging/crowddesk.spec.
        """
        ...

    @staticmethod
    def command(program: Path) -> list[str]:
        """The words that start that folder's program, its output to be read; [] where it cannot start."""
        ...

    @staticmethod
    def make_installers(build: Build, program: Path) -> list[Path]:
        """Writes the installers (and archives) of the program into `build.dist`. Raises BuildFailed."""
        ...

    @staticmethod
    def try_installer(build: Build, installer: Path) -> str:
        """Installs one of them, calls `self_test` with the installed command, uninstalls, looks what is left.

        Returns a sentence: what was tried, or why it could not be tried here. Raises BuildFailed.
        """
        ...


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """What the command printed. Raises BuildFailed with all of it where it ends with a fault."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise BuildFailed(f"{Path(str(command[0])).name} ended with {done.returncode}.", done.stdout)
    return done.stdout


def self_test(command: Sequence[str], home: Path, env: Mapping[str, str] | None = None) -> str:
    """Starts the program with `--self-test` as somebody who has nothing but a home; what it printed.

    `command` is what `System.command` says, of the built program or the installed one; `env` is added to the
    few variables it gets. Raises BuildFailed.
    """
    home.mkdir(parents=True, exist_ok=True)
    kept = ("PATH", "LANG", "SYSTEMROOT", "COMSPEC", "WINDIR", "TEMP", "TMP")
    bare = {name: os.environ[name] for name in kept if name in os.environ}
    bare |= {"HOME": str(home), "USERPROFILE": str(home)} | dict(env or {})
    try:
        done = subprocess.run(
            [*command, "--self-test", str(SELF_TEST_S)], cwd=home, env=bare, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
            check=False, timeout=SELF_TEST_S + SELF_TEST_MARGIN_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(
            f"The self-test of {command[0]} did not end by itself after {SELF_TEST_S} s.", str(error.output)
        ) from None
    if done.returncode:
        raise BuildFailed(f"The self-test of {command[0]} ended with {done.returncode}.", done.stdout)
    expect_whole(done.stdout)
    return done.stdout


def expect_whole(said: str) -> None:
    """Raises BuildFailed where a self-test that passed names something that is not bundled, but should be."""
    absent = [line for line in said.splitlines() if line.startswith("--  ")]
    if lacking := [line for line in absent if line[4:].partition(":")[0] not in _LEFT_OUT]:
        raise BuildFailed("The program lacks something of its own.", "\n".join(lacking))


def tell(words: str) -> None:
    """A line for whoever waits for the build."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
