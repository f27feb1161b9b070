# For developers; everything is set up by run.py.
.PHONY: setup check format test

setup:
	@python3 run.py dev

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/lint-imports

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

test:
	@python3 run.py test
