# The two commands of a newcomer: `make demo` and `make test`. Needs Python 3.11.2+, git and make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := PORT=$(PORT) $(BIN)/python manage.py
FLOOR := $(shell sed -n 's/^requires-python = ">=\([0-9.]*\)".*/\1/p' pyproject.toml)
# One version of a package for all Pythons wherever there is one: the version that the tests run is the one that is served.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version $(FLOOR) --fork-strategy fewest --generate-hashes --no-header

STYLES := $(wildcard site/static/*/*.css)
BEAUTIFY := $(BIN)/css-beautify --indent-size 2 --space-around-combinator --preserve-newlines --end-with-newline \
  --disable-newline-between-rules

.PHONY: demo test check bench lock messages format help
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t12

$(VENV)/ready: requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < tuple(map(int, "$(FLOOR)".split("."))) and "Python $(FLOOR) or newer is needed: make PYTHON=python3.13 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/ready ## set everything up, load the demo network once, serve it on $(PORT)
	@$(BIN)/python -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is taken. Choose another: make demo PORT=8001"; exit 1; }
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@export BACKGROUND_TASKS=worker; $(MANAGE) db_worker & worker=$$!; trap "kill $$worker 2>/dev/null" EXIT INT TERM; \
	  BACKGROUND_TASKS=worker $(MANAGE) runserver 127.0.0.1:$(PORT) --noreload

test: $(VENV)/ready ## every test, on SQLite, on PostgreSQL and in a browser where there are
	@$(BIN)/python tests/run.py

bench: $(VENV)/ready ## how fast pages are, as ratios to a trivial view; writes docs/performance.md
	@$(BIN)/python tests/benchmarks/serving.py --write

check: $(VENV)/ready ## style, imports, types, templates, style sheets, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet site/templates */templates
	$(BIN)/djangofmt --check --quiet .
	@for file in $(STYLES); do $(BEAUTIFY) $$file | diff -u $$file - || { echo "$$file: make format"; exit 1; }; done
	DJANGO_SETTINGS_MODULE=config.settings.testing $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') EDITOR_URL=https://reseau.example.org \
	  DATA_DIR=$(CURDIR)/var/check DJANGO_SETTINGS_MODULE=config.settings.production $(BIN)/python manage.py check --deploy --fail-level WARNING

lock: ## compile the requirements from pyproject.toml, for every Python from the floor up and every system
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

messages: $(VENV)/ready ## collect and compile the strings to translate (needs gettext)
	$(MANAGE) makemessages --locale fr --locale br --no-location --no-obsolete --ignore '.venv/*' --ignore 'tests/*'
	$(MANAGE) compilemessages --ignore '.venv/*'

format: $(VENV)/ready ## put the code, the templates and the style sheets in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt .
	@for file in $(STYLES); do $(BEAUTIFY) --replace $$file; done
