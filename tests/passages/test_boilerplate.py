"""Boilerplate by rule and by the corpus: what goes, and what must stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.model import Page, Passage, Role
from unsplice.passages.boilerplate import spared, without_recurring
from unsplice.passages.lines import passages
from unsplice.passages.notices import BUTTONS, LONGEST, RULES, junk_rule
from unsplice.read.html import read_html

BY_RULE = [
    ("分享到： 微信 微博 QQ空间", "buttons"),
    ("【打印】 【关闭】", "buttons"),
    ("打印本文", "buttons"),
    ("列印 收藏 字級： 大 中 小", "buttons"),
    ("上一篇 下一篇", "buttons"),
    ("上一則　下一則", "buttons"),
    ("<<返回首页", "buttons"),
    ("返回列表", "buttons"),
    ("[我要纠错]", "buttons"),
    ("字号：T|T", "buttons"),
    ("关注微信公众号", "buttons"),
    ("阅读原文 >>", "buttons"),
    ("Print | Share", "buttons"),
    ("第3版：要闻", "page number"),
    ("第三版", "page number"),
    ("A12版：民生", "page number"),
    ("第 4 页 共 8 页", "page number"),
    ("3/8", "page number"),
    ("- 5 -", "page number"),
    ("阅读：1234", "count"),
    ("浏览次数 2.3万", "count"),
    ("阅读 356次", "count"),
    ("版权声明", "copyright"),
    ("版权声明：本网原创，未经授权不得转载。", "copyright"),
    ("扫码下载客户端", "qr code"),
    ("请用手机扫一扫关注", "qr code"),
    ("版权所有 汀桐日报社 未经授权不得转载", "copyright"),
    ("未经书面许可不得转载、摘编", "copyright"),
    ("Copyright © 2031 汀桐新闻网", "copyright"),
    ("汀桐新闻网版权所有", "copyright"),
    ("浙ICP备00000000号-1", "copyright"),
    ("扫一扫在手机打开当前页", "qr code"),
    ("长按识别二维码关注我们", "qr code"),
    ("请扫描二维码下载客户端", "qr code"),
    ("责任编辑：毋晴", "editors"),
    ("（责任编辑：毋晴、昝宁）", "editors"),
    ("责编：毋晴 校对：昝宁", "editors"),
    ("责任编辑：昝宁  来源：汀桐日报", "editors"),
    ("網絡編輯：毋晴", "editors"),
    ("一审：毋晴 二审：昝宁 三审：廉夏", "editors"),
]
NO_RULE = [
    "分享春耕的喜悦",
    "相关新闻：",
    "打印机进村入户",
    "小微企业贷款贴息",
    "大中小学一体化",
    "返回故乡",
    "收藏家捐出百件瓷器",
    "中",
    "关闭小煤窑",
    "第三版药典发布",
    "第3页有一幅地图",
    "3/8的村民已经签约",
    "版权保护周启动",
    "法院判决版权所有人胜诉，记者从庭审现场获悉。",
    "未经批准不得施工",
    "扫码乘车覆盖全市公交",
    "扫码领礼品，手机信息可能已被卖",
    "编辑部搬家了",
    "【编辑:毋晴】",
    "责任编辑要对稿件负责，这是报社的规矩。",
    "责任重大",
    "一审判决：毋晴赔偿三万元并道歉",
    "阅读改变乡村",
    "阅读推广人褚望帆",
    "上一届运动会",
    "评论员文章",
    "未经授权转载短视频 三家公司被罚",
    "未经许可转载他人作品，网站被判赔偿五万元。",
    "版权所有者维权难",
    "版权所有人可以向平台投诉，要求删除侵权内容。",
    "版权声明：作家维权的第一步",
    "扫码点餐引关注",
    "扫码乘车受市民关注",
    "扫一扫查看老宅故事",
    "点击2024",
    "阅读2023",
    "ICP备案新规下月实施",
    "识别诈骗短信 这些下载别点",
    "京ICP证被注销的企业",
    "扫描文物 三维数据供下载",
    "一审：无罪 二审：有罪",
    "本报评论员",
    "下一站：春天",
    "更多农民用上手机",
    "微信支付进菜场",
    "Print media in decline",
    "",
]


@pytest.mark.parametrize(("line", "rule"), BY_RULE)
def test_whole_lines_in_the_words_of_buttons_and_notices(line: str, rule: str) -> None:
    assert junk_rule(line) == rule


@pytest.mark.parametrize("line", NO_RULE)
def test_what_only_begins_like_boilerplate(line: str) -> None:
    assert junk_rule(line) == ""


@given(st.text(st.sampled_from("分享打印上一篇版权所有扫责任编辑：: 、第3页/-（）第a"), max_size=LONGEST))
def test_any_line_is_judged(line: str) -> None:
    assert junk_rule(line) in {"", BUTTONS, *RULES}


@pytest.mark.parametrize(
    "line",
    [
        "分享 " * 16 + "春",
        "责编：" + "甲 " * 38,
        "A+ " * 26 + "B",
        "更多>> " * 15 + "教",
        "版权" * 40,
        "-" * 80,
        "1/" * 40,
    ],
)
def test_no_line_is_looked_at_for_long(line: str) -> None:
    assert junk_rule(line) == ""  # and the test comes to an end: nothing backtracks out of control


BODY = "青篱区竹器节在云箬乡开幕，来自六个乡镇的八十名篾匠带来了三百件新作品，展台沿河摆了一里多长。"


def test_an_editors_line_that_runs_on_is_cut_off() -> None:
    text = f"竹器节开幕\n{BODY}\n开幕当天共接待游客四千人次。（责任编辑：毋晴）\n"
    found = passages(Page("p", "p", text, "utf-8"))
    assert [(p.text, p.role) for p in found[-2:]] == [
        ("开幕当天共接待游客四千人次。", Role.BODY),
        ("（责任编辑：毋晴）", Role.BOILERPLATE),
    ]


@pytest.mark.parametrize("tail", ["（褚望帆）", "（记者 褚望帆）", "（完）", "（编辑部供稿，毋晴执笔）"])
def test_other_ends_stay(tail: str) -> None:
    found = passages(Page("p", "p", f"竹器节开幕\n{BODY}\n开幕当天共接待游客四千人次。{tail}\n", "utf-8"))
    assert not [p for p in found if p.role is Role.BOILERPLATE]


def corpus(
    count: int, lines: list[tuple[str, Role]], name: str = "{}.txt"
) -> tuple[list[Page], dict[str, tuple[Passage, ...]]]:
    """Pages of these lines; "#" in a line becomes the page's number."""
    pages, found = [], {}
    for number in range(count):
        texts = [(text.replace("#", "甲乙丙丁戊己庚辛壬癸"[number % 10] * 3), role) for text, role in lines]
        page = Page(f"p{number}", name.format(number), "\n".join(text for text, _ in texts), "utf-8")
        at, own = 0, []
        for index, (text, role) in enumerate(texts):
            own.append(Passage(page.id, index, at, at + len(text), index + 1, text, role))
            at += len(text) + 1
        pages.append(page)
        found[page.id] = tuple(own)
    return pages, found


