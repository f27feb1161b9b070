# For developers; everything is set up by run.py.
.PHONY: setup check format test parts audit sbom

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

parts:
	@python3 run.py parts

audit: parts
	@.venv/bin/pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r constraints.txt || { \
		echo "没有通过：或有已知漏洞（见上），或查询服务连不上、不认识某个包，那就什么都没查成。 · Not passed: known faults" >&2; \
		echo "(above), or the advisory service was out of reach or does not know a package; then nothing is known." >&2; exit 1; }

sbom: parts
	@.venv/bin/cyclonedx-py environment .venv/bin/python --pyproject pyproject.toml --output-reproducible -o sbom.json
	@echo "sbom.json"
