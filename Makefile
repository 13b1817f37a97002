# Set up, run, test and measure Parallax. Needs make, Python 3.12 or later and the package index.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1

.PHONY: help run deps setup setup-dev test test-slow lint check format eval bench lock clean

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@sh .ci/find-python > .python-found
	@echo "Setting up $(VENV) with $$(cat .python-found)"
	@"$$(cat .python-found)" -m venv $(VENV)
	@rm -f .python-found

$(VENV)/.deps: requirements.txt | $(BIN)/python
	@echo "Installing what Parallax needs (a minute or two, the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.runtime: pyproject.toml $(VENV)/.deps
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.runtime
	@echo "Installing what development needs"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

deps: $(VENV)/.deps
setup: $(VENV)/.runtime ## make .venv with what the service needs
setup-dev: $(VENV)/.dev ## the same with what development needs

run: setup ## set up, load the sample when the database is empty, serve on port 8000
	@$(BIN)/parallax ingest --sample --if-empty
	@echo "Serving on http://$(HOST):$(PORT), API at http://$(HOST):$(PORT)/docs (Ctrl-C ends it)"
	@$(BIN)/parallax serve --host $(HOST) --port $(PORT)

test: setup-dev ## all tests but the slow ones
	@$(BIN)/pytest -n auto --dist loadfile

test-slow: setup-dev ## kill tests and long fuzzing
	@$(BIN)/pytest -m slow

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

eval: setup-dev ## quality on public data, with floors
	@$(BIN)/python -m evaluation --ablations --cost
	@$(BIN)/python -m evaluation.sections
	@$(BIN)/python -m evaluation.stories
	@$(BIN)/python -m evaluation.references
	@$(BIN)/python -m evaluation.homonyms

bench: setup-dev ## ratios against the bare model and bare SQL
	@$(BIN)/python -m benchmarks

lock: setup-dev ## write requirements*.txt anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -o requirements.txt
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -o requirements-dev.txt

clean: ## remove .venv and caches; databases stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
