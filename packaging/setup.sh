#!/bin/sh
# Installs the system libraries that are missing on Debian and Ubuntu, or names them. Usage: setup.sh [run|test|package|windows]
# PYTHON names the interpreter that will make the virtual environment. Never asks anything but sudo's password,
# and that only at a terminal.
set -eu
cd "$(dirname "$0")"

case "${1:-run}" in
    run) sets="qt window" ;;
    test) sets="qt window test" ;;
    package) sets="qt window package" ;;
    windows) sets="qt window package windows" ;;
    *) echo "usage: setup.sh [run|test|package|windows]" >&2; exit 2 ;;
esac

[ "$(uname -s)" = Linux ] || exit 0

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "setup: not Debian or Ubuntu; if Qt does not start, install what packaging/system-packages.txt lists" >&2
    exit 0
fi

# A package may have been renamed with its old name as a "provides" (libglib2.0-0t64).
present() {
    dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' |
        tr ',' '\n' | sed 's/^ *//; s/[ (:].*//' | sort -u
}

missing() {
    have=$(present)
    for set in "$@"; do
        sed -n "s/^$set //p" system-packages.txt | grep -vxF "$have" || true
    done
    if [ "$1" = qt ] && ! "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then
        "${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    fi
}

lacking=$(missing $sets | tr '\n' ' ')
[ -n "$lacking" ] || exit 0

as_root=
able=yes
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        able=no
    elif [ -t 0 ]; then
        as_root=sudo
    else
        as_root="sudo -n"
    fi
fi

if [ "$able" = yes ]; then
    echo "setup: installing $lacking"
    export DEBIAN_FRONTEND=noninteractive
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    { $apt update && $apt install -y --no-install-recommends $lacking; } </dev/null || able=no
fi

if [ "$able" = no ]; then
    echo "setup: could not install the missing system packages. As root, run:" >&2
    echo "    apt-get update && apt-get install -y --no-install-recommends $lacking" >&2
    # Without the others Qt still works with no screen, and the tests that need them are skipped.
    [ -z "$(missing qt)" ] || exit 1
fi
