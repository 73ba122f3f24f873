# --tokens keeps the sentences, words and multiword tokens of its input.
printf '# text = They cannot march.\n1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n2\tcan\t_\t_\t_\t_\t_\t_\t_\t_\n3\tnot\t_\t_\t_\t_\t_\t_\t_\t_\n4\tmarch\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >in.conllu
dateline parse --tokens in.conllu | grep -v '^#' | cut -f 1,2
printf '1\tonly two columns\n\n' >bad.conllu
code_of dateline parse --tokens bad.conllu
