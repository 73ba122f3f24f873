# make demo    installs what is missing, builds, codes the articles of examples/
# make check   everything that a change must pass; the last line says how it went
# make bars    the scorers over held-out sets, where ../shared is there
# make build   the release build in build/
# make format  rewrites C files as clang-format-14 has it

BUILD ?= build
JOBS ?= $(shell nproc)
DATELINE = $(BUILD)/dateline

.PHONY: demo check bars build format clean

demo: build
	@echo
	@$(DATELINE) code --quiet --format table examples/articles.jsonl
	@echo "The same as JSON Lines, for programs:"
	@echo "    $(DATELINE) code --format jsonl examples/articles.jsonl > records.jsonl"

build:
	@scripts/install-packages.sh build
	@cmake -G Ninja -S . -B $(BUILD) -DDATELINE_TESTS=OFF > /dev/null
	@cmake --build $(BUILD) -j $(JOBS)

check:
	@scripts/install-packages.sh check
	@JOBS=$(JOBS) scripts/check.sh

bars: build
	@bench/bars.sh $(DATELINE)

format:
	@scripts/check-format.sh --fix

clean:
	@rm -rf $(BUILD) .build
