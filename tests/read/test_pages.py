"""Which files are read, under which ids, and what comes of each."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.config import ReadConfig
from unsplice.errors import ConfigError, InputError
from unsplice.model import Page, Role, SetAside
from unsplice.read.pages import Source, find_sources, read_source

AUTO = ReadConfig()
TEXT = "县图书馆新馆昨日开放，首日接待读者两千余人。\n馆长说，阅览室将延长开放时间。\n"
TRADITIONAL = "社區中心昨日舉行開放日，逾千名居民到場參觀。\n主任表示，將會增設兒童閱讀角。\n"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All paths of these tests are relative to an empty folder."""
    monkeypatch.chdir(tmp_path)


def put(*names: str, data: bytes = TEXT.encode()) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def names(*inputs: str) -> list[str]:
    return [source.name for source in find_sources(inputs)]


def ids(*inputs: str) -> list[str]:
    return [source.id for source in find_sources(inputs)]


def only(name: str, config: ReadConfig = AUTO) -> Page | SetAside:
    """What comes of a file that is one page."""
    (result,) = read_source(Source(Path(name), name, "p"), config)
    return result


def jsonl(
    lines: Sequence[object], codec: str = "utf-8", stem: str = "news", **settings: object
) -> list[Page | SetAside]:
    """What comes of a JSONL file; lines that are text stand as they are."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    put("news.jsonl", data="".join(text + "\n" for text in texts).encode(codec))
    return read_source(Source(Path("news.jsonl"), "news.jsonl", stem), ReadConfig(**settings))  # type: ignore[arg-type]


# ---- which files


@pytest.fixture
def tree() -> None:
    put("raw/b.txt", "raw/a/1.txt", "raw/a/deep/2.TXT", "raw/c.jsonl", "raw/README.md", "raw/x.html", "raw/[1].txt")
    put("raw/.hidden.txt", "raw/.git/y.txt", "raw/a/.cache/z.txt", "raw/v1.5/3.txt", "raw/d.txt/4.txt")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["raw"], "a/1.txt a/deep/2.TXT b.txt c.jsonl d.txt/4.txt v1.5/3.txt [1].txt x.html"),
        (["raw/", "./raw", "raw/b.txt"], "a/1.txt a/deep/2.TXT b.txt c.jsonl d.txt/4.txt v1.5/3.txt [1].txt x.html"),
        (["raw/*"], "a/1.txt a/deep/2.TXT b.txt c.jsonl d.txt/4.txt v1.5/3.txt [1].txt x.html"),
        (["raw/*.txt"], "b.txt d.txt/4.txt [1].txt"),
        (["raw/**/*.txt"], "a/1.txt b.txt d.txt/4.txt v1.5/3.txt [1].txt"),
        (["raw/**"], "a/1.txt a/deep/2.TXT b.txt c.jsonl d.txt/4.txt v1.5/3.txt [1].txt x.html"),
        (["raw/?/[0-9].txt"], "a/1.txt"),
        (["raw/a/*"], "a/1.txt a/deep/2.TXT"),
        (["raw/*.html"], "x.html"),
        (["raw/x.html", "raw/README.md"], "README.md x.html"),
        (["raw/.hidden.txt", "raw/.g*/*"], ".hidden.txt .git/y.txt"),
        (["raw/[1].txt"], "[1].txt"),
        (["raw/c.jsonl", "raw/b.txt", "raw/././b.txt"], "b.txt c.jsonl"),
    ],
)
@pytest.mark.usefixtures("tree")
def test_inputs(inputs: list[str], expected: str) -> None:
    assert sorted(names(*inputs)) == sorted(f"raw/{name}" for name in expected.split())
    assert find_sources(inputs) == find_sources(inputs[::-1])


@pytest.mark.parametrize("name", ["[1].txt", "a*b.txt", "why?.txt", "[", "**"])
def test_a_file_whose_name_looks_like_a_glob(name: str) -> None:
    put(name, "1.txt", "axb.txt", "whyx.txt")
    assert names(name) == [name]


def test_a_folder_whose_name_looks_like_a_glob() -> None:
    put("[1]/a.txt", "1/b.txt")
    assert names("[1]/*.txt") == names("[1]") == ["[1]/a.txt"]


@pytest.mark.parametrize(
    "given_path", ["nowhere", "nowhere/*.txt", "*.txt", "empty", "", "empty/**", "links/gone.txt", "a\0b"]
)
def test_inputs_that_name_nothing(given_path: str) -> None:
    put("empty/README.md", "empty/.a.txt", "fine/a.txt")
    Path("links").mkdir()
    os.symlink("missing", "links/gone.txt")
    with pytest.raises(InputError, match=re.escape(repr(given_path)) + ".*; "):
        find_sources(["fine", given_path])


def test_no_input_is_no_source() -> None:
    assert find_sources([]) == []


# ---- links


def test_links_stay_inside_and_count_once() -> None:
    put("outside/secret.txt", "raw/a/1.txt", "raw/z.txt", "raw/.store/kept.txt")
    os.symlink("../outside/secret.txt", "raw/secret.txt")
    os.symlink("../outside", "raw/outside")
    os.symlink("..", "raw/a/up")
    os.symlink(".", "raw/a/self")
    os.symlink("a", "raw/alias")
    os.symlink("z.txt", "raw/0.txt")
    os.symlink(".store/kept.txt", "raw/kept.txt")
    os.symlink("raw", "top")
    expected = ["raw/a/1.txt", "raw/kept.txt", "raw/z.txt"]
    assert names("raw") == names("raw/**") == names("raw/**/*.txt") == expected
    assert names("top") == [name.replace("raw", "top") for name in expected]
    assert len(names("top", "raw")) == 3
    assert names("raw/secret.txt") == ["raw/secret.txt"]  # whoever names a link wants it


def test_a_link_to_nowhere_is_reported() -> None:
    put("raw/a.txt")
    os.symlink("missing.txt", "raw/b.txt")
    os.symlink("loop.txt", "raw/loop.txt")
    results = [result for source in find_sources(["raw"]) for result in read_source(source, AUTO)]
    assert [(result.id, type(result)) for result in results] == [("a", Page), ("b", SetAside), ("loop", SetAside)]


# ---- ids


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("p0001.txt", r"p0001"),
        ("2020/01/02.txt", r"2020-01-02"),
        ("a.b_c-d.jsonl", r"a\.b_c-d"),
        ("_a.txt", "_a"),
        ("人民.txt", r"RenMin-[0-9a-f]{8}"),
        ("第1版 要闻.txt", r"Di1Ban-YaoWen-[0-9a-f]{8}"),
        ("臺灣報導/五月.txt", r"TaiWanBaoDao-WuYue-[0-9a-f]{8}"),
        ("🙂.txt", r"[a-z_]+-[0-9a-f]{8}"),
        ("café.txt", r"cafe-[0-9a-f]{8}"),
        ("-rf.txt", r"rf-[0-9a-f]{8}"),
        ("a b/$(c).txt", r"a-b-c-[0-9a-f]{8}"),
        ("a:b=c%.txt", r"a-b-c-[0-9a-f]{8}"),
        ("x" * 90 + ".txt", r"x{71}-[0-9a-f]{8}"),
        ("x" * 80 + ".txt", r"x{80}"),
        ("новости.txt", r"novosti-[0-9a-f]{8}"),
    ],
)
def test_ids_are_plain(name: str, expected: str) -> None:
    put(f"raw/{name}")
    (found,) = ids("raw")
    assert re.fullmatch(expected, found), found
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", found)


def test_ids_do_not_depend_on_unicode_form_or_on_where_the_folder_is() -> None:
    put("one/cafe\u0301.txt", "two/there/caf\u00e9.txt")
    assert ids("one") == ids("two/there")


def test_ids_do_not_depend_on_how_a_path_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    put("raw/a.txt", "more/a.txt", "raw/汀桐晚报 第3版.txt")
    put("raw/n.jsonl", "more/n.jsonl", data=b'{"id": "1", "text": "x"}\n{"id": "1", "text": "y"}\n')
    with zipfile.ZipFile("raw/z.zip", "w") as archive:
        archive.writestr("b-c.txt", TEXT)
        archive.writestr("b/c.txt", TEXT)

    def found(*folders: str) -> list[tuple[str, str]]:
        sources = find_sources(folders)
        return sorted(
            (page.id, os.path.relpath(page.source)) for source in sources for page in read_source(source, AUTO)
        )

    here = os.getcwd()
    expected = found("raw", "more")
    assert len({page_id for page_id, _ in expected}) == len(expected) == 9
    for folders in (("./more/", "./raw"), (f"{here}/raw", "more"), (f"{here}/more", f"{here}/raw/../raw")):
        assert found(*folders) == expected
    assert ids("raw/汀桐晚报 第3版.txt") == ids(f"{here}/raw/汀桐晚报 第3版.txt") == ids("./raw/*3版.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names in GBK")
def test_file_names_that_are_no_utf8() -> None:
    put(os.fsdecode(b"raw/\xd0\xc2\xce\xc5.txt"))
    (source,) = find_sources(["raw"])
    assert re.fullmatch(r"page-[0-9a-f]{8}", source.id)
    assert source.name == r"raw/\udcd0\udcc2\udcce\udcc5.txt"
    assert isinstance(read_source(source, AUTO)[0], Page)


def test_ids_stay_when_other_files_come() -> None:
    put("raw/a.txt", "raw/b/c.txt", "raw/新闻.txt", "raw/m.jsonl")
    before = {source.name: source.id for source in find_sources(["raw"])}
    put("raw/0.txt", "raw/b/0.txt", "raw/体育.txt", "raw/m-1.jsonl", "raw/m.1.txt", "raw/zz.txt")
    after = {source.name: source.id for source in find_sources(["raw"])}
    assert before.items() <= after.items()


def test_of_two_files_with_one_id_both_give_way() -> None:
    """So that an id never comes to name another file, whichever comes first."""
    put("raw/a.txt", "raw/a.jsonl", "raw/b-c.txt", "raw/b/c.txt", "raw/B-C.txt", "more/a.txt")
    sources = find_sources(["raw", "more"])
    by_name = {source.name: source.id for source in sources}
    assert len({source.id.lower() for source in sources}) == 6
    for name in ("more/a.txt", "raw/a.txt", "raw/a.jsonl"):
        assert re.fullmatch(r"a-[0-9a-f]{8}", by_name[name])
    for name in ("raw/B-C.txt", "raw/b-c.txt", "raw/b/c.txt"):
        assert re.fullmatch(r"(?i)b-c-[0-9a-f]{8}", by_name[name])
    assert sources == find_sources(["more/*", "raw/**", "raw"])
    assert [source.id for source in sources] == sorted(source.id for source in sources)


def test_records_do_not_take_the_ids_of_other_files() -> None:
    put("raw/a-b.txt", "raw/A-d.txt")
    put("raw/a.jsonl", data=b"".join(b'{"id": "%s", "text": "x"}\n' % key for key in (b"b", b"c", b"d", b"e-1", b"e")))
    put("raw/a-e.jsonl", data=b'{"id": 1, "text": "x"}\n{"text": "y"}\n')
    found = [(page.id, page.source) for source in find_sources(["raw"]) for page in read_source(source, AUTO)]
    assert len({page_id.lower() for page_id, _ in found}) == len(found) == 9
    plain = {page_id for page_id, name in found if name == "raw/a.jsonl" and not re.search("-[0-9a-f]{8}$", page_id)}
    assert plain == {"a-c", "a-e"}
    assert {page_id for page_id, name in found if name != "raw/a.jsonl"} == {"a-b", "A-d", "a-e-1", "a-e-0002"}


# ---- one file, one page


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"),
        (TEXT.encode("gb18030"), "gb18030"),
    ],
)
def test_a_page(data: bytes, encoding: str) -> None:
    put("p.txt", data=data)
    assert only("p.txt") == Page("p", "p.txt", TEXT, encoding)


def test_a_page_with_a_bad_byte_is_flagged() -> None:
    put("p.txt", data=TRADITIONAL.encode("big5hkscs") + b"\xff\n")
    flags = (f"bad-bytes:1@{len(TRADITIONAL)}",)
    assert only("p.txt") == Page("p", "p.txt", TRADITIONAL + "\ufffd\n", "big5hkscs", flags=flags)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("　\u3000\n".encode("gb18030"), "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\0\1\2\3" * 9, "binary"),
        (b"\xff" * 30, "undecodable: "),
        (b"x" * 101, "too large: more than 100 bytes"),
    ],
)
def test_what_is_no_page_is_set_aside(data: bytes, reason: str) -> None:
    put("p.txt", data=data)
    result = only("p.txt", ReadConfig(max_bytes=100))
    assert isinstance(result, SetAside)
    assert result.reason.startswith(reason)
    assert (result.id, result.source, result.size, result.record) == ("p", "p.txt", len(data), None)
    assert re.fullmatch(r"[A-Z].*\.", result.remedy)


def unreadable(name: str) -> str:
    result = only(name)
    assert isinstance(result, SetAside)
    assert result.reason.startswith("unreadable: ")
    return result.reason


def test_what_is_no_plain_file_is_set_aside() -> None:
    Path("folder").mkdir()
    assert unreadable("folder") == "unreadable: a folder, not a file"
    assert unreadable("vanished.txt") == "unreadable: no such file or directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipes_and_devices_never_block() -> None:
    put("raw/a.txt")
    os.mkfifo("raw/pipe.txt")
    assert [type(read_source(source, AUTO)[0]) for source in find_sources(["raw"])] == [Page, SetAside]
    assert find_sources(["raw/pipe.txt"])[0].id == "pipe"
    assert unreadable("raw/pipe.txt") == unreadable("/dev/zero") == "unreadable: not a plain file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission() -> None:
    put("raw/a.txt", "raw/shut.txt", "raw/closed/b.txt")
    Path("raw/shut.txt").chmod(0)
    Path("raw/closed").chmod(0)
    try:
        results = [result for source in find_sources(["raw"]) for result in read_source(source, AUTO)]
        with pytest.raises(InputError, match="permissions"):
            find_sources(["raw/closed"])
    finally:
        Path("raw/closed").chmod(0o700)
    assert [(result.id, type(result)) for result in results] == [("a", Page), ("closed", SetAside), ("shut", SetAside)]
    assert unreadable("raw/shut.txt") == "unreadable: permission denied"


def test_a_folder_that_cannot_be_listed_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    put("raw/a.txt", "raw/closed/b.txt")
    listed = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names("raw") == ["raw/a.txt", "raw/closed"]
    with pytest.raises(InputError, match="raw/closed: cannot be read"):
        find_sources(["raw/closed"])


# ---- JSONL


def test_records() -> None:
    pages = jsonl(
        [
            {
                "id": "rmrb-1",
                "title": "新馆开放",
                "url": "https://example.org/1",
                "date": 20240105,
                "text": TEXT,
                "x": [1],
            },
            {"text": "行一\u2028仍是行一\n行二", "title": None, "id": True, "url": " "},
            "",
            {"id": 7, "text": "甲"},
            {"id": "新/闻", "text": "乙\r\n"},
            {"id": 1.5, "text": "丙"},
        ]
    )
    assert all(isinstance(page, Page) for page in pages)
    meta = {"id": "rmrb-1", "title": "新馆开放", "url": "https://example.org/1", "date": "20240105"}
    assert pages[0] == Page("news-rmrb-1", "news.jsonl", TEXT, "utf-8", 1, meta)
    assert pages[1] == Page("news-0002", "news.jsonl", "行一\u2028仍是行一\n行二", "utf-8", 2)
    assert [(page.id, page.record) for page in pages[2:]] == [
        ("news-7", 4),
        (pages[3].id, 5),
        ("news-1.5", 6),
    ]
    assert re.fullmatch(r"news-Xin-Wen-[0-9a-f]{8}", pages[3].id)


@pytest.mark.parametrize(
    ("line", "page_id", "reason"),
    [
        ('{"text": "半', "news-0002", "not JSON: "),
        ("[1, 2]", "news-0002", "not JSON: a value, but no object"),
        ('"text"', "news-0002", "not JSON: a value, but no object"),
        ("[" * 900, "news-0002", "not JSON: "),
        ("[" * 900 + '"\\ud800"' + "]" * 900, "news-0002", "not JSON: "),
        ('{"text": NaN}', "news-0002", "not JSON: "),
        ('{"text": "\\ud800', "news-0002", "not JSON: "),
        ('{"id": "k"}', "news-k", "no text field"),
        ('{"id": "k", "text": 3}', "news-k", "no text field"),
        ('{"id": "k", "text": null}', "news-k", "no text field"),
        ('{"id": "k", "text": " \\n\\u3000"}', "news-k", "empty"),
        ('{"text": "' + "长" * 1400 + '"}', "news-0002", "too large: more than 4000 bytes"),
    ],
)
def test_a_bad_record_is_set_aside_alone(line: str, page_id: str, reason: str) -> None:
    first, second, third = jsonl([{"text": "前"}, line, {"text": "后"}], max_bytes=4000)
    assert (first.id, third.id, third.record) == ("news-0001", "news-0003", 3)
    assert isinstance(second, SetAside)
    assert second.reason.startswith(reason)
    assert (second.id, second.record, second.size) == (page_id, 2, len(line.encode()) + 1)


def test_records_with_one_id() -> None:
    pages = jsonl([{"id": key, "text": "文"} for key in ("a", "a", "A", "a", "0005")] + [{"text": "文"}])
    assert [pages[0].id, pages[4].id, pages[5].id] == ["news-a", "news-0005", "news-0006"]
    assert len({page.id.lower() for page in pages}) == 6
    assert all(re.fullmatch(r"news-[aA]-[0-9a-f]{8}", page.id) for page in pages[1:4])


def test_long_record_ids() -> None:
    pages = jsonl([{"id": "https://example.org/" + "x" * 99, "text": "文"}, {"id": "y" * 78, "text": "文"}])
    assert all(len(page.id) <= 80 for page in pages)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5hkscs"])
def test_records_in_any_encoding(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-le" else ""
    lines = [{"id": at, "text": f"{at} {TRADITIONAL}"} for at in range(5)]
    pages = jsonl([mark + json.dumps(lines[0], ensure_ascii=False), *lines[1:]], codec)
    assert [page.text for page in pages if isinstance(page, Page)] == [line["text"] for line in lines]
    encodings = {page.encoding for page in pages if isinstance(page, Page)}
    assert encodings == {codec} if codec != "utf-16" else len(encodings) == 1


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_bad_byte_costs_at_most_its_record(codec: str) -> None:
    lines = [json.dumps({"text": TEXT}, ensure_ascii=False).encode(codec) for _ in range(4)]
    lines[1] = lines[1][:20] + b"\xff" + lines[1][21:]
    lines[2] = lines[2][:12] + b"\xff" * 40 + lines[2][52:]
    put("news.jsonl", data=b"\n".join(lines))
    results = read_source(Source(Path("news.jsonl"), "news.jsonl", "news"), AUTO)
    assert [result.id for result in results] == ["news-0001", "news-0002", "news-0003", "news-0004"]
    assert [type(result) for result in results] == [Page, Page, SetAside, Page]
    damaged = results[1]
    assert isinstance(damaged, Page)
    places = [str(at) for at, char in enumerate(damaged.text) if char == "\ufffd"]
    assert damaged.flags == (f"bad-bytes:{len(places)}@{','.join(places)}",)
    assert damaged.encoding == codec


def test_a_bad_pair_in_utf16_flags_its_record_alone() -> None:
    lines = [json.dumps({"text": TEXT + mark}, ensure_ascii=False) for mark in ("", "\udc00", "")]
    put(
        "news.jsonl",
        data="\n".join(["\ufeff" + lines[0], *lines[1:]])
        .replace("\\udc00", "\udc00")
        .encode("utf-16-le", "surrogatepass"),
    )
    pages = read_source(Source(Path("news.jsonl"), "news.jsonl", "news"), AUTO)
    assert [page.flags for page in pages if isinstance(page, Page)] == [(), (f"bad-bytes:1@{len(TEXT)}",), ()]


LINE = "县图书馆新馆昨日开放，首日接待读者两千余人，阅览室将延长开放时间。"
HTML = f"""<html><head><meta charset=utf-8><title>渡口复航_汀桐网</title></head><body>
<div class=nav><a href=1>首页</a></div><h1>渡口复航</h1>
<p>{LINE}</p></body></html>"""


@pytest.mark.parametrize("name", ["p.html", "p.htm", "p.HTML", "p.txt"])
def test_a_saved_web_page(name: str) -> None:
    put(name, data=HTML.encode("gb18030"))
    page = only(name)
    assert isinstance(page, Page)
    assert page.text == f"首页\n渡口复航\n{LINE}"
    assert page.lines == (2, 2, 3)
    assert page.markup == ((0, 2, Role.BOILERPLATE), (3, 7, Role.HEADLINE))
    assert page.meta == {"title": "渡口复航"}
    assert page.flags == ("charset-says:utf-8",)


def test_text_in_a_file_that_is_called_html() -> None:
    put("p.html", data=f"渡口复航\n{LINE}".encode())
    assert only("p.html") == Page("p", "p.html", f"渡口复航\n{LINE}", "utf-8")


def test_a_web_page_without_an_article() -> None:
    put("p.html", data=b"<html><body><ul><li><a href=1>news</a></ul></body></html>")
    page = only("p.html")
    assert isinstance(page, SetAside)
    assert page.reason == "no article"
    assert ".txt" in page.remedy


@pytest.mark.parametrize(
    "fields",
    [
        {"text": f"<p>渡口复航</p><p>{LINE}</p>"},
        {"html": f"<p>渡口复航<p>{LINE}"},
        {"text": " ", "html": f"渡口复航<br>{LINE}"},
    ],
)
def test_markup_in_records(fields: dict[str, str]) -> None:
    put("news.jsonl", data=json.dumps({**fields, "title": "渡口"}).encode())
    page = only("news.jsonl")
    assert isinstance(page, Page)
    assert (page.text, page.record, page.meta) == (f"渡口复航\n{LINE}", 1, {"title": "渡口"})


def test_lines_of_a_text_with_tags_stay_lines() -> None:
    put("news.jsonl", data=json.dumps({"text": f"渡口<b>复航</b><br>\n{LINE}\n{LINE[:10]}。<br/>"}).encode())
    page = only("news.jsonl")
    assert isinstance(page, Page)
    assert page.text == f"渡口复航\n{LINE}\n{LINE[:10]}。"


def test_plain_text_in_a_field_for_markup() -> None:
    put("news.jsonl", data=json.dumps({"html": f"渡口复航\n{LINE}"}).encode())
    page = only("news.jsonl")
    assert isinstance(page, Page)
    assert page.text == f"渡口复航\n{LINE}"


def test_tags_that_span_lines_stay_tags() -> None:
    text = f"<p\n class='x'>渡口复航</p>\n<img\n src='a.jpg'\n>\n<p>{LINE}</p>"
    put("news.jsonl", data=json.dumps({"text": text}).encode())
    page = only("news.jsonl")
    assert isinstance(page, Page)
    assert page.text == f"渡口复航\n{LINE}"


def test_the_charset_of_markup_in_a_record_says_nothing() -> None:
    put("news.jsonl", data=json.dumps({"html": f"<meta charset=gbk><h1>渡口复航</h1><p>{LINE}"}).encode())
    page = only("news.jsonl")
    assert isinstance(page, Page)
    assert page.flags == ()


def test_lines_in_two_encodings() -> None:
    first, second = (json.dumps({"text": TEXT}, ensure_ascii=False).encode(codec) for codec in ("utf-8", "gb18030"))
    put("news.jsonl", data=first + b"\n" + second)
    pages = read_source(Source(Path("news.jsonl"), "news.jsonl", "news"), AUTO)
    assert [(page.text, page.encoding) for page in pages if isinstance(page, Page)] == [
        (TEXT, "utf-8"),
        (TEXT, "gb18030"),
    ]


def test_halves_of_characters_are_replaced_and_flagged() -> None:
    (page,) = jsonl([r'{"text": "甲\ud83d乙\u0000丙\ud83d\ude00", "title": "\udc00题", "id": "\ud800"}'])
    assert isinstance(page, Page)
    assert (page.text, page.flags) == ("甲\ufffd乙\ufffd丙😀", ("bad-bytes:2@1,3",))
    assert page.meta == {"title": "\ufffd题", "id": "\ufffd"}
    assert re.fullmatch(r"news-page-[0-9a-f]{8}", page.id)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"\n \r\n", "empty"), (b"\x1f\x8b\x08" + bytes(200), "binary")]
)
def test_a_jsonl_file_without_records_is_set_aside_whole(data: bytes, reason: str) -> None:
    put("news.jsonl", data=data)
    (result,) = read_source(Source(Path("news.jsonl"), "news.jsonl", "news"), AUTO)
    assert isinstance(result, SetAside)
    assert (result.id, result.reason, result.record, result.size) == ("news", reason, None, len(data))


# ---- other records


def told(name: str, data: bytes, **settings: object) -> list[tuple[object, str]]:
    """The number of each record of a file, and its text or why it is set aside."""
    put(name, data=data)
    results = read_source(Source(Path(name), name, "p"), ReadConfig(**settings))  # type: ignore[arg-type]
    return [(r.record, r.text if isinstance(r, Page) else r.reason) for r in results]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('[{"text": "甲"},\n {"text": "乙"}]', [(1, "甲"), (2, "乙")]),
        ('\n{\n "text": "甲",\n "more": {"text": "乙"}\n}\n', [(1, "甲")]),
        ('{"text": "甲"}\n\n{"text": "乙"}', [(1, "甲"), (3, "乙")]),
        ('{"text": "甲"}', [(1, "甲")]),
        ('[{"text": "甲"}, 5, {"id": 1}]', [(1, "甲"), (2, "not JSON: a value, but no object"),
                                         (3, "no text field: it has id")]),
        ('[{"text": "甲"} {"text": "乙"}]', [(1, "甲"), (2, "not JSON: no comma or bracket behind it")]),
        ("[]", [(None, "empty")]),
        ("{}", [(1, "no text field: it has none at all")]),
        ("渡口复航", [(1, "not JSON: unexpected character, expected a JSON value")]),
    ],
)  # fmt: skip
def test_json_files(data: str, expected: list[tuple[object, str]]) -> None:
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        found = told("p.json", data.encode(codec))
        assert [(number, text.partition(": line")[0]) for number, text in found] == expected


def test_an_array_that_breaks_off() -> None:
    members = ",".join(json.dumps({"text": f"{n}号渡口"}) for n in range(2500))
    found = told("p.json", f"[{members}, {{".encode())
    assert found[:-1] == [(n + 1, f"{n}号渡口") for n in range(2500)]
    assert found[-1][0] == 2501
    assert found[-1][1].startswith("not JSON: ")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_of_csv(codec: str) -> None:
    put("day.csv", data=f'id,text,title,date,n\r\na,"{TEXT}",新馆,2031-05-06,7\r\n,乙,,,\r\n'.encode(codec))
    first, second = read_source(Source(Path("day.csv"), "day.csv", "day"), AUTO)
    assert isinstance(first, Page)
    assert (first.id, first.text, first.record) == ("day-a", TEXT, 1)
    assert first.meta == {"id": "a", "title": "新馆", "date": "2031-05-06"}
    assert first.encoding.startswith(codec)
    assert (second.id, second.record) == ("day-0002", 2)


def test_damaged_rows_of_csv() -> None:
    rows = f'text\n{LINE}ÿ\n"甲"乙\n{LINE}\n'.encode().replace("ÿ".encode(), b"\xff")
    put("day.csv", data=rows + b"\xff" * 40 + b"\n")
    first, second, third, fourth = read_source(Source(Path("day.csv"), "day.csv", "day"), AUTO)
    assert isinstance(first, Page)
    assert (first.text, first.flags) == (f"{LINE}\ufffd", (f"bad-bytes:1@{len(LINE)}",))
    assert isinstance(second, SetAside)
    assert second.reason.startswith("not a row: ")
    assert isinstance(third, Page)
    assert third.flags == ()
    assert isinstance(fourth, SetAside)
    assert fourth.reason.startswith("undecodable: 40 of 40 ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"text\n", "empty"),
        (b"id,body\n1,x\n", "no text column: it has id, body"),
        (b"text,text\n1,x\n", "damaged: its header can't be read, or names a column twice"),
    ],
)
def test_csv_without_texts(data: bytes, reason: str) -> None:
    assert told("day.csv", data) == [(None, reason)]


def test_rows_before_a_damage_go_on() -> None:
    rows = "".join(f"{n}号渡口今天上午复航\n" for n in range(4000))
    found = told("day.csv.gz", gzip.compress(f"text\n{rows}".encode())[:-3])
    assert len(found) == 4001
    assert found[-1][0] == 4001
    assert found[-1][1].endswith("after record 4000")


def test_a_field_that_was_asked_for() -> None:
    line = '{"body": "甲", "nr": 7, "head": "题", "day": 20310506}\n'.encode()
    names = {"text": "body", "id": "nr", "title": "head", "date": "day"}
    put("news.jsonl", data=line)
    (page,) = read_source(Source(Path("news.jsonl"), "news.jsonl", "news"), ReadConfig(**names))
    assert isinstance(page, Page)
    assert (page.id, page.text) == ("news-7", "甲")
    assert page.meta == {"id": "7", "title": "题", "date": "20310506"}
    with pytest.raises(InputError, match=r'no field or column "headline": it has body, nr, head, day; .* --title'):
        told("news.jsonl", line, **{**names, "title": "headline"})
    assert told("news.jsonl", b"not json\n", **names)[0][0] == 1  # nothing is known of its fields


@pytest.mark.parametrize("name", ["p.pdf", "p.xml.gz", "p.docx", "p.mhtml"])
def test_unknown_formats_are_refused(name: str) -> None:
    ((number, reason),) = told(name, TEXT.encode())
    assert (number, reason) == (None, f"unknown format: {Path(name.removesuffix('.gz')).suffix}")


@pytest.mark.parametrize("name", ["p", "2031.05.06", "page-3.1"])
def test_without_an_ending_it_is_text(name: str) -> None:
    assert told(name, TEXT.encode()) == [(None, TEXT)]


# ---- standard input


def test_standard_input() -> None:
    put("raw/stdin.txt")
    both = find_sources(["-", "raw", "-"])
    assert {source.name for source in both} == {"-", "raw/stdin.txt"}
    assert all(re.fullmatch(r"stdin-[0-9a-f]{8}", source.id) for source in both)
    (source,) = find_sources(["-", "-"])
    assert (source.path, source.name, source.id) == (None, "-", "stdin")
    assert read_source(source, AUTO, TEXT.encode()) == [Page("stdin", "-", TEXT, "utf-8")]
    assert read_source(source, AUTO, b'\xef\xbb\xbf\n {"id": "k", "text": "x"}') == [
        Page("stdin-k", "-", "x", "utf-8-sig", 2, {"id": "k"})
    ]
    assert [type(result) for result in read_source(source, AUTO, b"")] == [SetAside]
    array = '[\n {"id": "k", "text": "甲"}, {"text": "乙"}]'.encode("gb18030")
    assert [result.id for result in read_source(source, AUTO, array)] == ["stdin-k", "stdin-0002"]
    assert [result.id for result in read_source(source, AUTO, "[本报讯] 渡口复航".encode())] == ["stdin"]


# ---- settings and invariants


def test_an_unknown_encoding_is_an_error_of_the_run() -> None:
    put("p.txt")
    with pytest.raises(ConfigError, match="utf-9"):
        only("p.txt", ReadConfig(encoding="utf-9"))


def test_a_forced_encoding_is_taken_and_recorded() -> None:
    put("p.txt", data="ñandú\n".encode("latin-1"))
    assert only("p.txt", ReadConfig(encoding="latin-1")) == Page("p", "p.txt", "ñandú\n", "latin-1")
    assert [
        page.text for page in jsonl([{"text": "ñandú"}], "latin-1", encoding="latin-1") if isinstance(page, Page)
    ] == ["ñandú"]


@given(st.binary(max_size=200), st.sampled_from(["", "{", '{"text": "', "[", "\ufeff{"]))
def test_any_bytes_give_pages_or_set_asides(data: bytes, start: str) -> None:
    results = read_source(Source(None, "-", "stdin"), AUTO, start.encode() + data)
    assert results
    assert len({result.id for result in results}) == len(results)
    for result in results:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", result.id)
        repr(result).encode()
        if isinstance(result, Page):
            assert result.text.strip()
            result.text.encode()


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "title", "date"]),
            st.one_of(
                st.none(), st.integers(), st.text(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
            ),
        ),
        max_size=8,
    )
)
def test_any_records_are_accounted_for(records: list[dict[str, object]]) -> None:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    results = read_source(Source(None, "-", "stdin"), AUTO, b'{"text": "x"}\n' + data)
    assert [result.record for result in results] == list(range(1, len(records) + 2))
    assert len({result.id.lower() for result in results}) == len(results)
    for result in results:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", result.id)
