# The two commands of the README are `make demo` and `make test`; both make .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test setup lock lint drill

demo: setup
	./scripts/demo

test: setup
	./scripts/test

drill: setup
	./scripts/drill

# The scripts of the pages are built anew whenever their sources changed, which is soon told.
setup: $(VENV)/.ready
	@$(BIN)/python scripts/build_front.py

$(VENV)/.ready: requirements.lock pyproject.toml
	./scripts/setup $(PYTHON) $(VENV)
	touch $@

# Made by uv, never by pip-compile: the lock carries hashes and names no host.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements.lock

lint: setup
	./scripts/lint
