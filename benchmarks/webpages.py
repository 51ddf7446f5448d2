"""How much of saved web pages is read rightly: articles put into pages of eighteen styles, and taken out again.

    webpages.py ARTICLES.jsonl... [--count 40] [--seed 3]

Each file holds clean articles ({"id", "title", "text"} a line, a paragraph a line of the text). Each is put into a page of
every style, with navigation, buttons, teasers of other articles and a footer around it; one style holds five articles.
Per style: the share of paragraphs that come back as one line each, of headlines that are told as such, of the lines
around the articles that are left in, the F1 of the letters of the text, and CPU milliseconds a page. Beside it what trafilatura alone makes of the same.
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

from rapidfuzz.distance import LCSseq
from trafilatura import extract
from unsplice.config import Config, ReadConfig
from unsplice.learn.articles import read_articles
from unsplice.model import Page, Role
from unsplice.models import Models, load
from unsplice.read.html import Html, read_html
from unsplice.run import clean_pages
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


def amp(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    more = "".join(
        f'<li><a href="/{at}"><amp-img src="{at}.jpg"></amp-img>{escape(t)}</a></li>'
        for at, (t, _) in enumerate(others)
    )
    return f"""<!doctype html><html amp lang="zh"><head><meta charset="utf-8"><title>{escape(title)} - 汀桐快报</title>
<style amp-custom>p{{margin:0}}</style></head><body><header>{links(NAV, "span")}</header><article><h1>{escape(title)}</h1>
<p class="byline">汀桐快报 2031-05-06 09:30</p><amp-img src="a.jpg"></amp-img>{paragraphs(lines)}</article>
<amp-list><ul>{more}</ul></amp-list><footer>版权所有 汀桐快报</footer></body></html>"""


def wordpress(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    recent = "".join(f'<li><a href="/?p={at}">{escape(t)}</a></li>' for at, (t, _) in enumerate(others))
    return f"""<!DOCTYPE html><html><head><title>{escape(title)} | 青篱记事</title></head><body class="single single-post">
<nav id="site-navigation"><ul class="menu">{links(NAV)}</ul></nav><div id="content" class="site-content"><main id="main">
<article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{escape(title)}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date">2031年5月6日</time></span></div></header>
<div class="entry-content">{paragraphs(lines)}</div><footer class="entry-footer">分类：<a href="/c">要闻</a></footer></article>
<div id="comments"><h2>发表回复</h2><form><label>评论</label><textarea></textarea></form></div></main>
<aside id="secondary"><section class="widget"><h2>近期文章</h2><ul>{recent}</ul></section></aside></div></body></html>"""


def discuz(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "<br />\n<br />\n".join(map(escape, lines))
    return f"""<html><head><title>{escape(title)} - 鹭笛论坛 - Powered by Discuz!</title></head><body id="nv_forum">
<div id="nv">{links(NAV)}</div><div id="pt"><a href="./">论坛</a> &rsaquo; <a href="f">本地新闻</a></div>
<div id="postlist" class="pl bm"><h1 class="ts"><span id="thread_subject">{escape(title)}</span></h1>
<div id="post_1"><table class="plhin"><tr><td class="pls"><a href="u">渡口看客</a><dl><dt>积分</dt><dd>1280</dd></dl></td>
<td class="plc"><em>发表于 2031-5-6 09:30</em><div class="pct"><table><tr><td class="t_f" id="postmessage_1">{text}</td></tr>
</table></div></td></tr></table></div></div><div id="ft">Powered by Discuz! X3.4</div></body></html>"""


def e_paper(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    pages = "".join(f"<td><a href=node_{at}.htm>第{at:02}版：综合</a></td>" for at in range(1, 6))
    side = "".join(f"<li><a href=content_{at}.htm>{escape(t)}</a></li>" for at, (t, _) in enumerate(others))
    return f"""<html><head><title>汀桐日报数字报-{escape(title)}</title></head><body><table width=100%><tr>{pages}</tr></table>
<table><tr><td valign=top><ul>{side}</ul></td><td><founder-title>{escape(title)}</founder-title>
<div id=ozoom><founder-content>{paragraphs(lines)}</founder-content></div></td></tr></table>
<div>上一篇 下一篇 放大 缩小 默认</div></body></html>"""


def taiwan(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    more = "".join(f"<div class=item><a href=/{at}><h3>{escape(t)}</h3></a></div>" for at, (t, _) in enumerate(others))
    return f"""<!DOCTYPE html><html lang="zh-TW"><head><title>{escape(title)} | 地方 | 霧角新聞網</title></head><body><div class="wrap">
