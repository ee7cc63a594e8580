# The two commands of the README: `make demo` and `make test`. Both make .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lab bench all clean

.venv/ready: .ci/lock.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/lock.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: .venv/ready
	$(BIN)/toneguide demo

test: .venv/ready
	$(BIN)/python -m pytest -n 2 --dist loadscope
	$(BIN)/python -m pytest -q --nbval-lax --nbval-current-env --nbval-cell-timeout=120 -n 2 --dist loadscope notebooks

lab: .venv/ready
	$(BIN)/toneguide lab

bench: .venv/ready
	$(BIN)/poe bench

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache
