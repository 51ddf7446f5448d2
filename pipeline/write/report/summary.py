"""The head of the report: counts, files set aside, what is not shown, and the decisions to review first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...model import Action, Placement, Result, SetAside
from ...reasons import WORDS
from .html import badge, esc, excerpt, link, number
from .pages import destination
from .view import WEAKEST, View


def header(result: Result, view: View) -> Iterator[str]:
    """The header of the report, in pieces."""
    yield '<header>\n<h1>unsplice <small>what went where, and why</small></h1>\n<div class="tiles">\n'
    for figure, words in _figures(result):
        yield f'<div class="tile"><b>{figure:,}</b> {words}</div>\n'
    yield "</div>\n"
    yield _counts(result.placements)
    if view.idle or view.left_out:
        yield f'<p class="notice">{_omission(view)}</p>\n'
    if result.unfamiliar:
        yield f'<p class="notice">{_unfamiliar(result)}</p>\n'
    if result.set_aside:
        yield from _set_aside(result.set_aside)
    yield from _review("copies", "Weakest copies", view.copies, view)
    yield from _review("moves", "Weakest moves", view.moves, view)
    yield "</header>\n"


def _figures(result: Result) -> list[tuple[int, str]]:
    untitled = sum(article.title is None for article in result.articles)
    names = [(len(result.pages), "page"), (len(result.articles), "article"), (untitled, "without a headline")]
    names.append((len(result.set_aside), "file"))
    figures = [(count, word + ("s" if count != 1 and " " not in word else "")) for count, word in names]
    return [*figures[:3], (figures[3][0], figures[3][1] + " set aside")]


def _counts(placements: Sequence[Placement]) -> str:
    """Spans and characters by what became of them."""
    spans: Counter[Action] = Counter()
    characters: Counter[Action] = Counter()
    for row in placements:
        spans[row.action] += 1
        characters[row.action] += row.end - row.start
    lines = "".join(
        f"<tr><td>{badge(action)}</td><td>{spans[action]:,}</td><td>{characters[action]:,}</td></tr>\n"
        for action in Action
        if spans[action]
    )
    head = "<tr><th>what became of it</th><th>spans</th><th>characters</th></tr>"
    return f'<table class="counts">\n<thead>{head}</thead>\n<tbody>\n{lines}</tbody>\n</table>\n'


def _omission(view: View) -> str:
    """What is not shown, and where to find it."""
    parts = []
    if view.idle:
        parts.append(f"{number(view.idle, 'page')} on which nothing happened")
    if view.left_out:
        parts.append(number(view.left_out, "page") + " on which something did")
    shown = number(len(view.shown), "page") + (", those with the weakest decisions" if view.left_out else "")
    return f"Shown: {shown}. Left out: {' and '.join(parts)}; ledger.parquet has them all."


def _unfamiliar(result: Result) -> str:
    """How many pages are unlike what the models learned from, and what that means."""
    pages = f"{number(len(result.unfamiliar), 'page')} of {len(result.pages):,}, such as {esc(result.unfamiliar[0])}"
    return (
        f"{pages}: unlike what the models learned from. Only what is surely misplaced was moved; expect more mistakes."
    )


def _set_aside(items: Sequence[SetAside]) -> Iterator[str]:
    yield '<section id="set-aside">\n<h2>Set aside</h2>\n<ul class="review">\n'
    for item in items:
        place = esc(item.source) + (f", line {item.record}" if item.record else "")
        size = number(item.size, "byte")
        yield f"<li><b>{place}</b> ({size}): {esc(item.reason)}<br><i>{esc(item.remedy)}</i></li>\n"
    yield "</ul>\n</section>\n"


def _review(anchor: str, title: str, rows: Sequence[Placement], view: View) -> Iterator[str]:
    """A list of accepted decisions, the weakest first."""
    if not rows:
        return
    measure = "similarities" if rows[0].action is Action.DUPLICATE else "scores"
    about = f"the {WEAKEST} with the lowest {measure}" if len(rows) == WEAKEST else "all that are not certain"
    yield f'<section id="{anchor}">\n<h2>{title} <small>{about}, lowest first</small></h2>\n<ol class="review">\n'
    for row in rows:
        there = view.shows(row.page)
        where = link(f"r-{row.page}-{row.start}", f"{esc(row.page)}:{row.line}", there=there)
        target = view.targets.get(row.survivor) if row.survivor else None
        own, other = excerpt(view.text(row), 90), ""
        why = WORDS[row.copy_kind] if row.copy_kind else view.why(row)
        figure = (row.score if row.similarity is None else row.similarity) or 0.0
        if target:
            own, other = f"− {own}", f'<br><q class="kept">+ {excerpt(view.text(target), 90)}</q>'
        yield (
            f'<li><span class="score">{figure:.2f}</span> {where} {destination(row, view)}: {esc(why)}'
            f"<br><q>{own}</q>{other}</li>\n"
        )
    yield "</ol>\n</section>\n"
