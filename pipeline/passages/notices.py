"""Lines that are boilerplate by rule, wherever they are: the whole line is in the words of buttons and notices."""

from __future__ import annotations

import re

from ..reasons import Flag
from ..text.forms import normalized, simplified

LONGEST = 80  # most characters of a notice: texts that quote one are longer

# A line of only these words, at least one strong, is a row of buttons or links.
_STRONG = (
    "分享(?:到|至)?|转发(?:到|至)?|打印|列印|关闭(?:窗口|本页)?|收藏(?:本文|本站)?|评论|点赞|复制链接|纠错|举报|返回(?:顶部|首页|列表|上一页)?"
    "|上一?(?:篇|版|期|页|则|条)|下一?(?:篇|版|期|页|则|条)|字[号体级](?:大小)?|放大|缩小|加入收藏|设为首页|(?:关注|订阅)(?:我们|公众号|微信公众号)?"
    "|微信公众号|客户端下载|下载(?:客户端|app)|我要(?:评论|纠错|分享)|更多(?:精彩|内容|新闻|>+)?|展开全文|阅读全文|查看(?:原文|更多|全文)|阅读原文"
    "|print|share|close|top|next|previous|prev|more|subscribe|read more"
)
_WEAK = "微信|微博|新浪微博|朋友圈|好友|qq(?:空间|好友)?|weibo|wechat|facebook|twitter|x|大|中|小|t|a[+-]?|首页|顶部|本文|手机版|正文|本页"
_BETWEEN = r"[\s:：|/·、,，()（）\[\]【】<>《》«»‹›+＋\-—_*•●▲▼↑↓←→]*+"
# Possessive throughout: no backtracking, as there are too many ways to fail.
_BUTTONS = re.compile(rf"{_BETWEEN}(?:(?>{_STRONG}|{_WEAK}){_BETWEEN})++", re.IGNORECASE)
_BUTTON = re.compile(_STRONG, re.IGNORECASE)

_NAME = "[\u4e00-\u9fff·]{1,4}(?: [\u4e00-\u9fff])?"
_NAMES = rf"{_NAME}(?:[\s、,，/]+{_NAME}){{0,5}}"
# The editors in charge; "编辑" alone may also be a story's credit, and is left to the trees.
_EDITOR = "(?:责任|值班|网络|本版|本期|执行)(?:编辑|美编)|编审|校对|审核|校审|监审|终审|[一二三]审|责编"
RULES = {
    Flag.EDITORS: re.compile(
        rf"(?!.*[罪判诉])[(\[【]?(?:来源\s*:\s*\S{{2,12}}[\s;|]+)?(?:(?:{_EDITOR})\s*[:/]\s*{_NAMES}[\s;|]*)+(?:来源\s*:\s*\S{{2,12}})?[)\]】]?"
    ),
    Flag.PAGE_NUMBER: re.compile(
        r"-?\s*(?:第?\s*[a-d]?\d{1,3}\s*版|第[一二三四五六七八九十]{1,3}版|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页)\s*-?"
        r"|[a-d]?\d{1,2}版\s*[:|]\s*\S{2,6}|第\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*版\s*[:|]\s*\S{2,6}|\d{1,3}\s*/\s*\d{1,3}|-\s*\d{1,3}\s*-",
        re.IGNORECASE,
    ),
    Flag.COUNT: re.compile(
        r"(?:阅读|点击|浏览|评论|访问)(?:(?:数|量|次数)?\s*[:(]|数|量|次数)\s*\d[\d,.]*\s*(?:万|次|人)*\)?"
        r"|(?:阅读|点击|浏览|评论|访问)\s*\d[\d,.]*\s*万?[次人]"
    ),
    # A line that only begins like a notice may be about one: 版权声明：作家维权的第一步, 未经授权转载 三家公司被罚.
    Flag.COPYRIGHT: re.compile(
        r"版权声明\s*(?:[:,]?\s*(?:本|凡|未|以上|所有|任何|转载|除|文章|该).*)?|[^,。]{0,20}版权所有(?![人者])[^。]{0,40}。?"
        r"|(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|all rights reserved).*"
        r"|未经[^。]{0,24}(?:不得|禁止|请勿|严禁|谢绝).{0,6}(?:转载|摘编|镜像)[^。]{0,30}。?"
        r"|(?:.{0,10}[京沪粤津渝浙苏鲁川])?icp[备证]\D{0,4}\d.{0,24}",
        re.IGNORECASE,
    ),
    Flag.QR_CODE: re.compile(
        r"(?:请|欢迎)?(?:微信|长按|用手机)?(?:扫一?扫|扫码|扫描|识别)[^,。]{0,10}(?:二维码|公众号|当前页|本页)[^,。]{0,16}"
        r"|(?:请|欢迎)(?:微信|用手机)?(?:扫一?扫|扫码)[^,。]{0,6}(?:关注|打开|下载|阅读|查看|观看)[^,。]{0,8}"
        r"|扫码(?:关注|打开|下载|阅读|查看|观看)(?:我们|微信|客户端|app|全文|视频|详情|更多|原文)?"
    ),
}


