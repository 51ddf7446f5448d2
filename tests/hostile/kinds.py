"""Hostile inputs, made at any size: each kind is a file's ending and a function from its size in bytes to its content.

None of them is stored. `KINDS` names every kind; benchmarks/hostile.py measures them, and the tests beside this file
hold that none costs more than a line in its size.
"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from itertools import cycle, islice
from textwrap import wrap
from typing import NamedTuple

HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
WORDS = "青篱云箬鹭笛汀桐河堤渔船灯塔竹器开幕工程完工村民学校春耕早市水位列车展览"
SENTENCE = "鹭笛镇的渔船昨日回港，码头上的灯塔亮到天明，村民说今年的水位比往年低。"


class Kind(NamedTuple):
    """An ending, and what makes a file of about so many bytes."""

    ending: str
    make: Callable[[int], bytes]


def filled(unit: str, size: int) -> str:
    """A text of about so many bytes that repeats a unit."""
    return unit * max(1, size // len(unit.encode()))


def prose(letters: int, seed: int = 1, alphabet: str = WORDS) -> str:
    """Letters at random, as a text without any stop."""
    return "".join(random.Random(seed).choices(alphabet, k=letters))


def lines(size: int, count: int, line: Callable[[int, int], str]) -> bytes:
    """So many lines of the same size; `line` makes one of its number and its letters, of three bytes each."""
    each = max(1, size // count // 3)
    return "\n".join(line(k, each) for k in range(count)).encode()


def many(size: int, unit: Callable[[int], str]) -> bytes:
    """Numbered units until the size is reached."""
    out: list[str] = []
    left = size
    while left > 0:
        out.append(unit(len(out)))
        left -= len(out[-1].encode())
    return "".join(out).encode()


def sentences(size: int, seed: int = 2) -> str:
    """Paragraphs as a paper has them, all different."""
    choose = random.Random(seed)
    out = []
    left = size
    while left > 0:
        out.append("，".join(prose(choose.randint(6, 14), choose.getrandbits(32)) for _ in range(6)) + "。")
        left -= 3 * len(out[-1])
    return "\n".join(out)


def page(body: str, head: str = "") -> bytes:
    """A document around a body."""
    return f"<!doctype html><html><head><title>鹭笛镇灯塔亮灯</title>{head}</head><body>{body}</body></html>".encode()


def zipped(size: int, name: Callable[[int], str], each: int = 200) -> bytes:
    """A zip with as many members of `each` bytes as fit."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for k in range(size // (each + 100)):
            archive.writestr(zipfile.ZipInfo(name(k)), filled(SENTENCE, each).encode())
    return file.getvalue()


def _headlines(size: int) -> bytes:
    return many(size, lambda k: f"{prose(8, k)} {prose(7, k + 9)}\n")


def _near(size: int) -> bytes:
    """The same paragraph again and again, another letter changed each time."""
    base = prose(300, 5)
    return many(size, lambda k: base[: k % 300] + HAN[k % 3000] + base[k % 300 + 1 :] + "。\n")


