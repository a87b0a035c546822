"""`crowddesk sandbox prolific`: a server that any client can be pointed at, from the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.providers.prolific_sandbox.open_sandbox import wait_until


def _run(*options: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crowddesk", "sandbox", "prolific", *options],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    options = [
        "--port",
        "0",
        "--file",
        "own.sqlite",
        "--ready-file",
        str(ready),
        "--token",
        "one",
        "--token",
        "two",
    ]
    process = _run(*options, "--fee-percent", "10", "--lag", "0", folder=tmp_path)
    wait_until(lambda: ready.exists() or process.poll() is not None)
    address = json.loads(ready.read_text(encoding="utf-8"))["address"]
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False) as http:
        ids = {
            http.get("/users/me/", headers={"Authorization": f"Token {token}"}).json()["id"]
            for token in ("one", "two")
        }
        body = {"reward": 100, "total_available_places": 2}
        cost = http.post("/study-cost-calculator/", json=body, headers={"Authorization": "Token one"})
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert len(ids) == 2
    assert cost.json() == {"total_cost": 220}
    assert "This is not Prolific" in said
    assert "Token: the one you gave" in said
    assert (tmp_path / "own.sqlite").exists()


@pytest.mark.parametrize(
    "options", [["--fee-percent", "much"], ["--vat-percent", "nan"], ["--lag", "-1"], ["--port", "70000"]]
)
def test_options_that_make_no_sense_are_wrong_usage(tmp_path: Path, options: list[str]) -> None:
    process = _run("--file", "s.sqlite", *options, folder=tmp_path)
    said, error = process.communicate(timeout=30)
    assert (process.returncode, said) == (2, "")
    assert options[0].removeprefix("--").partition("-")[0] in error
    assert "Traceback" not in error


def test_the_command_line_starts_without_the_server() -> None:
    code = "import sys, crowddesk.cli; sys.exit(bool({'aiohttp', 'httpx', 'omegaconf'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
