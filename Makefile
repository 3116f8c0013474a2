# Any Python from 3.11 on will do: make demo PYTHON=python3.12
PYTHON ?= python3
.PHONY: setup demo test test-all bench lock

setup:    ; @$(PYTHON) tools/make.py setup
demo:     ; @exec $(PYTHON) tools/make.py demo
test:     ; @$(PYTHON) tools/make.py test
test-all: ; @$(PYTHON) tools/make.py test-all
bench:    ; @$(PYTHON) tools/make.py bench
lock:     ; @$(PYTHON) tools/make.py lock
