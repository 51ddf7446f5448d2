"""The options of every stage: one frozen dataclass each, and the configuration of a run that holds them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .option import check, option


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How bytes become pages."""

    text: str = option("text", "The field or column that holds the text of a record.")
    id: str = option("id", "The field or column that names a record.")
    title: str = option("title", "The field or column that holds the headline of a record's text.")
    date: str = option("date", "The field or column that holds the date of a record.")
    encoding: str = option("auto", 'The encoding of the input, such as "gb18030"; "auto" detects it.')
    max_bytes: int = option(
        32 * 2**20, "Bytes of one page, file or record, unpacked; larger ones are set aside.", low=1
    )
    # A novel in one line has a million; what compares two lines letter by letter takes quadratic time.
    max_line: int = option(200_000, "Characters of one line; pages with longer ones are set aside.", low=1)
    # A printed page has 300, a day of a paper in one file 5,000.
    max_lines: int = option(20_000, "Lines of one page that hold text; pages with more are set aside.", low=1)
    max_passages: int = option(
        25_000, "Passages that the lines of one page may be cut into; pages with more are set aside.", low=1
    )
    # A page takes 0.1, one of 5,000 lines 15.
    max_seconds: float = option(
        20.0, "CPU seconds that reading one page, or a later step, may take; slower pages are set aside.", low=0.1
    )
    max_bad_share: float = option(
        0.02, "Share of a page's characters that may be undecodable before the page is set aside.", low=0, high=1
    )
    # Text has no control characters; a picture has 10 %.
    max_control_share: float = option(
        0.02, "Share of a file's bytes that may be control characters before it counts as binary.", low=0, high=1
    )
    # As pages in memory, 4 GiB would take 100 GB.
    max_unpacked: int = option(4 * 2**30, "Bytes that one compressed file may unpack to.", low=1)
    # Text has a ratio of 3 to 10, a decompression bomb 1,000. The limit applies beyond two pages' worth of output.
    max_ratio: int = option(200, "Bytes that may be unpacked for each compressed byte.", low=1)
    # A daily paper of 30 years; as pages in memory they take 20 GB.
    max_members: int = option(100_000, "Number of files that one zip may hold.", low=1)

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True)
class DedupConfig:
    """When two texts are copies: each kind of likeness has a measure and a limit of its own."""

    # Shorter lines recur legitimately.
    least: int = option(12, "Letters that a text needs to be a copy unless it is exactly the same.", low=1)
    near: float = option(0.7, "Lowest Jaccard similarity of the 5-character shingles of near copies.", low=0.3, high=1)
    # OCR leaves 0.85 and more.
    edited: float = option(
        0.82, "Lowest share of letters that stay when one text is edited into the other.", low=0.5, high=1
    )
    contained: float = option(
        0.9, "Lowest share of the shorter text's letters found in one place of the longer text.", low=0.5, high=1
    )
    overlap: float = option(
        0.6,
        "Lowest share of the longer text in an overlap of one text's end and the other's beginning.",
        low=0.3,
        high=1,
    )

    def __post_init__(self) -> None:
        check(self)


class Boldness(StrEnum):
    """How certain a move must be, from most to least certain: the order of the limits that come with the models."""

    CAUTIOUS = "cautious"
    BALANCED = "balanced"
    BOLD = "bold"


BOLDNESS = tuple(Boldness)


class Reprints(StrEnum):
    """What becomes of a report that is printed more than once."""

    MERGE = "merge"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class ReattachConfig:
    """When a passage is moved away from the headline that it stands under."""

    boldness: Boldness = option(
        Boldness.BALANCED,
        "How much correctly placed text may be moved wrongly: about 0.1 % (cautious), 0.5 % (balanced) or 1 % (bold).",
    )
    move: bool = option(True, "Move passages. If false, nothing moves, and everything that would move is flagged.")
    reprints: Reprints = option(
        Reprints.MERGE,
        "A report that is printed more than once: the fuller version, with what only another has (merge), or each "
        "version as an article of its own, as it is (keep).",
    )
    margin: float = option(
        0.1,
        "How much more probable than the runner-up a story must be to receive a passage; else it is set apart.",
        low=0,
        high=1,
    )
    adopt: float = option(
        0.5, "Probability of belonging to another headline of the page from which a passage goes there.", low=0, high=1
    )
    promote: float = option(0.5, "Probability of heading a story from which a line becomes a headline.", low=0, high=1)
    demote: float = option(
        0.4, "Probability of heading a story below which a headline becomes a subhead.", low=0, high=1
    )
    junk: float = option(
        0.6, "Probability of belonging to no story from which a short line is boilerplate.", low=0, high=1
    )
    crossed: float = option(
        0.75, "Probability from which two paragraphs are cut and their swapped tails exchanged.", low=0, high=1
    )
    # Known publishers have .03 to .12, most left-out ones .03 to .14, the one that fared worst .31 to .35.
    unfamiliar: float = option(
        0.2,
        "Mean doubt about the headlines of a group of pages from which it is unlike what the models learned from, and "
        "boldness is cautious; 1: never.",
        low=0,
        high=1,
    )
    doubt: float = option(
        0.75, "Probability of being in place below which a passage that stays is flagged.", low=0, high=1
    )

    def __post_init__(self) -> None:
        check(self)


class Latin(StrEnum):
    """What happens to spaces between Han and Latin characters or digits."""

    KEEP = "keep"
    ADD = "add"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class TidyConfig:
    """Which typographic rules are applied to what is written."""

    enabled: bool = option(True, "Apply the rules below. If false, text is written as it was found.")
    punctuation: bool = option(True, "Make half-width punctuation among Han characters full-width.")
    spaces: bool = option(True, "Remove spaces between Han characters.")
    width: bool = option(
        True,
        "Make full-width Latin letters, digits and numbers ASCII, and small or half-width Chinese marks full-width.",
    )
    ellipsis: bool = option(True, "Make dots and hyphens that stand for …… and —— these characters.")
    repeated: bool = option(
        True, "Remove repeated commas and full stops, and all but three repeated exclamation or question marks."
    )
    latin: Latin = option(Latin.KEEP, "Keep, add or drop spaces between Han characters and Latin characters or digits.")
    quotes: bool = option(
        True,
        "Make straight quotes in Chinese curly, if every pair of the line is certain, and turn those that surely face "
        "the wrong way.",
    )
    entities: bool = option(True, "Make spaces of HTML's names for them that were left as text, such as &nbsp;.")
    invisible: bool = option(True, "Remove zero-width and control characters, byte order marks and soft hyphens.")
    ends: bool = option(True, "Remove white space at both ends of a line, including indents of U+3000.")

    def __post_init__(self) -> None:
        check(self)


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

    format: Format = option(
        Format.MD,
        "Format of the articles: one file each (md, txt, json), articles.jsonl alone (jsonl), or articles.parquet "
        "beside it (parquet).",
    )

    def __post_init__(self) -> None:
        check(self)

    @property
    def ending(self) -> str:
        """The ending of an article's own file; empty if articles have no files of their own."""
        return str(self.format) if self.format in (Format.MD, Format.TXT, Format.JSON) else ""


@dataclass(frozen=True, slots=True)
class Config:
    """All options of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    dedup: DedupConfig = field(default_factory=DedupConfig)
    reattach: ReattachConfig = field(default_factory=ReattachConfig)
    tidy: TidyConfig = field(default_factory=TidyConfig)
    write: WriteConfig = field(default_factory=WriteConfig)
