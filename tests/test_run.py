"""A whole run on made pages: every character accounted for, the same result however it is run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unsplice.config import Config, TidyConfig
from unsplice.engines import local
from unsplice.model import Action, Result
from unsplice.run import clean
from unsplice.tidy.rules import tidy

from tests.pages import damaged, save, stories

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [
        "\n",
        "\r\n",
        "\u2028",
        "　",
        " ",
        "\ufeff",
        "图为",
        "本报讯",
        "。",
        "，",
        "”",
        "“",
        "...",
        "<p>",
        "12:30",
        "青篱区",
        "A",
    ]
)


def rebuilt(result: Result) -> dict[str, str]:
    """Each page's text, put together from its rows of the ledger."""
    text = {page.id: page.text for page in result.pages}
    out = dict.fromkeys(text, "")
    for row in result.placements:
        out[row.page] += text[row.page][row.start : row.end]
    return out


@FEW
@given(seed=st.integers(0, 10_000), damage=st.sampled_from([0.0, 0.5, 1.0, 3.0]))
def test_ledger_gives_made_pages_back(seed: int, damage: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        batch = damaged(seed, 3, damage)
        result = clean([str(save(batch, Path(folder)))])
    assert rebuilt(result) == {page.name: page.text() + "\n" for page in batch.pages}


@settings(max_examples=40)
@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30) | PIECES, max_size=40
    )
)
def test_ledger_gives_any_text_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = clean(["-"], stdin=b"x\n" + text.encode())
    assert len(result.pages) + len(result.set_aside) == 1
    if result.pages:
        assert rebuilt(result) == {result.pages[0].id: result.pages[0].text}


def sample_lines() -> list[str]:
    return [p for a in stories() for p in (a.title, *a.paragraphs)] + ["图/文 郦一", "分享到：", "第3版", "核心提示"]


@st.composite
def jumbles(draw: st.DrawFn) -> bytes:
    """JSONL of pages whose lines are real-looking ones drawn anew, doubled, cut and joined, under any title."""
    lines = st.sampled_from(sample_lines())
    records = []
    for _ in range(draw(st.integers(1, 4))):
        page = draw(st.lists(lines, max_size=16))
        page += page[: draw(st.integers(0, 4))]
        for at in draw(st.lists(st.integers(0, 99), max_size=5)):
            if page:
                line, other, cut = page[at % len(page)], draw(lines), draw(st.integers(0, 60))
                page[at % len(page)] = draw(
                    st.sampled_from([line[:cut], line[cut:], line[:cut] + other[cut:], line + other[:12]])
                )
        title = draw(st.none() | lines | st.sampled_from(page or ["无题"]))
        records.append({"text": draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(page), "title": title})
    return b"\n".join(orjson.dumps({k: v for k, v in r.items() if v is not None}) for r in records)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(jumbles())
def test_any_jumble_adds_up(data: bytes) -> None:
    """Headlines twice, copies of captions, lines that are a subhead here and a headline there: the account holds."""
    result = clean(["-"], stdin=data)
    assert rebuilt(result) == {page.id: page.text for page in result.pages}


@FEW
@given(seed=st.integers(0, 10_000))
def test_no_letter_is_lost_or_doubled(seed: int) -> None:
    """Each letter of a page is in one article, or in a row that says why it is in none."""
    with tempfile.TemporaryDirectory() as folder:
        result = clean([str(save(damaged(seed, 3), Path(folder)))], Config(tidy=TidyConfig(enabled=False)))
    in_articles = sum(len(p.text.replace(" ", "")) for a in result.articles for p in a.paragraphs)
    in_articles += sum(len((a.title or "").replace(" ", "")) for a in result.articles)
    text = {page.id: page.text for page in result.pages}
    placed = [r for r in result.placements if r.action in (Action.KEPT, Action.MOVED)]
    assert in_articles == sum(len("".join(text[r.page][r.start : r.end].split())) for r in placed)
    assert all(r.reason for r in result.placements if r.action is not Action.BLANK)


def test_order_of_files_does_not_matter(tmp_path: Path) -> None:
    folder = save(damaged(7, 6), tmp_path)
    paths = sorted(str(p) for p in folder.glob("*.txt"))
    first = clean(paths)
    random.Random(1).shuffle(paths)
    again = clean(paths)
    assert again.articles == first.articles
    assert again.placements == first.placements


def test_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    folder = str(save(damaged(8, 6), tmp_path))
    assert clean([folder], workers=2) == clean([folder], workers=1)


def test_a_script_needs_no_guard_for_workers(tmp_path: Path) -> None:
    """New processes don't run the caller's script again."""
    folder = save(damaged(8, 3), tmp_path / "raw")
    script = tmp_path / "script.py"
    script.write_text(f"import unsplice\nprint(len(unsplice.clean({str(folder)!r}, workers=2).pages))\n")
    found = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=False)
    assert (found.stdout, found.returncode) == ("3\n", 0), found.stderr


def test_one_path_or_several_as_text_or_as_path(tmp_path: Path) -> None:
    file = next(save(damaged(9, 1), tmp_path).glob("*.txt"))
    expected = clean([str(file)])
    assert len(expected.pages) == 1
    for paths in (str(file), file, [file], (each for each in [file])):
        assert clean(paths) == expected


def test_hash_seed_does_not_matter(tmp_path: Path) -> None:
    folder = save(damaged(9, 5), tmp_path / "raw")
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "unsplice", "run", str(folder), "--out", str(tmp_path / seed), "--quiet"],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}, stdout=subprocess.DEVNULL,
        )
        for seed in ("0", "1")
    ]  # fmt: skip
    expected = [(a.id, a.title, [p.text for p in a.paragraphs]) for a in clean([str(folder)], workers=1).articles]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    for seed in ("0", "1"):
        articles = [orjson.loads(x) for x in (tmp_path / seed / "articles.jsonl").read_bytes().splitlines()]
        assert [(a["id"], a["title"], [p["text"] for p in a["paragraphs"]]) for a in articles] == expected


def test_tidied_text_is_tidy(tmp_path: Path) -> None:
    result = clean([str(save(damaged(10, 5), tmp_path))])
    headed = ("headline", "subhead", "byline")
    assert len(result.articles) > 5
    for article in result.articles:
        for p in article.paragraphs:
            assert tidy(p.text, headline=p.role in headed) == p.text


def test_other_pages_leave_ids_alone(tmp_path: Path) -> None:
    """An article of an undamaged page keeps its id when other pages come."""
    folder = save(damaged(11, 4, 0.0), tmp_path)
    page = min(folder.glob("*.txt"))
    alone = {a.id: a.title for a in clean([str(page)]).articles}
    together = {a.id: a.title for a in clean([str(folder)]).articles}
    assert alone.items() <= together.items()


def test_a_bad_page_is_set_aside_and_the_others_go_on(tmp_path: Path) -> None:
    folder = save(damaged(12, 3), tmp_path)
    (folder / "zz.txt").write_bytes(b"\x00\x01\x02" * 100)
    (folder / "empty.txt").write_bytes(b"")
    result = clean([str(folder)])
    assert {s.id for s in result.set_aside} == {"zz", "empty"}
    assert {page.id for page in result.pages} == {p.stem for p in folder.glob("p*.txt")}


def test_processes_only_where_there_is_work_enough() -> None:
    with local.local(0, 3) as engine:
        assert list(engine.map(len, ["a", "bb"])) == [1, 2]
        assert type(engine).__name__ == "_Here"
