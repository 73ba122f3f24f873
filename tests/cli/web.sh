# Pages, web archives, feeds and tables give articles; what is broken is told with its
# place, and the others are coded.
web=$ROOT/examples/web
facts() {
    python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    print(r["doc"], r["event"], r.get("date", "-"), [a["code"] for a in r.get("actor", [])], r["event_text"])'
}
echo "-- all of it, by name and content"
dateline code --format jsonl "$web" | facts
echo "-- compressed, and from standard input"
gzip -c "$web/page.html" | dateline code --format jsonl - | facts
gzip -c "$web/feed.xml" | dateline code --format jsonl - | facts
dateline code --format jsonl - <"$web/table.csv" | facts
python3 - "$web/archive.warc" <<'END'
import gzip, re, sys
data = open(sys.argv[1], "rb").read()
records = [r for r in re.split(rb"(?=WARC/1.0\r\n)", data) if r]
packed = [gzip.compress(r, mtime=0) for r in records]
open("archive.warc.gz", "wb").write(b"".join(packed))
packed[1] = packed[1][: len(packed[1]) // 2]
open("torn.warc.gz", "wb").write(b"".join(packed))
open("wrong.warc", "wb").write(re.sub(rb"(strike.*?Length:) [0-9]+", rb"\1 900", data, count=1, flags=re.S))
END
echo "-- by host and day"
dateline code --format jsonl --host tagus.example archive.warc.gz | facts
dateline code --format jsonl --from 2021-06 --to 2021-06 archive.warc.gz | facts
dateline code --format jsonl --host minho.example,plain.example --from 2021-07-01 "$web" | facts
echo "-- columns by name"
printf 'what;when;which\nPolice in Lagos arrested 40 marchers on Friday.;4 May 2019;A1\n' >odd.csv
code_of dateline code --format jsonl odd.csv
dateline code --format jsonl --columns text=what,date=when,id=which odd.csv | facts
code_of dateline code --columns body=what odd.csv
echo "-- broken"
printf '<item>' | cat "$web/feed.xml" - | sed 's/<title>Ministers/<b>Ministers/' >broken.xml
sed 's/^18,"A /18,"A" /' "$web/table.csv" >broken.csv
printf '<p>\xff\xfe\xfd\xfc</p>' | sed 's/^/<meta charset=utf-8>\xc3\xa9/' >broken.html
for file in torn.warc.gz wrong.warc broken.xml broken.csv broken.html; do
    code_of dateline code --format jsonl --rejects "$file.rejects" "$file" >out 2>err
    cat err
    grep '^{' out | facts
    tail -n 1 out
    python3 -c '
import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    print("   ", {k: r[k] for k in r if k not in ("raw", "message")}, len(r["raw"]) > 0)' "$file.rejects"
done
echo "-- options that make no sense"
code_of dateline code --from May "$web"
code_of dateline code --charset klingon "$web"
echo "-- forced, and filters over lines"
cp "$web/page.html" page.txt
dateline code --format jsonl --input-format html page.txt | facts
code_of dateline code --format jsonl --input-format feed page.txt
{
    echo '{"id":"a","date":"2019-05-04","url":"https://www.a.example/1","text":"Police in Lagos arrested 40 marchers on Friday."}'
    echo '{"id":"b","date":"2019-06-04","url":"https://b.example/1","text":"Police in Accra arrested 30 marchers on Friday."}'
    echo '{"id":"c","text":"Police in Dakar arrested 20 marchers on Friday."}'
} >lines.jsonl
dateline code --format jsonl --host a.example lines.jsonl | facts
dateline code --format jsonl --from 2019-06 lines.jsonl | facts
dateline code --format jsonl --from 2019-06 --date 2019-07-01 lines.jsonl | facts
echo "-- undated pages take the day of capture where asked"
sed 's/article:published_time/article:publishing_day/' "$web/archive.warc" >undated.warc
dateline code --format jsonl --host tagus.example undated.warc | facts
dateline code --format jsonl --host tagus.example --date captured undated.warc | facts
