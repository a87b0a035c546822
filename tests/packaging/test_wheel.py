"""What a wheel carries besides Python: the worker's page, the pages of blueprints, the vendors' wrappers."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def test_every_file_of_the_package_is_in_the_wheel() -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    builder = wheel.WheelBuilder(str(ROOT))
    carried = {Path(file.distribution_path).as_posix() for file in builder.recurse_included_files()}
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "crowddesk").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - carried == set()
    for place in ("taskserver/page/index.html", "taskserver/page/page.js", "blueprints/page/chat.js"):
        assert f"crowddesk/{place}" in carried
    assert len([path for path in carried if path.endswith("/wrap_crowd_source.js")]) >= 2
