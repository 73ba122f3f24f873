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
for day in 2024-03-13 2024-09-01; do
    dateline entity --lexicon mine --format table --date $day "the Free Coast Movement" | grep -E '^(code|sector)'
done
dateline annotate --lexicon mine $articles | grep -o '"entity_text":"Creek wardens"[^}]*' | head -n 1
dateline parse --lexicon mine $articles | grep -c '^# text'
echo "-- compiled, it is the same"
dateline lexicon build "$ROOT/lexicon/en" --overlay mine -o mine.lexicon
dateline code --lexicon mine.lexicon --format jsonl $articles >compiled.jsonl
dateline code --lexicon mine --format jsonl $articles | cmp - compiled.jsonl && echo same
echo "-- docs/lexicon.md shows these files and these records"
dateline code --format table $articles >before
dateline code --lexicon mine --format table $articles >after
python3 - "$ROOT/docs/lexicon.md" before after $(find mine -name '*.txt' | sort) <<'END'
import sys
text = open(sys.argv[1]).read()
for path in sys.argv[2:]:
    lines = open(path).read().strip("\n").split("\n")
    if "".join(("    " + line).rstrip() + "\n" for line in lines) not in text:
        print("docs/lexicon.md shows another", path)
END
