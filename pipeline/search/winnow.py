"""Anchors: a sample of a text's shingles, such that texts with a common run of letters share one.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of each window of WINDOW shingles of ANCHOR letters, the one with the
least hash is an anchor, so that any common run of ANCHOR + WINDOW - 1 letters has one.
"""

from __future__ import annotations

import numpy as np

from .compiled import kernel

ANCHOR, WINDOW = 9, 8  # runs of 16 letters; the steps below are for windows of 8


@kernel
def anchors(grams, m, least, most, picked):
    """Write the numbers of the anchors among m shingles to `picked`; returns how many. `least`, `most`: work space.

    A shingle is an anchor if the maximum of the minima of its windows is the shingle itself. Computed by doubling,
    without branches, so that the compiler takes eight at a time.
    """
    if m <= WINDOW:
        picked[0] = np.argmin(grams[:m]) if m else 0
        return min(m, 1)
    windows = m - WINDOW + 1
    for i in range(m - 1):
        least[i] = min(grams[i], grams[i + 1])
    for step in (2, 4):
        for i in range(m - 2 * step + 1):
            least[i] = min(least[i], least[i + step])  # of the 2 * step shingles from i on
    for i in range(windows - 1):
        most[i] = max(least[i], least[i + 1])
    for step in (2, 4):
        for i in range(windows - 2 * step + 1):
            most[i] = max(most[i], most[i + step])
    used = 0
    for i in range(m):
        if WINDOW - 1 <= i < windows:
            top = most[i - WINDOW + 1]
        else:  # at the ends there are fewer windows
            top = least[max(0, i - WINDOW + 1)]
            for j in range(max(0, i - WINDOW + 1) + 1, min(i, windows - 1) + 1):
                top = max(top, least[j])
        picked[used] = i
        used += top == grams[i]
    return used
