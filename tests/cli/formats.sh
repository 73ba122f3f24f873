# What each command prints, in shape.
good='{"id":"good","date":"2019-05-04","text":"Police in Lagos arrested 40 marchers on Friday, the mayor said."}'
echo "$good" >good.jsonl
keys() {
    python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    print(r.get("kind", "event"), list(r))'
}
dateline code --format jsonl good.jsonl | keys
dateline code --claims --format jsonl good.jsonl | keys
dateline annotate good.jsonl | keys
dateline parse good.jsonl | cut -f 1,2,4,8
echo "-- table, with and without colour"
dateline code --format table good.jsonl | head -n 1
NO_COLOR=1 dateline code --format table good.jsonl | grep -c "$(printf '\033')"
echo "-- no records is no failure"
echo '{"id":"none","text":"The sky was blue."}' | code_of dateline code --format jsonl -
echo '{"id":"none","text":"The sky was blue."}' | code_of dateline code --format table -
