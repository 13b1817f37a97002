# Set up, run, test and measure Parallax. Needs make, Python 3.12 to 3.14 and the package index.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# Which Python the environment is made with; by default the first that fits.
PYTHON ?=
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
PORT ?= 8000
HOST ?= 127.0.0.1
MINUTES ?= 10
# The tests that keep a collection.
ON_DATABASE := tests/store tests/services tests/stories tests/jobs tests/web tests/pages tests/cli tests/threats

.PHONY: help run deps setup setup-dev test test-postgres test-slow clients kill soak fuzz fresh lint check format eval bench screenshots audit lock clean

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What goes on, in a line that ends with the seconds it took: $(call stage,what,command).
stage = @$(call stage_,$(1),$(2))
stage_ = printf '%s ... ' "$(1)"; begun=$$(date +%s); { $(2); } || { echo failed; exit 1; }; \
	echo "$$(($$(date +%s) - begun)) s"

$(BIN)/python:
	@python="$(PYTHON)"; [ -n "$$python" ] || python=$$(sh .ci/find-python) || exit 1; \
	$(call stage_,Setting up $(VENV) with $$python,"$$python" -m venv $(VENV))

$(VENV)/.deps: requirements.txt | $(BIN)/python
	$(call stage,Installing what Parallax needs (a minute or two),$(PIP) --require-hashes -r requirements.txt)
	@touch $@

$(VENV)/.runtime: pyproject.toml $(VENV)/.deps
	$(call stage,Installing Parallax itself,$(PIP) --no-deps --no-build-isolation -e .)
	@touch $@

# Holds all of requirements.txt, in the same versions: an environment for development is made at once.
$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(call stage,Installing what Parallax and its tests need (a minute or two),$(PIP) --require-hashes -r requirements-dev.txt)
	$(call stage,Installing Parallax itself,$(PIP) --no-deps --no-build-isolation -e .)
	@touch $(VENV)/.deps $(VENV)/.runtime $@

deps: $(VENV)/.deps
setup: $(VENV)/.runtime ## make .venv with what the service needs
setup-dev: $(VENV)/.dev ## the same with what development needs

run: setup ## set up, load the sample when the database is empty, serve on port 8000
	@$(BIN)/parallax ingest --sample --if-empty
	@echo "Serving on http://$(HOST):$(PORT), API at http://$(HOST):$(PORT)/docs (Ctrl-C ends it)"
	@$(BIN)/parallax serve --host $(HOST) --port $(PORT)

test: setup-dev ## all tests but the slow ones
	@$(BIN)/pytest -n auto --dist loadfile

test-postgres: setup-dev ## what touches the database, on a PostgreSQL that the run starts for itself
	@$(BIN)/pytest -n auto --dist loadfile --engine postgresql $(ON_DATABASE)

test-slow: setup-dev ## kill tests, on both engines, and long runs
	@$(BIN)/pytest -m slow
	@$(BIN)/pytest -m slow --engine postgresql tests/jobs/test_kill.py tests/jobs/test_shared_work.py

# What users of the API build clients with, apart from our own environment: the generator wants
# another Typer. Without node (or npm) the TypeScript client is left out, and its test skips.
CLIENTS := tests/web/clients
.clients/.python: $(CLIENTS)/requirements.txt | $(VENV)/.dev
	$(call stage,Installing what clients in Python need,$(BIN)/python -m venv .clients/python && \
		.clients/python/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(CLIENTS)/requirements.txt)
	@touch $@

.clients/.node: $(CLIENTS)/package-lock.json
	@mkdir -p .clients/node && cp $(CLIENTS)/package.json $(CLIENTS)/package-lock.json .clients/node
	@if command -v npm >/dev/null 2>&1; then \
		$(call stage_,Installing what clients in TypeScript need,npm ci --prefix .clients/node --silent --no-audit --no-fund); \
	else echo "There is no npm here: the TypeScript client is left out"; fi
	@touch $@

clients: .clients/.python .clients/.node ## what the slow test of generated clients needs; asks package indexes

kill: setup-dev ## fifty kills of service, workers and database in the middle of an import, on both engines
	@KILLS=50 $(BIN)/pytest -m slow tests/jobs/test_kill.py
	@KILLS=50 $(BIN)/pytest -m slow --engine postgresql tests/jobs/test_kill.py

soak: setup-dev ## readers, writers and corrections at once for MINUTES (10)
	@$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

fuzz: setup-dev ## any document, text and request: FUZZ=50 times as many examples, others each time
	@FUZZ=$${FUZZ:-50} $(BIN)/pytest -n auto tests/threats/test_any_document.py tests/threats/test_any_text.py
	@FUZZ=$${FUZZ:-50} $(BIN)/pytest -m slow tests/web/test_contract.py

fresh: ## make run and make test in a fresh Debian 13 (needs root)
	@.ci/fresh

lint: setup-dev ## ruff, mypy, import-linter, hadolint
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/hadolint Dockerfile

check: lint test ## lint and test, as CI does

format: setup-dev ## let ruff lay the code out
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# One after the other, until one fails; without its data, what the sample alone allows.
ifneq ($(wildcard ../shared/eval),)
EVALUATIONS := "evaluation --ablations --cost" evaluation.sections "evaluation.alignment --ablations" \
	evaluation.stories evaluation.references evaluation.homonyms
else
EVALUATIONS := evaluation.sample
endif

eval: setup-dev ## quality on public data, with floors
	@for each in $(EVALUATIONS); do $(BIN)/python -m $$each || exit 1; done

bench: setup-dev ## ratios against the bare model and bare SQL
	@$(BIN)/python -m benchmarks

screenshots: setup-dev ## the pictures of the README, of the sample; needs chromium
	@$(BIN)/python .ci/screenshots

# In an environment of its own, which uv makes: nothing of it is on the run path.
audit: setup-dev ## known vulnerabilities of what the service needs; asks the package index
	@$(BIN)/uv tool run --quiet pip-audit==2.10.1 -r requirements.txt --require-hashes --disable-pip --progress-spinner off \
		--format json 2>/dev/null | $(BIN)/python .ci/audit

lock: setup-dev ## write requirements*.txt anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -o requirements.txt
	@$(BIN)/uv pip compile --quiet $(CLIENTS)/requirements.in --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -o $(CLIENTS)/requirements.txt
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -o requirements-dev.txt

clean: ## remove .venv and caches; databases stay
	@rm -rf $(VENV) .venv-* .clients .mypy_cache .ruff_cache .pytest_cache build *.egg-info
