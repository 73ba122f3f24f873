# Records handed over: every layout, what is left out, what is refused.
records=$ROOT/tests/export/records.jsonl
for layout in plover icews phoenix petrarch gdelt-events gdelt-mentions; do
    echo "-- $layout"
    code_of dateline export --format $layout "$records"
done
echo "-- csv: a row of each kind"
dateline export --format csv --quiet "$records" | sed -n '1,6p'
echo "-- geojson"
code_of dateline export --format geojson "$records"
echo "-- jsonl is the records as they are"
dateline export "$records" | cmp - "$records" && echo the same
gzip -c "$records" >records.jsonl.gz
dateline export --quiet --format icews records.jsonl.gz >packed.tsv
dateline export --quiet --format icews - <"$records" | cmp - packed.tsv && echo the same
echo "-- status"
dateline export --quiet --format icews --status future,negated "$records" | cut -f 2,7
dateline export --quiet --format phoenix --status all "$records" | wc -l
code_of dateline export --status maybe "$records"
echo "-- codes of one's own laid over ours"
mkdir -p mine/export
cat >mine/export/codes.txt <<'END'
[export-cameo]
030 = 4.0 one-way Say yes
210 = -1.5 one-way Let a river rise
[export-roots]
21 = 4 4
END
dateline export --quiet --lexicon mine --format icews "$records" | grep -c 'Say yes'
sed -n '/FLOOD/s/"quad_code"/"cameo":"210",&/p' "$records" >flood.jsonl
dateline export --quiet --lexicon mine --format phoenix flood.jsonl
echo "-- refused, with its place; the run goes on"
cat >bad.jsonl <<'END'
{"id":"0000000000000001","doc":"a"
["a list"]

{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3}
{"id":"0000000000000001","doc":"a","sentence":"one","start":0,"end":3,"event":"AID","quad_code":2,"event_scale":10,"status":"actual","confidence":0.5}
{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","quad_code":2,"event_scale":10,"status":"likely","confidence":0.5}
{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","cameo":"7a","quad_code":2,"event_scale":10,"status":"actual","confidence":0.5}
{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","quad_code":2,"event_scale":10,"date":"2019-02-30","status":"actual","confidence":0.5}
{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","quad_code":2,"event_scale":10,"event_loc":{"name":"x","lat":91,"lon":0,"precision":"city"},"status":"actual","confidence":0.5}
{"id":"0000000000000001","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","quad_code":2,"event_scale":10,"actor":["Chad"],"status":"actual","confidence":0.5}
{"id":"0000000000000002","doc":"a","sentence":1,"start":0,"end":3,"event":"AID","cameo":"070","quad_code":2,"event_scale":10,"status":"actual","confidence":0.5}
END
printf '{"id":"\xff"}\n' >>bad.jsonl
code_of dateline export --format petrarch --rejects rejects.jsonl bad.jsonl
wc -l <rejects.jsonl
head -n 1 rejects.jsonl
code_of dateline export --quiet --format plover -o out.tsv bad.jsonl
wc -l <out.tsv
echo "-- wrong calls"
code_of dateline export --format word "$records"
code_of dateline export missing.jsonl
code_of dateline export --format icews -o /nowhere/out.tsv "$records"
code_of dateline export --quiet --format icews -o /dev/full "$records"
echo '{"id":"g","date":"2019-05-04","text":"Police in Lagos arrested 40 marchers on Friday."}' >article.jsonl
dateline code --format jsonl article.jsonl | code_of dateline export --format petrarch
