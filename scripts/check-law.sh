#!/bin/bash
# The dependency law, held by grep:
#   base <- record, lexicon, model <- read, text, parse, who, what, detail, write
#        <- pipeline <- serve, cli
# A stage never includes another stage; server and command line see the public header only; the
# library neither prints nor exits.
set -euo pipefail
cd "$(dirname "$0")/.."
wrong=0

complain() {
    echo "$1" >&2
    wrong=1
}

# room, and what it may include beside system headers
may() {
    case "$1" in
    base) echo 'dateline\.h|base/' ;;
    record) echo 'dateline\.h|base/|record/' ;;
    lexicon) echo 'dateline\.h|base/|record/|lexicon/' ;;
    model) echo 'dateline\.h|base/|record/|model/' ;;
    cli) echo 'dateline\.h|cli/|serve/serve\.h' ;;
    serve) echo 'dateline\.h|serve/' ;;
    *) echo "dateline\\.h|base/|record/|lexicon/|model/|$1/" ;;
    esac
}

for folder in src/*/; do
    room=$(basename "$folder")
    files=$(find "$folder" -name '*.[ch]')
    [ -n "$files" ] || continue
    found=$(grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' $files |
        grep -vE "include[[:space:]]*\"($(may "$room"))" |
        grep -vE 'include[[:space:]]*"[^/"]+"' || true)
    [ -z "$found" ] || complain "room $room includes what it may not:
$found"
    # without a folder: only dateline.h, or a header of the same folder
    while IFS=: read -r file line text; do
        [ -n "$file" ] || continue
        name=$(sed -E 's/.*"([^"]+)".*/\1/' <<<"$text")
        [ "$name" = dateline.h ] || [ -e "$(dirname "$file")/$name" ] ||
            complain "$file:$line: $name is not of this room"
    done < <(grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"[^/"]+"' $files || true)
done

library=$(find src -name '*.[ch]' -not -path 'src/cli/*')
found=$(grep -HnE '(^|[^a-z_0-9])(printf|fprintf|puts|putchar|perror|exit|abort|_exit|fputs)[[:space:]]*\(' \
    $library | grep -vE '^[^:]*:[0-9]+:[[:space:]]*(\*|/\*|//)' || true)
[ -z "$found" ] || complain "the library prints or exits:
$found"

found=$(grep -HnE '\b(TODO|FIXME|HACK)\b' $(find src include -name '*.[ch]') || true)
[ -z "$found" ] || complain "left undone:
$found"

exit $wrong
