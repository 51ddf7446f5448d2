"""Repetition that authors mean stays where it stands; what an accident doubled goes."""

from __future__ import annotations

import pytest
from unsplice.config import DedupConfig
from unsplice.dedup.copies import find_copies
from unsplice.model import Role
from unsplice.models import load

from tests.batch import batch

CONFIG, MODELS = DedupConfig(), load()
TEA = "柳垛镇的老茶场今年试种了三百亩抗寒新苗，眼下已经抽出第一轮嫩芽。"
FERRY = "望礁区的渡船每天往返二十趟，船票两元，学生凭证免票乘坐。"
PARK = "青篱区昨日开放了六处口袋公园，公园里装了长椅和饮水机，夜里也亮着灯。"
LIBRARY = "区里的图书馆周末开放，附近居民凭身份证可借书五本，孩子也能在楼下听故事。"
SAID = "“这条船我坐了三十年，从来没有误过点。”"
TITLE = "老茶场试种抗寒新苗三百亩"
SOURCE = "——区长五月六日参加渡口座谈会时这样说道，全场起立"
Line = str | tuple[Role, str]

MEANT: dict[str, list[Line]] = {
    "a pull quote lacks the full stop": [TEA.rstrip("。"), FERRY, TEA],
    "a quotation, and who said it": [
        SAID,
        FERRY,
        f"{SAID}匡海生说。",
    ],
    "sources under quotations": [TEA, SOURCE, FERRY, SOURCE],
    "labels": ["主持人提问时间", TEA, "主持人提问时间", FERRY],
    "a refrain": ["潮水来了，潮水又退了，哎。", TEA, "潮水来了，潮水又退了，哎。", FERRY, "潮水来了，潮水又退了，哎。"],
    "items of a statute": [
        "第一条 渡口由街道办事处管理。",
        "第二条 渡船每年检验一次，检验不合格的不得载客。",
        "第三条 茶园由镇农办管理。",
        "第四条 茶园的管理办法参照第二条。",
        "第五条 渡船每年检验一次，检验不合格的不得载客。",
        "第六条 本办法自公布之日起施行。",
    ],
    "a headline over the quotation that it takes up": [
        "虽然隔着一条江却感觉离家更近了",
        FERRY,
        "“虽然隔着一条江，却感觉离家更近了。”",
    ],
}
DOUBLED: dict[str, tuple[list[Line], int]] = {
    "a paragraph twice": ([TEA, FERRY, TEA], 1),
    "at once": ([TEA, TEA, FERRY], 1),
    "three times, and long": ([TEA, FERRY, TEA, PARK, TEA], 2),
    "mistyped": ([TEA, FERRY, TEA.replace("已经", "己经")], 1),
    "cut short": ([PARK, FERRY, PARK[:22]], 1),
    "a caption": ([(Role.CAPTION, "【图】望礁区的渡船昨日首航，船头扎着红绸 管如许摄"), TEA] * 2, 2),
    "a run, whatever its lines look like": ([TEA, SOURCE, FERRY, PARK, LIBRARY] * 2, 5),
    "the headline, left in the text": (
        [(Role.HEADLINE, TITLE), TITLE, TEA, TITLE, FERRY, TITLE],
        2,
    ),
}  # fmt: skip


def dropped(lines: list[Line]) -> int:
    """How many passages of one story are copies."""
    story = lines if lines[0][0] is Role.HEADLINE else [(Role.HEADLINE, "渡口旁的老茶场"), *lines]
    return len(find_copies(batch({"p1": story}), CONFIG, MODELS))


@pytest.mark.parametrize("why", MEANT)
def test_what_is_meant_stays(why: str) -> None:
    assert dropped(MEANT[why]) == 0


@pytest.mark.parametrize("why", DOUBLED)
def test_what_is_doubled_goes(why: str) -> None:
    lines, count = DOUBLED[why]
    assert dropped(lines) == count


def test_only_within_a_story() -> None:
    """A pull quote under another headline is no pull quote: it strayed."""
    lines: list[Line] = [(Role.HEADLINE, "茶园"), TEA.rstrip("。"), FERRY, (Role.HEADLINE, "渡船"), PARK, TEA]
    assert len(find_copies(batch({"p1": lines}), CONFIG, MODELS)) == 1
