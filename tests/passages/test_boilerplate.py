"""Boilerplate by rule and by the corpus: what goes, and what must stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unsplice.batch import Batch
from unsplice.model import Page, Passage, Role
from unsplice.models import load
from unsplice.passages.boilerplate import spared, without_notices, without_recurring
from unsplice.passages.lines import find_passages
from unsplice.passages.notices import LONGEST, RULES, notice, source_line
from unsplice.read.html import read_html
from unsplice.reasons import NOTICES, Flag

MODELS = load()

BY_RULE = [
    ("分享到： 微信 微博 QQ空间", Flag.BUTTONS),
    ("【打印】 【关闭】", Flag.BUTTONS),
    ("打印本文", Flag.BUTTONS),
    ("列印 收藏 字級： 大 中 小", Flag.BUTTONS),
    ("上一篇 下一篇", Flag.BUTTONS),
    ("上一則　下一則", Flag.BUTTONS),
    ("<<返回首页", Flag.BUTTONS),
    ("返回列表", Flag.BUTTONS),
    ("[我要纠错]", Flag.BUTTONS),
    ("字号：T|T", Flag.BUTTONS),
    ("关注微信公众号", Flag.BUTTONS),
    ("阅读原文 >>", Flag.BUTTONS),
    ("Print | Share", Flag.BUTTONS),
    ("第3版：要闻", Flag.PAGE_NUMBER),
    ("第三版", Flag.PAGE_NUMBER),
    ("A12版：民生", Flag.PAGE_NUMBER),
    ("第 4 页 共 8 页", Flag.PAGE_NUMBER),
    ("3/8", Flag.PAGE_NUMBER),
    ("- 5 -", Flag.PAGE_NUMBER),
    ("阅读：1234", Flag.COUNT),
    ("浏览次数 2.3万", Flag.COUNT),
    ("阅读 356次", Flag.COUNT),
    ("版权声明", Flag.COPYRIGHT),
    ("版权声明：本网原创，未经授权不得转载。", Flag.COPYRIGHT),
    ("扫码下载客户端", Flag.QR_CODE),
    ("请用手机扫一扫关注", Flag.QR_CODE),
    ("版权所有 汀桐日报社 未经授权不得转载", Flag.COPYRIGHT),
    ("未经书面许可不得转载、摘编", Flag.COPYRIGHT),
    ("Copyright © 2031 汀桐新闻网", Flag.COPYRIGHT),
    ("汀桐新闻网版权所有", Flag.COPYRIGHT),
    ("浙ICP备00000000号-1", Flag.COPYRIGHT),
    ("扫一扫在手机打开当前页", Flag.QR_CODE),
    ("长按识别二维码关注我们", Flag.QR_CODE),
    ("请扫描二维码下载客户端", Flag.QR_CODE),
    ("责任编辑：毋晴", Flag.EDITORS),
    ("（责任编辑：毋晴、昝宁）", Flag.EDITORS),
    ("责编：毋晴 校对：昝宁", Flag.EDITORS),
    ("责任编辑：昝宁  来源：汀桐日报", Flag.EDITORS),
    ("網絡編輯：毋晴", Flag.EDITORS),
    ("一审：毋晴 二审：昝宁 三审：廉夏", Flag.EDITORS),
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
def test_whole_lines_in_the_words_of_buttons_and_notices(line: str, rule: Flag) -> None:
    assert notice(line) is rule


@pytest.mark.parametrize("line", NO_RULE)
def test_what_only_begins_like_boilerplate(line: str) -> None:
    assert notice(line) is None


@given(st.text(st.sampled_from("分享打印上一篇版权所有扫责任编辑：: 、第3页/-（）第a"), max_size=LONGEST))
def test_any_line_is_judged(line: str) -> None:
    assert notice(line) in {None, *NOTICES}


def test_every_notice_has_its_rule() -> None:
    assert {Flag.BUTTONS, *RULES} == set(NOTICES)


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
    assert notice(line) is None  # and the test comes to an end: nothing backtracks out of control


BODY = "青篱区竹器节在云箬乡开幕，来自六个乡镇的八十名篾匠带来了三百件新作品，展台沿河摆了一里多长。"


def test_an_editors_line_that_runs_on_is_cut_off() -> None:
    text = f"竹器节开幕\n{BODY}\n开幕当天共接待游客四千人次。（责任编辑：毋晴）\n"
    found = next(find_passages([Page("p", "p", text, "utf-8")], MODELS))
    assert [(p.text, p.role) for p in found[-2:]] == [
        ("开幕当天共接待游客四千人次。", Role.BODY),
        ("（责任编辑：毋晴）", Role.BOILERPLATE),
    ]


@pytest.mark.parametrize("tail", ["（褚望帆）", "（记者 褚望帆）", "（完）", "（编辑部供稿，毋晴执笔）"])
def test_other_ends_stay(tail: str) -> None:
    found = next(
        find_passages([Page("p", "p", f"竹器节开幕\n{BODY}\n开幕当天共接待游客四千人次。{tail}\n", "utf-8")], MODELS)
    )
    assert not [p for p in found if p.role is Role.BOILERPLATE]


def corpus(count: int, lines: list[tuple[str, Role]], name: str = "{}.txt") -> tuple[list[Page], Batch]:
    """Pages of these lines; "#" in a line becomes the page's number."""
    pages: list[Page] = []
    found: dict[str, list[Passage]] = {}
    for number in range(count):
        texts = [(text.replace("#", "甲乙丙丁戊己庚辛壬癸"[number % 10] * 3), role) for text, role in lines]
        page = Page(f"p{number}", name.format(number), "\n".join(text for text, _ in texts), "utf-8")
        at, own = 0, list[Passage]()
        for line, (text, role) in enumerate(texts, 1):
            own.append(Passage(page.id, at, at + len(text), line, text, role))
            at += len(text) + 1
        pages.append(page)
        found[page.id] = own
    return pages, Batch(found)


