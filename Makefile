# Two commands to know: `make serve` and `make test`. Each sets up what it needs, once.

PYTHON ?= $(shell for p in python3.13 python3 python3.14 python3.12; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

SCHEMA := .cache/schema/tree.json

.PHONY: serve site check schema test bench browser clean

serve: .venv/ready node_modules/ready $(SCHEMA)  ## build the site and serve it with live reload
	$(BIN)/mkdocs serve

site: .venv/ready node_modules/ready  ## build site/ once
	$(BIN)/mkdocs build --strict

check: .venv/ready $(SCHEMA)  ## check the trees
	$(BIN)/python -m minglu check

schema: $(SCHEMA)  ## what VS Code completes and marks with while one types

test: .venv/ready node_modules/ready browser  ## all tests, the browser's included
	$(BIN)/python -m pytest

bench: .venv/ready node_modules/ready browser  ## speed and size against an older commit (BASE=…) in one run of at most fifteen minutes
	$(BIN)/python -m bench

.venv/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Minglu needs Python 3.12 or newer (3.13 is best: it makes the browser start fastest)."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

$(SCHEMA): .venv/ready $(wildcard build_tools/minglu/parse/*.py)
	$(BIN)/python -m minglu schema

node_modules/ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Minglu needs Node.js with npm (for the browser's Python)."; exit 1; }
	npm ci --silent
	@touch $@

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else echo "The tests need Chromium or Chrome on the PATH (Debian: apt install chromium)."; exit 1; fi; }

clean:
	rm -rf .venv node_modules site .cache
