# The explanation shows the tree, who is in it and the line that fired.
dateline explain "Police in Lagos arrested 40 marchers." --date 2019-05-04 >explanation
head -n 1 explanation
grep -cE '^  (who|event) ' explanation | awk '{ print ($1 >= 2) ? "mentions and events" : "too little" }'
grep -oE 'event  COERCE arrest, actual, at "arrested"  by what/coerce.txt' explanation
echo "Police in Lagos arrested 40 marchers." | dateline explain - | head -n 1
code_of dateline explain ""
