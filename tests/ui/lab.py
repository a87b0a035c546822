"""The program over a workspace with a live account "at Prolific", where the workspace's sandbox stands."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest

from crowddesk import ui
from crowddesk.operations import accounts
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.wire import Wire
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.settings import Settings, save
from tests.keychain import own_vault
from tests.ui.pages.conftest import Program

#: Where the code of the window is.
WINDOW = str(Path(ui.__file__).parent)
TOKEN = "a-token-that-only-the-sandbox-knows"


@contextmanager
def sandbox_of(workspace: Path) -> Iterator[SandboxProcess]:
    """The sandbox of a workspace that is not made yet; its process ends with the test."""
    workspace.mkdir()
    process = SandboxProcess(workspace / "providers" / "prolific_sandbox", idle_s=300)
    yield process
    process.stop()


@contextmanager
def lab_program(qtbot, app, workspace: Path, sandbox: SandboxProcess, balance: int) -> Iterator[Program]:
    """The account is called lab and has `balance` pence; decisions on rehearsals leave at once."""
    lab = {"token": TOKEN, "name": "lab", "currency": "GBP", "balance": balance}
    sandbox.ask("POST", "/sandbox/accounts", lab)
    with pytest.MonkeyPatch.context() as patch, own_vault(workspace / "vault"):
        patch.setattr(ProlificRequester, "ADDRESS", sandbox.address())
        db = open_workspace(workspace)
        accounts.add_requester(db, "prolific", "lab", {"token": TOKEN, "keep_in": "session"})
        settings = Settings()
        settings.sending.grace_seconds = 0
        save(db.folder, settings)
        db.close()
        asked = asked_by_the_window(patch)
        made = Program(qtbot, app, workspace)
        qtbot.addWidget(made.window)
        yield made
        made.close()
        assert not asked, "\n\n".join(asked)


def asked_by_the_window(patch: pytest.MonkeyPatch) -> list[str]:
    """From where Prolific, or its sandbox, is asked in the GUI thread from now on, other than by the test."""
    found: list[str] = []
    ask = Wire._once

    def once(wire: Wire, *args: Any, **words: Any) -> Any:
        if current_thread() is main_thread():
            frames = traceback.extract_stack()
            if any(frame.filename.startswith(WINDOW) for frame in frames):
                found.append("".join(traceback.format_list(frames[-12:])))
        return ask(wire, *args, **words)

    patch.setattr(Wire, "_once", once)
    return found
