# Two commands on a machine with Python 3.11+ and make: `make play` and `make test`. Each sets itself up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt
CAMPAIGN := august_storm
RUNS := 1000
BATCH := out/batch

.PHONY: help play campaign batch test quick bench lint warmup golden schema pictures screenshots clean

help:
	@echo "make play       the August 1945 campaign in its window; without a display, told as by make campaign"
	@echo "make campaign   one headless campaign, its story and its comparison with history"
	@echo "make batch      a thousand headless campaigns, their tables and report.html in out/batch; interrupted, it goes on"
	@echo "make test       every test, the engine once more with bounds checks"
	@echo "make quick      what can be told without compiling the engine or playing campaigns, in under a minute"
	@echo "make bench      how fast floods and campaigns are, how cost grows, how well it is played"
	@echo "make lint       style, types and layers"
	@echo "make warmup     compile the kernels ahead of time"
	@echo "make golden     pin the digests of whole campaigns anew after a change of rules, plans, forces or map"
	@echo "make schema     write docs/schema and the tables of docs/rules.md, docs/window.md and docs/batch.md anew after a change"
	@echo "make pictures   draw the map of the README anew"
	@echo "make screenshots  draw every screen of the window anew, without a display"

# The stamps say that the environment holds what pyproject.toml and constraints.txt ask for; play needs less than test.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "August Storm needs Python 3.11 or newer; name one: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.play: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) -e ".[dev]"
	@touch $@ $(VENV)/.play

# Without a display `play` says so and leaves with 2; the campaign is then told instead.
play: $(VENV)/.play
	@$(BIN)/august-storm play $(CAMPAIGN) || { test $$? -eq 2 && $(MAKE) --no-print-directory campaign; }

campaign: $(VENV)/.play
	@$(BIN)/august-storm warmup
	@$(BIN)/august-storm run $(CAMPAIGN)

# A batch that was interrupted, or is finished already, is gone on with rather than refused.
batch: $(VENV)/.play
	@$(BIN)/august-storm warmup
	@$(BIN)/august-storm batch $(CAMPAIGN) --runs $(RUNS) --out $(BATCH) --resume

warmup: $(VENV)/.play
	@$(BIN)/august-storm warmup

# Kernels are compiled before the tests, so that parallel workers load them instead of compiling them twice.
test: $(VENV)/.dev
	$(BIN)/august-storm warmup
	$(BIN)/python -m pytest -q -n 2
	NUMBA_BOUNDSCHECK=1 $(BIN)/august-storm warmup
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -q -n 2 -m engine

quick: $(VENV)/.dev
	AUGUST_STORM_CACHE=$(VENV)/quick-cache $(BIN)/python -m pytest -q -n 2 --quick

bench: $(VENV)/.dev
	@$(BIN)/august-storm warmup
	@$(BIN)/python -m benchmarks

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

golden: $(VENV)/.dev
	@$(BIN)/august-storm warmup
	@$(BIN)/python -m tests.support.pinned

schema: $(VENV)/.play
	@$(BIN)/python -c 'from pathlib import Path; from sim.scenario.checking import json_schema; json_schema.write(Path("docs/schema"))'
	@$(BIN)/python tools/rules_tables.py
	@$(BIN)/python tools/window_keys.py
	@$(BIN)/python tools/batch_columns.py

pictures: $(VENV)/.play
	@$(BIN)/august-storm warmup
	@$(BIN)/python tools/pictures.py

screenshots: $(VENV)/.play
	@$(BIN)/august-storm warmup
	@$(BIN)/python tools/screenshots.py

clean:
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
