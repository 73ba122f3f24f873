# What is wrong with a folder that is laid over the dictionaries is told with its place;
# nothing is coded, nothing overwritten.
article=$ROOT/examples/overlay/articles.jsonl
mkdir -p mine/what mine/who elsewhere
cat >mine/what/ontology.txt <<'END'
# one line is right
PIRACY 4 -9 : boarding
COERCE 4 -7 : blockade
SMUGGLING 5 -3
SMUGGLING : drugs
END
cat >mine/what/piracy.txt <<'END'
PIRACY bording actor=subject recipient=object
    board {boat-of-ours}
TRAFFICKING people
END
echo '- no such line' >mine/what/protest.txt
echo 'Free Coast Movement : NGA REBEL' >mine/who/organisations.txt
echo kept >out.jsonl
code_of dateline code --lexicon mine -o out.jsonl "$article"
cat out.jsonl
ls
code_of dateline explain --lexicon mine "Pirates boarded a tanker." 2>&1 | tail -n 2
code_of dateline entity --lexicon mine "the king" 2>&1 | tail -n 2
code_of dateline doctor --lexicon mine 2>/dev/null | tail -n 2
echo "-- no such folder"
code_of dateline code --lexicon nowhere/ "$article"
echo "-- no dictionaries to lay it over: those of the build are found all the same"
DATELINE_DATA=$PWD/elsewhere dateline code --lexicon "$ROOT/examples/overlay" --format jsonl "$article" | wc -l
echo "-- dictionaries of DATELINE_DATA come first"
mkdir -p elsewhere/dictionaries
cp -r "$ROOT/lexicon/en" elsewhere/dictionaries/en
DATELINE_DATA=$PWD/elsewhere dateline doctor --lexicon "$ROOT/examples/overlay" | grep -c "^lexicon   $PWD/elsewhere/dictionaries/en"
echo "-- an example of one's own that its line does not fire on"
mkdir -p other/what
printf 'AID actor=subject\n    befriend OBJECT     # The mayor slept.\n' >other/what/aid.txt
code_of dateline lexicon check --examples "$ROOT/lexicon/en" --overlay other 2>&1 | grep overlay:
