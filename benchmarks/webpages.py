"""How much of saved web pages is read rightly: articles put into pages of eleven styles, and taken out again.

    webpages.py ARTICLES.jsonl... [--count 40] [--seed 3]

Each file holds clean articles ({"title", "text"} a line, a paragraph a line of the text). Each is put into a page of
every style, with navigation, buttons, teasers of other articles and a footer around it; one style holds five articles.
Per style: the share of paragraphs that come back as one line each, of headlines that are told as such, of the lines
around the articles that are left in, and CPU milliseconds a page. Beside it what trafilatura alone makes of the same.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from trafilatura import extract
from unsplice.model import Role
from unsplice.read.html import read_html
from unsplice.text.forms import fold

NAV = ["首页", "要闻", "国际", "财经", "体育", "文化", "视频", "图片", "专题", "论坛"]
Story = tuple[str, Sequence[str]]


def links(names: Sequence[str], item: str = "li") -> str:
    return "".join(f'<{item}><a href="/{at}.html">{escape(name)}</a></{item}>' for at, name in enumerate(names))


def paragraphs(lines: Sequence[str]) -> str:
    return "\n".join(f"<p>　　{escape(line)}</p>" for line in lines)


def portal(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}_汀桐新闻网</title>
<script>var page = "<p>no</p>";</script><style>p {{ margin: 0 }}</style></head><body>
<div class="nav"><ul>{links(NAV)}</ul></div><div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/n">正文</a></div>
<div class="article"><h1>{escape(title)}</h1><div class="info">2031-05-06 08:30　来源：汀桐日报</div>
<div class="text">{paragraphs(lines)}</div><div class="editor">责任编辑：毋晴</div></div>
<div class="share"><a href="#">分享到微信</a> <a href="#">打印</a> <a href="#">关闭</a></div>
<div class="related"><h3>相关新闻</h3><ul>{links([t for t, _ in others])}</ul></div>
<div class="footer">版权所有 汀桐新闻网 未经授权不得转载</div></body></html>"""


