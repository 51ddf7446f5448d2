"""What a process costs, and on what machine. Imports little: a child's peak memory counts its parent's at the start."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

_VERSIONS = """
import importlib.metadata, json, sys
found = {each.metadata["Name"]: each.version for each in importlib.metadata.distributions()}
print(json.dumps({name: found[name] for name in sys.argv[1:] if name in found}))
"""


class Cost(NamedTuple):
    """Seconds that passed, seconds of all processors (user and system), and MB at the peak."""

    wall: float
    cpu: float
    peak: float


def measured(command: list[str], changes: Mapping[str, str], folder: Path) -> Cost:
    """Runs a command in a folder, the environment changed, and gives its own cost; fails where the command does."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **changes}, cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"exit code {child.returncode}: {' '.join(command)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def versions(python: str, names: Iterable[str]) -> str:
    """The packages that an interpreter has of those named, with their versions."""
    found = subprocess.run([python, "-c", _VERSIONS, *names], check=True, capture_output=True).stdout
    return ", ".join(f"{name} {version}" for name, version in json.loads(found).items())


def machine() -> str:
    """Processor, cores that may be used, memory in GB, Python, and the day."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}, {date.today()}"


def _processor() -> str:
    """The processor's name, as Linux gives it."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
