# make demo    installs what is missing, builds, codes the articles of examples/ into an archive
# make check   everything that a change must pass; the last line says how it went
# make bars    the scorers over held-out sets, where ../shared is there
# make build   the release build in build/
# make page    the page that `dateline serve` shows (installs node and npm where they are missing)
# make format  rewrites C files as clang-format-14 has it

BUILD ?= build
JOBS ?= $(shell nproc)
DATELINE = $(BUILD)/dateline

.PHONY: demo check bars build page format clean

demo: build page
	@echo
	@$(DATELINE) code --quiet --format table examples/articles.jsonl
	@echo "The same as JSON Lines, for programs:"
	@echo "    $(DATELINE) code --format jsonl examples/articles.jsonl > records.jsonl"
	@echo
	@rm -f $(BUILD)/examples.db $(BUILD)/examples.db-wal $(BUILD)/examples.db-shm
	@$(DATELINE) code --quiet --db $(BUILD)/examples.db --merge examples/articles.jsonl examples/archive
	@echo "An archive of twenty crises is kept in $(BUILD)/examples.db. To look at it in a browser:"
	@echo "    $(DATELINE) serve --db $(BUILD)/examples.db"

page:
	@scripts/install-packages.sh page
	@scripts/build-page.sh $(BUILD)/share/page

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
