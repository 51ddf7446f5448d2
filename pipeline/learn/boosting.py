"""Fit gradient-boosted trees with LightGBM and store them as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.forest import Floats, Forest


def fit(rows: Floats, labels: NDArray[Any], names: Sequence[str], *, classes: int = 1, rounds: int = 200) -> Forest:
    """Trees for labels 0..classes-1 (0 or 1 where `classes` is 1); rows (n, features) without missing values."""
    import lightgbm

    parameters = {
        "objective": "binary" if classes == 1 else "multiclass",
        "learning_rate": 0.07,
        "num_leaves": 31,
        "max_depth": 8,  # the cost of every row in every tree
        "min_data_in_leaf": 30,
        "feature_fraction": 0.6,
        "lambda_l2": 1.0,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 2,
        "seed": 1,
        "verbose": -1,
    }
    if classes > 1:
        parameters["num_class"] = classes
    booster = lightgbm.train(parameters, lightgbm.Dataset(rows, labels), rounds)
    return _forest(booster.dump_model(), classes, names)


def _forest(model: dict[str, Any], classes: int, names: Sequence[str]) -> Forest:
    nodes: list[tuple[int, float, int, float]] = []  # feature, threshold, left child, value
    roots, depth = [], 0
    for tree in model["tree_info"]:
        roots.append(len(nodes))
        nodes.append((0, np.inf, 0, 0.0))
        waiting = [(tree["tree_structure"], len(nodes) - 1, 0)]
        while waiting:
            node, at, level = waiting.pop()
            depth = max(depth, level)
            if "leaf_value" in node:
                nodes[at] = (0, np.inf, at, node["leaf_value"])
                continue
            left = len(nodes)
            nodes += [(0, np.inf, 0, 0.0)] * 2
            nodes[at] = (node["split_feature"], node["threshold"], left, 0.0)
            waiting += [(node["left_child"], left, level + 1), (node["right_child"], left + 1, level + 1)]
    feature, threshold, child, value = zip(*nodes, strict=True)
    return Forest(
        feature=np.array(feature, dtype=np.int16),
        threshold=np.array(threshold, dtype=np.float32),
        child=np.array(child, dtype=np.int32),
        value=np.array(value, dtype=np.float32),
        roots=np.array(roots, dtype=np.int32),
        depth=depth,
        classes=classes,
        names=tuple(names),
    )
