# Text, JSON Lines, gzip, folders and standard input give the same records.
text='Police in Lagos arrested 40 marchers on Friday.'
mkdir folder
echo "$text" >folder/one.txt
printf '{"id":"one","date":"2019-05-04","text":"%s"}\n' "$text" >two.jsonl
gzip -k two.jsonl
facts() {
    python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    print(r["doc"], r["event"], r["date"], r["actor"][0]["code"], r["event_text"])'
}
dateline code --date 2019-05-04 --format jsonl folder/one.txt | facts
dateline code --date 2019-05-04 --format jsonl folder | facts
dateline code --format jsonl two.jsonl | facts
dateline code --format jsonl two.jsonl.gz | facts
dateline code --format jsonl - <two.jsonl | facts
dateline code --format jsonl - <two.jsonl.gz | facts
dateline code <two.jsonl | facts
dateline code --input-format jsonl two.jsonl two.jsonl | facts
