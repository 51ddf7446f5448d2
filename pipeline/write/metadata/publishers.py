"""The source that a line names: 来源：汀桐晚报, 转载自：鹭笛网, Source: The Herald."""

from __future__ import annotations

import re

# A date or an hour may run into the label.
BEFORE = r"(?:^|(?<=[\s(|。/])|(?<=[月\d]\d日)|(?<=月\d日)|(?<=:\d\d)|(?<=-\d\d))"
# What may follow without a space: the next label, or the date.
LABEL = r"(?:作者|记者|编辑|责编|责任编辑|校对|版[次面]|栏目|(?:发布|发表)?(?:时间|日期))\s*[:/]"
NEXT = rf"{LABEL}|\d{{4}}(?:[-/.]\d{{1,2}}[-/.]|年\d{{1,2}}月)"
NAME = r"(?P<name>[《“「]?[\u3400-\u9fffA-Za-z][^\s,，。;；!！?？|()（）:：、]{1,24}?)"
CHINESE = re.compile(
    rf"{BEFORE}(?:(?:稿件|信息|文章|新闻|本文|内容|原文)?来源\s*[:/]|(?:本文|文章|稿件)?转(?:载)?自\s*:?|(?:文章|本文)?出处\s*:)\s*{NAME}(?=[\s)|]|$|{NEXT})"
)
ENGLISH = re.compile(r"^\(?Source:\s*(?P<name>[A-Z][\w.,&'’ -]{1,60}?)\)?\.?$")
# Not publishers: they mean this paper, or nothing at all.
NONE = re.compile(
    r"本报|本网|本站|本刊|原创|未知|不详|讯$|作者|编辑|责编|记者|时间|日期|点击|网友|供图|提供|受访者|^http|^www",
    re.IGNORECASE,
)
OTHERS = re.compile(r"视频|图|照片|数据|资料|音频|[,。!?;“]")  # before it: the source of something else
LONGEST = 200  # most characters of a line that names its source


def find_source(text: str) -> tuple[int, int] | None:
    """The span of the source's name in a line, or in the inside of a bracket, in plain form.

    >>> text = "2031年5月6日 08:30 来源:汀桐晚报 作者:褚望帆"
    >>> text[slice(*find_source(text))]
    '汀桐晚报'
    >>> find_source("数据来源:中国银联"), find_source("灵感来源于生活"), find_source("来源:本报讯")
    (None, None, None)
    """
    if len(text) > LONGEST:
        return None
    m = CHINESE.search(text) or ENGLISH.match(text)
    if not m or NONE.search(m["name"]) or OTHERS.search(text[: m.start()]):
        return None
    return m.span("name")


def blank_source(text: str) -> str:
    """The line with its source blanked out; its length stays the same."""
    return CHINESE.sub(lambda m: " " * len(m[0]), text) if len(text) <= LONGEST else text
