NOIDX = env -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_INDEX -u UV_EXTRA_INDEX_URL -u PIP_INDEX_URL
COMPILE = $(NOIDX) uv pip compile -q --no-config --universal --generate-hashes --no-header --no-annotate -p 3.12 pyproject.toml

run: ; ./run
test: ; ./run test
check: ; ./run check
lock:
	$(COMPILE) -o requirements/app.txt
	$(COMPILE) --group dev -c requirements/app.txt -o requirements/dev.txt
	! grep -nE '://|--(extra-)?index|--find-links' requirements/*.txt
.PHONY: run test check lock
