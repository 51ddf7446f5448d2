"""The codes of findings, and which reasons and flags in the ledger and on pages each stands for."""

from __future__ import annotations

from ..reasons import CopyKind, Flag

CODES: dict[str, str] = {
    "U101": "exact copy of another passage",
    "U102": "near copy of another passage, differing in a few characters",
    "U103": "cut-short copy: all that it says stands in another passage",
    "U104": "overlap: the beginning repeats the end of another passage",
    "U201": "misplaced passage: it belongs to another article",
    "U202": "story without a headline of its own",
    "U203": "placement in doubt: left where it stands",
    "U301": "passage whose beginning is cut off",
    "U302": "passage whose end is cut off",
    "U303": "caption fused with a paragraph",
    "U304": "paragraph broken in two",
    "U305": "spliced paragraph: two stories run into one",
    "U401": "boilerplate that belongs to no article",
    "U402": "text of a file of markup that its parser gives no place",
    "U501": "encoding damage: bytes that are no text",
    "U502": "text that was read in the wrong encoding and saved so",
    "U503": "encoding in doubt, or not the one that the page names",
    "U601": "typography that the tidy rules would change",
    "U602": "typography that no rule can put right",
    "U901": "page that could not be read and was set aside",
}
UNREAD = "U901"

COPIES = {
    CopyKind.EXACT: "U101",
    CopyKind.NEAR: "U102",
    CopyKind.EDITED: "U102",
    CopyKind.CONTAINED: "U103",
    CopyKind.OVERLAP: "U104",
}
FLAGGED = {
    Flag.IN_DOUBT: ("U203", "is left where it stands, though in doubt"),
    Flag.TRUNCATED_HEAD: ("U301", "lacks its beginning"),
    Flag.TRUNCATED_TAIL: ("U302", "lacks its end"),
    Flag.FUSED: ("U303", "is run together with its neighbour, a caption with a paragraph"),
    Flag.BROKEN: ("U304", "is part of a paragraph that is broken in two"),
    Flag.SPLICED: ("U305", "is part of a paragraph in which two stories run into one"),
}
NOTED = {
    "mojibake": ("U502", "lines that were read in the wrong encoding and saved so: {value}, put right"),
    "mojibake-left": ("U502", "lines that were read in the wrong encoding and saved so: {value}, past repair"),
    "encoding-in-doubt": ("U503", "read as {page.encoding}, but it may be {value}"),
    "charset-says": ("U503", "names {value} as its encoding, but is {page.encoding}"),
}
