# The commands of the project. Only `python3` (3.11 or newer) and `make` are taken for granted.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check

.PHONY: bench help demo serve setup setup-dev setup-bench test check format translations clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(VENV)/.installed ## the `yiheng` command in .venv

setup-dev: $(VENV)/.installed-dev ## also what tests and checks need

setup-bench: $(VENV)/.installed-bench ## also what the benchmarks need

$(VENV)/.installed: requirements/base.txt requirements/build.txt pyproject.toml
	@python3 -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	test -x $(PYTHON) || python3 -m venv $(VENV)
	$(PIP) install -r requirements/build.txt -r requirements/base.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(PIP) install -r requirements/dev.txt
	touch $@

$(VENV)/.installed-bench: $(VENV)/.installed requirements/bench.txt
	$(PIP) install -r requirements/bench.txt
	touch $@

demo: setup ## load the example department-years and publish their packages under build/
	scripts/demo.sh

serve: setup ## the web application on the data that `make demo` loaded, on http://127.0.0.1:8000
	@test -d build/demo-home || { echo 'run make demo first'; exit 2; }
	YIHENG_HOME=$(CURDIR)/build/demo-home $(VENV)/bin/yiheng serve

test: setup-dev ## all checks and tests, on SQLite and on PostgreSQL
	scripts/test.sh

check: setup-dev ## style, types, imports, migrations
	scripts/check.sh

bench: setup-bench ## timings as ratios to a plain peer
	$(PYTHON) -m bench.statements
	$(PYTHON) -m bench.performance
	$(PYTHON) -m bench.reading
	test -d build/packages || scripts/demo.sh
	$(PYTHON) -m bench.audit
	$(PYTHON) -m bench.audit_mutations --own szybzx-2020-accounts demo-2024-accounts --sample 10
	$(PYTHON) -m bench.web

format: setup-dev ## put the code into the one format
	$(VENV)/bin/ruff check --quiet --fix-only .
	$(VENV)/bin/ruff format .

translations: setup-dev ## take new texts of the screens into the English catalogue, and compile it
	$(PYTHON) -m scripts.translations

clean: ## remove what was built (the virtual environment stays)
	rm -rf build dist src/*.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
