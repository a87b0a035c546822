"""The release's workflow fits the repository: scripts, versions, names; `release.py` lets nothing slip."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"

release, system = map(load, ("release", "system"))


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    return found


def _steps(jobs: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs.items():
        for step in job["steps"]:
            yield name, step


# ---------------------------------------------------------------------------------------- the workflow


def test_it_runs_on_a_tag_and_on_nothing_else() -> None:
    told = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert told[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads `on` as true
    assert told["permissions"] == {"contents": "read"}


def test_every_system_is_built_and_only_the_last_job_may_write(jobs: dict[str, Any]) -> None:
    assert set(jobs) == {*release.EXPECTED, "release"}
    assert set(jobs["release"]["needs"]) == set(release.EXPECTED)
    assert [name for name, job in jobs.items() if "permissions" in job] == ["release"]
    assert jobs["release"]["permissions"] == {"contents": "write"}
    assert jobs["macos"]["runs-on"] == "macos-14"
    assert all(job["timeout-minutes"] <= 120 for job in jobs.values())


def test_actions_are_pinned_by_the_whole_hash_of_a_commit(jobs: dict[str, Any]) -> None:
    used = [step["uses"] for _, step in _steps(jobs) if "uses" in step]
    assert used
    assert [each for each in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", each)] == []
    by_name: dict[str, set[str]] = {}
    for each in used:
        by_name.setdefault(each.partition("@")[0], set()).add(each)
    assert all(len(hashes) == 1 for hashes in by_name.values())


def test_every_script_is_there_and_every_target_too(jobs: dict[str, Any]) -> None:
    words = " ".join(step.get("run", "") for _, step in _steps(jobs))
    scripts = set(re.findall(r"packaging/[\w/.-]+", words))
    assert scripts == {"packaging/release.py", "packaging/macos/keychain.sh"}
    assert all((ROOT / script).is_file() for script in scripts)
    assert (ROOT / "packaging/macos/keychain.sh").stat().st_mode & 0o100
    targets = set(re.findall(r"make (\w+)", words))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert targets == {"package"}
    assert re.search(r"^package:", makefile, re.MULTILINE)
    build = load("build")
    assert set(build.SYSTEMS.values()) == set(release.EXPECTED)
    assert "FOR=windows" in words


@pytest.mark.parametrize("verb", ["check", "gather"])
def test_release_py_takes_what_the_workflow_gives_it(jobs: dict[str, Any], verb: str) -> None:
    lines = [step["run"] for _, step in _steps(jobs) if f"release.py {verb}" in step.get("run", "")]
    assert lines
    words = {"check": 2, "gather": 4}[verb]
    assert all(len(line.split("release.py ")[1].split()) == words for line in lines)
    if verb == "check":
        assert len(lines) == len(release.EXPECTED)


def test_python_is_one_that_the_package_takes(jobs: dict[str, Any]) -> None:
    takes = SpecifierSet(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    )
    given = [(name, step.get("with", {})) for name, step in _steps(jobs)]
    named = {name: each["python-version"] for name, each in given if "python-version" in each}
    assert set(named) == set(jobs)
    assert all(isinstance(version, str) and version in takes for version in named.values())
    # Its code is compiled by its own kind, without Wine.
    python = load("windows.official_python")
    assert named["windows"] == python.SHORT


def test_what_a_build_leaves_is_what_is_uploaded_and_downloaded(jobs: dict[str, Any]) -> None:
    kept = {name: step["with"] for name, step in _steps(jobs) if "upload-artifact" in step.get("uses", "")}
    assert {name: (each["name"], each["path"]) for name, each in kept.items()} == {
        name: (name, "dist/") for name in release.EXPECTED
    }
    assert all(each["if-no-files-found"] == "error" for each in kept.values())
    (taken,) = [step["with"] for _, step in _steps(jobs) if "download-artifact" in step.get("uses", "")]
    gathered = next(step["run"] for _, step in _steps(jobs) if "gather" in step.get("run", ""))
    assert gathered.split()[-2:] == [taken["path"], "release"]
    (created,) = [step["run"] for _, step in _steps(jobs) if "gh release" in step.get("run", "")]
    assert created.endswith(" release/*")
    assert "--draft" in created


def test_the_names_are_those_that_the_builds_give(tmp_path: Path) -> None:
    macos = load("macos.installers")
    build = system.Build("0.1.0", "macos", ROOT, tmp_path, tmp_path, tmp_path, 0)
    assert macos.image_of(build).name.endswith(release.EXPECTED["macos"][0])
    sources = {name: _source(name) for name in ("linux", "windows")}
    assert re.search(r'dist / f"crowddesk_\{build\.version\}_\{\w+\}\.deb"', sources["linux"])
    assert ".tar.xz" in sources["linux"]
    assert 'dist / f"crowddesk-{build.version}-windows-x86_64-setup.exe"' in sources["windows"]
    sbom = (ROOT / "packaging/sbom.py").read_text("utf-8")
    assert 'f"{_OWN}-{build.version}-{build.system}{ENDING}"' in sbom
    assert 'ENDING: Final = ".cdx.json"' in sbom


def _source(name: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "packaging" / name).glob("*.py")))


def test_what_builds_for_windows_is_installed_first(jobs: dict[str, Any]) -> None:
    windows = load("windows.installers")
    words = " ".join(step.get("run", "") for step in jobs["windows"]["steps"]).split()
    assert set(windows._TOOLS.values()) <= set(words)
    assert words.index("install") < words.index("FOR=windows")


def test_secrets_reach_only_the_steps_that_need_them(jobs: dict[str, Any]) -> None:
    holders = [name for name, step in _steps(jobs) if "secrets." in str(step)]
    assert set(holders) == {"macos"}
    assert not [
        step for _, step in _steps(jobs) if "${{" in step.get("run", "")
    ]  # nothing is pasted into a shell


# ------------------------------------------------------------------------------------------- release.py


def test_the_tag_must_name_the_version() -> None:
    import crowddesk

    assert release.own_version() == crowddesk.__version__
    assert release.check("v1.2.3", "1.2.3") == "1.2.3"
    for tag in ("1.2.3", "v1.2.4", "v1.2.3 ", "v1.2.30", ""):
        with pytest.raises(system.BuildFailed, match=r"it would be v1\.2\.3"):
            release.check(tag, "1.2.3")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What the builds of all systems left."""
    own = {
        "linux": "_amd64.deb -linux-x86_64.tar.xz",
        "windows": "-windows-x86_64-setup.exe",
        "macos": "-macos-arm64.dmg",
    }
    names = {
        system: [f"crowddesk-1.0{ending}" for ending in (*endings.split(), f"-{system}.cdx.json")]
        for system, endings in own.items()
    }
    build = load("build")
    for folder, files in names.items():
        (tmp_path / "built" / folder).mkdir(parents=True)
        for name in files:
            (tmp_path / "built" / folder / name).write_text(name, encoding="utf-8")
        build.write_checksums(tmp_path / "built" / folder)
    return tmp_path / "built"


