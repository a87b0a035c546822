# Two commands do everything on a bare Debian or Ubuntu: make run, make test.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A client of Prolific's that others wrote, for the tests; it wants an older httpx than the program.
PYROLIFIC := .venv-pyrolific
# What the installers are built from: what the program carries and the build's tools, nothing of the tests'.
PACKAGE := .venv-package
# The first interpreter that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# Processes that the tests run in: much of their time is waiting, so there is one more than processors.
JOBS ?= $(shell $(PYTHON) -c 'import os; \
	n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(); print((n or 1) + 1)')
SYSTEM := run

.PHONY: setup libraries run checks test test-long bench screenshots package lock clean
.NOTPARALLEL:

setup: $(READY)

libraries:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; name one with PYTHON=" >&2; exit 1; }
	@PYTHON="$(PYTHON)" packaging/setup.sh $(SYSTEM)

$(READY): requirements.lock pyproject.toml | libraries
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@touch $@

$(PYROLIFIC)/.ready: tests/data/pyrolific.txt | libraries
	test -x $(PYROLIFIC)/bin/python || $(PYTHON) -m venv $(PYROLIFIC)
	$(PYROLIFIC)/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r tests/data/pyrolific.txt
	@touch $@

$(PACKAGE)/.ready: packaging/program.txt packaging/requirements.txt | libraries
	test -x $(PACKAGE)/bin/python || $(PYTHON) -m venv $(PACKAGE)
	$(PACKAGE)/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
		-r packaging/program.txt -r packaging/requirements.txt
	@touch $@

run: setup
	$(BIN)/crowddesk demo

checks: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# In the order of their names: by the number of its tests, a file of few long ones would come last, alone.
SPREAD := -n $(JOBS) --dist loadfile --no-loadscope-reorder
# Real clicks want the machine for themselves, so they run after the others, one at a time.
test: SYSTEM := test
test: checks $(PYROLIFIC)/.ready
	$(BIN)/python -m pytest $(SPREAD) -m "not long and not xvfb"
	$(BIN)/python -m pytest -m "xvfb and not long"

test-long: SYSTEM := test
test-long: checks $(PYROLIFIC)/.ready
	$(BIN)/python -m pytest $(SPREAD) -m "not xvfb"
	$(BIN)/python -m pytest -m xvfb

bench: setup
	$(BIN)/python benchmarks/run.py

screenshots: setup
	$(BIN)/python packaging/screenshots.py

# The installers of this system into dist/; FOR names another that can be built here: make package FOR=windows.
package: SYSTEM := $(if $(filter windows,$(FOR)),windows,package)
package: $(PACKAGE)/.ready
	$(PACKAGE)/bin/python packaging/build.py $(if $(FOR),--system $(FOR))

COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) pyproject.toml --extra test --group build -o requirements.lock $(LOCK)
	$(COMPILE) pyproject.toml --extra team --constraint requirements.lock -o packaging/program.txt $(LOCK)
	$(COMPILE) packaging/requirements.in --constraint packaging/program.txt -o packaging/requirements.txt $(LOCK)
	$(filter-out --universal,$(COMPILE)) --python-platform x86_64-pc-windows-msvc --python-version 3.13 --only-binary :all: \
		pyproject.toml --extra team --constraint packaging/program.txt -o packaging/windows/requirements.txt $(LOCK)

clean:
	rm -rf $(VENV) $(PYROLIFIC) $(PACKAGE) build dist screenshots .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
