"""Web pages that hold several articles come out as several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from unsplice.models import load
from unsplice.run import clean

from tests.pages import longer

STORIES = list(longer().values())[:4]


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(body: str, title: str, h1: str = "") -> str:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav"><a href="/">首页</a> '
        f'<a href="/n">要闻</a></div>{heading}{body}<div class="footer">汀桐日报社 版权所有</div></body></html>'
    )


def e_paper() -> str:
    """A page of a paper, each story in an element of its own."""
    parts = "".join(f'<div class="story"><h2>{a.title}</h2>{paragraphs(a.paragraphs)}</div>' for a in STORIES)
    return page(parts, "汀桐日报 2031年5月6日 第3版", "第03版：民生")


def round_up() -> str:
    """News in brief under one heading, each with a heading, a byline and a date."""
    parts = "".join(
        f'<section><h2>{a.title}</h2><div class="info">2031-05-0{k} 记者 郦秋棠</div>'
        f"{paragraphs(a.paragraphs)}</section>"
        for k, a in enumerate(STORIES, 1)
    )
    return page(parts, "一周要闻汇总_汀桐网", "一周要闻汇总")


def live_blog() -> str:
    """Entries by date, each an <article> with a time of its own."""
    parts = "".join(
        f'<article><h2>{a.title}</h2><time datetime="2031-05-0{k}">5月{k}日 0{k}:30</time>'
        f"{paragraphs(a.paragraphs)}</article>"
        for k, a in enumerate(STORIES, 1)
    )
    return page(parts, "汀桐实况 - 汀桐网", "汀桐实况")


def headings_alone() -> str:
    """A page of a paper without elements around its stories."""
    parts = "".join(f"<h3>{a.title}</h3>{paragraphs(a.paragraphs)}" for a in STORIES)
    return page(parts, "汀桐日报 第3版")


@pytest.mark.parametrize("form", [e_paper, round_up, live_blog, headings_alone])
def test_several_stay_several(form: Callable[[], str], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(form(), encoding="utf-8")
    found = {a.title: a for a in clean(file, models=load(), workers=1).articles}
    for story in STORIES:
        assert story.title in found
        texts = [p.text for p in found[story.title].paragraphs]
        assert [t for t in texts if t in story.paragraphs] == list(story.paragraphs)
        assert not [t for t in texts for other in STORIES if other is not story and t in other.paragraphs]