def test_everything_is_gathered_under_one_list(built: Path, tmp_path: Path) -> None:
    made = release.gather("1.0", built, tmp_path / "release")
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == sorted(
        path.name for path in made
    )
    assert len(made) == 8
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "release", capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == 7


def _fails(built: Path, match: str) -> None:
    with pytest.raises(system.BuildFailed, match=match):
        release.gather("1.0", built, built.parent / "release")
    assert not (built.parent / "release").exists()


def test_a_system_that_was_not_built(built: Path) -> None:
    for path in (built / "macos").iterdir():
        path.unlink()
    (built / "macos").rmdir()
    _fails(built, "There are builds of linux, windows, not of linux, windows, macos")


def test_a_file_that_is_missing(built: Path) -> None:
    (built / "linux/crowddesk-1.0_amd64.deb").unlink()
    _fails(built, r"linux: one file \.deb of 1\.0 is needed, and there is none")


def test_a_file_of_another_version(built: Path) -> None:
    (built / "windows/crowddesk-1.0-windows-x86_64-setup.exe").rename(
        built / "windows/crowddesk-1.0.1-windows-x86_64-setup.exe"
    )
    _fails(built, r"windows: one file \.exe of 1\.0 is needed, and there is crowddesk-1\.0\.1-windows")


def test_a_file_that_nobody_knows(built: Path) -> None:
    (built / "linux/notes.txt").touch()
    _fails(built, r"linux: nobody knows what notes\.txt is")


def test_a_file_that_changed_on_its_way(built: Path) -> None:
    path = built / "macos/crowddesk-1.0-macos-arm64.dmg"
    assert hashlib.sha256(path.read_bytes()).hexdigest() in (built / "macos/SHA256SUMS").read_text("utf-8")
    path.write_text("another", encoding="utf-8")
    _fails(built, r"macos: crowddesk-1\.0-macos-arm64\.dmg is not what was built")


def test_a_build_without_checksums(built: Path) -> None:
    (built / "linux/SHA256SUMS").unlink()
    _fails(built, "its checksum differs")


@pytest.mark.parametrize("arguments", [[], ["check"], ["gather", "v1"], ["publish", "v1"]])
def test_other_arguments_are_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_a_wrong_tag_ends_it_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["check", "v9.9.9"]) == 1
    assert "The tag v9.9.9 does not name version" in capsys.readouterr().err
