"""Settings: one frozen dataclass a stage; `load` reads them from files, environment and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..errors import ConfigError


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How bytes become pages."""

    encoding: str = "auto"  # "auto", or a codec's name to take instead of what the bytes say
    max_bytes: int = 32 * 2**20  # of one page, unpacked, a file or a record: no newspaper page is as large
    max_bad_share: float = 0.02  # of a page's characters that may be undecodable before it is set aside
    max_control_share: float = 0.02  # of the bytes that may be control characters: text has none, a picture 0.1
    max_unpacked: int = 4 * 2**30  # bytes that a packed file may unpack to: as pages they would take 100 GB of memory
    max_ratio: int = 200  # bytes unpacked for one packed, beyond two pages' worth: text has 3 to 10, a bomb 1,000
    max_members: int = 100_000  # of a zip: a daily paper of 30 years; as pages they would take 20 GB of memory

    def __post_init__(self) -> None:
        for name in ("max_bytes", "max_unpacked", "max_ratio", "max_members"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; 1 or more is needed")


@dataclass(frozen=True, slots=True)
class DedupConfig:
    """When two texts are copies: each kind of likeness has a measure and a limit of its own."""

    least: int = 12  # letters that a text needs to be a copy by more than being the same: shorter lines recur by right
    near: float = 0.7  # Jaccard similarity of the sets of 5-character shingles
    edited: float = 0.82  # letters that stay when one is typed into the other: OCR leaves .85 and more
    contained: float = 0.9  # letters of the shorter text that stand in one place of the longer
    overlap: float = 0.6  # letters at the end of one text that begin the other, of those of the longer

    def __post_init__(self) -> None:
        for name, low in (("near", 0.3), ("edited", 0.5), ("contained", 0.5), ("overlap", 0.3)):
            if not low <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; a share from {low} to 1 is needed")
        if self.least < 1:
            raise ConfigError(f"least is {self.least}; 1 letter or more is needed")


class Boldness(StrEnum):
    """How sure a move must be; in the order of the limits that the models bring."""

    CAUTIOUS = "cautious"
    BALANCED = "balanced"
    BOLD = "bold"


BOLDNESS = tuple(str(each) for each in Boldness)


@dataclass(frozen=True, slots=True)
class ReattachConfig:
    """When a passage leaves the headline that it stands under."""

    boldness: str = "balanced"  # cautious, balanced or bold: about .1, .5 or 1 % of what is right is moved wrongly
    move: bool = True  # false: nothing moves, everything that would is flagged
    margin: float = (
        0.1  # by which a story must be likelier than the next for a passage to go there, else it is set apart
    )
    adopt: float = 0.5  # probability from which a headline takes a passage that stands under none
    promote: float = 0.5  # probability of heading a story from which a line becomes a headline
    demote: float = 0.4  # probability of heading a story under which a headline becomes a subhead
    junk: float = 0.6  # probability of belonging to no story at all from which a short line is boilerplate
    crossed: float = 0.75  # probability of having swapped tails from which two paragraphs are cut and uncrossed
    doubt: float = 0.75  # probability of belonging where it stands under which a passage that stays is flagged

    def __post_init__(self) -> None:
        for name in ("margin", "adopt", "promote", "demote", "junk", "crossed", "doubt"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; a probability from 0 to 1 is needed")
        if self.boldness not in BOLDNESS:
            raise ConfigError(f'boldness is "{self.boldness}"; one of {", ".join(BOLDNESS)} is needed')


LATIN = ("keep", "add", "drop")


@dataclass(frozen=True, slots=True)
class TidyConfig:
    """Which typographic rules are applied to what is written."""

    enabled: bool = True
    punctuation: bool = True  # half-width punctuation among Han characters becomes full-width
    spaces: bool = True  # spaces between Han characters go
    width: bool = True  # full-width Latin letters and digits become ASCII
    ellipsis: bool = True  # dots and hyphens that stand for …… and —— become these
    repeated: bool = True  # commas and full stops that stand twice go, and all but three marks of exclamation
    latin: str = "keep"  # spaces between Han and Latin characters or digits: "add", "drop" or "keep"
    quotes: bool = True  # straight quotes in Chinese become curly, where every pair of a line is certain
    invisible: bool = True  # zero-width and control characters, byte order marks and soft hyphens go
    ends: bool = True  # white space at a line's ends goes, an indentation of U+3000 with it

    def __post_init__(self) -> None:
        if self.latin not in LATIN:
            raise ConfigError(f'latin is "{self.latin}"; one of {", ".join(LATIN)} is needed')


class Format(StrEnum):
    """What articles are written as."""

    MD = "md"
    TXT = "txt"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class WriteConfig:
    """What is written."""

    format: str = "md"  # md, txt, json: a file an article; jsonl: articles.jsonl alone, parquet: articles.parquet, too

    def __post_init__(self) -> None:
        if self.format not in tuple(Format):
            raise ConfigError(f'format is "{self.format}"; one of {", ".join(Format)} is needed')

    @property
    def ending(self) -> str:
        """The ending of an article's own file; empty where it has none."""
        return self.format if self.format in (Format.MD, Format.TXT, Format.JSON) else ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    dedup: DedupConfig = field(default_factory=DedupConfig)
    reattach: ReattachConfig = field(default_factory=ReattachConfig)
    tidy: TidyConfig = field(default_factory=TidyConfig)
    write: WriteConfig = field(default_factory=WriteConfig)
