# make              this list
# make run          the newsroom on this computer: http://localhost:8000/ (make run PORT=9000)
# make upgrade      this version in the place of the one that runs: docs/operating/upgrading.md
# make test         every test, on SQLite and on PostgreSQL (make test ARGS="-k outline", or ARGS=--full)
# make check        style, templates, migrations, settings, layers
# make audit        whether holes are known of the installed packages
# make bench        what pages cost, against their budgets: 25 minutes at most; ARGS=--help names its parts
# make words        collects the words of readers' pages for translation, and compiles what is translated
# make openapi      docs/api/openapi.json anew, after something was added to the content API
# make screenshots  the pictures in README.md

PYTHON ?= python3
PORT ?=
ARGS ?=
VENV = .venv/bin/python
FOR_SITE = $(PYTHON) newsroom/install.py requirements.txt
FOR_TESTS = $(PYTHON) newsroom/install.py tests/requirements.txt

.PHONY: help run upgrade test check audit bench words openapi screenshots

help:
	@sed -n 's/^# //p; /^$$/q' Makefile

# Without PORT the settings say which one.
run:
	@$(FOR_SITE)
	@exec $(if $(PORT),env PORT=$(PORT)) $(VENV) manage.py serve --prepare

upgrade:
	@$(FOR_SITE)
	@exec $(VENV) manage.py upgrade $(ARGS)

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
	find templates/admin -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --check --target-version 5.2
	# Readers' templates are Jinja's, which has no {% translate %} of Django 3.1.
	find templates -name '*.html' -not -path '*/admin/*' -print0 | xargs -0 -r .venv/bin/djade --check --target-version 3.0
	$(VENV) manage.py makemigrations --check --dry-run
	$(PUBLIC) $(VENV) manage.py check --deploy --fail-level WARNING
	$(VENV) -m pytest -q tests/test_layers.py

audit:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.audit_packages $(ARGS)

bench:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.benchmarks $(ARGS)

# `make words LANGUAGE=sw` begins a catalogue for another language.
words: BABEL = $(VENV) -m babel.messages.frontend -q
words: ALL = --domain django --input-file var/words.pot --output-dir articles/locale
words:
	@$(FOR_TESTS)
	@mkdir -p var
	$(BABEL) extract --mapping pyproject.toml --keywords "gettext_lazy gettext_noop" --no-location --sort-output --add-comments Translators: --output var/words.pot .
	$(if $(LANGUAGE),$(BABEL) init $(ALL) --locale $(LANGUAGE))
	$(BABEL) update $(ALL) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BABEL) compile --domain django --directory articles/locale

openapi:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.api_schema $(ARGS)

screenshots:
	@$(FOR_TESTS)
	@exec $(VENV) -m tests.screenshots $(ARGS)