<div class="breadcrumb"><a href="/">首頁</a>/<a href="/l">地方</a></div><div class="story"><h1>{escape(title)}</h1>
<div class="author">2031-05-06 09:30 霧角新聞網 記者霍詠棠／霧角報導</div><section class="story-body">{paragraphs(lines)}</section>
<div class="tags"><a href="/t">#渡船</a><a href="/u">#海塘</a></div></div><div class="more"><h2>延伸閱讀</h2>{more}</div></div>
<div class="bottom">服務條款 隱私權聲明 著作權聲明</div></body></html>"""


def hong_kong(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    text = "".join(f'<div class="block"><p class="u">{escape(line)}</p></div>' for line in lines)
    more = "".join(f"<a class=card href=/{at}>{escape(t)}</a>" for at, (t, _) in enumerate(others))
    return f"""<!DOCTYPE html><html lang="zh-HK"><head><title>{escape(title)}｜港聞</title><meta property="og:title"
content="{escape(title)}"></head><body><div id="__next"><header>{links(NAV, "div")}</header><main><div><h1>{escape(title)}</h1>
<div>撰文：<a>管如許</a></div><div>出版：<time>2031-05-06 09:30</time></div>{text}</div><div class="rec"><h2>相關文章</h2>{more}
</div></main><footer>聯絡我們 使用條款</footer></div><script>window.__DATA__={{}}</script></body></html>"""


def english(story: Story, others: Sequence[Story]) -> str:
    title, lines = story
    more = "".join(f"<li><a href=/{at}>{escape(t)}</a></li>" for at, (t, _) in enumerate(others))
    return f"""<!DOCTYPE html><html lang="en"><head><title>{escape(title)} - The Egret Post</title></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a> <a href="/s">Sport</a></nav><main id="main-content"><article><h1>{escape(title)}</h1>
<p class="byline">By Mara Ellison</p><time>6 May 2031</time>{paragraphs(lines)}<ul class="share"><li>Share</li><li>Email</li></ul>
</article><section aria-label="Related"><h2>More on this story</h2><ul>{more}</ul></section></main>
<footer>Terms of use | Privacy policy | Cookies</footer></body></html>"""


STYLES: tuple[Callable[[Story, Sequence[Story]], str], ...] = (
    portal, single_breaks, double_breaks, indents, table_cells, divs, json_ld, newspaper, old_portal, nested, unclosed,
    amp, wordpress, discuz, e_paper, taiwan, hong_kong, english,
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
    style: Callable[[Story, Sequence[Story]], str], stories: Sequence[Story], rng: random.Random, models: Models
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
        lines = [fold(line) for line in (extract(page, include_comments=False) or "").split("\n")]
        peer = {*lines}
        sums["trafilatura ms"] += (time.process_time() - start) * 1000
        whole = "".join(fold(line) for _, own in here for line in own)
        sums["F1"] += f1(whole, written(read, models))
        sums["trafilatura F1"] += f1(whole, "".join(line for line in lines if line not in titles))
        sums["trafilatura paragraphs"] += len(want & peer) / len(want)
        sums["trafilatura left in"] += len(around & peer)
    return {key: value / len(stories) for key, value in sums.items()}


def written(read: Html, models: Models) -> str:
    """The letters of all articles that a page comes out as, without their bylines."""
    page = Page(
        "page",
        "page.html",
        read.text,
        "utf-8",
        meta=read.meta,
        lines=read.lines,
        markup=read.markup,
        single=read.single,
    )
    articles = clean_pages([page], Config(), models, workers=1).articles
    return "".join(fold(p.text) for a in articles for p in a.paragraphs if p.role is not Role.BYLINE)


def f1(want: str, got: str) -> float:
    """The F1 of the letters that a text has, in order, of those that it should have."""
    return 2 * LCSseq.similarity(want, got) / (len(want) + len(got))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    rng, models = random.Random(args.seed), load()
    read = [article for path in args.articles for article in read_articles(str(path), ReadConfig())]
    stories = rng.sample([(each.title, each.paragraphs) for each in read if len(each.paragraphs) > 2], args.count)
    names = (
        "paragraphs",
        "headlines",
        "left in",
        "F1",
        "ms",
        "trafilatura paragraphs",
        "trafilatura left in",
        "trafilatura F1",
        "trafilatura ms",
    )
    print("| style | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    for style in STYLES:
        found_ = measured(style, stories, rng, models)
        print(f"| {style.__name__.replace('_', ' ')} | " + " | ".join(f"{found_[name]:.3f}" for name in names) + " |")


if __name__ == "__main__":
    main()
