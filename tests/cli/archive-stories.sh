# An archive and its stories: as they arrive, all at once, after a correction.
cat >wires.jsonl <<'END'
{"id":"n1","date":"2021-03-09","source":"Northern Wire","text":"A car bomb killed 11 people outside a police station in Kandahar on Tuesday, officials said. The Taliban denied any part in the bombing. President Ashraf Ghani condemned the attack."}
{"id":"n2","date":"2021-03-09","source":"Harbour Press","text":"At least 14 people were killed on Tuesday when a car bomb exploded near a police station in the southern Afghan city of Kandahar, a doctor said. President Ghani condemned the bombing."}
{"id":"n3","date":"2021-03-09","source":"Valley Courier","text":"A car bomb killed 11 people outside a police station in Kandahar on Tuesday, officials said. The Taliban denied any part in the bombing."}
{"id":"n4","date":"2021-03-23","source":"Northern Wire","text":"A car bomb killed seven people at a market in Kandahar on Tuesday, officials said. The Taliban claimed the attack. President Ashraf Ghani condemned the bombing."}
{"id":"n5","date":"2021-03-10","source":"Harbour Press","text":"Chile and Peru signed a trade agreement in Lima on Wednesday. Chilean Foreign Minister Andres Allamand met his Peruvian counterpart."}
END
stories() { # archive: every record with its story
    dateline query --db "$1" --all --format jsonl |
        python3 -c 'import json, sys
for r in sorted((json.loads(l) for l in sys.stdin), key=lambda r: r["id"]): print(r["id"], r.get("story"))'
}
echo "-- at once"
dateline code --db all.db --merge wires.jsonl
stories all.db >all
echo "-- two at a time"
head -n 2 wires.jsonl | dateline code --db some.db --merge --input-format jsonl -
sed -n 3,4p wires.jsonl | dateline code --db some.db --merge --input-format jsonl -
tail -n 1 wires.jsonl | dateline code --db some.db --input-format jsonl -
dateline merge --db some.db
stories some.db >some
cmp all some && echo "the same stories"
echo "-- the same as without an archive"
dateline code --merge wires.jsonl | python3 -c 'import json, sys
for r in sorted((json.loads(l) for l in sys.stdin), key=lambda r: r["id"]): print(r["id"], r["story"])' >plain
cmp all plain && echo "the same stories"
echo "-- reprints, reports"
dateline query --db all.db --sql "SELECT a.id, b.id AS same_as FROM articles a JOIN articles b ON b.article_key = a.same_as" --format csv
dateline query --db all.db --what ASSAULT --reports 3 --format jsonl |
    python3 -c 'import json, sys
for l in sys.stdin: r = json.loads(l); print(r["doc"], r["event"], r["event_text"])'
echo "-- why"
one=$(dateline query --db all.db --article n1 --what ASSAULT --format jsonl --all | head -n 1 | cut -c 8-23)
other=$(dateline query --db all.db --article n4 --what ASSAULT --format jsonl --all | head -n 1 | cut -c 8-23)
dateline merge --db all.db --explain "$one,$other" | sed -n 3p
code_of dateline merge --db all.db --explain 0123456789abcdef,"$other"
echo "-- a correction leaves what a new archive would have"
sed 's/"n2","date":"2021-03-09"/"n2","date":"2021-06-09"/' wires.jsonl >corrected.jsonl
dateline code --db some.db --merge corrected.jsonl
dateline code --quiet --db new.db --merge corrected.jsonl
stories some.db >some
stories new.db >new
cmp some new && echo "the same stories"
echo "-- a key of another article is not read"
sqlite() { python3 -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db: db.execute(sys.argv[2])' "$@"; }
sqlite new.db "UPDATE record_json SET merge_key = (SELECT merge_key FROM record_json ORDER BY
    record_key DESC LIMIT 1) WHERE record_key = (SELECT min(record_key) FROM record_json)"
code_of dateline merge --db new.db
echo "-- what can't be"
code_of dateline merge --db nowhere.db
code_of dateline merge --db all.db wires.jsonl
