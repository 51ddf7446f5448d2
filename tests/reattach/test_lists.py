"""Lists and poems: items that begin alike are no copies, and a line of a poem stays in its poem."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsplice.model import Action
from unsplice.models import load
from unsplice.run import clean

from tests.pages import longer

FIRST, _, SECOND, *_ = longer().values()

# The headline and the paragraph before a list, its items, and the paragraph behind it.
LISTS: dict[str, tuple[str, str, list[str], str]] = {
    "numbered": (
        "三地设立夜间急诊点 老人看病不出镇",
        "市卫生部门昨天公布了新设的夜间急诊点，入夜以后病人可以就近看病，具体如下：",
        [
            "1. 云箬乡设立夜间急诊点，由乡卫生院负责。",
            "2. 鹭笛镇设立夜间急诊点，由镇卫生院负责。",
            "3. 青篱区设立夜间急诊点，由区医院负责。",
        ],
        "三个急诊点夜里都有医生和护士值班，药房同时开放，遇到重病，由救护车转送市医院。",
    ),
    "han numbers": (
        "水站管理办法出台 滤芯水质水箱都有规矩",
        "市水务部门昨天公布了水站管理办法，对不守规矩的水站，分别作出处理：",
        [
            "一、对未按时更换滤芯的水站，责令限期更换。",
            "二、对未按时公布水质的水站，责令限期公布。",
            "三、对未按时清洗水箱的水站，责令限期清洗。",
        ],
        "水务部门说，每座水站都要把滤芯、水质和水箱的记录贴在门口，居民发现没有贴的，可以打电话反映。",
    ),
    "bullets": (
        "竹器节三件作品获奖 匠人来自云箬乡",
        "云箬乡竹器节昨天评出获奖的竹编作品，匠人的名字一并公布：",
        ["• 竹编鱼篓 匠人褚望帆 云箬乡", "• 竹编提篮 匠人褚望帆 云箬乡", "• 竹编灯罩 匠人毋晴 云箬乡"],
        "获奖的竹编作品在乡文化站展出一个月，匠人周末到场，教观众编一只小鱼篓。",
    ),
    "no sign, offices": (
        "三个便民服务中心调整办公时间",
        "各便民服务中心从下周起调整办公时间，地址不变，居民办事前可以先打电话询问：",
        [
            "鹭笛镇便民服务中心 海塘路12号 周一至周五 9时至17时",
            "云箬乡便民服务中心 竹林路3号 周一至周五 9时至17时",
            "青篱区便民服务中心 盐埠路88号 周一至周六 9时至17时",
        ],
        "便民服务中心的工作人员说，中午也有人值班，老人和残疾人办事可以预约上门。",
    ),
    "no sign, prizes": (
        "小学生合唱比赛落幕 三支合唱队获奖",
        "全市小学生合唱比赛昨晚落幕，十二支合唱队登台，评委当场亮分，结果如下：",
        ["一等奖：云箬小学合唱队《采茶谣》", "二等奖：鹭笛小学合唱队《采盐谣》", "三等奖：青篱小学合唱队《采桑谣》"],
        "获奖的合唱队下个月到市音乐厅演出，门票免费，家长可以在学校领取。",
    ),
    "no sign, results": (
        "联赛第十轮战罢 汀桐队主场取胜",
        "联赛第十轮昨晚战罢，汀桐队主场取胜，追到积分榜第二，本轮的全部比分是：",
        ["汀桐队3比2鹭笛队", "汀桐队1比1云箬队", "望礁队0比2汀桐队", "青篱队2比2望礁队"],
        "下一轮联赛周六开赛，汀桐队客场对望礁队，两队本赛季第一次交手时踢成平局。",
    ),
    "no sign, alike but for one word": (
        "社区设立爱心服务台 捐款捐物献血都可登记",
        "鹭笛社区昨天设立爱心服务台，居民想捐款、捐物、献血，都可以在服务台登记。",
        [
            "愿意捐款的居民，可以到社区服务台登记，领取捐款凭证。",
            "愿意捐物的居民，可以到社区服务台登记，领取捐物凭证。",
            "愿意献血的居民，可以到社区服务台登记，领取献血凭证。",
        ],
        "社区说，捐款的去向每月公布一次，捐物由志愿者登门来取，献血车每月第一个周末开到服务台门口。",
    ),
    "appointments": (
        "望礁区任免一批渡口管理人员",
        "望礁区昨天公布了渡口管理处的人事任免，任免自公布之日起生效：",
        [
            "任命郦秋棠为望礁区渡口管理处主任；",
            "任命褚望帆为望礁区渡口管理处副主任；",
            "免去管如许的望礁区渡口管理处主任职务；",
            "免去毋晴的望礁区渡口管理处副主任职务。",
        ],
        "新任的渡口管理处主任说，眼下最要紧的是汛期里渡口的安全，渡船每天开航前都要检查。",
    ),
    "prices": (
        "三种稻谷收购价上涨 农民多收钱",
        "粮站昨天公布了本周稻谷的收购价，三种稻谷都比上周略涨：",
        ["早稻每斤1.32元，比上周涨2分。", "晚稻每斤1.41元，比上周涨2分。", "糯稻每斤1.87元，比上周涨2分。"],
        "粮站说，稻谷收购到月底为止，农民卖稻谷可以先打电话，粮站派车上门。",
    ),
    "traditional": (
        "霧角學生畫展揭曉 三名學生獲獎",
        "霧角學生畫展昨日揭曉，評審從四百幅作品中選出三幅，獲獎學生下月到灯塔藝廊領獎。",
        [
            "獲獎者包括霧角中學的霍詠棠，作品《潮》。",
            "獲獎者包括霧角中學的管如許，作品《汐》。",
            "獲獎者包括霧角小學的簡方寧，作品《浪》。",
        ],
        "評審表示，獲獎作品都畫海，學生的筆觸卻各有不同，畫展到月底為止，免費入場。",
    ),
    "latin": (
        "Harbour office posts new ferry times for the summer",
        "The harbour office has posted the ferry times for the summer, with one more ferry every morning:",
        [
            "The ferry to Egret Point leaves at 9 a.m. from pier 2.",
            "The ferry to Salt Island leaves at 10 a.m. from pier 2.",
            "The ferry to Basket Hill leaves at 11 a.m. from pier 3.",
        ],
        "Ferry tickets cost two dollars, and the harbour office says that children travel free until September.",
    ),
}
POEMS: dict[str, list[str]] = {
    "five characters": ["潮来渡口低", "潮去石阶高", "撑船人不语", "白鹭立竹篙"],
    "seven characters": ["竹篾青青出云箬", "一刀剖作百丝长", "编成鱼篓盛新月", "半是潮声半稻香"],
    "one line a couplet": ["潮来渡口低，潮去石阶高。", "撑船人不语，白鹭立竹篙。"],
    "free": ["我在海塘上走", "走过六米宽的风", "风里有盐", "盐里有父亲的背影"],
    "free, with a refrain": [
        "渡船啊，你慢些开",
        "岸上的人还没有站稳",
        "渡船啊，你慢些开",
        "水里的月亮还没有圆",
        "渡船啊，你慢些开",
    ],
    "begins alike": ["如果你来，带一把竹篾", "如果你来，带一捧海盐", "如果你来，不必带伞", "我就在渡口等你"],
    "two stanzas": [
        "老渡口的石阶",
        "磨亮了一百年的脚",
        "没有谁记得",
        "第一个上岸的人",
        "老渡口的石阶",
        "还在等下一百年的脚",
    ],
    "song": ["采茶姑娘上山来", "一片茶叶一片云", "采茶姑娘下山去", "一担茶叶一担春"],
    "traditional": ["霧角的燈塔亮了", "照見歸來的船", "照見不歸的人", "燈塔不說話"],
    "with stops": ["塘上风来，吹白了芦花。", "渡口人去，留下半壶茶。", "灯还亮着，等一只迟归的船。"],
}


def kept(folder: Path, own: list[str], *, alone: bool) -> None:
    """Asserts that a story comes out as it is, on a page of its own or before another one."""
    other = [] if alone else [SECOND.title, *SECOND.paragraphs]
    file = folder / "page.txt"
    file.write_text("\n".join([*own, *other]) + "\n", encoding="utf-8")
    found = clean(file, models=load(), workers=1)
    assert {r.action for r in found.placements} == {Action.KEPT, Action.BLANK}
    assert [[a.title, *(p.text for p in a.paragraphs)] for a in found.articles] == [own, other][: 1 if alone else 2]


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_stays_whole(kind: str, alone: bool, tmp_path: Path) -> None:
    headline, before, items, after = LISTS[kind]
    kept(tmp_path, [headline, before, *items, after], alone=alone)


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("kind", POEMS)
def test_a_poem_stays_whole(kind: str, alone: bool, tmp_path: Path) -> None:
    kept(tmp_path, [FIRST.title, *FIRST.paragraphs[:2], *POEMS[kind], *FIRST.paragraphs[2:]], alone=alone)