HEAD, TEXT, SUB = Role.HEADLINE, Role.BODY, Role.SUBHEAD
SENTENCE = "#村昨天修好了路，大家都说好。"


def taken(count: int, lines: list[tuple[str, Role]], name: str = "{}.txt") -> set[str]:
    out = without_recurring(*corpus(count, lines, name))
    return {p.text for own in out.values() for p in own if p.role is Role.BOILERPLATE}


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ([("汀桐日报数字版", SUB), ("#村修路", HEAD), (SENTENCE, TEXT)], {"汀桐日报数字版"}),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐日报数字版", SUB)], {"汀桐日报数字版"}),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐日报数字版", TEXT), ("#村种树", HEAD), (SENTENCE, TEXT)], {"汀桐日报数字版"}),
        ([("2031年5月6日 星期二", SUB), ("汀桐日报", SUB), ("#村修路", HEAD), (SENTENCE, TEXT)], {"2031年5月6日 星期二", "汀桐日报"}),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("本文版权归汀桐日报所有，转载请与我们联系。", TEXT)], {"本文版权归汀桐日报所有，转载请与我们联系。"}),
        # within a story, or heading it, or its last sentence: as often as you like
        ([("#村修路", HEAD), ("核心阅读", SUB), (SENTENCE, TEXT)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("现场", SUB), (SENTENCE, TEXT)], set()),
        ([("今日天气", HEAD), (SENTENCE, TEXT)], set()),
        ([("今日天气", SUB), (SENTENCE, TEXT)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("请市民注意防范。", TEXT)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("本报记者 褚望帆", Role.BYLINE)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("褚望帆摄", Role.CAPTION)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("2031年5月6日", TEXT)], set()),
    ],
)  # fmt: skip
def test_lines_that_recur_around_stories(lines: list[tuple[str, Role]], gone: set[str]) -> None:
    assert taken(9, lines) == gone
    assert taken(4, lines) == set()


def test_lines_that_differ_in_more_than_a_number_are_not_one() -> None:
    pages, found = corpus(9, [("#村修路", HEAD), (SENTENCE, TEXT), ("第一场", TEXT)])
    for number, page in enumerate(pages):
        score = replace(found[page.id][2], text=f"{number}比{number + 3}")
        found[page.id] = (*found[page.id][:2], score)
    assert without_recurring(pages, found) == found


def test_a_headline_about_a_notice_is_a_headline() -> None:
    html = f"<h1>版权声明：本报启事引热议</h1><p>{BODY}</p>"
    read = read_html(f"<html><body><div>{html}</div></body></html>")
    found = passages(Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup))
    assert [p.role for p in found] == [Role.HEADLINE, Role.BODY]


def test_few_of_many_are_no_boilerplate() -> None:
    """A signature under one page in twenty stays, however many these are."""
    pages, found = corpus(100, [("#村修路", HEAD), (SENTENCE, TEXT)])
    signed, own = corpus(6, [("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐市气象台", SUB)], "s{}.txt")
    signed = [Page("s" + p.id, p.source, p.text, p.encoding) for p in signed]
    own = {"s" + key: value for key, value in own.items()}
    assert without_recurring([*pages, *signed], found | own) == found | own


def test_folders_are_counted_apart() -> None:
    lines = [("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐日报数字版", SUB)]
    pages, found = corpus(8, lines, "甲/{}.txt")
    for number, page in enumerate(pages[:4]):
        pages[number] = Page(page.id, page.source.replace("甲", "乙"), page.text, page.encoding)
    assert without_recurring(pages, found) == found


def test_a_page_of_boilerplate_alone_keeps_its_text() -> None:
    found = passages(Page("p", "p", "分享到： 微信 微博\n版权所有 汀桐日报社 未经授权不得转载\n", "utf-8"))
    assert {p.role for p in found} == {Role.BOILERPLATE}
    kept = spared(found)
    assert {p.role for p in kept} == {Role.BODY}
    assert all("all-boilerplate" in p.flags for p in kept)
    assert spared(kept) == kept
