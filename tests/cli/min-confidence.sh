# Records of less confidence are left out; a value that is none is refused.
cat >a.txt <<'END'
Police in Lagos arrested 40 marchers on Friday. A coup was on the lips of the clerks.
END
for least in 0 0.5 0.999; do
    dateline code --date 2019-05-04 --format jsonl --min-confidence $least a.txt |
        python3 -c '
import json, sys
records = [json.loads(line) for line in sys.stdin]
least = float(sys.argv[1])
print(len(records) > 0, all(r["confidence"] >= least for r in records))' $least
done
code_of dateline code --min-confidence much a.txt
code_of dateline code --min-confidence 1.5 a.txt
