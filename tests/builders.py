"""Builds small results by hand: pages out of rows, with the offsets, lines and blank rows counted for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unsplice.config import TidyConfig
from unsplice.model import Action, Page, Placement, Ref, Result, Role, SetAside
from unsplice.reasons import CopyKind, Flag, Reason
from unsplice.write.articles import compose

PLAIN = TidyConfig(enabled=False)


class Scene:
    """Pages that grow row by row; `result` composes the articles from the rows."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.rows: list[Placement] = []
        self.set_aside: list[SetAside] = []

    def page(self, name: str, **fields: Any) -> None:
        """Begin a page; what follows stands on it."""
        self.pages.append(Page(**{"id": name, "source": f"raw/{name}.txt", "text": "", "encoding": "utf-8"} | fields))

    def row(self, text: str, article: str | None = None, position: int | None = None, **fields: Any) -> Ref:
        """Add a row (and a blank one before it), kept as body where nothing else is said; its key."""
        page = self.pages[-1]
        if not fields.pop("touching", False) and page.text:
            self._add("\n\n", Action.BLANK, role=None)
        role = fields.pop("role", Role.HEADLINE if position == -1 else Role.BODY)
        action = fields.pop("action", Action.KEPT)
        return self._add(text, action, role=role, article=article, position=position, **fields)

    def _add(self, text: str, action: Action, **fields: Any) -> Ref:
        page = self.pages[-1]
        start = len(page.text)
        line = page.record or page.text.count("\n") + 1
        self.rows.append(Placement(page.id, start, start + len(text), line, action=action, **fields))
        whole = {name: getattr(page, name) for name in ("id", "source", "encoding", "record", "meta", "flags")}
        self.pages[-1] = Page(text=page.text + text, **whole)
        return Ref(page.id, start)

    @property
    def by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in self.pages}

    def result(self, titles: Mapping[str, str | None] | None = None, config: TidyConfig = PLAIN) -> Result:
        rows = tuple(sorted(self.rows, key=lambda row: (row.page, row.start)))
        articles = compose(self.by_id, rows, titles or {}, config)
        return Result(tuple(self.pages), tuple(self.set_aside), rows, articles)


def newspaper() -> Scene:
    """Two pages with a moved passage, copies, boilerplate, a story without headline, bad bytes; a file set aside."""
    scene = Scene()
    scene.page("p0001", meta={"date": "2024-07-12", "url": "https://example.org/1"})
    scene.row("鹭笛“桨王赛”: 一村人的龙舟情", "p0001-01", -1)
    scene.row("入夏以后，比日头更火热的是河面。", "p0001-01", 0)
    scene.row("文/郦一 图/揭二", "p0001-01", 1, role=Role.BYLINE)
    scene.row("家家有船桨 月月有比赛", "p0001-01", 2, role=Role.SUBHEAD)
    survivor = scene.row("据介绍,本届比赛共有21支船队参加。", "p0001-01", 3)
    scene.row("图为比赛现场。", "p0001-01", 4, role=Role.CAPTION, flags=(Flag.FUSED,))
    scene.row("旧桥改造完工", "p0001-02", -1)
    scene.row("旧桥改造工程昨日完工。", "p0001-02", 0)
    near = {"action": Action.DUPLICATE, "reason": Reason.COPY, "survivor": survivor, "cluster": 1}
    scene.row("据介绍，本届比赛共21支船队参加。", copy_kind=CopyKind.NEAR, similarity=0.94, **near)
    scene.row("责任编辑：王三", action=Action.BOILERPLATE, role=Role.BOILERPLATE, reason=Reason.NOTICE)
    scene.page("p0002", flags=("bad-bytes:2",), encoding="gb18030")
    scene.row("粮价\ufffd稳", "p0002-01", -1)
    doubt = {"flags": (Flag.IN_DOUBT,), "score": 0.55, "runner_up": "p0001-02", "margin": 0.1}
    scene.row("今年夏粮\ufffd收，粮价平稳。", "p0002-01", 0, **doubt)
    moved = {"action": Action.MOVED, "reason": Reason.OTHER_HEADLINE, "evidence": "21支船队", "score": 0.91}
    scene.row("乡亲们说，明年还要再来。", "p0001-01", 5, runner_up="p0002-01", margin=0.87, **moved)
    scene.row("另有消息说，新校舍下月启用。", "p0002-02", 0, reason=Reason.UNDER_NO_HEADLINE)
    scene.row("据介绍,本届比赛共有21支船队参加。", copy_kind=CopyKind.EXACT, similarity=1.0, **near)
    scene.set_aside.append(SetAside("p0003", "raw/p0003.txt", "binary", "Leave it out.", 1234))
    return scene
