"""Rows of CSV and TSV as records: text with delimiters between the columns, below a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..config import ReadConfig
from .containers import Content
from .decode import UNTEXT, Decoded, NotAPage, damage, mend
from .lines import Lines
from .records import ROWS, Records, check_columns, grouped

Row = list[str]


def csv_records(content: Content, config: ReadConfig, asked: Mapping[str, str]) -> Iterator[Records]:
    """The rows below a header.

    Raises NotAPage where no column may hold texts, InputError for one that was asked for and isn't there.
    """
    csv.field_size_limit(config.max_bytes)  # of the whole process: the 2**17 that it has else are too few
    with content.open() as file:
        lines = Lines(file, config)
        texts = (io.StringIO(lines.text(block), newline="") for block in lines.blocks())
        delimiter = "\t" if content.source.ending == ".tsv" else ","
        rows = _rows(csv.reader((line for text in texts for line in text), delimiter=delimiter, strict=True))
        header = next(rows, [])
        if not header:
            return
        if isinstance(header, csv.Error) or len(set(header)) < len(header) or UNTEXT.search("".join(header)):
            raise NotAPage("damaged: its header can't be read, or names a column twice")
        check_columns(content.source, asked, header, header, header)
        number = 1
        for group in grouped(rows, ROWS):
            yield _records(number, group, header, lines)
            number += len(group)


def _rows(reader: Iterator[Row]) -> Iterator[Row | csv.Error]:
    """The rows that aren't blank; for one that can't be read, the error, after which the next line is a row again."""
    while True:
        try:
            if row := next(reader):
                yield row
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _records(first: int, rows: list[Row | csv.Error], header: Row, lines: Lines) -> Records:
    usual = Decoded("", lines.encoding, 0)
    decoded = [usual] * len(rows)
    faults: dict[int, str] = {}
    for at, row in enumerate(rows):
        if isinstance(row, csv.Error) or len(row) != len(header):
            short = f"{len(row)} columns, and not {len(header)} as in the header" if isinstance(row, list) else row
            faults[at] = f"not a row: {short}"
            rows[at] = [""] * len(header)
        elif UNTEXT.search("".join(row)):
            text, bad = mend("".join(row))
            decoded[at] = replace(usual, bad=bad)
            if reason := damage(text, bad, lines.config.max_bad_share):
                faults[at] = f"{reason} as {usual.encoding}"
            rows[at] = [mend(value)[0] for value in row]
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return Records(range(first, first + len(rows)), columns, decoded=decoded, faults=faults)
