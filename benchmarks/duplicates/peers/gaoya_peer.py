"""gaoya 0.2 as its documentation shows it: its own character 5-grams, threshold 0.7. DOCS.jsonl PAIRS.jsonl"""

import json
import sys
from pathlib import Path

from gaoya.minhash import MinHashStringIndex

docs, pairs = map(Path, sys.argv[1:])
with docs.open(encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
index = MinHashStringIndex(
    hash_size=32,
    jaccard_threshold=0.7,
    num_bands=None,
    band_size=None,
    num_hashes=128,
    analyzer="char",
    lowercase=False,
    ngram_range=(5, 5),
    id_container="smallvec",
)
index.par_bulk_insert_docs(list(range(len(texts))), texts)
with pairs.open("w", encoding="utf-8") as out:
    for i, found in enumerate(index.par_bulk_query(texts)):
        out.writelines(f'{{"a": {i}, "b": {k}}}\n' for k in found if k > i)
