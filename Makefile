# The one door to everything a developer does. `make demo` to look, `make test` to check.

PROVINCE ?= dak-lak
BIN := .venv/bin
STAMPS := .venv/stamps
CODE := src tests tools
TEMPLATES := src/motcua/theme src/motcua/portal src/motcua/desk
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test ci format format-check lint types arch migrations templates
.PHONY: browser messages messages-check lock bench mutation screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# --- Setting up ---------------------------------------------------------------------------------------------
setup: $(STAMPS)/run ## everything that running needs
	@$(BIN)/python tools/build_assets.py
	@$(BIN)/python tools/messages.py compile

setup-dev: $(STAMPS)/dev ## everything that developing and testing need
	@$(BIN)/python tools/build_assets.py --with-tests
	@$(BIN)/python tools/messages.py compile

$(STAMPS)/run: requirements/base.txt tools/setup.sh
	@tools/setup.sh requirements/base.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements/dev.txt requirements/base.txt tools/setup.sh
	@tools/setup.sh requirements/dev.txt
	@mkdir -p $(STAMPS) && touch $(STAMPS)/run $@

# --- Looking ------------------------------------------------------------------------------------------------
demo: setup ## a whole province with sample dossiers (PROVINCE=kon-tum|quang-ngai|dak-lak|phu-tho)
	@exec $(BIN)/motcua demo --province $(PROVINCE)

screenshots: setup-dev ## the pictures of the README and of the guides
	@tools/browser.sh
	$(BIN)/python -m tools.screenshots

bench: setup-dev ## how fast it is, as a table and JSON
	$(BIN)/python -m tools.bench

mutation: setup-dev ## break the rules one by one; what no test notices goes into docs/law/mutation.md (two hours)
	$(BIN)/python -m tools.mutation $(if $(ONLY),--only $(ONLY))

# --- Checking -----------------------------------------------------------------------------------------------
browser: # Chromium from Debian, if it can be had
	@tools/browser.sh || [ "$$CI" != true ]

# Under CI=true a missing browser is an error: nothing is left out.
test: setup-dev ## all tests
	@if tools/browser.sh; then $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=25 --durations-min=10; \
	elif [ "$$CI" = true ]; then exit 1; \
	else $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=25 --durations-min=10 -m "not browser"; fi

ci: ## what the build server runs
	@$(MAKE) -j2 setup-dev browser
	@$(MAKE) -j2 --output-sync format-check lint types arch migrations templates messages-check
	@$(MAKE) test

format: ## rewrite Python code in the house form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

format-check:
	$(BIN)/ruff format --check $(CODE)

lint: ## ruff
	$(BIN)/ruff check $(CODE)

types: ## mypy --strict
	$(BIN)/mypy
	$(BIN)/mypy --explicit-package-bases tools/bench tools/screenshots.py

arch: ## import contracts
	$(BIN)/lint-imports

migrations: ## is a migration missing?
	$(BIN)/motcua django makemigrations --check --dry-run

templates: ## djlint
	$(BIN)/djlint --lint --quiet $(TEMPLATES)

messages: ## collect and compile the English texts
	$(BIN)/python tools/messages.py

messages-check:
	$(BIN)/python tools/messages.py check

lock: ## compile requirements/*.in into pinned files with hashes
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 requirements/base.in requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 requirements/node.in -o requirements/node.txt

clean: ## forget sample data and caches; .venv stays
	@if [ -x $(BIN)/python ] && [ -d var ]; then $(BIN)/python -m tools.forget; fi
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