HEAD, TEXT, SUB = Role.HEADLINE, Role.BODY, Role.SUBHEAD
SENTENCE = "#村昨天修好了路，大家都说好。"


def taken(count: int, lines: list[tuple[str, Role]], name: str = "{}.txt") -> set[str]:
    out = without_recurring(*corpus(count, lines, name))
    return {p.text for p in out if p.role is Role.BOILERPLATE}


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
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("（汀桐足球）", SUB), ("#村种树", HEAD), (SENTENCE, TEXT)], set()),
        ([("# village", HEAD), (SENTENCE, TEXT), ("(Tintong Wire)", TEXT)], set()),
        ([("#村修路", HEAD), (SENTENCE, TEXT), ("（点击查看原图）", SUB)], {"（点击查看原图）"}),
    ],
)  # fmt: skip
def test_lines_that_recur_around_stories(lines: list[tuple[str, Role]], gone: set[str]) -> None:
    assert taken(9, lines) == gone
    assert taken(4, lines) == set()


def test_lines_that_differ_in_more_than_a_number_are_not_one() -> None:
    pages, found = corpus(9, [("#村修路", HEAD), (SENTENCE, TEXT), ("第一场", TEXT)])
    scored = {}
    for number, (page, own) in enumerate(found.pages.items()):
        scored[page] = (*own[:2], replace(own[2], text=f"{number}比{number + 3}"))
    found = found.with_pages(scored)
    assert without_recurring(pages, found).pages == scored


def test_a_headline_about_a_notice_is_a_headline() -> None:
    html = f"<h1>版权声明：本报启事引热议</h1><p>{BODY}</p>"
    read = read_html(f"<html><body><div>{html}</div></body></html>")
    found = next(find_passages([Page("p", "p.html", read.text, "utf-8", lines=read.lines, markup=read.markup)], MODELS))
    assert [p.role for p in found] == [Role.HEADLINE, Role.BODY]


def test_few_of_many_are_no_boilerplate() -> None:
    """A signature under one page in twenty stays, however many these are."""
    pages, found = corpus(100, [("#村修路", HEAD), (SENTENCE, TEXT)])
    signed, own = corpus(6, [("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐市气象台", SUB)], "s{}.txt")
    signed = [Page("s" + p.id, p.source, p.text, p.encoding) for p in signed]
    moved = {f"s{page}": [replace(p, page=f"s{page}") for p in lines] for page, lines in own.pages.items()}
    together = Batch({**found.pages, **moved})
    assert without_recurring([*pages, *signed], together).pages == together.pages


def test_folders_are_counted_apart() -> None:
    lines = [("#村修路", HEAD), (SENTENCE, TEXT), ("汀桐日报数字版", SUB)]
    pages, found = corpus(8, lines, "甲/{}.txt")
    for number, page in enumerate(pages[:4]):
        pages[number] = Page(page.id, page.source.replace("甲", "乙"), page.text, page.encoding)
    assert without_recurring(pages, found).pages == found.pages


def test_a_page_of_boilerplate_alone_keeps_its_text() -> None:
    text = "分享到： 微信 微博\n版权所有 汀桐日报社 未经授权不得转载\n"
    found = next(find_passages([Page("p", "p", text, "utf-8")], MODELS))
    assert {p.role for p in found} == {Role.BOILERPLATE}
    kept = spared(found)
    assert {p.role for p in kept} == {Role.BODY}
    assert all(Flag.ALL_BOILERPLATE in p.flags for p in kept)
    assert spared(kept) == kept


