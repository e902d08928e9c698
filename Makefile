# make              this list
# make run          the newsroom on this computer: http://localhost:8000/ (make run PORT=9000)
# make test         every test, on SQLite and on PostgreSQL (make test ARGS="-k outline", or ARGS=--full)
# make check        style, templates, migrations, settings, layers
# make bench        what pages cost, against their budgets; writes docs/benchmarks.md
# make screenshots  the pictures in README.md

PYTHON ?= python3
PORT ?=
ARGS ?=
VENV = .venv/bin/python
FOR_SITE = $(PYTHON) newsroom/install.py requirements.txt
FOR_TESTS = $(PYTHON) newsroom/install.py tests/requirements.txt

.PHONY: help run test check bench screenshots

help:
	@sed -n 's/^# //p; /^$$/q' Makefile

# Without PORT the settings say which one.
run:
	@$(FOR_SITE)
	@exec $(if $(PORT),env PORT=$(PORT)) $(VENV) manage.py serve --prepare

test:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.run $(ARGS)

# The settings of a site that readers reach, so that --deploy judges those.
check: export VAR_DIR = var/check
check: PUBLIC = SITE_URL=https://news.example.org SECRET_KEY=for-this-check-AbCdEfGhIjKlMnOpQrStUvWxYz-0123456789
check:
	@$(FOR_TESTS)
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --check --target-version 5.2
	$(VENV) manage.py makemigrations --check --dry-run
	$(PUBLIC) $(VENV) manage.py check --deploy --fail-level WARNING
	$(VENV) -m pytest -q tests/test_layers.py

bench:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.benchmarks $(ARGS)

screenshots:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.screenshots $(ARGS)
