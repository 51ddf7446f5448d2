"""Phrases typical of the beginning, the middle and the joints of news text; in Simplified characters, NFKC."""

from __future__ import annotations

import re

from .forms import simplified

LEAD = re.compile(
    r"^.{0,3}(近日|日前|今天|昨天|今日|昨日|本报|新华社|中新|央视|连日来|当地时间|\d+日|\d+月|\d{4}年|记者|(?=[^。]{2,16}(今天|昨天|今日|昨日|近日|日前|\d+日))|[^。，]{0,20}(讯|电)[ (（])"
)
DATELINE = re.compile(r"(本报|新华社|中新社|中新网|央视网|报|社)[^。，]{0,14}(电|讯|消息)|^\(?(记者|本报记者|通讯员)")
CONTINUES = re.compile(
    r"^(据了解|据悉|据介绍|下一步|同时|此外|另外|其中|目前|接下来|对此|不仅|而|他|她|它|这|该|为此|会上|会议|活动|随后|当天|现场|与此|在此|因此|但|然而|如今|未来|“)"
)
BYLINE = re.compile(r"记者|通讯员|文/|图/|文:|图:|作者|撰文|^by |实习生", re.IGNORECASE)
CAPTION = re.compile(r"摄$|摄\)?。?$|摄影|图为|^图|[上下左右]图|图片|供图|资料图|制图|^▲|photo", re.IGNORECASE)
JUNK = re.compile(
    r"编辑|责编|校对|打印|关闭|分享|微信|微博|上一[篇版期页]|下一[篇版期页]|版权|转载|授权|点击|扫[一码描]|二维码|放大|缩小|字[体号]|返回|首页|收藏|评论|点赞|复制|"
    r"第.{1,4}[版页]|[版页][:：]|版 |^[a-d]?\d+版|来源|阅读|浏览|客户端|下载|导航|copyright|print|share|page|(?<!\d)\d+/\d+$",
    re.IGNORECASE,
)
SPEECH = re.compile(r"说|表示|介绍|指出|告诉|认为|强调")
LISTED = re.compile(
    r"^(第.{1,3}[章节条项届]|[一二三四五六七八九十]+[、.]|\(?[\d一二三四五六七八九十]+[.、)]|[■◆●▲□○·—])"
)
TAIL = re.compile(r"^(.*[。！？!?][”’」』]?)(\s*)([^。！？!?；;…：:]{2,40})$", re.DOTALL)
FOLIO = r"\s*第?\s*(?P<{}>[a-z]?\s*[\d一二三四五六七八九十]{{1,3}})\s*[版页叠]\s*"
GOES_TO = re.compile(rf"[(（【\[]?\s*(?:下转|下接|转|接|续见){FOLIO.format('page')}[)）】\]]?[。.]?$", re.IGNORECASE)
COMES_FROM = re.compile(
    rf"^[(（【\[]\s*(?:上接|上转|接|续|承){FOLIO.format('page')}[)）】\]]|^上[接转]{FOLIO.format('bare')}",
    re.IGNORECASE,
)


def is_junk(text: str) -> bool:
    """Does a line have words of boilerplate, in Simplified or Traditional characters?"""
    return bool(JUNK.search(simplified(text)))
