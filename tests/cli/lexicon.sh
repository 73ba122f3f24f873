# Dictionaries are compiled and checked; findings come with file and line.
code_of dateline lexicon build "$ROOT/lexicon/en" -o lexicon.en
ls
code_of dateline lexicon build missing -o lexicon.en
mkdir -p bad/what
printf 'COERCE nosuchmode 173 actor=subject\n    arrest\n' >bad/what/coerce.txt
code_of dateline lexicon check bad 2>&1 | sed -E 's/^(dateline: [^ ]*:[0-9]+):?.*/\1 .../'
code_of dateline lexicon build bad -o bad.en 2>&1 | tail -n 1
ls
mkdir data && cp lexicon.en data/ && printf 'XXXXXXXX' | dd of=data/lexicon.en bs=1 seek=5000 conv=notrunc 2>/dev/null
code_of dateline code --lexicon data/lexicon.en - </dev/null 2>&1 | tail -n 1
