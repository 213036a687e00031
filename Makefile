# Todoku. Needs Python 3.11 or newer and make; the rest comes by itself.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
WITHOUT_REAL_PARTS := --ignore tests/services --ignore tests/browser
MESSAGES := $(patsubst %.po,%.mo,$(shell find locale -name '*.po' 2>/dev/null))
# uv installs in seconds; pip does the same where uv cannot be had.
INSTALL = { [ -x .venv/bin/uv ] && .venv/bin/uv pip install --quiet --python $(PY) -r $(1); } \
          || $(PY) -m pip install --quiet -r $(1)

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset screenshots test lint bench fit messages

help:  ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: .venv/.installed messages  ## try it: everything, with a made-up company, on this machine
	@$(PY) -m demo --port $(PORT)

demo-reset: .venv/.installed messages  ## the same, from the beginning
	@$(PY) -m demo --port $(PORT) --reset

screenshots: .venv/.installed-dev messages  ## take the pictures of README.md again
	@$(PYTHON) tests/parts/debian.py browser font
	@$(PY) -m demo.screenshots

test: .venv/.installed-dev messages  ## all tests, with both databases and real parts
	@$(PYTHON) tests/parts/debian.py browser font messages
	@$(PY) -m pytest -q --numprocesses auto --engine sqlite tests $(WITHOUT_REAL_PARTS)
	@$(PY) -m pytest -q --numprocesses auto --dist worksteal --engine postgresql tests

lint: export SECRET_KEY := for-lint-and-nothing-else-0123456789-0123456789-0123456789
lint: .venv/.installed-dev  ## style, types, missing migrations, wrong settings
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py check

bench: .venv/bench/.installed  ## how fast it is and how well it reads; make bench ONLY=capture
	@.venv/bench/bin/python -m benchmarks $(DATA) $(if $(ONLY),--only $(ONLY)) \
	  $(if $(BEFORE),--before $(BEFORE)) $(if $(KEEP),--keep $(KEEP))

fit: .venv/bench/.installed  ## fit the weights that English is read with; make fit DATA=folder
	@.venv/bench/bin/python -m benchmarks.fit_english $(DATA)

messages: $(MESSAGES)
	@:

%.mo: %.po | .venv/.installed
	@$(PY) -m config.compile_messages $<

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Todoku needs Python 3.11 or newer: make PYTHON=python3.11 …' >&2; exit 1; }
	@$(PYTHON) tests/parts/debian.py venv
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/bench/.installed: requirements-bench.txt .venv/.installed
	@$(PYTHON) -m venv .venv/bench
	@.venv/bench/bin/python -m pip install --quiet -r requirements-bench.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(call INSTALL,requirements-dev.txt)
	@# Lets .venv/bin/pytest find the tests package as `python -m pytest` does.
	@echo ../../../.. > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/todoku.pth"
	@touch $@
