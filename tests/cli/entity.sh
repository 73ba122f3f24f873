# One phrase as an entity, and a file of them.
dateline entity "German police" --date 2019-05-04 --format table | grep -E '^(code|sector)'
printf '%s\n%s\n' '{"id":"1","text":"French soldiers","date":"2013-01-16"}' \
    '{"id":"2","text":"the president","date":"2016-09-27","context":"Colombia signed the peace agreement."}' |
    dateline entity --format jsonl - | python3 -c '
import json, sys
for line in sys.stdin:
    e = json.loads(line)
    print(e["id"], e.get("code"), e.get("sector"))'
code_of dateline entity "German police" --date yesterday
