"""The distinct texts of a corpus: exact copies are merged as they come, and texts beyond the budget go to disk."""

from __future__ import annotations

import tempfile
import weakref
from typing import IO

import numpy as np
from numpy.typing import NDArray

from .column import Column, Units, is_letter, letter_hashes
from .compiled import kernel

Hashes = NDArray[np.uint64]


class Store:
    """Distinct comparison forms in the order in which they came, with `hashes` (texts, 2) and `letters` (texts,).

    Texts are the same if their letters are: by a 128-bit hash, with a probability of 10 ** -24 that any two different
    texts among ten million collide. Beyond `budget` bytes the forms are kept in an unnamed temporary file.
    """

    def __init__(self, budget: int = 1 << 62):
        self.budget = budget
        self._blocks: list[Units] = []
        self._file: IO[bytes] | None = None
        self._sizes: list[NDArray[np.int64]] = []
        self._letters: list[NDArray[np.int32]] = []
        self._hashes = np.empty((1024, 2), np.uint64)
        self._slots = np.full(4096, -1, np.int32)
        self._bytes = 0
        self.count = 0

    @property
    def spilled(self) -> bool:
        return self._file is not None

    @property
    def hashes(self) -> Hashes:
        return self._hashes[: self.count]

    @property
    def letters(self) -> NDArray[np.int32]:
        return np.concatenate(self._letters) if self._letters else np.zeros(0, np.int32)

    def add(self, batch: Column) -> NDArray[np.int64]:
        """The number of the distinct text of each text of a batch; new ones are appended."""
        hashes, letters = letter_hashes(batch.units, batch.offsets, is_letter())
        self._make_room(len(batch))
        found, new = _intern(hashes, self._hashes, self._slots, self.count)
        sizes = np.diff(batch.offsets)
        self._keep(batch.units if new.all() else batch.units[np.repeat(new, sizes)])
        self._sizes.append(sizes[new])
        self._letters.append(letters[new])
        self.count += int(new.sum())
        return found

    def column(self) -> Column:
        """All texts as one column, in memory or mapped from the file."""
        sizes = np.concatenate(self._sizes) if self._sizes else np.zeros(0, np.int64)
        offsets = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        if self._file is not None:
            self._file.flush()
            return Column(np.memmap(self._file, np.uint16, mode="r"), offsets)
        if len(self._blocks) != 1:
            self._blocks = [np.concatenate([np.zeros(0, np.uint16), *self._blocks])]
        return Column(self._blocks[0], offsets)

    def _keep(self, units: Units) -> None:
        self._bytes += units.nbytes
        if self._file is None and self._bytes > self.budget:
            self._file = tempfile.TemporaryFile(prefix="unsplice-")  # noqa: SIM115
            weakref.finalize(self, self._file.close)
            for block in self._blocks:
                block.tofile(self._file)
            self._blocks = []
        if self._file is not None:
            units.tofile(self._file)
        else:
            self._blocks.append(units)

    def _make_room(self, more: int) -> None:
        needed = self.count + more
        if needed > len(self._hashes):
            larger = np.empty((max(needed, len(self._hashes) * 3 // 2), 2), np.uint64)
            larger[: self.count] = self.hashes
            self._hashes = larger
        if 2 * needed > len(self._slots):
            self._slots = np.full(1 << (2 * needed - 1).bit_length(), -1, np.int32)
            _fill(self._hashes, self._slots, self.count)


@kernel
def _fill(hashes, slots, count):
    """Enter the first `count` texts into an empty table."""
    mask = len(slots) - 1
    for i in range(count):
        slot = np.int64(hashes[i, 0]) & mask
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = i


@kernel
def _intern(found, hashes, slots, count):
    """The number of each text of a batch, and whether it is new; new ones are entered into `hashes` and `slots`."""
    mask = len(slots) - 1
    out = np.empty(len(found), np.int64)
    new = np.zeros(len(found), np.bool_)
    for i in range(len(found)):
        slot = np.int64(found[i, 0]) & mask
        while slots[slot] >= 0:
            k = slots[slot]
            if hashes[k, 0] == found[i, 0] and hashes[k, 1] == found[i, 1]:
                break
            slot = (slot + 1) & mask
        if slots[slot] < 0:
            slots[slot] = count
            hashes[count, 0], hashes[count, 1] = found[i, 0], found[i, 1]
            new[i] = True
            count += 1
        out[i] = slots[slot]
    return out, new