# A line of where and when a text appeared, and whose it is: labels with their values, and dates.
_DATE = r"(?:\d{4}|民国\d{2,3})\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}日?(?:\s+\d{1,2}[:时]\d{2}(?::\d{2}|分)?)?"
_NAME_OF_SOURCE = r"[^\s:,。！？!?;|]{1,16}"
_DATED = "发布时间|发布日期|发表时间|更新时间|发布|published|updated|posted"
_SOURCE = "来源|稿源|稿件来源|信息来源|文章来源|source"
_OTHER = "版次|日期|时间|作者|记者|通讯员|撰文|编辑|责任编辑|责编|author|by|editor"
_NAMED = rf"{_NAME_OF_SOURCE}(?:[ 、/][\u4e00-\u9fff·]{{2,4}}(?!\s*:)|(?: [a-z][\w.'-]*){{1,3}}(?!\s*:))*"
_PIECE = rf"(?:(?:{_DATED})\s*:\s*{_DATE}|(?:{_SOURCE}|{_OTHER})\s*:\s*(?:{_DATE}|{_NAMED})|{_DATE})[\s,;|/]*"
_SOURCE_LINE = re.compile(rf"[(【\[]?(?:{_PIECE})+[)】\]]?", re.IGNORECASE)
_TELLING = re.compile(rf"(?:{_DATED}|{_SOURCE}|版次)\s*:", re.IGNORECASE)
_LABEL_OR_DATE = re.compile(rf"(?:{_DATED}|{_SOURCE}|{_OTHER})\s*:|{_DATE}", re.IGNORECASE)
_ALONE = re.compile(rf"[(【\[]?(?:{_SOURCE})\s*:\s*{_NAME_OF_SOURCE}[)】\]]?", re.IGNORECASE)


def source_line(text: str) -> bool:
    """Does a line say where a text appeared, when, and by whom, and nothing else?

    >>> source_line("来源：汀桐晚报 2031年05月06日 版次：A09 作者：毋晴"), source_line("（来源：汀桐晚报）")
    (True, True)
    >>> source_line("记者：明白"), source_line("Source: Rovers agree deal"), source_line("来源：汀桐晚报。新闻背后有故事")
    (False, False, False)
    """
    if len(text) > LONGEST:
        return False
    line = simplified(normalized(text)).strip()
    several = len(_LABEL_OR_DATE.findall(line)) > 1  # one alone may be the beginning of a headline: Source: …
    whole = _SOURCE_LINE.fullmatch(line) if several else _ALONE.fullmatch(line)
    return whole is not None and _TELLING.search(line) is not None


_ADDRESS = re.compile(r"https?://|\bwww\.\w|\w\.(?:docx?|xlsx?|pptx?|odt|pdf|zip|rar)\W*$", re.IGNORECASE)


def address(text: str) -> bool:
    """Does a line hold the address of a web page, or end with the name of a file? Such a line heads no story.

    >>> address("附件下载：2031-05-06_渡船时刻表.docx"), address("报名：https://ferry.example/a"), address("渡船官网上线")
    (True, True, False)
    """
    return _ADDRESS.search(text) is not None


def notice(text: str) -> Flag | None:
    """The kind of notice that a line is: a row of buttons, or one of RULES; None for any other line.

    >>> str(notice("分享到： 微信 微博")), str(notice("第3版：要闻")), notice("分享春耕的喜悦")
    ('buttons', 'page-number', None)
    """
    if not text or len(text) > LONGEST:
        return None
    line = simplified(normalized(text)).strip()
    if _BUTTONS.fullmatch(line) and _BUTTON.search(line):
        return Flag.BUTTONS
    return next((name for name, rule in RULES.items() if rule.fullmatch(line)), None)
