#!/bin/bash
# Every C file as clang-format-14 would write it; --fix rewrites them.
set -euo pipefail
cd "$(dirname "$0")/.."
files=$(find include src tests bench -name '*.[ch]')
if [ "${1:-}" = --fix ]; then
    exec clang-format-14 -i $files
fi
clang-format-14 --dry-run -Werror $files
