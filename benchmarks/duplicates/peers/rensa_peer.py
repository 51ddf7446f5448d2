"""rensa 0.5 as its documentation shows it: character 5-grams, 16 bands of 8, threshold 0.7. DOCS.jsonl PAIRS.jsonl"""

import json
import sys
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

BATCH = 20_000  # texts whose grams are held at a time

docs, pairs = map(Path, sys.argv[1:])
with docs.open(encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
signatures = []
for first in range(0, len(texts), BATCH):
    batch = texts[first : first + BATCH]
    grams = [[text[i : i + 5] for i in range(max(1, len(text) - 4))] for text in batch]
    signatures += RMinHash.from_token_sets(grams, 128, 42)
lsh = RMinHashLSH(threshold=0.7, num_perm=128, num_bands=16)
lsh.insert_many(signatures, 0)
with pairs.open("w", encoding="utf-8") as out:
    for i, found in enumerate(lsh.query_all(signatures)):
        out.writelines(f'{{"a": {i}, "b": {k}}}\n' for k in found if k > i)
