# Many reports, one event: two wires and a reprint of one bombing, with numbers that differ;
# a like bombing on another day; something else.
cat >wires.jsonl <<'END'
{"id":"n1","date":"2021-03-09","source":"Northern Wire","text":"A car bomb killed 11 people outside a police station in Kandahar on Tuesday, officials said. The Taliban denied any part in the bombing. President Ashraf Ghani condemned the attack."}
{"id":"n2","date":"2021-03-09","source":"Harbour Press","text":"At least 14 people were killed on Tuesday when a car bomb exploded near a police station in the southern Afghan city of Kandahar, a doctor said. President Ghani condemned the bombing."}
{"id":"n3","date":"2021-03-09","source":"Valley Courier","text":"A car bomb killed 11 people outside a police station in Kandahar on Tuesday, officials said. The Taliban denied any part in the bombing."}
{"id":"n4","date":"2021-03-23","source":"Northern Wire","text":"A car bomb killed seven people at a market in Kandahar on Tuesday, officials said. The Taliban claimed the attack. President Ashraf Ghani condemned the bombing."}
{"id":"n5","date":"2021-03-10","source":"Harbour Press","text":"Chile and Peru signed a trade agreement in Lima on Wednesday. Chilean Foreign Minister Andres Allamand met his Peruvian counterpart."}
END
dateline code --merge wires.jsonl >merged.jsonl
python3 - <<'END'
import json
records = [json.loads(line) for line in open("merged.jsonl")]
print(list(records[0]))
for r in records:
    print(r["doc"], r["event"], r["story"], r["event_text"])
END
# Without stories they are the same lines.
dateline code wires.jsonl >plain.jsonl
python3 - <<'END'
import json
merged = [json.loads(line) for line in open("merged.jsonl")]
for record in merged:
    del record["story"]
print(merged == [json.loads(line) for line in open("plain.jsonl")])
END
# The order of the articles does not matter.
dateline code --merge wires.jsonl | sort >one
tac wires.jsonl | dateline code --merge --input-format jsonl - | sort >other
cmp one other && echo "the same either way"
dateline merge wires.jsonl >one
tac wires.jsonl | dateline merge --input-format jsonl - >other
cmp one other && echo "the same either way"
# Stories: counts by source, copies.
python3 - <<'END'
import json
for line in open("one"):
    story = json.loads(line)
    if len(story["articles"]) > 1 or story["event"] == "ASSAULT":
        del story["records"]
        print(story)
END
code_of dateline merge --format table wires.jsonl
# Why two records are one story, and two others are not.
killed() {
    python3 -c 'import json, sys
print(next(r["id"] for r in map(json.loads, open("plain.jsonl")) if r["doc"] == sys.argv[1] and "kill" in r["event_text"]))' "$1"
}
code_of dateline merge --explain "$(killed n1),$(killed n2)" wires.jsonl
code_of dateline merge --explain "$(killed n1),$(killed n4)" wires.jsonl
# Claims pass as they are; articles that fail are set aside.
echo '{"id":"bad","date":"2021-03-09"}' | cat - wires.jsonl | dateline code --merge --claims --quiet --input-format jsonl - | grep -c '"kind":"claim"'
# What makes no sense.
code_of dateline code --merge --format table wires.jsonl
code_of dateline merge --explain one,two wires.jsonl
code_of dateline merge --explain 0123456789abcdef,0123456789abcdee wires.jsonl
code_of dateline annotate --merge wires.jsonl
code_of dateline merge missing.jsonl
# A full disk: records wait in a temporary file, and none goes missing in silence. Files may
# have as many KiB as the second number says; the last part is what is not written yet when
# all articles are read.
for i in $(seq 50); do sed "s/\"n\([0-9]\)\"/\"n\1-$i\"/" wires.jsonl; done >many.jsonl
size=$(dateline code many.jsonl | wc -c)
for most in 4 $((size / 4096 * 4)); do
    (
        trap '' XFSZ
        ulimit -f "$most"
        dateline code --merge many.jsonl
        echo "exit code $?"
    ) 2>&1 | sed 's/^{.*/a record/' | uniq -c
done
