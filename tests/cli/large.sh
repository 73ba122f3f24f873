# Articles over the limit are refused with their size, without holding all of them.
python3 -c '
import json
sentence = "Police in Lagos arrested 40 marchers on Friday. "
print(json.dumps({"id": "large", "text": sentence * (50 * 1024 * 1024 // len(sentence))}))
print(json.dumps({"id": "after", "date": "2019-05-04", "text": sentence}))' >large.jsonl
code_of dateline code --format jsonl --rejects rejects.jsonl large.jsonl >records.jsonl
grep -c '"doc":"after"' records.jsonl
python3 -c '
import json
for line in open("rejects.jsonl"):
    print(json.loads(line)["status"], len(line) < 3 * 1024 * 1024)'
