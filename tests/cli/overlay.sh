# The folder of docs/lexicon.md, laid over the standard dictionaries at run time.
here() { sed -E "s|[^ ]*/share/|SHARE/|; s|$ROOT/||"; }
cp -r "$ROOT/examples/overlay" mine
articles=mine/articles.jsonl
echo "-- without it"
dateline code --format table $articles
echo "-- with it"
dateline code --lexicon mine --format table $articles
dateline doctor --lexicon mine | grep -E '^(lexicon|overlay)' | here
code_of dateline lexicon check --examples "$ROOT/lexicon/en" --overlay mine 2>&1 | grep -c overlay:
echo "-- categories of one's own in records"
dateline code --lexicon mine --format jsonl $articles | python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    print(r["event"], r["mode"], r["quad_code"], r["event_scale"], r.get("cameo"), r["rule"])'
echo "-- why"
dateline explain --lexicon mine --date 2024-03-13 \
    "The Free Coast Movement threatened to board another tanker." | grep -E '^  (who|event|not)'
dateline explain --lexicon mine "The envoy of Chad presented his credentials." | grep -cE '^  event'
echo "-- the other commands"
dateline entity --lexicon mine --format table --date 2024-03-13 "the Free Coast Movement" | grep -E '^(code|sector)'
dateline annotate --lexicon mine $articles | grep -o '"entity_text":"Creek wardens"[^}]*' | head -n 1
dateline parse --lexicon mine $articles | grep -c '^# text'
echo "-- compiled, it is the same"
dateline lexicon build "$ROOT/lexicon/en" --overlay mine -o mine.lexicon
dateline code --lexicon mine.lexicon --format jsonl $articles >compiled.jsonl
dateline code --lexicon mine --format jsonl $articles | cmp - compiled.jsonl && echo same