def _chain(size: int) -> bytes:
    """Each line begins as the one before it ends."""
    text = prose(size // 2, 6, HAN)
    return "\n".join(text[at : at + 60] for at in range(0, len(text), 35)).encode()


def _spliced(size: int) -> bytes:
    """Lines with one beginning, and lines with one end."""
    head, tail = prose(30, 7), prose(30, 8)
    return many(size, lambda k: f"{head}{prose(30, k, HAN)}\n{prose(30, k + 1, HAN)}{tail}\n")


def _zalgo(size: int) -> bytes:
    marks = "".join(chr(0x300 + k % 0x60) for k in range(size // 40))
    return "\n".join(f"{c}{marks}" for c in islice(cycle(WORDS), 20)).encode()


TEXTS: dict[str, Callable[[int], bytes]] = {
    # A text that repeats itself.
    "lines of one pattern": lambda n: lines(n, 200, lambda k, m: (f"{WORDS[k % 9]}地" * m)[:m]),
    "lines of one letter": lambda n: lines(n, 20, lambda k, m: "哈" * (m + k)),
    "one long line of one letter": lambda n: filled("哈", n).encode(),
    "lines of two letters by turns": lambda n: lines(n, 20, lambda k, m: ("哈" * (k + 1) + "嘿") * (m // (k + 2))),
    "a passage again and again": lambda n: filled(SENTENCE + "\n", n).encode(),
    "a short line again and again": lambda n: filled("鹭笛镇灯塔\n", n).encode(),
    "a page again and again": lambda n: filled(sentences(3000, 4) + "\n", n).encode(),
    "near copies": _near,
    "overlapping lines": _chain,
    "one beginning, one end": _spliced,
    # Long runs of one kind.
    "digits": lambda n: filled("1234567890", n).encode(),
    "lines of digits": lambda n: lines(n, 20, lambda k, m: str(k + 11) * m),
    "full-width digits": lambda n: filled("１，", n).encode(),
    "numbered": lambda n: filled("1.", n).encode(),
    "dates": lambda n: filled("2031年5月6日", n).encode(),
    "combining marks": _zalgo,
    "ligatures of many letters": lambda n: filled("\ufdfa", n).encode(),
    "invisible characters": lambda n: filled("鹭\u200b\u200d\ufeff", n).encode(),
    "spaces": lambda n: ("鹭笛" + " " * n + "灯塔" + "\u3000" * (n // 9)).encode(),
    "spaced letters": lambda n: filled("灯 塔\u3000", n).encode(),
    "commas": lambda n: filled("，", n).encode(),
    "marks behind letters": lambda n: filled("灯,塔.", n).encode(),
    "full stops": lambda n: filled("灯塔。", n).encode(),
    "dots": lambda n: ("灯塔" + "." * n + "亮了").encode(),
    "straight quotes": lambda n: filled('灯"塔"', n).encode(),
    "opening quotes": lambda n: filled("“灯", n).encode(),
    "nested brackets": lambda n: (filled("（", n // 2) + "灯" + filled("）", n // 2)).encode(),
    "open brackets": lambda n: ("灯塔" + filled("(", n)).encode(),
    "brackets at the end": lambda n: (SENTENCE + filled("(记者张三)", n)).encode(),
    "open braces": lambda n: ("灯塔, " + filled("{`", n)).encode(),
    "open tags": lambda n: ("灯塔, " + filled("<a ", n)).encode(),
    "addresses": lambda n: ("灯塔, http://" + filled("a/b?", n)).encode(),
    "words with underscores": lambda n: ("灯塔, " + filled("a_b_", n)).encode(),
    "one Latin word": lambda n: ("灯塔, " + "a" * n).encode(),
    "Latin words": lambda n: filled("Tower, ", n).encode(),
    "entities": lambda n: filled("灯&nbsp;&amp;", n).encode(),
    "editors' lines on end": lambda n: ("灯塔亮了很久。" + filled("（责任编辑：张三）。", n)).encode(),
    "captions on end": lambda n: filled(SENTENCE + "图为灯塔夜景", n).encode(),
    "long lines with captions": lambda n: lines(n, 200, lambda k, m: f"{prose(m, k)}，灯塔亮了。图为灯塔夜景"),
    "lines of brackets": lambda n: filled(f"{SENTENCE}{'(记者张三)' * 40}\n", n).encode(),
    "editors' names": lambda n: many(n, lambda k: f"责编:{'张 三 李 四 王 五 赵 六 ' * 3}{k}\n"),
    "labels and names": lambda n: many(n, lambda k: f"来源:灯塔 河堤 竹器 开幕{'作者:灯塔 河堤 竹器 开幕' * 3},{k}\n"),
    "spaced full stops": lambda n: filled("灯. 塔. ", n).encode(),
    "marks behind spaces": lambda n: filled("灯 ,塔 .", n).encode(),
    "hard-wrapped prose": lambda n: "\n".join(wrap(sentences(n).replace("\n", ""), 20)).encode(),
    "a line between any two": lambda n: many(n, lambda k: f"{SENTENCE}\n{prose(30, k)}。\n"),
    "headlines and long paragraphs": lambda n: many(
        n, lambda k: f"{prose(9, k)}\n{sentences(3000, k)[:900]}\n{sentences(3000, k - k % 9)[:300]}\n"
    ),
    "continued": lambda n: filled("（下转第四版）\n（上接第一版）灯塔亮了\n", n).encode(),
    "credits": lambda n: filled("记者 张三 ", n).encode(),
    "names": lambda n: ("记者 " + filled("张三、", n)).encode(),
    "sources": lambda n: filled("来源：汀桐网 ", n).encode(),
    "page numbers": lambda n: filled("第3版：要闻 ", n).encode(),
    # Lines: how many, how long.
    "lines of random letters": lambda n: lines(n, 240, lambda k, m: prose(m, k, HAN)),
    "one line of random letters": lambda n: prose(n // 3, 3, HAN).encode(),
    "one line of sentences": lambda n: sentences(n).replace("\n", "").encode(),
    "plain paragraphs": lambda n: sentences(n).encode(),
    "lines of one random letter": lambda n: "\n".join(prose(n // 4, 3, HAN)).encode(),
    "headlines": _headlines,
    "blank lines": lambda n: ("灯塔亮了" + "\n" * n + "亮了").encode(),
    "all kinds of breaks": lambda n: filled("灯\u2028\r\n\x0b\x85", n).encode(),
    "headings": lambda n: filled("# 灯塔亮了\n\n", n).encode(),
    # Bytes.
    "bad bytes": lambda n: filled("灯塔", n).encode().replace(b"\x81", b""),
    "bad bytes of GB18030": lambda n: (filled("灯塔亮了很久", n // 2).encode("gb18030")[1:] + b"\xff") * 1,
    "a bad byte in each line": lambda n: filled("灯塔亮了很久。\n", n // 2).encode("gb18030").replace(b"\n", b"\xff\n"),
    "encodings by turns": lambda n: (("灯塔亮了很久。\n").encode() + "村民都来看。\n".encode("gb18030")) * (n // 35),
    "escapes of HZ": lambda n: b"~{" * (n // 2),
    "mojibake": lambda n: filled("灯塔亮了", n // 2).encode().decode("latin-1").encode(),
    "mojibake of GBK": lambda n: filled("灯塔亮了很久。", n // 2).encode().decode("gb18030", "replace").encode(),
    "no letters at all": lambda n: b"\xef\xbf\xbd" * (n // 3),
    "replacement characters": lambda n: filled("灯\ufffd", n).encode(),
    "private use": lambda n: filled("灯\ue000", n).encode(),
    # What begins like something else.
    "brackets of JSON": lambda n: b"[ " * (n // 2),
    "a string of JSON": lambda n: b'["' + b"\\a" * (n // 2),
    "an element": lambda n: b"<x>" + b"</x> " * (n // 5) + b"y",
    "front matter": lambda n: b"---\n" + b"a: &a [" + b"[" * n,
    "front matter of aliases": lambda n: (
        f"---\na0: &a0 x\n{''.join(f'a{k}: &a{k} [*a{k - 1},*a{k - 1}]' + chr(10) for k in range(1, n // 26))}---\n灯"
    ).encode(),
    "a huge number in front matter": lambda n: b"---\na: 0x" + b"f" * n + b"\n---\n" + SENTENCE.encode(),
    "a heading with spaces": lambda n: b"# a" + b" " * n + b"b\n\nc",
    "emphasis": lambda n: b"---\na: b\n---\n*" + b"\\" * n,
}  # fmt: skip

BODY = f"<p>{SENTENCE}</p>"
PAGES: dict[str, Callable[[int], bytes]] = {
    "plain paragraphs of HTML": lambda n: page(
        "".join(f"<p>{p}</p>\n" for p in sentences(n).split("\n"))
    ),
    "one paragraph again and again": lambda n: page(filled(BODY, n)),
    "nested lists of links": lambda n: page(filled("<ul><li><a href=x>灯塔</a>", n)),
    "nested lists of links, closed": lambda n: page(
        filled("<ul><li><a href=x>灯塔</a>", n // 2) + filled("</li></ul>", n // 2)
    ),
    "nested divisions": lambda n: page(filled("<div>", n // 2) + SENTENCE + filled("</div>", n // 2)),
    "nested divisions with text": lambda n: page(filled(f"<div class=nav>{SENTENCE}", n)),
    "nested articles": lambda n: page(
        filled(f"<article itemscope itemtype=NewsArticle><h2 itemprop=author>{SENTENCE}</h2>", n)
    ),
    "nested quotations": lambda n: page(filled(f"<blockquote><p>{SENTENCE}", n)),
    "nested emphasis": lambda n: page(filled("<b>灯<i>", n)),
    "nested tables": lambda n: page(filled("<table><tr><td>灯塔", n)),
    "nested templates": lambda n: page(filled("<template>", n) + BODY),
    "open templates": lambda n: page(BODY + filled("</template><template>", n)),
    "an attribute": lambda n: page(f'<p class="{filled("nav ", n)}">{SENTENCE}</p>'),
    "an attribute of spaces": lambda n: page(f'<p style="{" " * n}x">{SENTENCE}</p>'),
    "many attributes": lambda n: page(f"<p {many(n, lambda k: f'a{k}=1 ').decode()}>{SENTENCE}</p>"),
    "an open attribute": lambda n: page(f'<p class="{filled("nav > ", n)}{SENTENCE}</p>'),
    "quotation marks in a tag": lambda n: page("<p " + "\"'" * (n // 2) + SENTENCE),
    "a data address": lambda n: page(f'<img src="data:image/png;base64,{filled("QUJD", n)}">{BODY}'),
    "a comment": lambda n: page(f"<!-- {filled('灯塔 - ', n)} -->{BODY}"),
    "open comments": lambda n: page(BODY + filled("<!-- ", n)),
    "comments before the document": lambda n: filled("<!-- a -->", n).encode() + page(BODY),
    "comments of e-paper systems": lambda n: filled("<!--enpproperty <title>a", n).encode() + page(BODY),
    "a script": lambda n: page(f"<script>{filled('var a = 1;', n)}</script>{BODY}"),
    "open scripts": lambda n: page(BODY + filled("<script>", n)),
    "open character data": lambda n: page(BODY + filled("<![CDATA[", n)),
    "nested JSON-LD": lambda n: page(BODY, f'<script type="application/ld+json">{"[" * n}</script>'),
    "many JSON-LD": lambda n: page(
        BODY, filled('<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>', n)
    ),
    "paragraphs that never close": lambda n: page(filled(f"<p>{SENTENCE}", n)),
    "short paragraphs that never close": lambda n: page(filled("<p>灯塔", n)),
    "a table": lambda n: page(f"<table>{filled('<tr><td>灯塔<td>亮了', n)}</table>"),
    "a list": lambda n: page(f"<ul>{filled('<li>灯塔亮了', n)}</ul>"),
    "a list of links": lambda n: page(f"<ul>{filled('<li><a href=x>灯塔亮了很久很久</a>', n)}</ul>{BODY}"),
    "line breaks": lambda n: page(filled("灯塔亮了很久<br>", n)),
    "a line of spans": lambda n: page(f"<p>{filled('<span>灯塔</span>', n)}</p>"),
    "a line of text": lambda n: page(f"<p>{filled('灯塔', n)}</p>"),
    "hidden lines": lambda n: page(BODY + filled("<p style='display:none'>灯塔", n)),
    "options": lambda n: page(BODY + f"<select>{filled('<option>灯塔', n)}</select>"),
    "headings of HTML": lambda n: page(filled("<h2>灯塔亮了</h2>", n)),
    "headings with text": lambda n: page(
        many(n, lambda k: f"<div><h2>{prose(9, k)}</h2><p>记者张三 5月6日</p><p>{prose(50, k)}。</p></div>").decode()
    ),
    "titles": lambda n: page(BODY, f"<title>{filled('灯塔_', n)}</title>"),
    "a title of dashes": lambda n: page(BODY).replace("鹭笛镇灯塔亮灯".encode(), filled("灯 - ", n).encode()),
    "a title of spaces": lambda n: page(BODY).replace("鹭笛镇灯塔亮灯".encode(), b"a" + b" " * n + b"b"),
    "many meta elements": lambda n: page(BODY, filled("<meta name=author content=张三>", n)),
    "many properties": lambda n: page(filled("<span itemprop=author>张三</span>", n) + BODY),
    "many documents": lambda n: page(BODY) * max(1, n // 200),
    "open angle brackets": lambda n: page(BODY + "<" * n),
    "open tags of HTML": lambda n: page(BODY + filled("<a ", n)),
    "ends of tags": lambda n: page(BODY + filled("</p>", n)),
    "ampersands": lambda n: page(f"<p>{'&' * n}灯塔</p>"),
    "references to characters": lambda n: page(f"<p>{filled('&#x706f;', n)}</p>"),
    "indents": lambda n: page(filled("灯塔亮了。\u3000\u3000", n)),
    "unseen letters": lambda n: page(BODY + filled("<svg>灯</svg><math>塔</math>", n)),
    "a preformatted text": lambda n: page(f"<pre>{filled('灯塔亮了' + chr(10), n)}</pre>"),
    "ruby": lambda n: page(f"<p>{filled('<ruby>灯<rt>x</rt></ruby>', n)}</p>"),
}  # fmt: skip

ARCHIVES: dict[str, Kind] = {
    "zip: members of one name": Kind(".zip", lambda n: zipped(n, lambda k: "a.txt")),
    "zip: names that read alike": Kind(".zip", lambda n: zipped(n, lambda k: "灯" * (k % 7 + 40) + ".txt")),
    "zip: long names": Kind(".zip", lambda n: zipped(n, lambda k: f"{'a-' * 200}{k}.txt", 50)),
    "zip: a member of records": Kind(".zip", lambda n: zipped(n, lambda k: f"{'a-' * k}.jsonl"[-250:])),
    "packed records": Kind(".jsonl.gz", lambda n: gzip.compress('{"text":"灯"}\n'.encode() * (n * 400 // 15))),
    "packed lines that are none": Kind(".jsonl.gz", lambda n: gzip.compress(b"x\n" * (n * 400))),
    "records": Kind(".jsonl", lambda n: '{"text":"灯塔亮了"}\n'.encode() * (n // 25)),
    "lines that are no records": Kind(".jsonl", lambda n: b"x\n" * (n // 2)),
    "records of one id": Kind(".jsonl", lambda n: '{"id":"a","text":"灯塔亮了"}\n'.encode() * (n // 35)),
    "records of nested values": Kind(".jsonl", lambda n: b'{"text":' + b"[" * (n // 2) + b"]" * (n // 2) + b"}\n"),
    "an array of nested values": Kind(".json", lambda n: b"[" * n),
    "an array of numbers": Kind(".json", lambda n: b"[" + b"1," * (n // 2) + b"1]"),
    "an array of records": Kind(".json", lambda n: b"[" + b",\n".join(['{"text":"灯塔"}'.encode()] * (n // 20)) + b"]"),
    "a record of huge numbers": Kind(".jsonl", lambda n: b'{"text":"a b c d e f","id":' + b"9" * n + b"}\n"),
    "records of floats": Kind(".jsonl", lambda n: b'{"text":"a b c d e f","id":1.5}\n' * (n // 32)),
    "a record of many fields": Kind(
        ".jsonl", lambda n: b"{" + many(n, lambda k: f'"a{k}":1.5,') + b'"id":1.5,"text":"a b c"}\n'
    ),
    "a table of many columns": Kind(
        ".csv", lambda n: b"text" + many(n // 2, lambda k: f",a{k:05}") + b"\nx" + b"," * -(-(n // 2) // 7) + b"\n"
    ),
    "a table with an open quotation mark": Kind(".csv", lambda n: b'text,id\n"' + filled("灯塔\n", n).encode()),
    "rows that are none": Kind(".csv", lambda n: b"text,id\n" + b"x\n" * (n // 2)),
    "rows": Kind(".csv", lambda n: b"text,id\n" + "灯塔亮了,1\n".encode() * (n // 15)),
}  # fmt: skip

KINDS: dict[str, Kind] = {
    **{name: Kind(".txt", make) for name, make in TEXTS.items()},
    **{f"md: {name}": Kind(".md", TEXTS[name]) for name in (
        "headings", "front matter", "front matter of aliases", "a huge number in front matter", "a heading with spaces",
        "emphasis",
    )},
    **{name: Kind(".html", make) for name, make in PAGES.items()},
    **ARCHIVES,
}  # fmt: skip
