# Help of every command comes from one table; usage errors exit with 2.
code_of dateline --help
for command in code annotate parse entity explain nulls export "lexicon build" "lexicon check" doctor; do
    code_of dateline $command --help
done
code_of dateline version
code_of dateline --version
code_of dateline
code_of dateline publish
code_of dateline code --no-such-option
code_of dateline code --format
code_of dateline code --quiet=yes -
code_of dateline code --format xml -
code_of dateline code --input-format pdf -
code_of dateline entity
code_of dateline explain one two
code_of dateline lexicon build
code_of dateline code --date 2019-02-30 -
code_of dateline code --kernels abacus -
code_of dateline annotate --format table -
