# What can be wrong with an archive: 5, and words that say what to do.
article() { echo "{\"id\":\"$1\",\"date\":\"2019-05-04\",\"text\":\"$2\"}"; }
article one "Police in Lagos arrested 40 marchers on Friday." >news.jsonl
echo "-- no archive there"
code_of dateline query --db none.db
code_of dateline doctor --db none.db
code_of dateline code --quiet --db nowhere/a.db news.jsonl
echo "-- a file of something else"
echo "this is no database, and it stays what it is" >notes.txt
code_of dateline code --quiet --db notes.txt news.jsonl
cat notes.txt
sqlite3 other.db 'CREATE TABLE mine(a)'
code_of dateline code --quiet --db other.db news.jsonl
code_of dateline query --db other.db
echo "-- an archive of a newer dateline"
dateline code --quiet --db a.db news.jsonl
sqlite3 a.db 'PRAGMA user_version = 999'
code_of dateline query --db a.db
code_of dateline code --quiet --db a.db news.jsonl
code_of dateline doctor --db a.db
sqlite3 a.db 'PRAGMA user_version = 1'
code_of dateline doctor --db a.db
echo "-- damaged"
cp a.db torn.db
dd if=/dev/urandom of=torn.db bs=4096 seek=3 count=20 conv=notrunc 2>/dev/null
dateline doctor --db torn.db | sed -n 's/^whole     no:.*/whole     no/p; s/^\(to do     copy\).*/\1/p'
echo "-- rejected articles are kept with their reason, until they can be coded"
{
    cat news.jsonl
    echo '{"id":"two","date":"2019-05-05"}'
    echo '{"id":"three","date":"2019-99-05","text":"France praised Spain."}'
} >bad.jsonl
code_of dateline code --db b.db bad.jsonl
sqlite3 b.db 'SELECT file, line, article, status FROM rejects'
echo "-- a second run says it again; with --resume it does not"
code_of dateline code --db b.db bad.jsonl
code_of dateline code --db b.db --resume bad.jsonl
article three "France praised Spain." | code_of dateline code --db b.db -
sqlite3 b.db 'SELECT file, line, article, status FROM rejects'
echo "-- an article takes the rejects of its id away that came before it, in one run too"
{
    echo '{"id":"four","date":"2019-99-05","text":"France praised Spain."}'
    article four "France praised Spain."
    article five "France praised Spain."
    echo '{"id":"five","date":"2019-99-05","text":"France praised Spain."}'
} >order.jsonl
code_of dateline code --quiet --db order.db order.jsonl
sqlite3 order.db 'SELECT line, article FROM rejects; SELECT id FROM articles'
echo "-- another version's records stay, unless they are to be coded anew"
sqlite3 b.db "UPDATE articles SET coded_with = 'older' WHERE id = 'one'"
dateline code --db b.db news.jsonl
dateline code --db b.db --recode news.jsonl
dateline code --db b.db --recode news.jsonl
echo "-- no room: what was kept stays, and the run says so"
for i in $(seq 4000); do article "number-$i" "Police in Lagos arrested $i marchers on Friday."; done >many.jsonl
(
    ulimit -f 700
    dateline code --quiet --db full.db many.jsonl 2>errors
    echo "exit code $?"
)
sed 's/: [^:]*full.db$//' errors
sqlite3 full.db 'PRAGMA integrity_check'
dateline code --quiet --db full.db --resume many.jsonl
sqlite3 full.db 'SELECT count(*) FROM articles'
echo "-- interrupted: 130, and what was coded is kept"
mkfifo pipe
dateline code --quiet --db late.db --input-format jsonl - <pipe &
program=$!
exec 3>pipe
cat many.jsonl >&3
kill -TERM $program
exec 3>&-
wait $program
echo "exit code $?"
[ "$(sqlite3 late.db 'SELECT count(*) FROM articles')" -gt 0 ] && echo "some are kept"
