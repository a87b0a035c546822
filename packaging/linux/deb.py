"""The Debian package: the program under /usr/lib, and what a desktop needs to know of it."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import icons
import licences
from linux.binaries import depends
from linux.packed import write_deb, write_tar
from system import Build, BuildFailed, run

_HERE: Final = Path(__file__).parent
_METAINFO: Final = "org.crowddesk.CrowdDesk.metainfo.xml"
_MAINTAINER: Final = "CrowdDesk contributors <contributors@crowddesk.invalid>"
#: What the program opens by name and does not link, so that no tool finds it: a font, and its settings.
OPENED: Final = (
    "fontconfig-config",
    "fonts-dejavu-core | fonts-liberation | fonts-noto-core | fonts-freefont-ttf",
)
#: Without these it works: links and files are not opened elsewhere, secrets go into an encrypted file.
RECOMMENDED: Final = ("xdg-utils", "gnome-keyring | kwalletmanager | keepassxc", "hicolor-icon-theme")
_WHERE: Final = """\
Files named below lie in /usr/lib/crowddesk and its _internal. Debian keeps texts of the GNU licences, too:
/usr/share/common-licenses/LGPL-3, LGPL-2.1, GPL-3 and GPL-2.

"""
_DESCRIPTION: Final = """\
desktop program for people who pay a crowd for data
 CrowdDesk launches tasks to a crowd, shows the work as it arrives, reviews it
 with one key, pays for it and exports it. It brings a practice crowd to try
 everything with, works with Prolific, and serves your own people in a browser.
 .
 The package carries its own Python, Qt and all else it needs."""


def make(build: Build, program: Path) -> Path:
    """Writes the package into `build.dist`. Raises BuildFailed."""
    architecture = run(["dpkg", "--print-architecture"]).strip()
    stage = build.work / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage / "usr/lib/crowddesk", symlinks=True)
    (stage / "usr/bin").mkdir(parents=True)
    (stage / "usr/bin/crowddesk").symlink_to("../lib/crowddesk/crowddesk")
    _tell_the_desktop(build, stage)
    _tell_people(build, stage, program)
    about = build.work / "deb-control"
    linked = depends(program, build.work / "depends")
    _write(about / "control", control_of(build, architecture, linked, _kilobytes(stage)))
    _write(about / "md5sums", _sums(stage))
    return write_deb(
        build.dist / f"crowddesk_{build.version}_{architecture}.deb",
        write_tar(build.work / "control.tar.xz", about, ".", build.epoch),
        write_tar(build.work / "data.tar.xz", stage, ".", build.epoch),
        build.epoch,
    )


def control_of(build: Build, architecture: str, linked: Iterable[str], kilobytes: int) -> str:
    """The package's control file."""
    fields = {
        "Package": "crowddesk",
        "Version": build.version,
        "Architecture": architecture,
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(kilobytes),
        "Depends": ", ".join([*linked, *OPENED]),
        "Recommends": ", ".join(RECOMMENDED),
        "Section": "science",
        "Priority": "optional",
        "Description": _DESCRIPTION,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _tell_the_desktop(build: Build, stage: Path) -> None:
    """The menu's entry, the kinds of files, icons. Debian's own triggers read them; no script is needed."""
    share = stage / "usr/share"
    run(["desktop-file-validate", _HERE / "crowddesk.desktop"])
    _write(share / "applications/crowddesk.desktop", (_HERE / "crowddesk.desktop").read_text())
    _write(share / "mime/packages/crowddesk.xml", (_HERE / "crowddesk.xml").read_text())
    _write(share / "metainfo" / _METAINFO, _dated(build, _METAINFO))
    if shutil.which("appstreamcli"):
        run(["appstreamcli", "validate", "--no-net", share / "metainfo" / _METAINFO])
    drawing = build.root / "resources/icons/crowddesk.svg"
    for size, picture in icons.render(drawing, build.work / "icons").items():
        place = share / f"icons/hicolor/{size}x{size}/apps"
        place.mkdir(parents=True)
        shutil.copyfile(picture, place / "crowddesk.png")
    _write(share / "icons/hicolor/scalable/apps/crowddesk.svg", drawing.read_text())


def _tell_people(build: Build, stage: Path, program: Path) -> None:
    """Licences, what is new, how it is started, and why Debian's checker need not mind what a bundle is."""
    doc = stage / "usr/share/doc/crowddesk"
    listed = (program / licences.INDEX).read_text()
    _write(doc / "copyright", f"{_WHERE}{listed}")
    when = format_datetime(datetime.fromtimestamp(build.epoch, UTC))
    news = (
        f"crowddesk ({build.version}) unstable; urgency=medium\n\n"
        f"  * What is new stands in CHANGELOG.md of the source.\n\n -- {_MAINTAINER}  {when}\n"
    )
    _write(doc / "changelog.gz", news)
    _write(stage / "usr/share/man/man1/crowddesk.1.gz", _dated(build, "crowddesk.1"))
    _write(stage / "usr/share/lintian/overrides/crowddesk", (_HERE / "lintian-overrides").read_text())


def _dated(build: Build, name: str) -> str:
    """One of the files beside this one, of this build."""
    day = datetime.fromtimestamp(build.epoch, UTC).date().isoformat()
    return (
        (_HERE / name).read_text(encoding="utf-8").replace("@VERSION@", build.version).replace("@DATE@", day)
    )


def _kilobytes(stage: Path) -> int:
    return sum(path.lstat().st_size for path in stage.rglob("*")) // 1024


def _sums(stage: Path) -> str:
    """What `dpkg --verify` compares the installed files with; the format knows no other kind of sum."""
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(stage)}\n"
        for path in files
    )


def _write(path: Path, text: str) -> None:
    if not text:
        raise BuildFailed(f"{path.name} would be empty.")
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)
