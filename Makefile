# Three commands to know: `make serve`, `make test` and `make lint`. Each sets up what it needs, once.

PYTHON ?= $(shell for p in python3.13 python3 python3.14 python3.12; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$p && break; done)
NO_PYTHON := Minglu needs Python 3.12 or newer with venv (3.13 is best: it makes the browser start fastest).
BIN := .venv/bin
EXTRAS := browser,lint,test,zh
SCHEMA := .cache/schema/tree.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The search's word cutter reads a cache from the folder for temporary files: ours, where nobody else can put one.
MKDOCS = mkdir -p .cache/tmp && TMPDIR=$(CURDIR)/.cache/tmp $(BIN)/mkdocs

# $(call need,test,Debian packages,sentence): root on Debian gets the packages where the test fails, anybody else the sentence.
need = { $(1); } >/dev/null 2>&1 || { \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
  else echo "$(3)"; exit 1; fi; }

.PHONY: serve site check schema test test-fast lint format bench dist lock locked python npm browser clean

serve: .venv/ready node_modules/ready $(SCHEMA)  ## build the site and serve it with live reload
	$(MKDOCS) serve

site: .venv/ready node_modules/ready  ## build site/ once
	$(MKDOCS) build --strict

check: .venv/ready $(SCHEMA)  ## check the trees
	$(BIN)/python -m minglu check

schema: $(SCHEMA)  ## what VS Code completes and marks with while one types

test: .venv/ready node_modules/ready browser  ## all tests, the browser's included; a file on each processor
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

test-fast: .venv/ready node_modules/ready  ## all but those in a browser and the slow ones
	$(BIN)/python -m pytest -m "not browser and not slow"

lint: .venv/ready node_modules/ready  ## format, rules, types (Python's and the widget's), and no import in a circle
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	node_modules/.bin/tsc --project jsconfig.json
	$(BIN)/python -m pytest tests/test_import_cycles.py

format: .venv/ready  ## what `make lint` asks of the layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --exit-zero .

bench: .venv/ready node_modules/ready browser  ## speed and size against an older commit (BASE=…) in one run of at most fifteen minutes
	$(BIN)/python -m bench

dist: .venv/ready  ## the wheel and the sdist, with all that they must hold
	rm -rf build dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python .ci/check_dist.py dist

lock: .venv/ready  ## requirements.lock from pyproject.toml and constraints.txt: the same releases, each file with its hash
	$(BIN)/python -m pip install --quiet --constraint constraints.txt uv
	$(BIN)/uv pip compile pyproject.toml --quiet --all-extras --constraint constraints.txt --universal --python-version 3.12 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --output-file requirements.lock

locked: pyproject.toml requirements.lock | python  ## .venv as the workflows have it: nothing whose hash is not in requirements.lock
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/ready

.venv/ready: pyproject.toml constraints.txt | python
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

$(SCHEMA): .venv/ready $(wildcard build_tools/minglu/parse/*.py)
	$(BIN)/python -m minglu schema

node_modules/ready: package.json package-lock.json | npm
	npm ci --silent
	@touch $@

python:
	@$(call need,test -n "$(PYTHON)" && $(PYTHON) -c 'import ensurepip',python3 python3-venv,$(NO_PYTHON))

npm:
	@$(call need,command -v npm,npm,Minglu needs Node.js with npm (for the browser's Python).)

browser: .venv/ready
	@$(call need,$(BIN)/python tests/chromium.py,chromium,$$($(BIN)/python tests/chromium.py 2>&1))
	@$(call need,fc-list :lang=zh | grep -q .,fontconfig fonts-noto-cjk,The tests measure Chinese pages: install a Chinese font.)

clean:
	rm -rf .venv node_modules site .cache build dist
