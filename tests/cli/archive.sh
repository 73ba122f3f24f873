# code --db keeps articles and records in an SQLite file; query asks it.
article() { echo "{\"id\":\"$1\",\"date\":\"$2\",\"source\":\"$3\",\"text\":\"$4\"}"; }
{
    article one 2019-05-04 "Harbour Post" "Police in Lagos arrested 40 marchers on Friday."
    article two 2019-06-02 "Wire Nine" "France expelled two Russian diplomats. Germany and France signed a treaty in Berlin."
    article three 2020-01-09 "Wire Nine" "Rebels attacked a village near Bamako, killing 12 people, officials said."
} >news.jsonl
echo "-- kept, and nothing on the output"
code_of dateline code --db a.db news.jsonl
sqlite3 a.db 'SELECT id, date, source FROM articles; SELECT id, event, mode FROM records'
echo "-- the same again changes nothing"
sqlite3 a.db .dump >before.sql
code_of dateline code --db a.db news.jsonl
sqlite3 a.db .dump | cmp before.sql - && echo same
echo "-- records are written too where an output is asked for, coded or kept long ago"
dateline code --format jsonl news.jsonl >plain.jsonl
dateline code --quiet --db a.db --format jsonl news.jsonl | cmp plain.jsonl - && echo same
dateline code --quiet --db b.db -o b.jsonl news.jsonl && cmp plain.jsonl b.jsonl && echo same
dateline code --format table news.jsonl >plain.txt
dateline code --quiet --db a.db --format table news.jsonl | cmp plain.txt - && echo same
echo "-- what is kept of a record is its line"
sqlite3 a.db 'SELECT json FROM record_json ORDER BY record_key' | cmp plain.jsonl - && echo same
echo "-- an article that changed takes the place of the old one"
article one 2019-05-04 "Harbour Post" "Police in Lagos released 40 marchers on Friday." >changed.jsonl
code_of dateline code --db a.db changed.jsonl
sqlite3 a.db 'SELECT count(*) FROM articles; SELECT event, mode FROM records'
sqlite3 a.db 'SELECT count(*) FROM parties WHERE record_key NOT IN (SELECT record_key FROM records)'
sqlite3 a.db "SELECT count(*) FROM articles_text WHERE articles_text MATCH 'arrested'"
sqlite3 a.db "SELECT count(*) FROM articles_text WHERE articles_text MATCH 'released'"
echo "-- questions"
dateline query --db a.db --who FRA --format table
dateline query --db a.db --who france --whom "the Russian government,RUS" --format csv
dateline query --db a.db --whom FRA --format table
dateline query --db a.db --where Nigeria,MLI --format table --limit 1
dateline query --db a.db --what "retreat release,17" --format table
dateline query --db a.db --text 'vill* "near Bamako"' --from 2020 --to 2020-01 --format table
dateline query --db a.db --source "wire nine" --article two --status actual --min-confidence 0.1 | wc -l
dateline query --db a.db --according-to GOV --what ASSAULT --count event
echo "-- counts, and SQL for the rest"
dateline query --db a.db --count dyad
dateline query --db a.db --count year,event --format csv
dateline query --db a.db --sql 'SELECT id, length(text) AS size FROM articles ORDER BY id' --format jsonl
echo "-- handed over with what the archive knows of articles"
dateline export --db a.db --format icews --quiet | cut -f 2,7,14
dateline export --quiet --db a.db --who FRA --from 2019-06 --to 2019 --format jsonl | cmp - <(sed -n 2,3p plain.jsonl) && echo same
code_of dateline export --who FRA plain.jsonl
code_of dateline export --db a.db plain.jsonl
code_of dateline export --db none.db
echo "-- names in capitals are names; what is dated by a year fits years"
{
    article four 2021-02-03 Wire "Russia praised Hungary. The United States praised Syria. The UN praised Hungary."
    article five 2021-02-04 Wire "Police in Lagos arrested 40 marchers in 2018."
} >more.jsonl
dateline code --quiet --db c.db more.jsonl
dateline query --db c.db --who US,UN --count actor
for from in 2018-01-01 2018-01 2018 2018-01-02; do
    dateline query --db c.db --from $from --to 2018 --count year
done
pairs=$(echo A{A,B,C,D,E}{A,B,C,D,E})
code_of dateline query --db c.db --who "RUS,${pairs// /,}" --whom "HUN,${pairs// /,}" --count event
echo "-- nothing that is asked is taken for SQL"
code_of dateline query --quiet --db a.db --who "x') OR 1=1 --" --text '") OR NEAR(a b) --' --where "'" --what "' OR 1"
code_of dateline query --db a.db --sql 'DELETE FROM records'
code_of dateline query --db a.db --sql "ATTACH 'other.db' AS other"
code_of dateline query --db a.db --sql 'SELECT 1; SELECT 2'
code_of dateline query --db a.db --sql 'SELECT nothing'
ls other.db 2>&1
echo "-- a question without an end ends when it is told to"
code_of timeout -k 10 1 dateline query --db a.db --sql \
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
echo "-- what makes no sense"
code_of dateline query --db a.db --status done
code_of dateline query --db a.db --from yesterday
code_of dateline query --db a.db --count weeks
code_of dateline query --db a.db --limit many
code_of dateline query --db a.db --min-confidence nan
code_of dateline query --db a.db --text '*'
code_of dateline query --db a.db --who ,
code_of dateline query --db a.db --count status --limit 99999999999999999999
code_of dateline query --who FRA
code_of dateline code --resume news.jsonl