def single_breaks(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "<br>\n".join("　　" + escape(line) for line in lines)
    return f"""<html><head><title>{escape(title)}</title></head><body><table width=100%><tr><td class=nav>{links(NAV, "span")}
</td></tr><tr><td><h2 align=center>{escape(title)}</h2><div id=zoom>{text}</div></td></tr>
<tr><td class=foot>汀桐日报社 版权所有 电话：0579-0000000</td></tr></table></body></html>"""


def double_breaks(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "<br /><br />".join("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(line) for line in lines)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{escape(title)}</TITLE>
</HEAD><BODY><CENTER><FONT size=5><B>{escape(title)}</B></FONT></CENTER><HR><FONT size=3>{text}</FONT><HR>
<A href="#">返回首页</A> <A href="#">上一篇</A> <A href="#">下一篇</A></BODY></HTML>"""


def indents(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    return f"""<html><head><title>{escape(title)} - 汀桐在线</title></head><body><div id="header">{links(NAV, "span")}</div>
<div id="main"><h1>{escape(title)}</h1><div id="content">　　{"　　".join(map(escape, lines))}</div></div>
<div id="footer">网站备案号：浙ICP备00000000号</div></body></html>"""


def table_cells(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    rows = "".join(f"<tr><td class=txt>{escape(line)}</td></tr>" for line in lines)
    return f"""<html><head><title>{escape(title)}</title></head><body><table><tr>{links(NAV, "td")}</tr></table>
<table><tr><td><h1>{escape(title)}</h1></td></tr>{rows}</table>
<table class=copyright><tr><td>Copyright 2031 汀桐晚报 All Rights Reserved</td></tr></table></body></html>"""


def divs(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "".join(f'<div class="p-wrap"><div><span>{escape(line)}</span></div></div>' for line in lines)
    side = "".join(
        f"<div class=card><a href=#><b>{escape(t)}</b></a><p>{escape(ls[0][:60])}……</p></div>" for t, ls in others
    )
    return f"""<!doctype html><html><head><title>{escape(title)}｜汀桐客户端</title>
<meta property="og:title" content="{escape(title)}"></head><body><header class="site-header">{links(NAV)}</header>
<main><section><h1 class="headline">{escape(title)}</h1><div class="meta">记者 褚望帆 · 5月6日</div>{text}</section></main>
<aside class="sidebar"><h3>推荐阅读</h3>{side}</aside><footer>关于我们 联系我们 隐私政策</footer></body></html>"""


def json_ld(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    about = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": title}],
    }
    return f"""<!doctype html><html><head><title>{escape(title)} | 霧角新聞</title>
<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script></head><body><nav>{links(NAV)}</nav>
<article><header><h1>{escape(title)}</h1><time>2031-05-06</time></header>
<figure><img src=a.jpg><figcaption>圖為活動現場</figcaption></figure>{paragraphs(lines)}</article>
<section class="comments"><h2>評論</h2><p>讀者甲：寫得很好，期待下一篇報道，謝謝記者。</p></section></body></html>"""


def newspaper(story: Story, others: Sequence[Story]) -> str:
    parts = "".join(f"<div class=item><h2>{escape(t)}</h2>{paragraphs(ls)}</div>" for t, ls in (story, *others))
    return f"""<html><head><title>汀桐日报 2031年5月6日 第3版</title></head><body><div class=nav>{links(NAV)}</div>
<h1>第3版：民生</h1><div class=page>{parts}</div><div class=pager><a href=2>上一版</a> <a href=4>下一版</a></div></body></html>"""


def old_portal(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)} \n" for line in lines)
    side = "".join(f"<tr><td>·<a href={at}.htm>{escape(t)}</a></td></tr>" for at, (t, _) in enumerate(others))
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"/><title>{escape(title)}</title>
</head><body><table width="1000"><tr><td><table><tr>{links(NAV, "td")}</tr></table></td></tr></table>
<table><tr><td><table width=634><tr valign="middle"><td align="center" colspan="2"> <b><font size=5>
  {escape(title)}
 </font></b></td></tr><tr><td align="center" colspan="2"><font>汀桐新闻网 (
  2031-05-06 09:20:26
 ) </font>&nbsp;&nbsp;<font>稿件来源：
  汀桐日报
 </font></td></tr><tr><td colspan="2" height="700">{text}</td></tr>
<tr><td><table><tr><td><font>作者：
  褚望帆
 </font></td><td>编辑：
  毋晴
 </td></tr></table></td></tr>
<tr><td>【<a href="javascript:window.close()">关闭窗口</a>】　【<a href="javascript:doPrint();">打印本稿</a>】</td></tr></table></td>
<td width=316><div><div id=pic2 style="DISPLAY: none">隐藏的图片说明</div><table>{side}</table></div></td></tr></table></body></html>"""


def nested(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    return f"<html><body>{'<div>' * 400}<h1>{escape(title)}</h1>{paragraphs(lines)}{'</div>' * 400}</body></html>"


def unclosed(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "".join(f"<p>{escape(line)}" for line in lines)
    return f"<title>{escape(title)}</title><ul class=menu>{links(NAV)}<h1>{escape(title)}</h1><div>{text}<div class=footer>版权所有"


STYLES: tuple[Callable[[Story, Sequence[Story]], str], ...] = (
    portal, single_breaks, double_breaks, indents, table_cells, divs, json_ld, newspaper, old_portal, nested, unclosed,
)  # fmt: skip
AROUND = {
    fold(name)
    for name in (
        *NAV,
        "关于我们 联系我们 隐私政策",
        "讀者甲：寫得很好，期待下一篇報道，謝謝記者。",
        "評論",
        "推荐阅读",
        "相关新闻",
        "隐藏的图片说明",
    )
}


def measured(
    style: Callable[[Story, Sequence[Story]], str], stories: Sequence[Story], rng: random.Random
) -> dict[str, float]:
    """Paragraphs, headlines, lines around that are left in, and milliseconds; trafilatura's paragraphs and rest."""
    sums: dict[str, float] = defaultdict(float)
    for story in stories:
        others = rng.sample([each for each in stories if each[0] != story[0]], 4)
        page = style(story, others)
        here = [story, *others] if style is newspaper else [story]
        want = {fold(line) for _, lines in here for line in lines} - {""}
        titles = {fold(title) for title, _ in here}
        around = AROUND | ({fold(t) for t, _ in others} if style is not newspaper else set()) - want - titles
        start = time.process_time()
        read = read_html(page)
        sums["ms"] += (time.process_time() - start) * 1000
        outside = {a: role for a, _, role in read.markup}
        got, told, at = set(), set(), 0
        for line in read.text.split("\n"):
            if outside.get(at) is not Role.BOILERPLATE:
                got.add(fold(line))
            if outside.get(at) is Role.HEADLINE:
                told.add(fold(line))
            at += len(line) + 1
        told |= {fold(read.meta.get("title", ""))}
        sums["paragraphs"] += len(want & got) / len(want)
        sums["headlines"] += len(titles & told) / len(titles)
        sums["left in"] += len(around & got)
        start = time.process_time()
        peer = {fold(line) for line in (extract(page, include_comments=False) or "").split("\n")}
        sums["trafilatura ms"] += (time.process_time() - start) * 1000
        sums["trafilatura paragraphs"] += len(want & peer) / len(want)
        sums["trafilatura left in"] += len(around & peer)
    return {key: value / len(stories) for key, value in sums.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    read = [json.loads(line) for path in args.articles for line in path.open(encoding="utf-8")]
    found = [(each["title"], [x.strip() for x in each["text"].split("\n") if x.strip()]) for each in read]
    stories = rng.sample([(title, lines) for title, lines in found if title and len(lines) > 2], args.count)
    names = (
        "paragraphs",
        "headlines",
        "left in",
        "ms",
        "trafilatura paragraphs",
        "trafilatura left in",
        "trafilatura ms",
    )
    print("| style | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    for style in STYLES:
        found_ = measured(style, stories, rng)
        print(f"| {style.__name__.replace('_', ' ')} | " + " | ".join(f"{found_[name]:.3f}" for name in names) + " |")


if __name__ == "__main__":
    main()
