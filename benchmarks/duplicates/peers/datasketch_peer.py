"""datasketch 2 as its documentation shows it: character 5-grams, threshold 0.7. DOCS.jsonl PAIRS.jsonl"""

import json
import sys
from pathlib import Path

from datasketch import MinHash, MinHashLSH

docs, pairs = map(Path, sys.argv[1:])
with docs.open(encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
sets = ({text[i : i + 5].encode() for i in range(max(1, len(text) - 4))} for text in texts)
signatures = list(MinHash.generator(sets, num_perm=128))
lsh = MinHashLSH(threshold=0.7, num_perm=128)
with lsh.insertion_session() as session:
    for i, signature in enumerate(signatures):
        session.insert(i, signature, check_duplication=False)
with pairs.open("w", encoding="utf-8") as out:
    for i, signature in enumerate(signatures):
        out.writelines(f'{{"a": {i}, "b": {k}}}\n' for k in lsh.query(signature) if k > i)
