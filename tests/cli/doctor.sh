# The doctor finds the data, or says that there are none.
code_of dateline doctor | grep -E '^(dateline|exit|kernels   plain)'
mkdir empty
DATELINE_DATA=$PWD/empty dateline doctor | head -n 1
code_of dateline doctor --weights /nowhere | tail -n 2
