"""Metadata out of the text: what each form gives, and what must give nothing. All towns and people are made up."""

from __future__ import annotations

import doctest
import importlib
import re
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unsplice.text.dates import date_in_name, given_date, nearest
from unsplice.write import metadata
from unsplice.write.metadata import FIELDS, Meta, find_metadata
from unsplice.write.metadata.mentions import find_mentions
from unsplice.write.metadata.plain import plain

DAY = "2031-05-07"


def known(*paragraphs: str, beside: tuple[str, ...] = (), heads: tuple[str, ...] = (), name: str = "p.txt") -> Meta:
    """The fields that something is known of, on a page without any metadata of its own."""
    meta = find_metadata(paragraphs, beside, heads, given={}, name=name)
    return {field: found for field, found in meta.items() if found}


def people(**kinds: str) -> dict[str, list[str]]:
    return {kind: names.split() for kind, names in kinds.items()}


# A paragraph or line, and what it gives.
CREDITS = [
    # reporters
    ("本报记者 郦秋棠", people(reporters="郦秋棠")),
    ("本报记者郦秋棠", people(reporters="郦秋棠")),
    ("本报记者　郦秋棠　褚望帆", people(reporters="郦秋棠 褚望帆")),
    ("本报记者 郦秋棠、褚望帆、卞知节", people(reporters="郦秋棠 褚望帆 卞知节")),
    ("本报记者 郦秋棠，褚望帆", people(reporters="郦秋棠 褚望帆")),
    ("本报记者 娄 晴", people(reporters="娄晴")),
    ("本报记者 娄 晴 卞 知 ", people(reporters="娄晴 卞知")),
    ("新华社记者郦秋棠", people(reporters="郦秋棠")),
    ("汀桐晚报记者 郦秋棠", people(reporters="郦秋棠")),
    ("汀桐晚报/青篱新闻记者 郦秋棠", people(reporters="郦秋棠")),
    ("本报驻鹭笛记者 郦秋棠", people(reporters="郦秋棠")),
    ("本报首席记者 郦秋棠 见习记者 褚望帆", people(reporters="郦秋棠 褚望帆")),
    ("本报记者 郦秋棠 实习生 褚望帆", people(reporters="郦秋棠 褚望帆")),
    ("实习记者 郦秋棠", people(reporters="郦秋棠")),
    ("全媒体记者 郦秋棠", people(reporters="郦秋棠")),
    ("□ 本报记者 郦秋棠", people(reporters="郦秋棠")),
    ("■本报记者 郦秋棠", people(reporters="郦秋棠")),
    ("◎记者 郦秋棠", people(reporters="郦秋棠")),
    ("（本报记者 郦秋棠）", people(reporters="郦秋棠")),
    ("（本报记者 郦秋棠整理）", people(reporters="郦秋棠")),
    ("记者郦秋棠报道", people(reporters="郦秋棠")),
    ("本报记者 郦秋棠 鹭笛报道", people(reporters="郦秋棠")),
    ("本报记者 欧阳既白 东方晴", people(reporters="欧阳既白 东方晴")),
    ("本报记者 司马 晴", people(reporters="司马晴")),
    ("本报记者 阿依·古丽", people(reporters="阿依·古丽")),
    ("记者：郦秋棠、褚望帆", people(reporters="郦秋棠 褚望帆")),
    ("记者丨郦秋棠　编辑丨毋晴", people(reporters="郦秋棠", editors="毋晴")),
    ("监制/卞知节 主编/毋晴 记者/郦秋棠", people(reporters="郦秋棠")),
    ("采写/郦秋棠", people(reporters="郦秋棠")),
    ("撰文：郦秋棠", people(reporters="郦秋棠")),
    ("文/郦秋棠", people(reporters="郦秋棠")),
    ("文字：郦秋棠", people(reporters="郦秋棠")),
    ("本报记者李秋棠王望帆", people(reporters="李秋棠 王望帆")),
    ("会议还研究了其他事项。（记者 郦秋棠、褚望帆）", people(reporters="郦秋棠 褚望帆")),
    ("会议还研究了其他事项。(记者郦秋棠)【编辑:毋晴】", people(reporters="郦秋棠", editors="毋晴")),
    ("（作者为馆长，本报记者郦秋棠整理。图片由鹭笛博物馆提供）", people(reporters="郦秋棠")),
    ("记者郦秋棠、褚望帆报道：近日，青篱区召开工作推进会。", people(reporters="郦秋棠 褚望帆")),
    # correspondents
    ("本报记者 郦秋棠 通讯员 褚望帆", people(reporters="郦秋棠", correspondents="褚望帆")),
    ("（记者 郦秋棠 通讯员 褚望帆 卞知节）", people(reporters="郦秋棠", correspondents="褚望帆 卞知节")),
    ("记者郦秋棠通讯员褚望帆", people(reporters="郦秋棠", correspondents="褚望帆")),
    ("本报通讯员 褚望帆", people(correspondents="褚望帆")),
    ("特约通讯员 褚望帆", people(correspondents="褚望帆")),
    ("（通讯员 褚望帆）", people(correspondents="褚望帆")),
    ("文/通讯员 褚望帆", people(correspondents="褚望帆")),
    # photographers
    ("隗若溪 摄", people(photographers="隗若溪")),
    ("隗若溪摄", people(photographers="隗若溪")),
    ("隗 溪摄（影像鹭笛）", people(photographers="隗溪")),
    ("新华社记者 隗若溪摄", people(photographers="隗若溪")),
    ("摄影：隗若溪", people(photographers="隗若溪")),
    ("摄影记者 隗若溪", people(photographers="隗若溪")),
    ("图/隗若溪", people(photographers="隗若溪")),
    ("图为塘箬村的果农在采摘枇杷。隗若溪 摄", people(photographers="隗若溪")),
    ("图为塘箬村的果农在采摘枇杷。本报记者 隗若溪 摄", people(photographers="隗若溪")),
    ("图为塘箬村的果农在采摘枇杷（隗若溪 摄）", people(photographers="隗若溪")),
    ("夜间儿科门诊的候诊区设有绘本角 管如许 摄", people(photographers="管如许")),
    ("图为龙舟赛。隗若溪 管如许 摄", people(photographers="隗若溪 管如许")),
    ("文/郦秋棠 图/隗若溪", people(reporters="郦秋棠", photographers="隗若溪")),
    ("撰文/郦秋棠 摄影/隗若溪", people(reporters="郦秋棠", photographers="隗若溪")),
    ("文：郦秋棠 图：隗若溪", people(reporters="郦秋棠", photographers="隗若溪")),
    ("本报记者 郦秋棠 摄影 隗若溪", people(reporters="郦秋棠", photographers="隗若溪")),
    ("郦秋棠 文/图", people(reporters="郦秋棠", photographers="郦秋棠")),
    ("文/图 本报记者 郦秋棠", people(reporters="郦秋棠", photographers="郦秋棠")),
    ("本报记者 郦秋棠摄影报道", people(reporters="郦秋棠", photographers="郦秋棠")),
    ("郦秋棠 褚望帆摄影报道", people(reporters="郦秋棠 褚望帆", photographers="郦秋棠 褚望帆")),
    ("郦 棠 褚 帆摄影报道", people(reporters="郦棠 褚帆", photographers="郦棠 褚帆")),
    (
        "本报记者 郦秋棠 通讯员 褚望帆 文/图",
        people(reporters="郦秋棠", correspondents="褚望帆", photographers="郦秋棠 褚望帆"),
    ),
    ("图/鹭笛镇政府 文/郦秋棠", people(reporters="郦秋棠")),
    # editors
    ("责任编辑：毋晴", people(editors="毋晴")),
    ("（责任编辑：毋晴、卞知节）", people(editors="毋晴 卞知节")),
    ("（责任编辑 毋晴）", people(editors="毋晴")),
    ("【编辑:毋晴】", people(editors="毋晴")),
    ("责编 毋晴 排版 卞知节", people(editors="毋晴")),
    ("值班编辑 毋晴 校对 卞知节", people(editors="毋晴 卞知节")),
    ("本版编辑 毋晴  美编 卞知节", people(editors="毋晴")),
    ("编辑：毋晴 打印 关闭", people(editors="毋晴")),
    (
        "文字：郦秋棠 摄影：隗若溪 编辑：毋晴 审核：卞知节",
        people(reporters="郦秋棠", photographers="隗若溪", editors="毋晴"),
    ),
    # Traditional
    ("記者 陳秋棠 攝影 盧若溪", people(reporters="陳秋棠", photographers="盧若溪")),
    ("〔記者陳秋棠／台北報導〕近日，", people(reporters="陳秋棠") | {"place": "台北"}),
    ("【圖】新圖書館落成。盧若溪攝", people(photographers="盧若溪")),
    ("責任編輯：張晴", people(editors="張晴")),
    ("圖／盧若溪　文／陳秋棠", people(reporters="陳秋棠", photographers="盧若溪")),
    # English
    ("By Jane Doe", {"reporters": ["Jane Doe"]}),
    ("By José Müller-Roe", {"reporters": ["José Müller-Roe"]}),
    ("By Jane Doe and John Q. Roe, Staff Writers", {"reporters": ["Jane Doe", "John Q. Roe"]}),
    ("Photo: Jane Doe", {"photographers": ["Jane Doe"]}),
    ("The lighthouse at dusk. Photo by Jane Doe", {"photographers": ["Jane Doe"]}),
    ("Editor: Jane Doe", {"editors": ["Jane Doe"]}),
    # authors and sources
    ("作者：郦秋棠", {"author": "郦秋棠"}),
    ("（作者郦秋棠为汀桐大学教授）", {"author": "郦秋棠"}),
    ("来源：汀桐晚报", {"source": "汀桐晚报"}),
    ("（来源：汀桐晚报）", {"source": "汀桐晚报"}),
    ("稿件来源：“青篱发布”微信公众号", {"source": "“青篱发布”微信公众号"}),
    ("来源：汀桐晚报 作者：郦秋棠", {"source": "汀桐晚报", "author": "郦秋棠"}),
    ("来源：汀桐晚报 责任编辑：毋晴", {"source": "汀桐晚报"} | people(editors="毋晴")),
    ("转载自：汀桐晚报", {"source": "汀桐晚报"}),
    ("本文转载自汀桐晚报", {"source": "汀桐晚报"}),
    ("來源：霧角日報", {"source": "霧角日報"}),
    ("Source: The Tingtong Herald", {"source": "The Tingtong Herald"}),
    (
        "2031年5月6日 08:30 来源：汀桐晚报 编辑：毋晴 打印 关闭",
        {"date": "2031-05-06", "source": "汀桐晚报"} | people(editors="毋晴"),
    ),
    # datelines
    ("本报讯 近日，青篱区召开工作推进会。", {"agency": "本报"}),
    ("本报讯（记者 郦秋棠）近日，", {"agency": "本报"} | people(reporters="郦秋棠")),
    (
        "本报讯 记者郦秋棠 通讯员褚望帆报道：近日，",
        {"agency": "本报"} | people(reporters="郦秋棠", correspondents="褚望帆"),
    ),
    ("本报讯 记者郦秋棠5月6日从市水务局获悉，", {"agency": "本报"} | people(reporters="郦秋棠")),
    (
        "汀桐晚报讯（全媒体记者 郦秋棠 通讯员/褚望帆）",
        {"agency": "汀桐晚报"} | people(reporters="郦秋棠", correspondents="褚望帆"),
    ),
    ("青篱网讯（记者 郦秋棠）近日，", {"agency": "青篱网"} | people(reporters="郦秋棠")),
    ("中新网5月6日电 据", {"agency": "中新网"}),
    ("新华社鹭笛5月6日电 题：海塘", {"agency": "新华社", "place": "鹭笛"}),
    ("据新华社电 （记者郦秋棠）", {"agency": "新华社"} | people(reporters="郦秋棠")),
    ("本报鹭笛、盐埠5月6日电", {"agency": "本报", "place": "鹭笛、盐埠"}),
    ("竞渡结束。（本报鹭笛5月6日电）", {"agency": "本报", "place": "鹭笛"}),
    (
        "（本报鹭笛5月6日电 记者郦秋棠、褚望帆）",
        {"agency": "本报", "place": "鹭笛"} | people(reporters="郦秋棠 褚望帆"),
    ),
    ("（中央社記者陳秋棠台北1日電）", {"agency": "中央社", "place": "台北"} | people(reporters="陳秋棠")),
    ("TINGTONG, May 6 (Herald) -- The lighthouse", {"agency": "Herald", "place": "TINGTONG"}),
    # days
    ("2031年5月6日 星期二", {"date": "2031-05-06"}),
    ("二〇三一年五月六日 星期二", {"date": "2031-05-06"}),
    ("民國一二〇年五月六日", {"date": "2031-05-06"}),
    ("民国120年5月6日", {"date": "2031-05-06"}),
    ("发布时间：2031-05-06 08:30", {"date": "2031-05-06"}),
    ("汀桐晚报 2031/5/6", {"date": "2031-05-06"}),
    ("May 6, 2031", {"date": "2031-05-06"}),
    # pages
    ("会议还研究了其他事项。（下转第四版）", {"continued_to": "4"}),
    ("会议还研究了其他事项。【下转A05版】", {"continued_to": "A5"}),
    ("（上接第一版）会后，代表们参观了灯塔。", {"continued_from": "1"}),
    ("上接第1版", {"continued_from": "1"}),
    ("（上接A1版）會後，", {"continued_from": "A1"}),
    # lines below headlines, as sites and e-papers print them
    (
        "来源：青篱都市报 2031年05月06日 版次：KB07 作者：郦秋棠",
        {"date": "2031-05-06", "author": "郦秋棠", "source": "青篱都市报", "print_page": "KB07"},
    ),
    (
        "来源:青篱都市报     2031年05月06日        版次:A07",
        {"date": "2031-05-06", "source": "青篱都市报", "print_page": "A7"},
    ),
    (
        "来源：汀桐晚报 2031-05-06 版面：第03版：要闻 记者：郦秋棠",
        {"date": "2031-05-06", "source": "汀桐晚报", "print_page": "3", "section": "要闻"} | people(reporters="郦秋棠"),
    ),
    ("2031-05-06 12:11来源：汀桐晚报作者：郦秋棠", {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐晚报"}),
    ("2031年05月06日08:30 | 来源：汀桐网", {"date": "2031-05-06", "source": "汀桐网"}),
    ("来源：汀桐网2031年05月06日08:30", {"date": "2031-05-06", "source": "汀桐网"}),
    ("作者：郦秋棠 来源：汀桐晚报 2031-05-06", {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐晚报"}),
    (
        "時間：2031-05-06　來源：霧角日報　記者：陳秋棠",
        {"date": "2031-05-06", "source": "霧角日報"} | people(reporters="陳秋棠"),
    ),
    ("2031-05-06 汀桐晚报 郦秋棠", {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐晚报"}),
    ("2031-05-06 08:30 汀桐晚报", {"date": "2031-05-06", "source": "汀桐晚报"}),
    ("2031/05/06 08:30 郦秋棠 汀桐网", {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐网"}),
    (
        "２０３１年５月６日　霧角日報　陳秋棠　盧若溪",
        {"date": "2031-05-06", "author": "陳秋棠、盧若溪", "source": "霧角日報"},
    ),
    ("汀桐晚报 郦秋棠 2031.05.06", {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐晚报"}),
    ("记者 郦秋棠 2031年5月6日", {"date": "2031-05-06"} | people(reporters="郦秋棠")),
    # citations of papers
    ("《汀桐日报》（2031年05月06日 第 01 版）", {"date": "2031-05-06", "source": "汀桐日报", "print_page": "1"}),
    (
        "《 汀桐日报 》（ 2031年05月06日   第 09 版：要闻）",
        {"date": "2031-05-06", "source": "汀桐日报", "print_page": "9", "section": "要闻"},
    ),
    ("來源：《霧角日報》（2031年5月6日　第B02版）", {"date": "2031-05-06", "source": "霧角日報", "print_page": "B2"}),
    (
        "本报记者 郦秋棠 《汀桐日报》（2031年05月06日 第 01 版）",
        {"date": "2031-05-06", "source": "汀桐日报", "print_page": "1"} | people(reporters="郦秋棠"),
    ),
    (
        "郦秋棠　《汀桐日报》（2031年05月06日 第 A01 版）",
        {"date": "2031-05-06", "author": "郦秋棠", "source": "汀桐日报", "print_page": "A1"},
    ),
    (
        "会议还研究了其他事项。《汀桐日报》（2031年05月06日 第 01 版）",
        {"date": "2031-05-06", "source": "汀桐日报", "print_page": "1"},
    ),
    ("（原载《汀桐日报》2031年5月6日第3版）", {"date": "2031-05-06", "source": "汀桐日报", "print_page": "3"}),
    # papers of Taiwan and Hong Kong
    ("（陳秋棠、盧若溪／台中報導）新圖書館落成。", people(reporters="陳秋棠 盧若溪") | {"place": "台中"}),
    ("〔記者陳秋棠、盧若溪／台中報導〕近日，", people(reporters="陳秋棠 盧若溪") | {"place": "台中"}),
    ("【記者陳秋棠／霧角、塘尾報導】新圖書館落成。", people(reporters="陳秋棠") | {"place": "霧角、塘尾"}),
    ("記者陳秋棠／霧角報導", people(reporters="陳秋棠") | {"place": "霧角"}),
    ("（陳秋棠／綜合報導）", people(reporters="陳秋棠")),
    (
        "（中央社記者陳秋棠、盧若溪台北6日電）",
        people(reporters="陳秋棠 盧若溪") | {"agency": "中央社", "place": "台北"},
    ),
    ("（中央社霧角6日綜合外電報導）新圖書館落成。", {"agency": "中央社", "place": "霧角"}),
    ("（編輯：陳晴）1200506", {"date": "2031-05-06"} | people(editors="陳晴")),
    ("會後參觀了燈塔。（編輯：陳晴/盧若溪）1200506", {"date": "2031-05-06"} | people(editors="陳晴 盧若溪")),
    ("（譯者：陳晴／核稿：盧若溪）1200506", {"date": "2031-05-06"}),
    ("（編輯：陳晴）1201306", people(editors="陳晴")),
    ("【霧角報專訊】新圖書館落成。", {"agency": "霧角報"}),
    ("【本報訊】記者陳秋棠報道：新圖書館落成。", {"agency": "本報"} | people(reporters="陳秋棠")),
    ("採訪、撰文：陳秋棠　攝影：盧若溪", people(reporters="陳秋棠", photographers="盧若溪")),
    ("民國120.05.06", {"date": "2031-05-06"}),
    ("發布日期：120/05/06", {"date": "2031-05-06"}),
    # papers' short names, and several people in a bracket
    ("采写：汀都记者 郦秋棠", people(reporters="郦秋棠")),
    ("文/汀桐记者 郦秋棠 图/青篱记者 隗若溪", people(reporters="郦秋棠", photographers="隗若溪")),
    ("（本报记者郦秋棠、褚望帆 新华社记者 卞知节）", people(reporters="郦秋棠 褚望帆 卞知节")),
    (
        "新华社鹭笛5月6日电（记者郦秋棠、褚望帆、卞知节）近日，",
        {"agency": "新华社", "place": "鹭笛"} | people(reporters="郦秋棠 褚望帆 卞知节"),
    ),
    # more days
    ("发布时间：2031-05-06 08:30 更新时间：2031-05-09 10:00", {"date": "2031-05-06"}),
    ("2031-05-06T08:30", {"date": "2031-05-06"}),
    ("Tuesday, May 6, 2031 8:30 p.m.", {"date": "2031-05-06"}),
    ("By Jane Doe | May 6, 2031", {"date": "2031-05-06", "reporters": ["Jane Doe"]}),
    (
        "(Reporting by Jane Doe in Tingtong; Editing by John Roe)",
        {"reporters": ["Jane Doe"], "editors": ["John Roe"]},
    ),
]

NOTHING = [
    "记者从市水务局获悉，海塘加固工程完工。",
    "记者昨日走进鹭笛镇，看到堤面加宽到六米。",
    "记者在现场看到，展台沿河摆了一里多长。",
    "记者了解到，汀桐市有三个公园。",
    "记者 从市水务局获悉",
    "记者手记",
    "（记者手记）",
    "记者连线",
    "记者来信",
    "记者高兴地看到，水清了。",
    "记者：谢谢您接受采访。",
    "记者：谢谢",
    "记者：明白",
    "记者节",
    "新华社记者",
    "本报记者",
    "（本报记者）",
    "本报记者 市水务局",
    "本报记者 郦秋棠 市水务局",
    "本报记者 鹭笛镇、盐埠街道",
    "有记者问：海塘何时完工？",
    "有记者提问",
    "本报记者采访了褚望帆。",
    "褚望帆对本报记者说，竹篾要泡三天。",
    "“记者郦秋棠在吗？”他问。",
    "通讯员培训班在青篱区开班",
    "市记者协会主席褚望帆出席。",
    "编辑部",
    "本报编辑部",
    "编辑出版",
    "总编辑圈点",
    "编辑褚望帆的书稿用了三年。",
    "基因编辑技术",
    "责任编的规定",
    "学校对口支援",
    "摄影展在汀桐开幕",
    "气温升到三十摄氏度",
    "褚望帆拍摄",
    "摄影师褚望帆 摄",
    "本报记者郦秋棠来到鹭笛镇采访。",
    "他对记者 郦秋棠说",
    "记者 郦秋棠 通讯员",
    "□郦秋棠",
    "图/时事",
    "作者：佚名",
    "（新华社）",
    "（综合新华社电）",
    "本报综合报道",
    "2031年5月6日摄",
    "资料图",
    "图为竹器节现场",
    "图片由鹭笛博物馆提供",
    "鹭笛博物馆供图",
    "受访者供图",
    "数据来源：汀桐市统计局",
    "图片来源：影像鹭笛",
    "灵感来源于生活",
    "收入来源：卖竹器、带徒弟。",
    "来源：",
    "来源：本报讯",
    "据《汀桐晚报》报道，竹器节开幕。",
    "据汀桐电视台消息，",
    "作者为汀桐大学教授",
    "（作者单位：汀桐大学）",
    "（作者系汀桐大学教授）",
    "他在第3版上读到了这条消息。",
    "第三版本",
    "该书第3版",
    "版权所有",
    "上一版 下一版",
    "由线下转到线上",
    "在网上接到订单",
    "比赛转第二阶段",
    "翻到第二页",
    "本报5月6日电力供应正常",
    "通报讯问情况",
    "社交网消息很多",
    "他说，本报讯是旧时的写法。",
    "工程将于2031年5月6日开工",
    "2031年5月6日至2031年5月9日",
    "2031年2月30日",
    "By Monday Night",
    "By Jane Doe2031年5月6日电",
    "By The Associated Herald",
    "By noon the streets were empty.",
    "Photo editing is an art.",
    "Source code",
    "大江东去",
    "12345",
    "编辑计划表",
    "编辑推荐",
    "编辑手记",
    "校对进度表",
    "记者安排表",
    "汀都记者",
    "采写：汀都记者",
    "文/汀都记者",
    "作者：汀都记者",
    "作者：汀桐晚报",
    "有多名记者向他摄影。",
    "据汀桐队随队记者Jane Doe披露，",
    "2031-05-06 社会新闻",
    "2031-05-06 竹器节的账该怎么算",
    "竹器节的账该怎么算 2031-05-06",
    "2031-05-06 青篱旅行社",
    "2031-05-06 郦秋棠",
    "2031年5月6日，鹭笛镇 汀桐晚报 郦秋棠",
    "他在《海塘志》（2031年5月6日）里读到。",
    "《海塘志》（2031年5月6日）",
    "据《汀桐日报》（2031年5月6日）报道，竹器节开幕。",
    "报道见于《汀桐日报》2031年5月6日第3版的头条。",
    "（据《汀桐日报》2031年5月6日）",
    "《汀桐日报》（第 01 版）",
    "（國際中心／綜合報導）",
    "（生活中心／霧角報導）",
    "（高雄／台南報導）",
    "（有關報導）",
    "收入／支出報導",
    "（圖／翻攝自臉書）",
    "（圖／鷺笛鎮公所提供）",
    "（電話）1200506",
    "訂單編號（見附件）1200506",
    "（編輯部）1200506",
    "120/05/06",
    "05/06/2031",
    "活動日期：120/05/06",
    "更新时间：2031-05-09",
    "截稿时间：2031-05-09",
    "该书版次：2031年第1版",
    "第KB07号",
    "版面费2000元",
    "來源：作者提供",
    "采访：感受",
    "Reporting by the numbers",
    "Reporting by Monday Night; Editing by Desk",
    "Tuesday, May 6",
    "",
    " ",
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_what_a_form_gives(text: str, expected: Meta) -> None:
    assert known(text) == expected


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_a_line_beside_the_story_gives_the_same(text: str, expected: Meta) -> None:
    assert known("海塘加固工程完工。", beside=(text,)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_gives_nothing(text: str) -> None:
    assert known(text) == {}


@pytest.mark.parametrize("text", NOTHING)
def test_what_gives_nothing_beside_the_story_either(text: str) -> None:
    assert known("海塘加固工程完工。", beside=(text,)) == {}


FOLIOS = [
    ("第3版", "3", ""),
    ("第3版：要闻", "3", "要闻"),
    ("第03版:要闻", "3", "要闻"),
    ("第三版 民生", "3", "民生"),
    ("第十二版", "12", ""),
    ("A12版", "A12", ""),
    ("A12版：综合", "A12", "综合"),
    ("第A12版", "A12", ""),
    ("B02:国际", "B2", "国际"),
    ("03版：社会", "3", "社会"),
    ("汀桐晚报 2031年5月7日 星期三 第3版 民生", "3", "民生"),
    ("第３版：要聞", "3", "要聞"),
]


@pytest.mark.parametrize(("line", "page", "section"), FOLIOS)
def test_print_pages(line: str, page: str, section: str) -> None:
    meta = known("海塘加固工程完工。", heads=(line,))
    assert (meta.get("print_page"), meta.get("section", "")) == (page, section)


def test_a_page_head_in_the_text_is_text() -> None:
    assert known("第3版：要闻") == {}


DATES = [
    ("2031-05-06", "2031-05-06"),
    ("20310506", "2031-05-06"),
    ("2031/5/6", "2031-05-06"),
    ("2031.5.6", "2031-05-06"),
    ("2031年5月6日", "2031-05-06"),
    ("2031-05-06T08:30:00+08:00", "2031-05-06"),
    ("2031-5-6 8:30:00", "2031-05-06"),
    ("Tue, 06 May 2031 08:30:00 GMT", "2031-05-06"),
    ("中華民國一百二十年五月六日", "2031-05-06"),
    ("民国元年十月十日", "1912-10-10"),
    ("2031-13-01", ""),
    ("去年", ""),
    ("0000-00-00", ""),
    ("0001-01-01", ""),
    ("20310506083000", "2031-05-06"),
    ("2031-05-06 / 2031-05-07", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "iso"), DATES)
def test_given_date(written: str, iso: str) -> None:
    assert str(given_date(written) or "") == iso


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("raw/2031-05-06_p01.txt", date(2031, 5, 6)),
        ("2031-05-07 汀桐晚报 第三版.txt", date(2031, 5, 7)),
        ("20310507.jsonl", date(2031, 5, 7)),
        ("2031年5月7日.txt", date(2031, 5, 7)),
        ("2031-05-07/p01.txt", None),
        ("2031-05-06_2031-05-07.txt", None),
        ("12310507.txt", None),
        ("p01.txt", None),
        ("-", None),
    ],
)
def test_date_in_name(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (1, 1, date(2031, 1, 1)),
        (12, 31, date(2030, 12, 31)),
        (None, 1, date(2031, 1, 1)),
        (None, 31, date(2030, 12, 31)),
        (2, 30, None),
        (13, 1, None),
    ],
)
def test_nearest(month: int | None, day: int, expected: date | None) -> None:
    assert nearest(month, day, date(2031, 1, 2)) == expected


@pytest.mark.parametrize(
    ("given_date", "beside", "name", "expected"),
    [
        ("2031/5/7", "2031年5月6日 星期二", "2031-05-05.txt", "2031-05-07"),
        ("春天", "", "2031-05-05.txt", "2031-05-05"),
        ("", "2031年5月6日 星期二", "2031-05-05.txt", "2031-05-06"),
        ("", "", "2031-05-05.txt", "2031-05-05"),
        ("", "", "p.txt", ""),
    ],
)
def test_which_date_beats_which(given_date: str, beside: str, name: str, expected: str) -> None:
    meta = find_metadata(["海塘完工。"], [beside], [], given={"date": given_date}, name=name)
    assert meta["date"] == expected


@pytest.mark.parametrize(
    ("text", "given_date", "name", "expected"),
    [
        ("新华社鹭笛12月31日电", "2031-01-01", "p.txt", "2030-12-31"),
        ("新华社鹭笛十二月三十一日电", "2031-01-01", "p.txt", "2030-12-31"),
        ("新华社鹭笛5月6日电", "", "2031-05-07.txt", "2031-05-06"),
        ("新华社鹭笛2029年5月6日电", "", "p.txt", "2029-05-06"),
        ("（中央社記者陳秋棠台北30日電）", "2031-05-01", "p.txt", "2031-04-30"),
        ("TINGTONG, May 6 (Herald) -- The", "2031-05-07", "p.txt", "2031-05-06"),
        ("新华社鹭笛5月6日电", "", "p.txt", ""),
        ("新华社鹭笛5月36日电", "2031-05-07", "p.txt", ""),
        ("本报讯", "2031-05-07", "p.txt", ""),
    ],
)
def test_dateline_date(text: str, given_date: str, name: str, expected: str) -> None:
    assert find_metadata([text], [], [], given={"date": given_date}, name=name)["dateline_date"] == expected


def test_what_came_with_the_page_beats_what_the_text_says() -> None:
    given_too = {key: key for key in ("url", "author", "publisher", "section", "language", "title", "description")}
    meta = find_metadata(["作者：郦秋棠"], [], ["第3版：要闻"], given=given_too | {"other": "x"}, name="p.txt")
    assert {key: meta[key] for key in given_too} == given_too
    assert meta["print_page"] == "3"


def test_everybody_is_named_once_and_in_order() -> None:
    meta = known("本报记者 郦秋棠 褚望帆", "近日，海塘完工。（记者 褚望帆 卞知节）")
    assert meta == people(reporters="郦秋棠 褚望帆 卞知节")


def test_every_field_is_there_and_of_its_type() -> None:
    for meta in (
        find_metadata([], [], [], given={}, name=""),
        find_metadata([x for x, _ in CREDITS], [], [], given={}, name=""),
    ):
        assert list(meta) == list(FIELDS)
        for field, empty in FIELDS.items():
            assert isinstance(meta[field], list if isinstance(empty, tuple) else str)


PIECE = st.sampled_from(
    [
        "本报记者 郦秋棠",
        "（记者 张三 通讯员 李四）",
        "文/郦一 图/揭二",
        "责任编辑：王三",
        "匡海生 摄",
        "By Jane Doe",
        "2031年5月6日电",
        "第3版",
    ]
)
TEXT = st.lists(
    PIECE
    | st.sampled_from(
        "记者本报讯通讯员摄影文图编辑来源张三李四郦秋棠、，。：/（）【】 　\n2031年5月6日电第版·上接下转By Jane"
    )
    | st.characters(),
    max_size=20,
).map("".join)


@given(st.lists(TEXT, max_size=4), st.lists(TEXT, max_size=2))
@example(["本报记者 郦秋棠", "（记者 张三 通讯员 李四）"], ["责任编辑：王三", "匡海生 摄"])
def test_any_text(paragraphs: list[str], beside: list[str]) -> None:
    """Names stand in the text as they are given, but for spaces; days are days of the calendar."""
    meta = find_metadata(paragraphs, beside, beside, given={}, name=" ".join(beside))
    text = "\n".join("".join(x.split()) for x in (*paragraphs, *beside))
    for field in ("reporters", "correspondents", "photographers", "editors"):
        for name in meta[field]:
            assert "".join(name.split()) in text
            assert not re.search(r"\s[\u4e00-\u9fff]|[\u4e00-\u9fff]\s", name)
            assert len(name) > 1
    for field in ("date", "dateline_date"):
        assert not meta[field] or date.fromisoformat(str(meta[field]))
    assert pa.array([meta]).to_pylist() == [meta]


@given(st.text())
def test_the_plain_form_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


HOSTILE = [
    "(",
    "记者",
    "张 ",
    "本报",
    "记者 张三、",
    "摄",
    "2031年",
    "（",
    "文/图",
    "(记者",
    "北京、",
    "编辑：",
    "By A ",
    " ",
    "·",
    "中·",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_line_of_a_million_characters_takes_no_time(piece: str) -> None:
    line = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    before = time.process_time()
    find_metadata(
        [line, line[:300], line[:160], line[:60]], [line, line[:200]], [line[:60]], given={"date": line[:60]}, name="p"
    )
    assert time.process_time() - before < 1


def modules() -> list[str]:
    folder = Path(metadata.__file__).parent
    return sorted(f"{metadata.__name__}.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", modules())
def test_the_examples_in_the_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_an_english_line_that_is_no_credit_ends_soon() -> None:
    names = "Christopher Robinson, Alexander Hamilton, Elizabeth Montgomery, Sebastian Fitzgerald, Jonathan Worthington"
    assert find_mentions(f"By {names} in Tingtong").people == {}


@pytest.mark.parametrize(
    "line",
    [
        "活动时间：2031年6月18日",
        "报名截止日期：2031年6月18日",
        "时间：2031年6月18日 地点：青篱区文化馆",
        "出生日期：1931年6月18日",
        "新书发布于2031年6月18日",
        "Due date: June 18, 2031",
    ],
)
def test_the_day_of_an_event_is_not_that_of_publication(line: str) -> None:
    found = find_metadata(["竹器节将于下月举行。", line], [], [], given={}, name="2031-05-06_p02.txt")
    assert found["date"] == "2031-05-06"
    assert find_metadata([line], [], [], given={}, name="p.txt")["date"] == ""


def test_a_page_head_tells_the_day() -> None:
    found = find_metadata(["竹器节开幕。"], [], ["第03版：要闻 2031年5月6日 星期二"], given={}, name="p.txt")
    assert (found["date"], found["print_page"]) == ("2031-05-06", "3")


@pytest.mark.parametrize(
    ("month", "day", "known", "want"),
    [
        (2, 29, date(2031, 3, 1), None),
        (None, 31, date(2031, 3, 1), None),
        (None, 1, date(2031, 4, 30), date(2031, 5, 1)),
        (1, 1, date(2030, 12, 31), date(2031, 1, 1)),
        (12, 31, date(2031, 1, 1), date(2030, 12, 31)),
    ],
)
def test_a_dateline_is_not_long_after_publication(month: int | None, day: int, known: date, want: date | None) -> None:
    assert nearest(month, day, known) == want


# Lists of other stories beside a story, with their days: above, then below it.
TEASERS = ["竹器节的账该怎么算", "2029-03-02 08:58:39", "老城墙要不要修旧如旧", "2029-03-01 14:40:53"]


@pytest.mark.parametrize("own", ["（2031年5月6日）", "2031.05.06 08:30", "２０３１年５月６日", "發布日期：120/05/06"])
def test_a_storys_own_day_comes_before_those_around_it(own: str) -> None:
    found = find_metadata([own, "汀桐社鹭笛5月5日电 海塘完工。"], TEASERS[1:2], TEASERS[3:], given={}, name="p.htm")
    assert (found["date"], found["dateline_date"]) == ("2031-05-06", "2031-05-05")


def test_a_day_that_is_far_from_that_in_the_files_name_leaves_room_for_another() -> None:
    found = find_metadata(["海塘完工。"], ["2029-03-02", "2031-05-06"], [], given={}, name="20310507.htm")
    assert found["date"] == "2031-05-06"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"author": "本报记者 郦秋棠、褚望帆"}, {"author": "郦秋棠、褚望帆"}),
        ({"author": "作者：郦秋棠"}, {"author": "郦秋棠"}),
        ({"author": "Jane Doe"}, {"author": "Jane Doe"}),
        ({"author": "汀桐晚报"}, {}),
        ({"author": "霧角新聞"}, {}),
        ({"author": "汀都记者"}, {}),
        ({"author": "编辑部"}, {}),
        ({"author": "104363"}, {}),
        ({"author": "admin"}, {}),
        ({"author": "https://www.example/u/1"}, {}),
        ({"author": "鹭笛", "publisher": "鹭笛"}, {"publisher": "鹭笛"}),
        ({"publisher": "来源：汀桐网"}, {"publisher": "汀桐网"}),
        ({"print_page": "A01"}, {"print_page": "A1"}),
        ({"print_page": "第03版"}, {"print_page": "3"}),
        ({"print_page": "none"}, {}),
    ],
)
def test_what_came_with_a_page_is_of_its_kind(given: dict[str, str], expected: Meta) -> None:
    found = find_metadata(["海塘完工。"], [], [], given=given, name="p.htm")
    assert {key: value for key, value in found.items() if value} == expected
