# Bad articles are set aside with their place and reason; the others are coded.
good='{"id":"good","date":"2019-05-04","text":"Police in Lagos arrested 40 marchers on Friday."}'
{
    echo 'no json at all'
    echo '[1, 2]'
    echo '{"id":"no text"}'
    echo '{"id":"number","text":17}'
    echo '{"id":"date","date":"2019-13-01","text":"Rain fell."}'
    echo '{"id":"empty","text":""}'
    printf '{"id":"bytes","text":"caf\xe9"}\n'
    echo "$good"
} >mixed.jsonl
code_of dateline code --format jsonl --rejects rejects.jsonl mixed.jsonl >records.jsonl
grep -c '"event":"COERCE"' records.jsonl
python3 -c '
import json
for line in open("rejects.jsonl"):
    r = json.loads(line)
    print(list(r), r["file"], r["line"], r["status"], r["raw"])'
echo "-- quiet"
code_of dateline code --quiet --format jsonl mixed.jsonl | tail -n 1
echo "-- input that can't be read: 3"
code_of dateline code --format jsonl missing.jsonl
code_of dateline code --format jsonl --lexicon missing.lexicon - </dev/null
code_of dateline code --format jsonl --weights mixed.jsonl - </dev/null
DATELINE_DATA=/nowhere code_of dateline code --lexicon /nowhere/lexicon.en - </dev/null
printf 'half a gzip file' | gzip | head -c 20 >broken.gz
code_of dateline code --format jsonl broken.gz
