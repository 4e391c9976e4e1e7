# make demo   build the demo in DuckDB and print what came out
# make test   the whole test suite, on DuckDB and Postgres
# make test-spark   the demo, generated records and those of DATASETS on Spark, compared with DuckDB
# make lint   style, types and schemas of SQL, Python and YAML
# make bench  the figures of docs/benchmarks.md
# make setup  only the virtual environment and the profile
# make clean  remove the demo's database and what dbt and the checks left
#
# All set-up is part of the commands. PYTHON names the interpreter (3.11 or newer), VENV the folder of the virtual environment.

VENV ?= .venv
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable

# what the shell says about other dbt projects is not meant for this one
unexport DBT_PROJECT_DIR DBT_PROFILES_DIR DBT_PROFILE DBT_TARGET DBT_TARGET_PATH

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-spark lint bench clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

setup: $(VENV)/installed profiles.yml
	@:

$(BIN)/python:
	@test -n "$(PYTHON)" \
		|| { echo "Python 3.11 or newer is needed and was not found; name one: make PYTHON=/path/to/python3 …" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is $$("$(PYTHON)" --version 2>&1)" >&2; exit 2; }
	@echo "Making the virtual environment $(VENV)"
	@"$(PYTHON)" -m venv "$(VENV)" \
		|| { rm -rf "$(VENV)"; echo "$(PYTHON) makes no virtual environment (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 2; }

# installed again when pyproject.toml has changed
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing the project"
	@$(INSTALL) .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing the project and what its tests need"
	@$(INSTALL) '.[dev]'
	@touch $(VENV)/installed $@

profiles.yml:
	@cp profiles.example.yml $@

demo: setup
	@echo "Loading the demo's source tables"
	@$(BIN)/dbt --quiet seed --select tag:demo --target duckdb --profiles-dir .
	@echo "Building and testing the models: half a minute or so"
	@$(BIN)/dbt --quiet build --target duckdb --profiles-dir .
	@$(BIN)/idr summary --target duckdb

test: $(VENV)/installed-dev
	@$(BIN)/python -m pytest $(if $(PGHOST),,--numprocesses auto --dist loadgroup) $(PYTEST_ARGS)

test-spark: $(VENV)/installed-dev
	@DATASETS="$(DATASETS)" $(BIN)/python -m pytest -m spark $(PYTEST_ARGS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@mkdir -p target/lint && cp profiles.example.yml target/lint/profiles.yml
	IDR_DUCKDB_PATH=:memory: $(BIN)/dbt --quiet --warn-error-options '{"error": ["Deprecations"]}' parse --no-partial-parse \
		--profiles-dir target/lint --target-path target/lint
	$(BIN)/python -m pytest --quiet tests/rules/test_yaml.py tests/rules/test_manifest.py
	$(BIN)/python scripts/lint_sql.py

# RECORDS: sizes of the generated data sets. DATASETS: further folders with records and truth. PEERS: public matchers to compare with. MORE: further options,
# see benchmarks/accuracy.
RECORDS ?= 2400,10000,100000
PEERS ?=
MORE ?=
bench: setup
	@test -z "$(PEERS)" || $(INSTALL) '.[peers]'
	@$(BIN)/python benchmarks/accuracy $(DATASETS) --records $(RECORDS) --peers "$(PEERS)" $(MORE)

clean:
	rm -rf target logs .pytest_cache .mypy_cache .ruff_cache .hypothesis identity.duckdb identity.duckdb.wal identity.duckdb.tmp
