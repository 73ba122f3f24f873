#!/bin/bash
# Everything that a change must pass. Each step is counted; a failing one does not hide
# the others. The last line is "N passed, N failed".
#
# Builds live in .build/: gcc with sanitizers, clang for its warnings, gcc release with
# debug information for valgrind and the tests of the command line.
set -uo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
logs=.build/logs
mkdir -p "$logs"
passed=0
failed=0

# step NAME COMMAND...: runs it; its output is shown where it fails. Steps that count
# tests of their own print "N passed, N failed" as their last line.
step() {
    local name=$1 log start last
    shift
    log=$logs/${name//[^a-z0-9]/-}.log
    start=$SECONDS
    local ok=yes
    "$@" >"$log" 2>&1 || ok=no
    last=$(tail -n 1 "$log")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        [ $ok = yes ] || [ "${BASH_REMATCH[2]}" -gt 0 ] || failed=$((failed + 1))
    elif [ $ok = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    if [ $ok = yes ]; then
        echo "ok      $name ($((SECONDS - start)) s)"
    else
        echo "FAILED  $name ($((SECONDS - start)) s)"
        grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Creating)' "$log" | tail -n 60 | sed 's/^/        /'
    fi
}

build() { # folder compiler build-type options...
    local folder=.build/$1 compiler=$2 type=$3
    shift 3
    CC=$compiler cmake -G Ninja -S . -B "$folder" -DCMAKE_BUILD_TYPE="$type" "$@" &&
        cmake --build "$folder" -j "$jobs" -- -k 0
}

unit_tests() { # folder
    local program good=0 bad=0
    for program in .build/"$1"/tests/test_*; do
        [ -f "$program" ] && [ -x "$program" ] || continue
        if "$program"; then
            good=$((good + 1))
        else
            echo "FAILED: $program"
            bad=$((bad + 1))
        fi
    done
    echo "$good passed, $bad failed"
    [ $bad -eq 0 ]
}

# Example sentences that their own line does not code yet: the number may only go down.
examples_failing_max=40
lexicon_examples() {
    local findings
    .build/release/dateline lexicon check --examples lexicon/en
    [ $? -le 1 ] || return 1
    findings=$(.build/release/dateline lexicon check --examples lexicon/en 2>&1 |
        sed -nE 's/.*: ([0-9]+) findings?$/\1/p' | tail -n 1)
    [ -n "$findings" ] && [ "$findings" -le $examples_failing_max ]
}

valgrind_cases() {
    tests/run_cases.py --print-articles tests/cases |
        valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
            .build/release/dateline code --kernels avx2 --input-format jsonl \
            --format jsonl - >"$logs/valgrind-records.jsonl"
}

same_bytes() { # two runs, and the plain kernels, give the same records
    local program=.build/release/dateline
    $program code --format jsonl --claims examples/articles.jsonl >"$logs/first.jsonl" &&
        $program code --format jsonl --claims examples/articles.jsonl >"$logs/second.jsonl" &&
        $program code --format jsonl --claims --kernels plain examples/articles.jsonl >"$logs/plain.jsonl" &&
        cmp "$logs/first.jsonl" "$logs/second.jsonl" &&
        cmp "$logs/first.jsonl" "$logs/plain.jsonl"
}

installs() { # into a folder of its own; a program of four lines builds against it
    local root=$PWD/.build/installed
    rm -rf "$root"
    cmake --install .build/release --prefix "$root" &&
        [ -f "$root/include/dateline.h" ] &&
        DATELINE_DATA=$root/share/dateline "$root/bin/dateline" doctor --lexicon examples/overlay |
            grep -F "$root/share/dateline/dictionaries/en" &&
        printf '#include <dateline.h>\n#include <stdio.h>\nint main(void) { return puts(dateline_version()) < 0; }\n' \
            >"$root/user.c" &&
        cc "$root/user.c" -o "$root/user" \
            $(PKG_CONFIG_PATH=$(dirname "$(find "$root" -name dateline.pc)") \
                pkg-config --define-variable=prefix="$root" \
                --define-variable=libdir="$(dirname "$(find "$root" -name libdateline.so)")" \
                --define-variable=includedir="$root/include" --cflags --libs dateline) &&
        LD_LIBRARY_PATH=$(dirname "$(find "$root" -name libdateline.so)") "$root/user"
}

step "format" scripts/check-format.sh
step "dependency law" scripts/check-law.sh
step "build with gcc" build release gcc Release -DCMAKE_C_FLAGS=-g
step "build with gcc and sanitizers" build sanitize gcc Debug -DCMAKE_C_FLAGS=-O1 -DDATELINE_SANITIZE=ON
step "build with clang" build clang clang Release -DDATELINE_TESTS=OFF
step "lexicon" .build/release/dateline lexicon check lexicon/en
step "lexicon examples" lexicon_examples
step "unit tests" unit_tests sanitize
step "cases" tests/run_cases.py --program .build/sanitize/dateline tests/cases
step "layers" tests/run_layers.py --program .build/sanitize/dateline tests/layers
step "entities" tests/run_entities.py --program .build/sanitize/dateline tests/entities
step "command line" tests/cli/run .build/sanitize/dateline
step "server" tests/serve/run .build/sanitize/dateline
step "page" tests/serve/page .build/release/dateline
step "records fit the schema" /usr/bin/python3 tests/check_schema.py .build/release/dateline examples/articles.jsonl
step "layouts read back" tests/check_export.py .build/release/dateline tests/export/records.jsonl examples/articles.jsonl
step "same input, same bytes" same_bytes
step "valgrind over the cases" valgrind_cases
step "archive outlives kills" bench/archive/crash .build/release/dateline 6 3000
step "install" installs

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
