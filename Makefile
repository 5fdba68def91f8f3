# make bench   install what it needs, run the baselines on the gold, print the leaderboard
# make test    install what it needs, run the tests with coverage
#
# Needs git, make, Python >= 3.11 and pip; everything goes into .uv/ and .venv/ here.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
VENV := .venv
SYNC := UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --frozen --inexact --compile-bytecode --python $(PYTHON) --extra baselines
SOURCES := pyproject.toml uv.lock

export UV_PROJECT_ENVIRONMENT := $(VENV)

.PHONY: bench test lint types docs corpus check-wheel ci clean

bench: $(VENV)/.bench
	@$(VENV)/bin/vinee bench

test: $(VENV)/.test
	rm -f .coverage .coverage.*
	$(VENV)/bin/coverage run -m pytest -n 2 --dist loadfile
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage report

lint: $(VENV)/.lint
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/vinee corpus validate
	$(VENV)/bin/vinee conformance build --check

types: $(VENV)/.lint $(VENV)/.test
	$(VENV)/bin/mypy

docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --strict --quiet --site-dir site

# Regenerate what is generated from the gold.
corpus: $(VENV)/.bench
	$(VENV)/bin/vinee corpus build
	$(VENV)/bin/vinee corpus validate

# Install the wheel into a new environment, far from the checkout, and use it there.
check-wheel: $(UV)
	bash scripts/check_wheel.sh $(UV) $(PYTHON)

ci: lint types docs test check-wheel

clean:
	rm -rf $(VENV) .uv site dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ViNEE needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet uv==$(UV_VERSION)

# Our own modules are compiled too, for machines that are told not to keep byte code.
$(VENV)/.bench: $(UV) $(SOURCES)
	$(SYNC)
	$(VENV)/bin/python -m compileall -q src
	@touch $@

$(VENV)/.test: $(UV) $(SOURCES)
	$(SYNC) --extra http --extra report --extra spacy --group test
	@touch $@

$(VENV)/.lint: $(UV) $(SOURCES)
	$(SYNC) --group lint
	@touch $@

$(VENV)/.docs: $(UV) $(SOURCES)
	$(SYNC) --group docs
	@touch $@
