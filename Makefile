# Everything runs in an environment of its own; a plain Python 3.11 with pip is enough to start.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo call test lint bench bench-feel bench-detect soak doctor clean

demo: $(STAMP)
	$(BIN)/voicecoach demo $(ARGS)

call: $(STAMP)
	$(BIN)/voicecoach call $(ARGS)

doctor: $(STAMP)
	$(BIN)/voicecoach doctor

# Side by side, but for the tests that listen to sound as it passes: those want the machine to themselves.
# With ARGS only what they name.
test: $(STAMP)-dev
ifeq ($(ARGS),)
	$(BIN)/python -m pytest -m "not rig" -n logical --maxprocesses 4 --dist worksteal
	$(BIN)/python -m pytest -m rig
else
	$(BIN)/python -m pytest $(ARGS)
endif

lint: $(STAMP)-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)-dev
	$(BIN)/python -m bench $(ARGS)

bench-feel: $(STAMP)-dev
	$(BIN)/python -m bench feel

bench-detect: $(STAMP)-dev
	$(BIN)/python -m bench detect

# SECONDS=120 for a short one.
soak: SECONDS ?= 1800
soak: $(STAMP)-dev
	SECONDS=$(SECONDS) $(BIN)/python -m bench soak

$(STAMP): setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(STAMP)-dev: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .[dev]
	@touch $@

clean:
	rm -rf build dist $(VENV)
