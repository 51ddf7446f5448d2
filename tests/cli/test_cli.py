"""The command line: exit codes, what goes to which stream, and what is asked of the stages."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from unsplice.check.selection import chosen
from unsplice.cli import app
from unsplice.collection.update import Options as Options_
from unsplice.collection.update import Updated
from unsplice.config import Config, ReadConfig, WriteConfig
from unsplice.corpus.dedup import Cluster, Options, Summary
from unsplice.corpus.units import Unit
from unsplice.errors import InputError
from unsplice.model import Action, Article, Page, Placement, Ref, Result, Role, SetAside
from unsplice.models import SHIPPED, Models, load
from unsplice.models.card import FORMAT, Card, write_card
from unsplice.reasons import CopyKind, Flag, Reason
from unsplice.write.ledger import table
from unsplice.write.outbox import Outbox

Call = Callable[..., tuple[int, str, str]]

PAGE = Page("p1", "raw/p1.txt", "甲\n\n乙\n甲", "utf-8")
BAD = SetAside("p2", "raw/坏.txt", "is a picture", "Remove it.", 9)
MOVED: dict[str, Any] = {
    "score": 0.91, "runner_up": "p1-01", "margin": 0.5, "reason": Reason.OTHER_HEADLINE, "evidence": "张三",
}  # fmt: skip
COPY: dict[str, Any] = {
    "survivor": Ref("p1", 0), "copy_kind": CopyKind.EXACT, "similarity": 1.0, "reason": Reason.COPY,
    "flags": (Flag.IN_DOUBT,),
}  # fmt: skip
ROWS = (
    Placement("p1", 0, 1, 1, Role.HEADLINE, Action.KEPT, "p1-01", -1, reason=Reason.HEADLINE),
    Placement("p1", 1, 3, 1, None, Action.BLANK),
    Placement("p1", 3, 4, 3, Role.BODY, Action.MOVED, "p3-01", 4, **MOVED),
    Placement("p1", 4, 5, 3, None, Action.BLANK),
    Placement("p1", 5, 6, 4, Role.BODY, Action.DUPLICATE, **COPY),
)
RESULT = Result((PAGE,), (BAD,), ROWS, (Article("p1-01", "甲", (), ()), Article("p1-02", None, (), ())))
FINDINGS = [
    SimpleNamespace(code="U101", line="raw/p1.txt:4: U101 copy"),
    SimpleNamespace(code="U201", line="raw/p1.txt:3: U201 moved"),
    SimpleNamespace(code="U901", line="raw/坏.txt:1: U901 unread"),
]


class Fakes:
    """Stands in for the stages, and notes what it is asked for."""

    def __init__(self) -> None:
        self.result: Result | Exception | type[BaseException] = RESULT
        self.found = FINDINGS
        self.updated = Updated(RESULT, 2, 1, 9, ())
        self.asked: dict[str, Any] = {}

    def clean(self, paths: Sequence[str], config: Config, **options: Any) -> Result:
        self.asked = {"paths": list(paths), "config": config, **options}
        if not isinstance(self.result, Result):
            raise self.result
        return self.result

    def find_sources(self, paths: Sequence[str]) -> list[SimpleNamespace]:
        return [SimpleNamespace(path=None if path == "-" else Path(path, "坏.txt")) for path in paths]

    def update(self, box: Outbox, paths: Sequence[str], config: Config, models: Models, options: Options_) -> Updated:
        self.asked = {"paths": list(paths), "config": config, "out": box.out, "models": models.card, "options": options}
        if not isinstance(self.result, Result):
            raise self.result
        return replace(self.updated, result=self.result)

    def findings(self, *_: object) -> list[Any]:
        return [
            type("Finding", (), {"code": each.code, "__str__": lambda self, e=each: e.line})() for each in self.found
        ]

    def dedup_documents(
        self, paths: Sequence[str], out: Path, options: Options, config: Config, progress: object
    ) -> Summary:
        self.asked = {"paths": list(paths), "out": out, "options": options, "config": config}
        bad = (SetAside("a-0007", "a.jsonl", "not JSON", "Mend it.", 9, 7),) * 20
        kinds = {"exact": 3, "near": 250}
        return Summary(1200, 1000, 200, 90, 1190, kinds, (Cluster("tea", 12),), 0, False, 22, bad)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fakes:
    made = Fakes()
    codes = {"U101": "copy", "U201": "moved", "U203": "in doubt", "U901": "unread"}
    for name, members in {
        "unsplice.run": {"clean": made.clean},
        "unsplice.read.pages": {"find_sources": made.find_sources},
        "unsplice.collection.update": {"update": made.update, "Options": Options_},
        "unsplice.check.findings": {"findings": made.findings},
        "unsplice.check.codes": {"CODES": codes, "UNREAD": "U901"},
        "unsplice.corpus.dedup": {"dedup_documents": made.dedup_documents, "Options": Options},
    }.items():
        module = ModuleType(name)
        module.__dict__.update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UNSPLICE_DEBUG", raising=False)
    return made


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process; its exit code, stdout and stderr."""

    def run(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            app(list(args), prog_name="unsplice")
        captured = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return code, captured.out, captured.err

    return run


def test_run_tells_the_fate_of_every_character(fakes: Fakes, call: Call) -> None:
    code, out, err = call("run", "raw")
    assert (code, err) == (0, "")
    assert "1 page -> 2 articles, 1 of them without a headline" in out
    assert [line.split() for line in out.splitlines() if "characters" in line] == [
        ["kept", "in", "place", "1", "characters", "16.7%"],
        ["moved", "to", "its", "article", "1", "characters", "16.7%"],
        ["dropped:", "duplicate", "1", "characters", "16.7%"],
        ["dropped:", "white", "space", "3", "characters", "50.0%"],
    ]
    assert "set aside: raw/坏.txt: is a picture. Remove it." in out
    assert f"cleaned{os.sep}report.html" in out


def test_run_hands_on_what_it_was_told(fakes: Fakes, call: Call) -> None:
    assert call("run", "a b", "*.txt", "--out", "o", "--workers", "3", "--no-tidy")[0] == 0
    asked = fakes.asked
    assert (asked["paths"], asked["out"]) == (["a b", "*.txt"], Path("o"))
    assert asked["options"] == Options_(workers=3)
    assert not asked["config"].tidy.enabled
    assert (
        call("run", "--format", "parquet")[1].splitlines()[-1].startswith(f"articles: cleaned{os.sep}articles.parquet ")
    )
    assert fakes.asked["config"] == Config(write=WriteConfig("parquet"))
    assert call("run")[0] == 0
    assert fakes.asked["paths"] == ["raw"]
    assert fakes.asked["config"] == Config()
    assert fakes.asked["models"] == load().card


def test_run_tells_what_became_of_the_sources(fakes: Fakes, call: Call) -> None:
    gone = tuple(f"raw/{n}.txt" for n in range(7))
    edited = {"articles/a.md": "articles/a.edited.md"}
    fakes.updated = Updated(RESULT, 2, 0, 1200, gone, ("b", "c"), ("raw/0.txt",), edited)
    code, out, err = call("run", "--prune", "--replace")
    assert (code, err) == (0, "")
    assert fakes.asked["options"] == Options_(prune=True, replace=True)
    told = [
        "sources: 2 new, 1,200 unchanged, 2 taken out",
        "gone: raw/0.txt, raw/1.txt, raw/2.txt, raw/3.txt, raw/4.txt and 2 more are no longer there to read; the "
        "articles stay (--prune takes them out)",
        "gone: raw/0.txt could not be read again by this version: used as an older one read it",
        "edited: cleaned/articles/a.md was not as the last run wrote it; it is now cleaned/articles/a.edited.md",
    ]
    assert out.splitlines()[:4] == told
    code, out, err = call("run", "--quiet")
    assert (code, out) == (0, "")
    assert [line.removeprefix("unsplice: ") for line in err.splitlines()[1:]] == told[1:]


def test_run_quietly(fakes: Fakes, call: Call) -> None:
    code, out, err = call("run", "--quiet")
    assert (code, out) == (0, "")
    assert err == "unsplice: set aside: raw/坏.txt: is a picture. Remove it.\n"


def test_run_reads_standard_input(fakes: Fakes, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\x00")))
    assert call("run", "-")[0] == 0
    assert fakes.asked["options"].stdin == b"\xff\x00"


def test_run_with_nothing_readable_writes_nothing(fakes: Fakes, call: Call) -> None:
    fakes.result = Result((), (BAD,), (), ())
    code, out, err = call("run")
    assert (code, out) == (2, "")
    assert "Remove it." in err
    assert "nothing could be read" in err
    assert not Path("cleaned").exists()


def test_run_does_not_mix_input_and_output(fakes: Fakes, call: Call, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    code, _, err = call("run", "raw", "--out", "raw/cleaned")
    assert code == 2
    assert "lies inside the input folder" in err
    assert not fakes.asked


FAILURES = [
    (InputError("raw: is empty;\nput pages there"), 2, "unsplice: error: raw: is empty; put pages there\n"),
    (FileNotFoundError(2, "No such file or directory", "x"), 2, "unsplice: error: x: No such file or directory\n"),
    (KeyError("x"), 2, "unsplice: internal error: KeyError: 'x' (set UNSPLICE_DEBUG=1 for a traceback)\n"),
    (KeyboardInterrupt, 130, ""),
]


@pytest.mark.parametrize(("error", "code", "told"), FAILURES)
@pytest.mark.parametrize("command", ["run", "check"])
def test_failures(fakes: Fakes, call: Call, command: str, error: Exception, code: int, told: str) -> None:
    fakes.result = error
    assert call(command, "raw") == (code, "", told)


@pytest.mark.parametrize("args", [["--debug", "run"], ["run"]])
def test_tracebacks_are_for_those_who_ask(
    fakes: Fakes, call: Call, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    monkeypatch.setenv("UNSPLICE_DEBUG", "0" if "--debug" in args else "1")
    fakes.result = KeyError("x")
    code, _, err = call(*args)
    assert code == 2
    assert "Traceback" in err


def test_settings_come_from_file_and_environment(
    fakes: Fakes, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UNSPLICE_TIDY_WIDTH", "no")
    (tmp_path / "my.toml").write_text("[tidy]\nspaces = false\n")
    assert call("run", "--config", "my.toml")[0] == 0
    tidy = fakes.asked["config"].tidy
    assert (tidy.width, tidy.spaces, tidy.enabled) == (False, False, True)
    (tmp_path / "my.toml").write_text("[tidy]\nspace = false\n")
    code, _, err = call("run", "--config", "my.toml")
    assert (code, err.count("\n")) == (2, 1)
    assert 'the nearest is "spaces"' in err


CHECKS = [
    ((), 2, ["U101", "U201", "U901"]),
    (("--ignore", "u9"), 1, ["U101", "U201"]),
    (("--select", "U1"), 2, ["U101", "U901"]),
    (("--select", "U1,U201", "--ignore", "U9"), 1, ["U101", "U201"]),
    (("--select", "U1", "--select", "U201", "--ignore", "U101,U901"), 1, ["U201"]),
    (("--select", "U203", "--ignore", "U901"), 0, []),
]


@pytest.mark.parametrize(("args", "code", "codes"), CHECKS)
def test_check(fakes: Fakes, call: Call, args: tuple[str, ...], code: int, codes: list[str]) -> None:
    got, out, err = call("check", "raw", *args)
    assert (got, [line.split()[1] for line in out.splitlines()]) == (code, codes)
    assert err == f"unsplice: findings: {len(codes)}; pages: 1\n"
    assert "out" not in fakes.asked


def test_check_refuses_unknown_codes(fakes: Fakes, call: Call) -> None:
    code, out, err = call("check", "--select", "U2004")
    assert (code, out) == (2, "")
    assert '--select: there is no code "U2004"; the nearest is "U20' in err
    assert not fakes.asked


def test_check_lists_codes(fakes: Fakes, call: Call) -> None:
    code, out, _ = call("check", "--list")
    assert code == 0
    assert out.splitlines()[0] == "U101  copy"


def test_nothing_selected_is_everything() -> None:
    assert chosen({"U1", "U2"}, select=[" ,"]) == {"U1", "U2"}


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("甲 乙,丙\r\n丁 戊", "甲乙，丙\r\n丁戊"),
        ("\ufeff甲 乙\n\n", "甲乙\n\n"),
        ("", ""),
        ("Hi, there\n", "Hi, there\n"),
    ],
)
@pytest.mark.parametrize("stdin", [True, False])
def test_tidy(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, tidied: str, stdin: bool) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文 本").write_bytes(text.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert call("tidy", "-" if stdin else "文 本") == (0, tidied, "")


def test_tidy_shows_what_it_would_change(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("桥修好了。\n桥 修好了,路通了。\r\n“桥修好了。\n他说“桥修好了.\n")
    file = str(tmp_path / "a")
    shown = (
        f"{file}:2: punctuation (1), spaces (1)\n- 桥 修好了,路通了。\n+ 桥修好了，路通了。\n"
        f"{file}:3: unpaired-quotes? (1)\n"
        f"{file}:4: punctuation (1), unpaired-quotes? (1)\n- 他说“桥修好了.\n+ 他说“桥修好了。\n"
    )
    assert call("tidy", file, "--diff") == (0, shown, "")


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-16-le", "hz", "utf-8-sig"])
@pytest.mark.parametrize("packing", ["", ".gz"])
def test_tidy_reads_any_encoding(call: Call, tmp_path: Path, codec: str, packing: str) -> None:
    data = ("县图书馆新馆昨日开放,首日接待读者两千余人。\r\n" * 3).encode(codec)
    (tmp_path / f"a.txt{packing}").write_bytes(gzip.compress(data) if packing else data)
    tidied = "县图书馆新馆昨日开放，首日接待读者两千余人。\r\n" * 3
    assert call("tidy", str(tmp_path / f"a.txt{packing}")) == (0, tidied, "")


def test_tidy_keeps_the_place_of_a_bad_byte(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("县图书馆新馆昨日开放,".encode() + b"\xff\n")
    assert call("tidy", str(tmp_path / "a")) == (0, "县图书馆新馆昨日开放，\ufffd\n", "")


def test_tidy_reads_lines_of_two_encodings(call: Call, tmp_path: Path) -> None:
    line = "首日接待读者两千余人.\n"
    (tmp_path / "a").write_bytes(line.encode() + line.encode("gb18030"))
    assert call("tidy", str(tmp_path / "a")) == (0, 2 * "首日接待读者两千余人。\n", "")


TIDY_REFUSES = [
    ("a.txt", b"\0\1\2\3" * 9, "a.txt: binary. "),
    ("a.txt", b"\xff" * 90, "a.txt: undecodable: "),
    ("a.txt.gz", gzip.compress("甲乙".encode())[:-9], "a.txt.gz: damaged: "),
    ("a.jsonl", b'{"text": "x"}', "a.jsonl: is no text; name a file that ends in .txt or .md, or"),
    ("a.pdf", b"%PDF", "a.pdf: is no text"),
]


@pytest.mark.parametrize(("name", "data", "told"), TIDY_REFUSES)
def test_tidy_refuses(call: Call, tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    code, out, err = call("tidy", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert told in err


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaned").mkdir()
    table(ROWS, [BAD]).to_parquet(tmp_path / "cleaned" / "ledger.parquet")
    return tmp_path


EXPLAINED = [
    (
        "p1:1",
        [
            "p1:1, characters 0 to 1, headline",
            "kept in p1-01 as its headline",
            "because: a headline by its shape and the text after it",
        ],
    ),
    ("p1:2", ["p1:1, characters 1 to 3", "blank"]),
    (
        "p1:3",
        [
            "p1:3, characters 3 to 4, body",
            "moved to p3-01, paragraph 5",
            "score 0.910, runner-up p1-01 (0.500 lower)",
            "because: belongs to another headline",
            "shared with its story alone: 张三",
        ],
    ),
    (
        "p1:4",
        [
            "p1:4, characters 5 to 6, body",
            "duplicate; the passage that was kept: p1:1",
            "similarity 1.000",
            "because: exact copy of p1:1",
            "flags: in-doubt",
            "its text: (the page cannot be read again, or has changed)",
        ],
    ),
    (
        "p2:1",
        ["p2:1, characters 0 to 9", "quarantined", "because: could not be read", "evidence: is a picture. Remove it."],
    ),
]


@pytest.mark.parametrize(("at", "lines"), EXPLAINED)
def test_explain(ledger: Path, call: Call, at: str, lines: list[str]) -> None:
    code, out, err = call("explain", at)
    assert (code, [line.strip() for line in out.splitlines()], err) == (0, lines, "")


def test_explain_shows_what_stands_around(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """On its page and in its article: what a reader needs to judge a move."""
    from unsplice.write.write import write

    from tests.builders import newspaper

    monkeypatch.chdir(tmp_path)
    write(newspaper().result(), Path("cleaned"), inputs=[], config=Config())
    code, out, err = call("explain", "p0002:5")
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    assert lines[1] == "moved to p0001-01 “鹭笛“桨王赛”: 一村人的龙舟情”, paragraph 6"
    assert "score 0.910, runner-up p0002-01" in lines[2]
    assert "shared with its story alone: 21支船队" in lines
    assert "text: 乡亲们说，明年还要再来。" in lines
    assert "before it on the page: 今年夏粮\ufffd收，粮价平稳。" in lines
    assert "after it on the page: 另有消息说，新校舍下月启用。" in lines
    assert "before it in the article: 图为比赛现场。" in lines


@pytest.mark.parametrize(("at", "page"), [("raw/甲.txt:1", "p1"), ("raw/乙.txt:1", "p2")])
def test_explain_a_line_of_a_file(ledger: Path, call: Call, at: str, page: str) -> None:
    sources = [{"page": "p1", "file": "raw/甲.txt"}, {"page": "p2", "file": "raw/乙.txt"}]
    article = json.dumps({"metadata": {"sources": sources}}, ensure_ascii=False)
    (ledger / "cleaned" / "articles.jsonl").write_text(f"{{}}\n{article}\n", encoding="utf-8")
    code, out, _ = call("explain", at)
    assert (code, out.split(",")[0]) == (0, f"{page}:1")


STORY = """柳垛镇渡口昨日复航 首班渡船载客四十人
柳垛镇渡口昨日复航，首班载客四十余人，船票仍是两元，学生凭证免票，老人由船工搀扶上船。
船工匡海生说，汛期停航整整三周，他每天到渡口量一次水位，这一天总算等到了，连夜把船擦了一遍。
镇上还打算在对岸修一座候船亭，入冬以前完工，到时候等船的人不必再站在风口里，也有地方避雨。
柳垛镇渡口昨日复航,首班载客四十余人,船票仍是两元,学生凭证免票,老人由船工搀扶上船。
"""
COPY = [
    "its text: 柳垛镇渡口昨日复航[-,-]首班载客四十余人[-,-]船票仍是两元[-,-]学生凭证免票[-,-]老人由船工搀扶上船。",
    "was kept: 柳垛镇渡口昨日复航{+，+}首班载客四十余人{+，+}船票仍是两元{+，+}学生凭证免票{+，+}老人由船工搀扶上船。",
]


@pytest.fixture
def explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Callable[[str], list[str]]:
    """Runs over a text if nothing else is there, and explains a line."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "raw" / "五月 七日"
    folder.mkdir(parents=True)

    def explain(what: str) -> list[str]:
        if not Path("cleaned").exists() and not any(folder.iterdir()):
            (folder / "汀桐晚报 第三版.txt").write_text(STORY, encoding="gb18030")
        assert Path("cleaned").exists() or call("run", "raw", "-q")[0] == 0
        code, out, err = call("explain", what)
        assert (code, err) == (0, "")
        return [line.strip() for line in out.splitlines()]

    return explain


NAMED = ["{raw}/{name}", "./{raw}/{name}", "{here}/{raw}/{name}", "{raw}/../{raw}/{name}", "{name}"]


@pytest.mark.parametrize("path", NAMED)
def test_explain_takes_a_file_as_it_is_named(explained: Callable[[str], list[str]], path: str) -> None:
    given = path.format(raw="raw", name="五月 七日/汀桐晚报 第三版.txt", here=Path.cwd())
    lines = explained(f"{given}:5")
    assert lines[0].startswith("WuYue-QiRi-TingTongWanBao-DiSanBan-")
    assert lines[1].startswith("duplicate; the passage that was kept: WuYue-QiRi-")
    assert lines[4:6] == COPY
    assert lines == explained(f"{lines[0].partition(':')[0]}:5")


def test_explain_shows_both_texts_of_copies_in_zips_and_records(explained: Callable[[str], list[str]]) -> None:
    record = json.dumps({"id": "r", "text": STORY}) + "\n"
    with zipfile.ZipFile("raw/五月 七日/望礁.zip", "w") as archive:
        archive.writestr("内/日.jsonl", '{"text": "复航"}\n' + record)
    lines = explained("raw/五月 七日/望礁.zip/内/日.jsonl:2")
    assert [line for line in lines if "[-" in line or "{+" in line] == COPY


def test_explain_tells_that_a_page_has_changed(explained: Callable[[str], list[str]]) -> None:
    file = Path("raw/五月 七日/汀桐晚报 第三版.txt")
    assert COPY[0] in explained(f"{file}:5")
    file.write_text("复航", encoding="utf-8")
    assert "its text: (the page cannot be read again, or has changed)" in explained(f"{file}:5")
    file.unlink()
    assert "its text: (the page cannot be read again, or has changed)" in explained(f"{file}:5")


def test_explain_lines(explained: Callable[[str], list[str]]) -> None:
    page = "WuYue-QiRi-TingTongWanBao-DiSanBan"
    lines = explained("raw/五月 七日/汀桐晚报 第三版.txt:2-5")
    begun = [line for line in lines if line.startswith(page)]
    assert [line.split(":")[1].split(",")[0] for line in begun] == ["2", "3", "4", "5"]
    assert "text: 船工匡海生说，汛期停航整整三周，他每天到渡口量一次水位，这一天总算等到了，连夜把船擦了一遍。" in lines


def test_explain_an_article(explained: Callable[[str], list[str]]) -> None:
    explained("汀桐晚报 第三版.txt:1")
    (file,) = Path("cleaned/articles").glob("WuYue*DiSanBan*.md")
    lines = explained(str(file))
    assert lines[0] == f"{file.stem} “柳垛镇渡口昨日复航 首班渡船载客四十人”"
    assert [line.split(":")[1].split(",")[0] for line in lines[1:] if ", characters" in line] == ["1", "2", "3", "4"]
    assert lines == explained(file.stem) == explained(str(file.resolve()))


@pytest.mark.parametrize("written", ["md", "txt"])
def test_explain_lines_of_an_article_s_file(written: str, explained: Callable[[str], list[str]], call: Call) -> None:
    explained("汀桐晚报 第三版.txt:1")
    assert call("run", "raw", "-q", "--format", written)[0] == 0
    (file,) = Path("cleaned/articles").glob(f"WuYue*DiSanBan*.{written}")
    lines = file.read_text(encoding="utf-8").split("\n")
    at = next(k for k, line in enumerate(lines, 1) if line.startswith("船工匡海生"))

    def begun(what: str) -> list[str]:
        return [line.split(":")[1].split(",")[0] for line in explained(what) if ", characters" in line]

    assert begun(f"{file}:{at}") == begun(f"{file.resolve()}:{at}") == begun(f"{file.name}:{at}") == ["3"]
    assert begun(f"{file}:{at}-{at + 2}") == ["3", "4"]
    assert begun(f"{file}:1-{at}") == ["1", "2", "3"]
    assert begun(f"{file}:1") == ["1"]
    code, _, err = call("explain", f"{file}:99")
    assert code == 2
    assert f"the file has {len(lines)} lines" in err


@pytest.mark.parametrize("name", ["五月 七日.md", "Notes of May.md", "汀桐[晚报] (1).txt", "a-b:c.txt", "无尾 文件"])
def test_explain_takes_odd_names(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(STORY, encoding="utf-8")
    (tmp_path / "raw").mkdir()
    assert call("run", "./" + name.replace("[", "[[]"), "-q")[0] == 0
    for what in (f"{name}:2", f"{name}:2-3", str(tmp_path / name) + ":5"):
        code, out, err = call("explain", what)
        assert (code, err) == (0, "")
        assert f":{what.rpartition(':')[2].partition('-')[0]}, characters" in out


REFUSED = [
    (["explain", "p1"], "is not of the form PAGE:LINE"),
    (["explain", "p1:4-9x"], "is not of the form PAGE:LINE"),
    (["explain", "p1:7-9"], "the page has lines 1 to 4"),
    (["explain", "p1:x"], "is not of the form PAGE:LINE"),
    (["explain", "p9:1"], "there is no such page"),
    (["explain", "p1:99"], "the page has lines 1 to 4"),
    (["explain", "p1:1", "--out", "x"], "there is no ledger"),
    (["report"], "there is no report; make one"),
    (["run", "--workers", "-1"], "--workers"),
    (["run", "--wrkers", "1"], "--wrkers"),
    (["rum"], "rum"),
    (["dedup", "x.jsonl"], "--out"),
    (["dedup", "x.jsonl", "--out", "o", "--memory", "much"], "'much': is not an amount of memory; write it like 512MB"),
    (["dedup", "x.jsonl", "--out", "o", "--memory", "1MB"], "'1MB': is too little memory to work in; 64MB or more"),
    (["dedup", "x.jsonl", "--out", "o", "--unit", "word"], "'word'"),
    (["tidy", "missing"], "'missing': there is no such file or folder; check the path"),
]


@pytest.mark.parametrize(("args", "told"), REFUSED)
def test_refused(ledger: Path, call: Call, args: list[str], told: str) -> None:
    code, out, err = call(*args)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_report_names_the_page(ledger: Path, call: Call) -> None:
    (ledger / "cleaned" / "report.html").touch()
    assert call("report") == (0, f"cleaned{os.sep}report.html\n", "")


def test_dedup(fakes: Fakes, call: Call) -> None:
    code, out, err = call("dedup", "a.jsonl", "--out", "o", "--text", "body", "--id", "key")
    assert code == 0
    assert "1,200 documents: 1,000 kept, 200 removed (16.7%) in 90 clusters, 22 set aside" in out
    assert "12 documents like tea" in out
    assert "set aside: a.jsonl:7: not JSON. Mend it." in err
    assert err.endswith("set aside: and 2 more\n")
    config = Config(ReadConfig(text="body", id="key"))
    assert fakes.asked == {"paths": ["a.jsonl"], "out": Path("o"), "options": Options(), "config": config}


def test_models_are_those_of_the_folder_that_is_named(fakes: Fakes, call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    write_card(folder, Card(FORMAT, "9.9", (), {}))
    assert call("run", "raw", "--models", "models", "--out", "o")[0] == 0
    assert fakes.asked["models"].version == "9.9"  # the card that the manifest is written from
    assert call("check", "raw", "--models", "models", "--ignore", "U")[0] == 0
    assert fakes.asked["models"].folder == Path("models")
    assert call("check", "raw", "--ignore", "U")[0] == 0
    assert fakes.asked["models"].folder == SHIPPED
    assert call("dedup", "a.jsonl", "--out", "o", "--models", "models")[0] == 0
    assert fakes.asked["options"] == Options(models=Path("models"))


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_folder_without_models_is_refused(fakes: Fakes, call: Call, command: str) -> None:
    code, out, err = call(command, "raw", "--models", "nowhere")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"nowhere{os.sep}card.json: cannot be read (No such file or directory)" in err
    assert not fakes.asked


def test_dedup_with_everything(fakes: Fakes, call: Call) -> None:
    code, out, _ = call(
        "dedup", "a.txt", "b", "--out", "o", "--unit", "line", "--sensitive", "--against", "x", "--against", "y",
        "--memory", "512MB", "--threads", "1", "--no-index", "--quiet",
    )  # fmt: skip
    assert (code, out) == (0, "")
    asked = Options(Unit.LINE, True, (Path("x"), Path("y")), 2**29, 1, False)
    assert fakes.asked == {"paths": ["a.txt", "b"], "out": Path("o"), "options": asked, "config": Config()}


def shell(command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs a shell command in which $U stands for the program."""
    env = {**os.environ, "U": f"{sys.executable} -m unsplice", **environ}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, timeout=60, check=False)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    done = shell("yes '甲 乙' | $U tidy | head -n 1")
    assert (done.stdout, done.stderr) == ("甲乙\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_once() -> None:
    done = shell("echo 甲 | $U tidy > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "unsplice: error: input or output: No space left on device\n"


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}, {"PYTHONIOENCODING": "ascii"}])
def test_the_same_whatever_the_locale(locale: dict[str, str]) -> None:
    done = shell("echo '甲 乙' | $U tidy; $U explain 甲:1 --out 甲; exit 0", **locale)
    assert done.stdout == "甲乙\n"
    assert "甲/ledger.parquet: there is no ledger" in done.stderr


def test_help_and_version_load_nothing_heavy() -> None:
    heavy = {
        "numpy",
        "pandas",
        "pyarrow",
        "rich.console",
        "jieba",
        "rjieba",
        "opencc",
        "rapidfuzz",
        "datasketch",
        "orjson",
    }
    for option in ("--help", "--version"):
        code = f"import sys, atexit; atexit.register(lambda: print(sorted({heavy!r} & set(sys.modules))));"
        done = shell(
            f"""{sys.executable} -c "{code} sys.argv[1:] = ['{option}']; import unsplice.cli as c; c.main()" """
        )
        assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
        assert done.returncode == 0


def test_every_command_explains_itself(call: Call) -> None:
    code, out, _ = call("--help")
    listed = [line.split()[0] for line in out.split("Commands:\n")[1].splitlines()]
    assert "..." not in out.split("Commands:")[1]  # no description is cut short
    assert (code, listed) == (
        0,
        ["run", "status", "forget", "check", "explain", "report", "tidy", "dedup", "eval", "learn"],
    )
    for command in listed:
        code, out, _ = call(command, "--help")
        assert code == 0
        assert out.startswith(f"Usage: unsplice {command}")
