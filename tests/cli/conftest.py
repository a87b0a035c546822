"""The command line in this process or one of its own, a small run for it, the practice vendor's books."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from crowddesk.cli import main
from crowddesk.cli.session import Place
from crowddesk.providers.mock.vendor import MockVendor

ROOT = Path(__file__).parents[2]
TEMPLATE = """<p>${text}</p>
<label><input type="radio" name="answer" value="0"> no</label>
<label><input type="radio" name="answer" value="1"> yes</label>"""
RUN = """
task: {name: small, title: A small task, description: Say yes or no., reward: 0.10, currency: USD,
       budget: 500.00}
blueprint: {_blueprint_type: static_html, template: task.html, data: items.csv, item_key: id,
            units_per_assignment: 2}
provider: {_provider_type: mock, requester_name: practice, seed: 3, speed: 1000,
           replay: {file: answers.csv, item: item, worker: worker, answer: answer, field: answer}}
"""


class Desk:
    """A workspace that is used through `crowddesk` alone."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder = folder
        self.workspace = workspace

    def start(self, *args: object, **options: Any) -> subprocess.Popen[str]:
        """Starts a command as a process of its own, without a terminal; `code` is another program to run."""
        code = options.pop("code", "from crowddesk.cli import main; main()")
        env = {**os.environ, "CROWDDESK_WORKSPACE": str(self.workspace), "PYTHONPATH": str(ROOT)}
        options = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            "encoding": "utf-8",
            "cwd": self.folder,
            "env": env | options.pop("env", {}),
            **options,
        }
        return subprocess.Popen([sys.executable, "-W", "error", "-c", code, *map(str, args)], **options)

    def run(self, *args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Runs a command in this process, without a terminal; it must end with `code`."""
        out, err = io.StringIO(), io.StringIO()
        before = signal.getsignal(signal.SIGTERM)
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setenv("CROWDDESK_WORKSPACE", str(self.workspace))
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["crowddesk", *map(str, args)])
            patch.setattr(sys, "stdin", io.StringIO())
            patch.setattr(Place, "folder", None)
            try:
                main()
                ended: object = 0
            except SystemExit as end:
                ended = end.code or 0
            finally:
                signal.signal(signal.SIGTERM, before)
        said = f"{args} ended with {ended}:\n{out.getvalue()}\n{err.getvalue()}"
        assert "unexpectedly" not in err.getvalue(), said
        assert ended == code, said
        return subprocess.CompletedProcess(list(map(str, args)), code, out.getvalue(), err.getvalue())

    def json(self, *args: object) -> Any:
        return json.loads(self.run(*args, "--json").stdout)

    def write_run(self, items: int = 4, run: str = RUN) -> Path:
        """A run of `items` items, two recorded answers each, by workers W0 to W4."""
        answers = [f"{n:03},W{(n + k) % 5},{(n + k) % 2}" for n in range(items) for k in range(2)]
        rows = [f"{n:03},Sentence {n}." for n in range(items)]
        for name, lines in (
            ("items.csv", ["id,text", *rows]),
            ("answers.csv", ["item,worker,answer", *answers]),
        ):
            (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (self.folder / "task.html").write_text(TEMPLATE, encoding="utf-8")
        path = self.folder / "run.yaml"
        path.write_text(run, encoding="utf-8")
        return path

    def vendor(self) -> MockVendor:
        """The vendor's own books; close them."""
        return MockVendor(self.workspace / "providers" / "mock" / "market.sqlite")


def _make_desk(folder: Path) -> Desk:
    (folder / "files").mkdir()
    return Desk(folder / "files", folder / "workspace")


@pytest.fixture(scope="session")
def make_desk(qapp: object) -> Callable[[Path], Desk]:
    """Makes a desk in an empty folder. The lanes it runs share the tests' one Qt application."""
    return _make_desk


@pytest.fixture
def desk(tmp_path: Path, make_desk: Callable[[Path], Desk]) -> Desk:
    return make_desk(tmp_path)


def find_rte() -> Path:
    """The recorded RTE task, which lies beside the project and is no part of it; skips where it is not."""
    shared = os.environ.get("CROWDDESK_SHARED")
    places = [Path(shared)] if shared else [ROOT.parent / "shared"]
    found = next((p / "data" / "rte" for p in places if (p / "data" / "rte" / "items.tsv").is_file()), None)
    if found is None:
        pytest.skip("the recorded RTE task is not beside the project: name its folder in CROWDDESK_SHARED")
    return found


@pytest.fixture
def rte() -> Path:
    return find_rte()


RTE_HTML = """<p>${text}</p><p>${hypothesis}</p>
<label><input type="radio" name="response" value="1"> yes</label>
<label><input type="radio" name="response" value="0"> no</label>"""
RTE_RUN = """
task: {{name: rte, title: Does it follow?, description: Two sentences., reward: 0.02, currency: USD,
        budget: 250.00}}
blueprint: {{_blueprint_type: static_html, template: rte.html, data: '{0}/items.tsv', item_key: id,
            units_per_assignment: 10}}
provider: {{_provider_type: mock, requester_name: practice, seed: 7, speed: 1000,
           replay: {{file: '{0}/labels.tsv', item: orig_id, worker: "!amt_worker_ids", answer: response,
                    field: response}}}}
"""


@pytest.fixture
def rte_desk(desk: Desk, rte: Path) -> Desk:
    """A desk with the run file of the RTE task; nothing of its data is copied into the project."""
    (desk.folder / "rte.html").write_text(RTE_HTML, encoding="utf-8")
    (desk.folder / "rte.yaml").write_text(RTE_RUN.format(rte.as_posix()), encoding="utf-8")
    return desk
