# What was met and not coded; and the loop of docs/lexicon.md, "Growing it".
growing=$ROOT/examples/growing
code_of dateline nulls --date 2021-06-12 --format table "$growing/river.txt"
code_of dateline nulls --date 2021-06-12 "$growing/river.txt"
code_of dateline code --date 2021-06-12 --format table "$growing/river.txt"
code_of dateline lexicon check --quiet "$ROOT/lexicon/en" --overlay "$growing/mine"
dateline lexicon build "$ROOT/lexicon/en" --overlay "$growing/mine" -o my.lexicon
code_of dateline code --lexicon my.lexicon --date 2021-06-12 --format table "$growing/river.txt"
code_of dateline nulls --lexicon my.lexicon --date 2021-06-12 --format table "$growing/river.txt"
# Several articles, one of them bad; numbers; -o.
cat >articles.jsonl <<'END'
{"id":"a","date":"2021-06-12","text":"Mali hectored Niger. Amina Osobe, a nurse, outfoxed the Malian police."}
{"id":"b","date":"2021-06-13"}
{"id":"c","date":"2021-06-13","text":"Niger outfoxed Mali. The army sided with Mali, hectored Niger and tried to outfox Chad."}
END
code_of dateline nulls --rejects bad.jsonl --quiet -o out.jsonl articles.jsonl
cat out.jsonl
wc -l <bad.jsonl
code_of dateline nulls --least 1 --most 1 --quiet articles.jsonl
code_of dateline nulls --least 3 --quiet --format table - <articles.jsonl
code_of dateline nulls --least 0 articles.jsonl
code_of dateline nulls --most many articles.jsonl
code_of dateline nulls missing.txt