SOURCE_LINES = [
    "来源：汀桐晚报 2031年05月06日 版次：A09 作者：毋晴",
    "來源：汀桐日報　　發布時間：2031-05-06 08:30",
    "2031-05-06 08:30 来源：汀桐网",
    "作者：毋晴 来源：汀桐晚报 编辑：昝宁",
    "（来源：汀桐网）",
    "稿源:汀桐晚报 记者:毋晴 昝宁",
    "发布时间：2031/5/6 来源：汀桐网",
    "民國120年5月6日 來源：汀桐報",
    "Source: Tingtong Post | Published: 2031-05-06",
    "Posted: 2031-05-06 By: Mara Lind",
]
NO_SOURCE_LINES = [
    "记者：明白",
    "时间：5月6日9时",
    "日期：即日起至6月10日",
    "来源：汀桐晚报。新闻背后有故事",
    "时间去哪了",
    "来源不明的竹器流入市场",
    "作者：毋晴",
    "编辑部的故事：一张版面的来源",
    "消息来源称，渡船将于6日复航",
    "Published poets read at the ferry pier",
    "Updated: What we know so far",
    "UPDATED: Fire destroys warehouse in Lowick",
    "Source: Rovers agree deal for striker",
    "发布：新一代渡船亮相",
    "版面：一个时代的记忆",
    "图：渡船复航 来源：汀桐晚报",
    "摄影：毋晴 来源：汀桐晚报",
]


@pytest.mark.parametrize("text", SOURCE_LINES)
def test_a_line_of_sources_heads_no_story(text: str) -> None:
    """It is no headline, whatever stands below it."""
    assert source_line(text)
    found = next(find_passages([Page("p", "p", f"竹器节开幕\n{text}\n{BODY}\n", "utf-8")], MODELS))
    assert found[1].role in (Role.BYLINE, Role.BOILERPLATE)
    assert found[1].headline == 0


@pytest.mark.parametrize(
    "text",
    [
        "檔案下載：渡船時刻表.pdf",
        "竹器节报名表.docx",
        "网址：https://ferry.example/timetable",
        "汀桐渡船 www.ferry.example",
    ],
)
def test_an_address_heads_no_story(text: str) -> None:
    found = next(find_passages([Page("p", "p", f"竹器节开幕\n{BODY}\n{text}\n{BODY}\n", "utf-8")], MODELS))
    assert found[2].role is not Role.HEADLINE
    assert found[2].headline == 0


@pytest.mark.parametrize("text", NO_SOURCE_LINES)
def test_what_only_looks_like_one(text: str) -> None:
    assert not source_line(text)


NOTICES_BELOW = [
    "本网站之文字、图片，非经授权，不得转载、公开播送或利用，违者将追究责任。",
    "本報所有內容未經書面許可，不得轉載。",
    "本文仅为作者观点，不代表本网立场。",
    "This report may not be republished without written permission.",
]
NO_NOTICES_BELOW = [
    "法院认为，该公司未经许可转载原告的摄影作品，判令其赔偿经济损失八万元。",
    "记者将继续关注竹器节的进展。",
    "（记者 毋晴 编辑 昝宁）",
]


def ended(text: str, role: Role = Role.BODY, above: str = "云箬乡的篾匠带来了新作。") -> list[int]:
    """The lines that are boilerplate on two pages that end with a text."""
    pages = [Page(name, f"{name}.txt", "", "utf-8") for name in "ab"]
    lines = {"a": ["望礁区渡船昨日复航。", text], "b": [above, text]}
    roles = (Role.BODY, role)
    own = {
        page: tuple(Passage(page, 100 * k, 100 * k + len(x), k + 1, x, roles[k]) for k, x in enumerate(found))
        for page, found in lines.items()
    }
    found = without_notices(pages, Batch(own))
    return [k for page in "ab" for k, p in enumerate(found.pages[page]) if p.role is Role.BOILERPLATE]


@pytest.mark.parametrize("text", NOTICES_BELOW)
def test_a_notice_below_two_texts_is_boilerplate(text: str) -> None:
    assert ended(text) == [1, 1]


@pytest.mark.parametrize("text", NO_NOTICES_BELOW)
def test_other_last_lines_stay(text: str) -> None:
    assert ended(text) == []


def test_the_end_of_a_story_that_is_printed_twice_stays() -> None:
    assert ended(NOTICES_BELOW[0], above="望礁区渡船昨日复航。") == []


def test_a_byline_stays() -> None:
    assert ended(NOTICES_BELOW[0], Role.BYLINE) == []
