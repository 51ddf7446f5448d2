"""Evidence by intact copies: where paragraphs were cut, which passages are copies, what continues what."""

from __future__ import annotations

from ..batch import Batch
from ..config import DedupConfig
from ..model import Cut, Evidence, Ref
from ..models import Models
from ..reasons import Flag
from .copies import find_copies
from .overlaps import find_overlaps
from .splices import find_splices


def find_evidence(batch: Batch, config: DedupConfig, models: Models) -> tuple[Batch, Evidence]:
    """The batch with its spliced and overlapping passages cut in two, and the evidence about it."""
    splices = find_splices(batch, models.lexicon)
    cuts = [cut for splice in splices for cut in splice.cuts]
    spliced = {cut.passage for cut in cuts}
    overlaps = [o for o in find_overlaps(batch) if not {o.first, o.then} & spliced]
    batch = batch.cut([*cuts, *(Cut(o.then, o.end, Flag.OVERLAPPING) for o in overlaps)])
    copies = find_copies(batch, config, models, known=[o.copy for o in overlaps])
    continues = {s.first: Ref(s.then.page, s.then_start) for s in splices}
    continues |= {o.first: Ref(o.then.page, o.end) for o in overlaps}
    return batch, Evidence(tuple(copies), continues)
