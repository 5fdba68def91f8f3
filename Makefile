# make bench   install what it needs, run the baselines on the gold, print the leaderboard
# make test    install what it needs, run the tests with coverage
# make test-label-studio      test the cycle against a real Label Studio server, in .venv-label-studio/
# make test-label-studio-all  the same, and what takes long: killed servers, thousands of tasks
# make coverage               what `make test` and `make test-label-studio-all` cover together
# make test-adapters    test the adapters for spaCy, stanza, transformers and GLiNER, in .venv-adapters/
# make systems run public systems that are large or need Java or Node again, in .venv-systems/; see scripts/systems
# make speed-label-studio  time pushes to and pulls from a Label Studio server beside its SDK's plain calls
# make speed   time the scores beside their peers, in .venv-speed/; FLAGS=--quick for a first look
#
# Needs git, make, Python >= 3.11 and pip; everything goes into .uv/ and .venv/ here.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
VENV := .venv
ADAPTERS := .venv-adapters
LABEL_STUDIO := .venv-label-studio
SPEED := .venv-speed
SYSTEMS := .venv-systems
SYNC := UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --frozen --inexact --compile-bytecode --python $(PYTHON) --extra baselines
SOURCES := pyproject.toml uv.lock

export UV_PROJECT_ENVIRONMENT := $(VENV)

.PHONY: bench test test-label-studio test-label-studio-all coverage test-adapters systems speed speed-label-studio lint types docs corpus check-wheel ci clean

bench: $(VENV)/.bench
	@$(VENV)/bin/vinee bench

# Most of what speaks to a server is covered by the tests that need one; `make coverage` asks for it.
test: $(VENV)/.test
	rm -f .coverage .coverage.*
	$(VENV)/bin/coverage run -m pytest -n 2 --dist loadfile -m "not label_studio"
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage report --omit '*/vinee/labelstudio/*,*/vinee/cli/label_studio*'

# Two processes, each with a server of its own. The cycle from a new article to a release, and what
# it rests on.
test-label-studio: $(VENV)/.test $(LABEL_STUDIO)/.done
	VINEE_LABEL_STUDIO_ENV=$(abspath $(LABEL_STUDIO)) $(VENV)/bin/python -m pytest -p no:cacheprovider -n 2 --dist loadfile --durations=10 -m "label_studio and not slow" tests/labelstudio

# All of it, killed servers, thousands of tasks and PostgreSQL included, in two processes as well, in
# some fifteen minutes on two cores. What it covers is added to what `make test` found.
test-label-studio-all: $(VENV)/.test $(LABEL_STUDIO)/.done
	VINEE_LABEL_STUDIO_ENV=$(abspath $(LABEL_STUDIO)) $(VENV)/bin/coverage run -m pytest -n 2 --dist loadfile --durations=20 -m label_studio tests/labelstudio
	$(VENV)/bin/coverage combine --append --quiet

coverage: $(VENV)/.test
	$(VENV)/bin/coverage report

# The libraries are large, so they have an environment of their own, and `make test` skips these tests.
# What is skipped here is listed at the end.
test-adapters: $(ADAPTERS)/.done
	$(ADAPTERS)/bin/python -m pytest -q -p no:cacheprovider tests/extractors/test_*_models.py

# Their predictions are stored, and `make bench` lists them; so nobody else need run them.
systems: $(SYSTEMS)/.done
	cd scripts/systems && for system in chrono:ChronoExtractor heideltime:HeidelTimeExtractor vinlp:VinlpExtractor vntk:VntkExtractor; do \
	    ../../$(SYSTEMS)/bin/vinee run $$system --out ../../benchmark || exit; done

# Its peers are no dependencies, so they have an environment of their own.
speed: $(SPEED)/.done
	@$(SPEED)/bin/python scripts/speed $(FLAGS)

# Some ten minutes a round, most of it the server's.
speed-label-studio: $(VENV)/.test $(LABEL_STUDIO)/.done
	@VINEE_LABEL_STUDIO_ENV=$(abspath $(LABEL_STUDIO)) $(VENV)/bin/python scripts/speed/label_studio.py $(FLAGS)

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

ci: lint types docs test test-label-studio check-wheel

clean:
	rm -rf $(VENV) $(ADAPTERS) $(LABEL_STUDIO) $(LABEL_STUDIO).lock $(SPEED) $(SYSTEMS) scripts/systems/node_modules .uv site dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis

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
	$(SYNC) --extra http --extra label-studio --extra report --extra spacy --group test
	@touch $@

$(VENV)/.lint: $(UV) $(SOURCES)
	$(SYNC) --group lint
	@touch $@

$(VENV)/.docs: $(UV) $(SOURCES)
	$(SYNC) --group docs
	@touch $@

# By the code that makes it for a user, with our uv.
$(LABEL_STUDIO)/.done: $(UV) $(VENV)/.test src/vinee/labelstudio/server/constraints.txt
	PATH="$(abspath $(dir $(UV))):$$PATH" $(VENV)/bin/python scripts/label_studio_env.py $(LABEL_STUDIO)
	@touch $@

$(ADAPTERS)/.done: pyproject.toml scripts/adapters_env.sh
	bash scripts/adapters_env.sh $(PYTHON) $(ADAPTERS)
	@touch $@

$(SYSTEMS)/.done: $(UV) $(SOURCES) scripts/systems/python.txt scripts/systems/package-lock.json
	UV_PROJECT_ENVIRONMENT=$(SYSTEMS) UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --frozen --inexact --compile-bytecode --python $(PYTHON)
	$(UV) pip install --quiet --no-deps --python $(SYSTEMS)/bin/python --requirement scripts/systems/python.txt
	bash scripts/systems/node_packages.sh
	@touch $@

$(SPEED)/.done: $(UV) $(SOURCES) scripts/speed/peers.txt
	UV_PROJECT_ENVIRONMENT=$(SPEED) UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --frozen --inexact --compile-bytecode --python $(PYTHON)
	$(UV) pip install --quiet --python $(SPEED)/bin/python --requirement scripts/speed/peers.txt
	@touch $@
