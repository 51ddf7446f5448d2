"""One article as Markdown: YAML front matter, then the paragraphs, escaped where Markdown would misread them."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..model import Article, Paragraph, Role
from .metadata import FIELDS

# Characters that Markdown interprets anywhere in a line, and a "&" that would be read as an entity.
INLINE = re.compile(r"[\\`*_\[<~]|&(?=#?\w+;)")
# What means something only at the beginning of a line.
BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|-{3,}\s*$|=+\s*$|- ?-)")
NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")

# For these characters libyaml writes the same bytes as the pure Python dumper, five times faster.
PLAIN = re.compile(r"[\x20-\x7e\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\uf900-\ufefe\uff00-\ufffc\n]*")
FAST_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def markdown(article: Article, files: dict[str, str]) -> str:
    """The article as a Markdown file; `files` names the source file of each page."""
    blocks = [line for paragraph in article.paragraphs if (line := _block(paragraph))]
    return f"---\n{_front_matter(article, files)}---\n\n" + "\n\n".join(blocks) + ("\n" if blocks else "")


def escape(text: str) -> str:
    r"""One line of text, escaped so that Markdown renders it unchanged.

    >>> print(escape("1. 三星*电子"), escape("# 号"), escape("#号"), sep=", ")
    1\. 三星\*电子, \# 号, #号
    """
    text = INLINE.sub(r"\\\g<0>", text.strip())
    text = NUMBERED.sub(r"\1\\\2", text, count=1) if NUMBERED.match(text) else text
    return "\\" + text if BLOCK.match(text) else text


def _block(paragraph: Paragraph) -> str:
    text = escape(paragraph.text)
    if not text:
        return ""
    if paragraph.role in (Role.SUBHEAD, Role.HEADLINE):
        return "## " + re.sub(r"(?<=\s)#+$", r"\\\g<0>", text)
    return f"*{text}*" if paragraph.role is Role.CAPTION else text


def _front_matter(article: Article, files: dict[str, str]) -> str:
    fields: dict[str, Any] = {"title": article.title, "id": article.id}
    fields |= {key: known for key in FIELDS if key not in fields and (known := article.meta.get(key))}
    fields["sources"] = [
        {"page": s.page, "file": files[s.page], "lines": f"{s.line}-{s.last_line}"} for s in article.sources
    ]
    fields["flags"] = [flag.value for flag in article.flags]
    known = ["".join(x) for x in article.meta.values()]
    texts = "".join([article.title or "", *known, *(files[s.page] for s in article.sources)])
    dumper = FAST_DUMPER if PLAIN.fullmatch(texts) else yaml.SafeDumper
    return yaml.dump(fields, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**30)
