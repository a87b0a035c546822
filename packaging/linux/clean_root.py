"""A Debian with nothing on it, in a folder: to install the package there as on a stranger's computer.

Wants root, debootstrap and, for what is not kept from the last time, a network. What runs in it has none.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from system import BuildFailed, run

#: Somebody who is no administrator, and who has a home.
PERSON: Final = "person"
_PERSON_ID: Final = 1000
#: What the system keeps for itself and changes whenever anything is installed.
_SYSTEM_S_OWN: Final = (
    "/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/etc/ld.so.cache", "/tmp/", "/dev/",
    "/proc/", "/sys/", "/root",
)  # fmt: skip
#: One process tree that sees no network and no mount of ours. $1 is the root, then who, then what to run. The
#: shell stays, as the first process of a system does, to see to the end of those that nobody else waits for.
_INSIDE: Final = """
set -e
root=$1; who=$2; shift 2
path=$PATH; PATH=/usr/sbin:/usr/bin:/sbin:/bin
ip link set lo up
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
screens=/tmp/.X11-unix
if [ -n "$SCREEN" ]; then mkdir -p "$root$screens"; mount --bind "$screens" "$root$screens"; fi
unset SCREEN
chroot --userspec="$who:$who" "$root" /usr/bin/env PATH="$path" "$@"
"""


def cannot_make_root() -> str:
    """Why no clean root can be made here; nothing where it can."""
    if sys.platform != "linux" or not Path("/etc/debian_version").exists():
        return "a clean root is made on Debian"
    if os.geteuid() != 0:
        return "a clean root is made by root alone"
    if missing := [name for name in ("debootstrap", "unshare", "chroot", "ip") if shutil.which(name) is None]:
        return f"{', '.join(missing)} is not installed"
    tried = subprocess.run(
        ["unshare", "--net", "--mount", "--pid", "--fork", "true"], capture_output=True, check=False
    )
    return "" if tried.returncode == 0 else "this machine lets nobody unshare its network"


def kept_folder() -> Path:
    """Where the base and the packages it needs are kept from one time to the next."""
    return Path(tempfile.gettempdir()) / "crowddesk-clean-root"


class CleanRoot:
    """The root below `place`, made anew; `kept` holds its base. Raises BuildFailed. Not for threads."""

    def __init__(self, place: Path, kept: Path | None = None) -> None:
        self.place = place
        self._kept = kept or kept_folder()
        self._kept.mkdir(parents=True, exist_ok=True)
        remove(place)
        place.mkdir(parents=True)
        run(["tar", "--extract", "--file", self._base(), "--directory", place])

    @property
    def home(self) -> Path:
        """The person's home, as seen from outside."""
        return self.place / "home" / PERSON

    def install(self, package: Path) -> str:
        """`apt install ./package` with no network, its dependencies fetched before; what apt said."""
        inside = f"/tmp/{package.name}"
        shutil.copyfile(package, self.place / inside[1:])
        archives = self.place / "var/cache/apt/archives"
        for kept in self._kept.glob("*.deb"):
            shutil.copyfile(kept, archives / kept.name)
        words = ["apt-get", "install", "--yes", "--no-install-recommends", inside]
        try:
            said = self.run(words)
        except BuildFailed:
            self._fetch(words)
            said = self.run(words)
        (self.place / inside[1:]).unlink()
        return said

    def purge(self) -> str:
        """`apt purge`, and what came with it goes with it; what apt said."""
        return self.run(["apt-get", "purge", "--yes", "--autoremove", "crowddesk"])

    def run(
        self,
        command: Sequence[str],
        *,
        person: bool = False,
        env: Mapping[str, str] | None = None,
        seconds: float = 300,
    ) -> str:
        """What a command inside printed, as root or as the person, with no network.

        `env` is added to the little it gets; with a DISPLAY in it this machine's screens are seen inside.
        Raises BuildFailed for a fault or when it takes longer than `seconds`.
        """
        done = subprocess.Popen(
            self.words(command, person=person), env=self.environment(person=person, env=env),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace",
        )  # fmt: skip
        try:
            said, _ = done.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            done.kill()
            said, _ = done.communicate()
            raise BuildFailed(
                f"{command[0]} took longer than {seconds:g} s in the clean root.", said
            ) from None
        if done.returncode:
            raise BuildFailed(f"{' '.join(command)} ended with {done.returncode} in the clean root.", said)
        return said

    def words(self, command: Sequence[str], *, person: bool = False) -> list[str]:
        """The words that start a command inside, for who wants its process; it ends with what starts it."""
        who = str(_PERSON_ID) if person else "0"
        return [
            "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", _INSIDE, "sh",
            str(self.place), who, *command,
        ]  # fmt: skip

    def environment(self, *, person: bool, env: Mapping[str, str] | None = None) -> dict[str, str]:
        """All that a command inside is told."""
        home = f"/home/{PERSON}" if person else "/root"
        path = "/usr/bin:/bin" if person else "/usr/sbin:/usr/bin:/sbin:/bin"
        own = {
            "PATH": path,
            "HOME": home,
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "SCREEN": "",
        }
        own |= env or {}
        return own | ({"SCREEN": "yes"} if own.get("DISPLAY") else {})

    def files(self) -> set[str]:
        """Every file and link but what the system keeps for itself."""
        found = set()
        for folder, _, names in os.walk(self.place):
            for name in names:
                inside = f"/{(Path(folder) / name).relative_to(self.place)}"
                if not inside.startswith(_SYSTEM_S_OWN):
                    found.add(inside)
        return found

    def remove(self) -> None:
        remove(self.place)

    def _base(self) -> Path:
        """A tar file of the smallest Debian of this release, with the person in it and no Python."""
        suite = next(
            line.partition("=")[2].strip('"\n')
            for line in Path("/etc/os-release").read_text().splitlines()
            if line.startswith("VERSION_CODENAME=")
        )
        base = self._kept / f"{suite}-{platform.machine()}.tar"
        if base.exists():
            return base
        draft = self._kept / f"making-{os.getpid()}"
        try:
            run(["debootstrap", "--variant=minbase", suite, draft])
            run(["chroot", draft, "useradd", "--uid", str(_PERSON_ID), "--create-home", PERSON])
            run(["tar", "--create", "--file", base.with_suffix(".part"), "--directory", draft, "."])
            base.with_suffix(".part").replace(base)
        finally:
            remove(draft)
        return base

    def _fetch(self, words: Sequence[str]) -> None:
        """With this machine's network, once: the lists and packages, kept for the next time."""
        shutil.copyfile("/etc/resolv.conf", self.place / "etc/resolv.conf")
        environment = self.environment(person=False)
        for command in (["apt-get", "update"], [*words, "--download-only"]):
            run(["chroot", self.place, *command], env=environment)
        for fetched in (self.place / "var/cache/apt/archives").glob("*.deb"):
            shutil.copyfile(fetched, self._kept / fetched.name)
        # The lists are part of the base from now on, so that apt knows what the kept packages are.
        base = self._base()
        run(["tar", "--create", "--file", base.with_suffix(".part"), "--directory", self.place,
             "--exclude=./var/cache/apt/archives/*.deb", "--exclude=./tmp/*", "."])  # fmt: skip
        base.with_suffix(".part").replace(base)


def remove(place: Path) -> None:
    """Removes a root; nothing of this machine is mounted in it, as each command's mounts end with it."""
    if place.exists() and any(line.split()[1].startswith(f"{place}/") for line in _mounts()):
        raise BuildFailed(f"Something is still mounted below {place}.")
    shutil.rmtree(place, ignore_errors=True)


def _mounts() -> list[str]:
    return Path("/proc/mounts").read_text().splitlines()
