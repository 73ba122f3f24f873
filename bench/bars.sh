#!/bin/bash
# Every scorer over the development sets in ../shared, one line each: what it prints last.
#
# usage: bench/bars.sh [PROGRAM]
set -uo pipefail
program=$(realpath "${1:-build/dateline}")
cd "$(dirname "$0")/.."
data=../shared/data
eval=../shared/eval
if [ ! -d "$data" ] || [ ! -d "$eval" ]; then
    echo "skipped: $data and $eval are not there"
    exit 0
fi

# bar NAME SCRIPT ARGUMENTS...
bar() {
    local name=$1
    shift
    printf '%-28s %s\n' "$name" "$(python3 "$eval/$@" "$program" 2>&1 | tail -n 1)"
}

# Trees: from raw text, and over the gold tokens.
parse_bar() {
    local name=$1 gold=$2 work
    work=$(mktemp -d)
    "$program" parse --tokens "$gold" >"$work/tokens.conllu" &&
        printf '%-28s %s\n' "$name, gold tokens" \
            "$(python3 "$eval/score_parse.py" "$gold" "$work/tokens.conllu" 2>&1 | tail -n 1)"
    python3 bench/raw_text.py "$gold" >"$work/raw.txt"
    "$program" parse --input-format txt "$work/raw.txt" >"$work/raw.conllu" &&
        printf '%-28s %s\n' "$name, raw text" \
            "$(python3 "$eval/score_parse.py" "$gold" "$work/raw.conllu" 2>&1 | tail -n 1)"
    rm -rf "$work"
}

parse_bar "trees EWT" $data/parse/en_ewt-ud-dev.conllu
parse_bar "trees GUM" $data/parse/gum-open-dev.conllu
bar "names EWT" score_names.py $data/names/uner-ewt-dev.jsonl
bar "names wikigold (trained on)" score_names.py $data/names/wikigold.jsonl
bar "relations" score_relations.py $data/events/relations-dev.tsv
bar "quad" score_quad.py $data/events/quad-dev.jsonl
bar "triggers" score_triggers.py $data/events/timeset-dev.jsonl
bar "incidents" score_incidents.py $data/events/muc-dev.jsonl
bar "entities" score_entities.py $data/entities/dev.jsonl
bar "time WikiWars" score_time.py $data/time/wikiwars.jsonl
bar "time Recognizers" score_time.py $data/time/recognizers.jsonl
bar "numbers" score_numbers.py $data/numbers/recognizers.jsonl
bar "places GeoWebNews" score_places.py $data/places/geowebnews.jsonl
bar "places LGL" score_places.py $data/places/lgl.jsonl
bar "claims" score_claims.py $data/claims/polnear-dev.jsonl
[ -d ../shared/seed ] && bar "seed article" score_seed.py ../shared/seed
bench/run $data/articles/wikinews.jsonl "$program" 1 | tail -n 1
printf '%-28s %s\n' "text without events" "$(bench/precision/run "$program" | tail -n 1)"
printf '%-28s %s\n' "the same, unseen" "$(bench/precision/run "$program" bench/precision/unseen.jsonl | tail -n 1)"
