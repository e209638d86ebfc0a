# Two commands matter: `make book` and `make test`. Everything they need they set up themselves,
# inside this folder, without root. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
CAREBOOK := $(VENV)/bin/carebook
READY := $(VENV)/ready
# The default Python is taken where it is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && { command -v $$p; break; }; done)
PORT ?= 8000

.PHONY: book html test check bench help lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: html ## set up, build and serve the book, and print its address (PORT=8000)
	@$(CAREBOOK) serve --port $(PORT)

html: $(READY) ## set up and build the book into _build/html
	@$(CAREBOOK) build

test: html ## set up, build the book and pass every test
	@$(CAREBOOK) setup --browser
	@$(VENV)/bin/python -m pytest -n 2

check: $(READY) ## lint, types and prose, in under a minute
	@$(CAREBOOK) check

bench: html ## build times, page weight and Lighthouse scores, in one run
	@$(CAREBOOK) setup --browser
	@$(CAREBOOK) bench

lock: $(READY) ## resolve pyproject.toml again into requirements.txt
	@$(VENV)/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-header -q -o requirements.txt

clean: ## remove what builds made (the virtual environment stays)
	rm -rf _build

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) with $$("$(PYTHON)" --version): about 220 packages, one to four minutes the first time."
	@"$(PYTHON)" -m venv $(VENV) || { echo "If it is the venv module that is missing, install your system's python3-venv package."; exit 1; }
	@trap 'kill $$pid 2>/dev/null; exit 130' INT TERM; start=$$(date +%s); \
	  $(VENV)/bin/python -m pip install --disable-pip-version-check -qq --progress-bar off -r requirements.txt & pid=$$!; \
	  while kill -0 $$pid 2>/dev/null; do sleep 2; \
	    if [ -t 1 ]; then printf '\r  installing packages: %s s' "$$(( $$(date +%s) - start ))"; fi; done; \
	  wait $$pid && echo "  packages installed in $$(( $$(date +%s) - start )) s"
	@$(VENV)/bin/python -m pip install --disable-pip-version-check -qq --no-build-isolation --no-deps -e .
	@touch $@
