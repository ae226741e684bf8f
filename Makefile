run: ; ./run
test: ; ./run test
check: ; ./run check
lock: ; ./run lock
.PHONY: run test check lock
