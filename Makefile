# The two commands are `make demo` and `make test`; each of them sets up everything it needs, without root.
PYTHON ?= python3
# Tests run side by side: numerics that take every core for themselves wait for their neighbours (rongtong.startup).
export OPENBLAS_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= passive
# Every worker, server and child that a test starts would compile what it loads anew.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ASSETS := $(VENV)/.assets
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help setup demo test check lint format lock docs clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*##/make \1 —/p' Makefile

setup: $(ASSETS)  ## a virtual environment with everything locked, and .venv/bin/rongtong

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or later is needed: make PYTHON=python3.13 …' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(ASSETS): $(READY) package-lock.json tools/assets.py src/rongtong/locale/en.po
	$(BIN)/python tools/assets.py
	@touch $@

demo: setup  ## the sample alliance from its messy workbooks to verdicts, in demo/, and the portal on it
	$(BIN)/rongtong demo --out demo --serve

# Slow tests of the portal bring a database of their own, whichever is asked for; a file's tests stay with one process, which
# makes what they share once.
test: setup  ## every test, those of the portal on PostgreSQL too
	$(BIN)/python -m pytest -n 2 tests/portal -m 'not browser and not slow and not either' --ds=portal_on_postgres
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: setup  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test  ## all that must hold before a change goes in

format: setup  ## put the code in its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup  ## lock the dependencies anew, by version and hash
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(COMPILE) benchmarks/peers.in --no-deps --output-file requirements/peers.txt
	$(BIN)/python tools/assets.py lock

docs: setup  ## the pages and pictures of docs/ that follow from the code
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/images/draw.py

clean:  ## remove what was made here
	rm -rf $(VENV) node_modules src/rongtong/portal/design/static/vendor src/rongtong/locale/en
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
