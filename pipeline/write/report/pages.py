"""The body of the report: each page (its passages left, their destinations right), then the articles."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Action, Article, Page, Placement
from .html import badge, esc, excerpt, link, number
from .view import View

HUE_STEP = 137  # degrees, the golden angle: consecutive articles get clearly different colours


def page_section(page: Page, view: View) -> Iterator[str]:
    """One page: its name, then its rows in order. Blank rows are left out."""
    rows = [row for row in view.rows[page.id] if row.action is not Action.BLANK]
    place = esc(page.source) + (f", line {page.record}" if page.record else "")
    about = " · ".join([place, esc(page.encoding), number(len(rows), "passage"), *map(esc, page.flags)])
    yield f'<section class="page" id="p-{esc(page.id)}">\n<h2>{esc(page.id)} <small>{about}</small></h2>\n<ol>\n'
    hues: dict[str, int] = {}
    for row in rows:
        if row.article is not None:
            hues.setdefault(row.article, len(hues) * HUE_STEP % 360)
        yield _row(row, view, hues.get(row.article or ""))
    yield "</ol>\n</section>\n"


def _row(row: Placement, view: View, hue: int | None) -> str:
    role = row.role or ""
    colour = "" if hue is None else f' style="--hue:{hue}"'
    classes = f"row {row.action} {role}" + (" storied" if hue is not None else "")
    return (
        f'<li class="{esc(classes)}" id="r-{esc(row.page)}-{row.start}"{colour}>\n'
        f'<div class="text"><span class="where">{row.line}</span><p>{esc(view.text(row))}</p></div>\n'
        f'<div class="fate">{_fate(row, view)}</div>\n</li>\n'
    )


def _fate(row: Placement, view: View) -> str:
    """Where a row went, with what certainty, and why."""
    parts = [badge(row.action)]
    if row.role is not None and row.role != row.action.value:
        parts.append(f'<span class="role">{esc(row.role)}</span>')
    parts.append(destination(row, view))
    parts += [
        f'<span class="score">{figure:.2f}</span>' for figure in (row.similarity, row.score) if figure is not None
    ]
    parts += [f'<span class="flag">{esc(flag)}</span>' for flag in row.flags]
    lines = [" ".join(filter(None, parts))]
    if why := view.why(row):
        lines.append(f'<p class="reason">{esc(why)}</p>')
    if row.runner_up is not None:
        margin = "" if row.margin is None else f" ({row.margin:.2f} lower)"
        lines.append(f'<p class="rival">runner-up: {article_link(row.runner_up, view)}{margin}</p>')
    if row.evidence:
        lines.append(f'<p class="evidence">evidence: {esc(row.evidence)}</p>')
    return "\n".join(lines)


def destination(row: Placement, view: View) -> str:
    """A link to the article of a row, or to the survivor of a duplicate."""
    if row.survivor is not None:
        target = view.targets.get(row.survivor)
        page, start = row.survivor
        label = esc(view.place(row.survivor))
        home = f" in {article_link(target.article, view)}" if target and target.article else ""
        return f"of {link(f'r-{page}-{start}', label, there=view.shows(page))}{home}"
    if row.article is None:
        return ""
    place = "title" if row.position == -1 else f"¶{(row.position or 0) + 1}"
    return f'→ {article_link(row.article, view)} <span class="place">{place}</span>'


def article_link(article: str, view: View) -> str:
    """A link to an article further down, under its title."""
    there = article in view.articles and any(view.shows(s.page) for s in view.articles[article].sources)
    return link(f"a-{article}", excerpt(view.name(article), 30), there=there)


def article_section(article: Article, view: View) -> str:
    """One article: title, sources, and its text, collapsed."""
    sources = ", ".join(
        link(f"p-{s.page}", f"{esc(s.page)}:{s.line}-{s.last_line}", there=view.shows(s.page)) for s in article.sources
    )
    flags = " ".join(f'<span class="flag">{esc(flag)}</span>' for flag in article.flags)
    text = "\n".join(f'<p class="{esc(p.role)}">{esc(p.text)}</p>' for p in article.paragraphs)
    title = esc(article.title) if article.title else "<i>untitled</i>"
    name = esc(article.id)
    file = f'<a href="articles/{name}.{view.ending}">{name}</a>' if view.ending else name
    return (
        f'<article id="a-{esc(article.id)}">\n<h3>{title}</h3>\n<p class="about">{file} from {sources} {flags}</p>\n'
        f"<details><summary>{number(len(article.paragraphs), 'paragraph')}</summary>\n{text}\n</details>\n</article>\n"
    )
