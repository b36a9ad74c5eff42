# One entrance for people and for CI. Every target makes .venv when it is missing.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
INSTALLING := .venv-installing

# pip compiles what it installs on one core, and the tests of all packages with it: we use every
# core, and leave out what nobody imports. Files that are no modules do not compile; no harm is done.
QUIETLY := --quiet --disable-pip-version-check --no-compile
compile = $(1)/bin/python -m compileall -qq -j 0 -x '/tests/' $(1)/lib || true

# One thread per kernel, worker and child: two threads on loaded cores stall.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help environments both book pictures test test-all check lint format exercises experiments \
  serve bench faults mutants clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 14

# An install that was interrupted leaves its mark, and the next one starts afresh.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "coursecnn needs Python 3.11 or newer; set PYTHON=python3.11")'
	@if [ -e $(INSTALLING) ]; then echo "The last install was interrupted: starting afresh."; rm -rf $(VENV); fi
	@touch $(INSTALLING)
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install $(QUIETLY) -c constraints.txt -e '.[book,chapters,scale,test,torch]'
	$(call compile,$(VENV))
	@rm $(INSTALLING)
	@touch $@

.PRECIOUS: .venv-%/.packages .venv-%/.ready
.venv-%/.packages: benchmarks/peers/%.txt
	rm -rf .venv-$*
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip install $(QUIETLY) -r $<
	$(call compile,.venv-$*)
	@touch $@

# After .venv: both installs write coursecnn.egg-info.
.venv-%/.ready: .venv-%/.packages | $(READY)
	.venv-$*/bin/python -m pip install $(QUIETLY) --no-deps -e .
	@touch $@

environments: # both at the same time: each waits for the network, and then for one core
	@$(MAKE) --no-print-directory -j 2 both
both: $(READY) .venv-nbgrader/.ready
	@:

book: $(READY) ## build the book; the last line says where it is
	@$(PY) book/build.py

test: environments ## everything: lint, units, nbgrader, notebooks twice, book, browser
	@$(PY) tests/run.py

test-all: environments ## the same, with the thorough tests and many more examples (long)
	@$(PY) tests/run.py --all

check: $(READY) ## the quick loop: lint, and the tests and notebooks that a change can reach
	@$(PY) tests/run.py --quick

faults: book .venv-nbgrader/.ready ## plant faults, one after the other, in a copy: does the suite notice? (minutes)
	@$(PY) tests/faults/plant.py

lint: $(READY) ## style, order of imports between rooms, spelling, derived files
	@$(PY) tests/run.py --only lint

format: $(READY) ## let ruff lay out the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

exercises: $(READY) ## derive exercises/ from solutions/
	@$(PY) solutions/generate.py

experiments: $(READY) ## run the seeds behind the chapters again (minutes)
	@for script in experiments/*.py; do $(ONE_THREAD) $(PY) $$script || exit 1; done

pictures: book ## photograph every page and figure, light and dark, wide and narrow, to look at them
	@$(PY) book/contact_sheets.py

serve: book ## open the book at http://localhost:8000
	@$(PY) -m http.server --directory _build/html --bind 127.0.0.1 8000

bench: $(READY) .venv-nbgrader/.ready .venv-otter/.ready ## run the benchmarks side by side with their peers (minutes)
	@for script in benchmarks/*.py; do $(ONE_THREAD) $(PY) $$script || exit 1; done

mutants: $(READY) ## change shapes and ops in small places: do the tests notice? (long)
	@$(ONE_THREAD) $(PY) tests/ops/mutants.py

clean: ## remove what was built; the installed packages stay
	rm -rf _build book/_static/vendor .pytest_cache .ruff_cache .import_linter_cache
