"""What tidying changes, what it must not change, and what holds for any text."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unsplice.config import TidyConfig
from unsplice.errors import ConfigError
from unsplice.tidy import marks, spaces
from unsplice.tidy.entities import space
from unsplice.tidy.rules import STEPS, changes, doubts, tidy

CHANGED = [
    # punctuation: after, before and between Han characters
    ("村里修了路,通了车。", "村里修了路，通了车。"),
    ("老周说:“苗壮了!”", "老周说：“苗壮了！”"),
    ("桥修好了吗?修好了;路呢?也通了!", "桥修好了吗？修好了；路呢？也通了！"),
    ("真的?!", "真的？！"),
    ("茶园(二期)开园。", "茶园（二期）开园。"),
    ("茶园(二期）开园。", "茶园（二期）开园。"),
    ("他(时任村长(兼会计))来了。", "他（时任村长（兼会计））来了。"),
    ("人工智能(AI)课开讲", "人工智能（AI）课开讲"),
    ("物价指数(CPI)上涨3.5%,为近年最高。", "物价指数（CPI）上涨3.5%，为近年最高。"),
    ("AI(人工智能)课开讲", "AI（人工智能）课开讲"),
    ("(1)种树;(2)修渠。", "（1）种树；（2）修渠。"),
    ("(未完待续", "（未完待续"),
    ("见附表)。", "见附表）。"),
    ("产量增长5.5%,6月再创新高。", "产量增长5.5%，6月再创新高。"),
    ("产量达到12,345吨,比上年多1,000吨。", "产量达到12,345吨，比上年多1,000吨。"),
    ("主队3:2获胜,比赛19:30结束。", "主队3:2获胜，比赛19:30结束。"),
    ("A:你去哪儿?", "A：你去哪儿？"),
    ("他有“5G”,“6G”两部手机。", "他有“5G”，“6G”两部手机。"),
    ("孩子喊:“OK!”大家笑了。", "孩子喊：“OK！”大家笑了。"),
    ("用Wi-Fi,也用蓝牙。", "用Wi-Fi，也用蓝牙。"),
    ("网址:https://a.example/b?c=1,2,请收藏。", "网址：https://a.example/b?c=1,2，请收藏。"),
    ("详情(https://a.example/b)另附。", "详情（https://a.example/b）另附。"),
    ("雨停了.", "雨停了。"),
    ("他说“雨停了.”", "他说“雨停了。”"),
    ("他说“雨停了”.", "他说“雨停了”。"),
    ("雨停了. 大家下地去.", "雨停了。大家下地去。"),
    ("桥修好了, 路也通了。", "桥修好了，路也通了。"),
    ("(20)1月16日，桥修好了。", "（20）1月16日，桥修好了。"),
    ("竹器(图①,资料图片)展出。", "竹器（图①，资料图片）展出。"),
    ("北纬30°,东经120°。", "北纬30°，东经120°。"),
    # spaces
    ("今 天村里 来了客 人。", "今天村里来了客人。"),
    ("既要“面子”, 更要“里子”。", "既要“面子”，更要“里子”。"),
    ("今\u00a0天村里\t来了客人。", "今天村里来了客人。"),
    ("“苗壮了。” 老周说 。", "“苗壮了。”老周说。"),
    ("读了《 山与海 》 之后，她写了信。", "读了《山与海》之后，她写了信。"),
    ("苗壮了。\u3000\u3000第二年，果子红了。", "苗壮了。第二年，果子红了。"),
    ("记者 （见习）在， 2020年写下这些。", "记者（见习）在，2020年写下这些。"),
    ("昨 天的“茶香 万里行”活动，来 了很多人。", "昨天的“茶香万里行”活动，来了很多人。"),
    ("通 知", "通知"),
    # quotes
    ('老周说:"苗壮了!"', "老周说：“苗壮了！”"),
    ('用"百灵"手机的人说"好",也有人说"不好"。', "用“百灵”手机的人说“好”，也有人说“不好”。"),
    ("\"他说'再等等'就走了。\"", "“他说‘再等等’就走了。”"),
    ("他说\"'5+2'不算多\"。", "他说“‘5+2’不算多”。"),
    ('2020"春茶节"开幕，用上D12"小鹿"车', "2020“春茶节”开幕，用上D12“小鹿”车"),
    # width, unseen characters, ends
    ("产量１２３４吨，Ａ级占５成。", "产量1234吨，A级占5成。"),
    ("ＯＫ", "OK"),
    ("\ufeff村里\u200b修了\u00ad路\u007f。", "村里修了路。"),
    ("村\u200d里修了路。\u200c", "村里修了路。"),
    ("村\ufff9里\u202a修了路。", "村里修了路。"),
    ("A\u200b\u200d村👩\u200d\u200b👧", "A村👩👧"),
    ("\u3000\u3000村里修了路。 \t", "村里修了路。"),
    ("  plain English  ", "plain English"),
    # numbers in one piece with their marks
    ("同比增长６．５％，总额３，０００万元", "同比增长6.5%，总额3,000万元"),
    ("共１２，３４５．６７元，约１２３，４５６人", "共12,345.67元，约123,456人"),
    ("８：３０－１２：００开放，比分３：２、２１：１９", "8:30-12:00开放，比分3:2、21:19"),
    ("９：３０开会，約３∶２，比例１：１００", "9:30开会，約3:2，比例1:100"),
    ("電話０１０－１２３４５６７８，面積３／４", "電話010-12345678，面積3/4"),
    ("气温－５℃到１２℃，降幅１．５%", "气温-5℃到12℃，降幅1.5%"),
    ("网址ｈｔｔｐ：／／ｗｗｗ．ｄｕｋｏｕ．ｅｘａｍｐｌｅ／ａ", "网址http://www.dukou.example/a"),
    ("ＣＯＶＩＤ－１９防控", "COVID-19防控"),
    ("Rates rose ６．５％ in ２０３１", "Rates rose 6.5% in 2031"),
    ("得分３，５，７，图１：２０个渡口", "得分3，5，7，图1：20个渡口"),  # several numbers
    ("１．２０３１年渡口复航", "1．2031年渡口复航"),  # an item and a year
    # a half-width mark behind a space
    ("云箬村:位于青篱区 ,是竹编之乡。", "云箬村：位于青篱区，是竹编之乡。"),
    ("他说 :好 ;走了 !", "他说：好；走了！"),
    ("渡口复航了 , 你去不去 ? 去 .", "渡口复航了，你去不去？去。"),
    ("主席，渡輪是否復航 !」", "主席，渡輪是否復航！」"),
    ("關於渡輪 ,班次不變；附件一 :票價表", "關於渡輪，班次不變；附件一：票價表"),
    ("时间 : 5月6日 地点 : 文化馆", "时间：5月6日 地点：文化馆"),
    ("《山与海》 ,出版了；GDP ,增长了；增长5% ,其中", "《山与海》，出版了；GDP，增长了；增长5%，其中"),
    # small, half-width and vertical forms
    ("渡輪﹐班次﹔票價﹕兩元﹗好嗎﹖﹙附表﹚", "渡輪，班次；票價：兩元！好嗎？（附表）"),
    ("｢復航｣､竹器節｡", "「復航」、竹器節。"),
    ("﹁復航﹂，︽渡口︾", "「復航」，《渡口》"),
    # names of spaces
    ("&nbsp;&nbsp;近日，渡口&nbsp;复航。", "近日，渡口复航。"),
    ("&amp;nbsp；渡口&NBSP;复航&#160;了&#x3000;。", "渡口复航了。"),
    ("The ferry&nbsp;is back", "The ferry is back"),
    ("&nbsp;", ""),
    # a headline that is set wide
    ("通 知 公 告", "通知公告"),
    ("停　課　通　告", "停課通告"),
    ("关 于 举 办  竹 器 节  的 通 知", "关于举办 竹器节 的通知"),
    ("第 二 届 “ 竹 器 节 ” 开 幕", "第二届“竹器节”开幕"),
    ("程 焕　　曾 坤", "程焕 曾坤"),
    # quotation marks that face the wrong way
    ("你好“世界“", "你好“世界”"),
    ("他说“渡口今日复航，票价不变“，大家笑了。", "他说“渡口今日复航，票价不变”，大家笑了。"),
    ("她在门口“欢迎“他上船。", "她在门口“欢迎”他上船。"),
    ("这是”百船竞渡”的渡口。", "这是“百船竞渡”的渡口。"),
    ("评论：”新渡口，新气象”", "评论：“新渡口，新气象”"),
    ("他說「今日復航「，大家笑了。", "他說「今日復航」，大家笑了。"),
    ('“纯竹"的桨。', "“纯竹”的桨。"),
    # ellipsis, dash, marks that stand twice
    ("等等......还没完", "等等……还没完"),
    ("他想了想...走了", "他想了想……走了"),
    ("他说。。。", "他说……"),
    ("“这个…”他停住了。", "“这个……”他停住了。"),
    ("竹器节--一场盛会", "竹器节——一场盛会"),
    ("竹器节－－一场盛会", "竹器节——一场盛会"),
    ("竹器节──一场盛会", "竹器节——一场盛会"),
    ("路修好了，，桥通了。。", "路修好了，桥通了。"),
    ("太好了！！！！！", "太好了！！！"),
    # a space behind a mark that has become wide goes with it, also in Traditional text
    ("渡輪復航, 班次不變。", "渡輪復航，班次不變。"),
    ("本报讯 通讯员 褚望帆 竹器节开 幕，游 客来 了。", "本报讯 通讯员 褚望帆 竹器节开幕，游客来了。"),
    # lists with a colon, addresses, quotes within quotes
    ("他是“一把手”.", "他是“一把手”。"),
    ("网址:www.a.example/新闻.html,请收藏。", "网址：www.a.example/新闻.html，请收藏。"),
    ("主演：张三 李四，竹器节开 幕，游客来 了。", "主演：张三 李四，竹器节开幕，游客来了。"),
    # each line alone, breaks as they were
    ("\u3000第一行,好。\r\n\n  第二行,好。\n", "第一行，好。\r\n\n第二行，好。\n"),
]

UNCHANGED = [
    "第一章......1",
    "https://a.example/item/竹器?from=1",
    "主演：张三 李四 王五。",
    "时间：5月6日 地点：青篱区文化馆，凭票入场。",
    "文/张三 图/李四，",
    "一、选择题 二、填空题。",
    "乔治. 布什访华",
    '他说："我读过"山与海"吗？"',
    "作家瓦茨拉夫. 科瓦奇来访。",
    "目录............................12",
    "路修好了！！！桥通了？！",
    "------",
    "A--B线",
    "2031—2035年，北京—上海，8:30-12:00",
    "他说……她说——",
    "……",
    "何： 不同意。",
    "法例第16條(2)所指，會議並無違規。",
    "有議員指出， 渡輪班次不足。",
    "渡輪…不會⋯復航",
    "\ue000村里修了路。",
    "塚本喜一與凉子",
    "樂・羅",
    "\uf92c\ufa0e與\u9089\ufe0f",
    "本报讯 昨日村里修了路。",
    "",
    "村里修了路，通了车；“苗壮了！”老周说：“是吗？”（完）",
    "2020年3月1日8:30—12:00，比分为3:2、21:19，比例1:1.5。",
    "共12,345.67元，圆周率3.14，版本2.0.1，编号3-1(b)",
    "坐标3,5与7,9",
    "电话010-1234，网址https://a.example/x?y=1&z=2;w，邮箱li.hua@a.example",
    "下载https://a.example/中文",
    "文件报告.docx、报告(终稿).docx、图1.png",
    r"打开C:\资料\表(一).txt",
    "Yahoo!公司与J. K. 罗琳、Dr. 王",
    "乔治.布什与爱因斯坦.阿",
    "一. 总则",
    "1)种树 2)修渠",
    "她用英文写道“Is it really true?”然后走了。",
    "他說：「Fine!」然後走了。",
    "她写道“We came, we saw, we left.”然后走了。",
    "函数f(x)=2x，数组a[0](好)",
    'read_page(名称)、print("你好")、std::中文、`甲,乙`',
    "{甲:1,乙:2}",
    '<a title="甲,乙">链接</a>',
    'name="值"',
    "甲!=乙，甲:=乙",
    "见[说明](https://a.example)",
    "村里&amp;",
    "用<b>&nbsp;</b>隔开、`&nbsp;`",
    "见&nbspx;与&nbs;",
    "20：22先丢一局，占61％，5～6月，5—6月",
    "說︰渡輪復航，乔治﹒布什",
    "将 .webp 格式、你好 :D、甲 := 乙，比分 3 : 2，第1 ,2条",
    "The ferry , 52 , said : yes !",
    "程 焕 曾 坤",
    "靳 博 马 坤",
    "张 三 李 小 四",
    "標 題",
    "鼓励“光伏治沙等“新能源”模式”。",
    "“好在渡船方便，“还真是方便”呢。",
    "“路通了。“老周说",
    "路通了”他说“明天再来。",
    "”他说完就走了”",
    "说“有“渡口案",
    "15”和17”屏幕。",
    "真好 :)",
    '15"和17"屏幕',
    '他说"好，走了。',
    "他说' 好 '。",
    "Xi'an和Ya'an",
    "听rock 'n' roll长大的一代人都老了",
    "他說「今日\u3000好」，她說『好』。",
    '他說「"好"」。',
    "The mayor (Li Hua, 52) said: “Yes; it’s 3:2!” Then  he left...",
    "I love 北京, and 上海.",
    "Li Hua (李华) said: “Good.”",
    "新华社北京3月1日电 国家有关部门1日说，路通了。",
    "本报某地3月1日电 （记者张三）路通了。",
    "第三条 任何人都应当爱护树木，不得砍伐。",
    "第三条\u3000任何人都应当爱护树木，不得砍伐。",
    "本报记者 张三 李小四",
    "张\u3000三\u3000李小四\u3000王小五",
    "茶园开园了。（记者 张三 李小四）",
    "茶园开园了。本报记者 张三摄",
    "村村有戏台 月月有好戏",
    "以“茶香万里 情满人间”为主题，茶会开幕了。",
    "主题是“绿水青山\u3000金山银山”，会开了3天。",
    "甲 A 3 B",
    "使用 iPad 的有 12 人，共 3 台。",
    "省略号……破折号——间隔号·全角％和＋－",
    "👨\u200d👩\u200d👧",
    "می\u200cخواهم",
]

HEADLINES = [
    ("今年首期茶艺班开班 85人参加", "今年首期茶艺班开班 85人参加"),
    ("村村有戏台 月月有好戏", "村村有戏台 月月有好戏"),
    ("村村有戏台  \u3000月月有好戏", "村村有戏台 月月有好戏"),
    ("抓生产\u3000保供应", "抓生产 保供应"),
    ("茶园“开门” “游客”进山", "茶园“开门” “游客”进山"),
    ("《山与海》 出版", "《山与海》 出版"),
    ("县长： 路要修好 ，桥要架稳", "县长：路要修好，桥要架稳"),
    ("路通了吗? 通了", "路通了吗？通了"),
    ("（ 今日谈 ）", "（今日谈）"),
    (" 记者\u3000张三 ", "记者 张三"),
    ("驰  援", "驰援"),
    ("通 知　公 告", "通知 公告"),
    ("本报记者 朱 磊 王 丹", "本报记者 朱 磊 王 丹"),
    ("何 娟", "何娟"),
    ("標 題", "標 題"),
    ("The  Long Road", "The  Long Road"),
]

ALPHABET = st.one_of(
    st.sampled_from("村里修路一十记者第条电本报新华社"),
    st.sampled_from(",:;?!().\"'，：；？！（）。、“”‘’「」《》【】…—%％·"),
    st.sampled_from(" \t\u00a0\u2002\u3000\n\r\u2028\u200b\u200d\ufeff\u00ad\x07\x1c\x85"),
    st.sampled_from("019aZ０９ａＺ_-/\\=<>{}[]`@&#~"),
    st.sampled_from("．，：－／％∶﹒﹐﹔﹕､｡｢｣﹁﹂"),
    st.sampled_from("éж한あア👩\ufe0f\U00020000"),
    st.characters(codec="utf-8"),
)
# What several characters make up, among the single ones.
PIECES = st.sampled_from(
    ["&nbsp;", "&amp;nbsp", "王 李 ", "\n通 知 公 告", "“村“", "”里”", "３，０００", "９：３０", "里 ,"]
)
TEXTS = st.text(ALPHABET, max_size=60) | st.lists(ALPHABET | PIECES, max_size=20).map("".join)


def contents(text: str) -> str:
    """Every letter, digit and Han character, full-width Latin ones as ASCII; names of spaces are none of them."""
    text = space.sub("", text)
    narrow = {0xFEE0 + n: n for n in range(ord("0"), ord("z") + 1) if chr(n).isalnum()}
    return "".join(c for c in text.translate(narrow) if c.isalnum())


@pytest.mark.parametrize(("text", "want"), CHANGED)
def test_changes(text: str, want: str) -> None:
    assert tidy(text) == want
    assert changes(text)
    assert tidy(want) == want


@pytest.mark.parametrize("text", UNCHANGED)
def test_does_not_change(text: str) -> None:
    assert tidy(text) == text
    assert changes(text) == []


@pytest.mark.parametrize(("text", "want"), HEADLINES)
def test_spaces_of_headlines_are_meant(text: str, want: str) -> None:
    assert tidy(text, headline=True) == want


@given(TEXTS, st.booleans())
@example(",(,(村", False)
@example('村" "里 "路"', False)
@example("村 ，,A", True)
def test_tidying_twice_is_tidying_once(text: str, headline: bool) -> None:
    once = tidy(text, headline=headline)
    assert tidy(once, headline=headline) == once
    assert changes(once, headline=headline) == []


@given(TEXTS, st.booleans())
def test_no_letter_digit_or_han_character_is_lost(text: str, headline: bool) -> None:
    assert contents(tidy(text, headline=headline)) == contents(text)


@given(TEXTS)
def test_line_breaks_stay(text: str) -> None:
    breaks = re.compile("\r\n|[\n\r\u2028\u2029]")
    parts = breaks.split(text)
    assert "".join(breaks.findall(tidy(text))) == "".join(breaks.findall(text))
    assert breaks.split(tidy("\n".join(parts))) == [tidy(part) for part in parts]


@given(TEXTS, st.booleans())
def test_changes_tells_whether_something_changed(text: str, headline: bool) -> None:
    assert bool(changes(text, headline=headline)) == (tidy(text, headline=headline) != text)


@given(st.text(st.sampled_from("abcXYZ 0123.,:;?!()'\"“”’-\n"), max_size=60))
def test_english_only_loses_its_ends(text: str) -> None:
    assert tidy(text) == "\n".join(line.strip() for line in text.split("\n"))


def test_every_rule_has_its_switch() -> None:
    text = ' \u200b１村 里&nbsp;,说"好"...走了。。，，'
    rules = [name for name, _ in changes(text)]
    assert rules == [
        "entities",
        "invisible",
        "width",
        "quotes",
        "punctuation",
        "ellipsis",
        "repeated",
        "spaces",
        "ends",
    ]
    assert {field.name for field in fields(TidyConfig)} == {"enabled", "latin", *rules}
    assert tidy(text, TidyConfig(enabled=False)) == text
    for rule in rules:
        assert rule not in [name for name, _ in changes(text, replace(TidyConfig(), **{rule: False}))]


@pytest.mark.parametrize(
    ("text", "added", "dropped"),
    [
        ("用Wi-Fi上网", "用 Wi-Fi 上网", "用Wi-Fi上网"),
        ("共 12 人，占 5% 以上", "共 12 人，占 5% 以上", "共12人，占5%以上"),
        ("第3条、第A座", "第 3 条、第 A 座", "第3条、第A座"),
        ("Only 一个 word here", "Only 一个 word here", "Only 一个 word here"),
    ],
)
def test_spaces_beside_latin_are_left_as_found(text: str, added: str, dropped: str) -> None:
    assert tidy(text) == text
    for wanted, expected in (("add", added), ("drop", dropped)):
        config = replace(TidyConfig(), latin=wanted)
        assert tidy(text, config) == expected
        assert tidy(expected, config) == expected
    with pytest.raises(ConfigError, match="latin: must be one of keep, add, drop, not 'both'"):
        TidyConfig(latin="both")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“好。", [("unpaired-quotes", 1)]),
        ('他说"好，走了。', [("unpaired-quotes", 1)]),
        ("《山与海", [("unpaired-quotes", 1)]),
        ("「好", [("unpaired-quotes", 1)]),
        ("村\ue000里\U000f0001", [("private-use", 2)]),
        ("“好。”他说。", []),
        ('It’s 5" long.', []),
        ('name="值"', []),
        ("Xi’an的‘好’", []),
    ],
)
def test_doubts_are_told_and_left(text: str, found: list[tuple[str, int]]) -> None:
    assert doubts(text) == found
    assert tidy(text) == text


@given(TEXTS, st.booleans())
def test_no_rule_changes_a_line_that_does_not_call_for_it(text: str, headline: bool) -> None:
    for line in text.splitlines():
        for calls_for, rules in STEPS:
            if not calls_for(line):
                assert all(rule(line, headline) == line for rule in rules.values())


@given(TEXTS)
@example("村里,修路!好。")
@example("村 里修 路。")
def test_shortcuts_lead_where_the_long_way_leads(text: str) -> None:
    with patch.object(marks, "_unsure", bool), patch.object(spaces, "_not_between", bool):
        thorough = tidy(text)
    assert tidy(text) == thorough


@given(TEXTS, st.sampled_from(["add", "drop"]))
def test_spaces_beside_latin_twice_are_once(text: str, wanted: str) -> None:
    config = replace(TidyConfig(), latin=wanted)
    once = tidy(text, config)
    assert tidy(once, config) == once
    assert once == "\n".join(tidy(line, config) for line in text.split("\n"))


@given(TEXTS)
def test_blocks_are_tidied_like_lines(text: str) -> None:
    assert tidy(text) == "\n".join(tidy(line) for line in text.split("\n"))


def test_changes_counts_characters() -> None:
    assert changes("１２村 里 人,好!") == [("width", 2), ("punctuation", 2), ("spaces", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "！！\n村" * 29999,
        "(" * 9999,
        ")" * 9999,
        "(" * 9999 + ")" * 9999,
        " " * 99999,
        ",.(" * 9999,
        'a"' * 9999,
        "a" * 99999,
        "&amp;" * 29999,
        "１，" * 29999,
        "１２３，" * 29999,
        "“村" * 29999,
        "村 " * 29999,
        "村 ,里" * 29999,
    ],
)
def test_takes_any_line_in_its_stride(text: str) -> None:
    assert tidy("村" + text + "里。").startswith("村")
