# -o writes a file whole or not at all; what can't be written ends with 4.
good='{"id":"good","date":"2019-05-04","text":"Police in Lagos arrested 40 marchers on Friday."}'
echo "$good" >good.jsonl
code_of dateline code -o out.jsonl good.jsonl
wc -l <out.jsonl
ls
echo "-- a failing run leaves the file as it was"
echo old >kept.jsonl
code_of dateline code --format jsonl -o kept.jsonl good.jsonl missing.jsonl
cat kept.jsonl
ls
echo "-- full disk, folder that is not there, rejects that can't be written: 4"
dateline code --format jsonl good.jsonl >/dev/full
echo "exit code $?"
code_of dateline code -o nowhere/out.jsonl good.jsonl
code_of dateline code --rejects nowhere/rejects.jsonl good.jsonl
code_of dateline code -o /dev/null good.jsonl
[ -c /dev/null ] && echo "/dev/null is still there"
echo "-- a reader that goes away is no error to talk about"
for i in $(seq 3000); do echo "$good"; done >many.jsonl
{
    dateline code --format jsonl many.jsonl
    echo "exit code $?" >code
} | head -n 1 | wc -l
cat code
echo "-- interrupted: 130, and no half file"
mkfifo pipe
dateline code --quiet -o late.jsonl --input-format jsonl - <pipe &
program=$!
exec 3>pipe
echo "$good" >&3
sleep 0.5
kill -TERM $program
echo "$good" >&3
exec 3>&-
wait $program
echo "exit code $?"
ls late* 2>/dev/null | wc -l
