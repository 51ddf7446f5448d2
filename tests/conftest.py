"""What holds for all tests: no deadlines, for kernels are compiled when they are first called, which takes seconds."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no deadlines", deadline=None)
settings.load_profile("no deadlines")
