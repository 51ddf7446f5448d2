"""What attributes, elements and comments say of a page's article."""

from __future__ import annotations

import pytest
from unsplice.read.markup.about import about
from unsplice.read.markup.tree import parse

HEAD = "<h1>鹭笛镇海塘加固完工</h1>"
TEXT = "<p>近日，鹭笛镇海塘加固工程完工，全长三公里的堤面加宽到六米，可以抵御二十年一遇的风暴潮。</p>" * 3
TYPE = 'itemscope itemtype="https://schema.org/{}"'
ARTICLE = TYPE.format("NewsArticle")
TEASER = f'<div {ARTICLE}><b itemprop="headline">竹器节</b><i itemprop="datePublished">2029-03-02</i></div>'
NAMED = f'<span itemprop="author" {TYPE.format("Person")}><b itemprop="name">{{}}</b></span>'
FOUNDER = "<founder-date>2031-05-06 23:59:57</founder-date><founder-author>记者 郦秋棠</founder-author>"
DAY = {"date": "2031-05-06"}
PAPER = "<founder-pagenum>A01</founder-pagenum><founder-papername>汀桐日报</founder-papername>"


def told(body: str, behind: str = "") -> dict[str, str]:
    source = f"<html><head></head><body>{body}</body></html>{behind}"
    root = parse(source)
    assert root is not None
    return about(root, source)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<div {ARTICLE}>{HEAD}<i itemprop="datePublished" content="2031-05-06">今天</i>{TEXT}</div>', DAY),
        (f'<div {ARTICLE}>{HEAD}<meta itemprop="datePublished" content="2031-05-06">{TEXT}</div>', DAY),
        (f'{HEAD}<time itemprop="datePublished" datetime="2031-05-06">今天</time>{TEXT}', DAY),
        (f'{HEAD}<i itemprop="datePublished">2031-05-06</i>{TEXT}', DAY),
        (
            f'<div {ARTICLE}>{HEAD}{NAMED.format("郦秋棠")}{NAMED.format("褚望帆")}{TEXT}</div>',
            {"author": "郦秋棠、褚望帆"},
        ),
        (f'{HEAD}<a itemprop="author">郦秋棠</a><a itemprop="publisher">汀桐晚报</a>{TEXT}',
         {"author": "郦秋棠", "publisher": "汀桐晚报"}),
        (f'<div {ARTICLE}>{HEAD}<i itemprop="datePublished">2031-05-06</i>{TEXT}</div>{TEASER}{TEASER}', DAY),
        (f'{TEASER}<div {ARTICLE}>{HEAD}<i itemprop="datePublished">2031-05-06</i>{TEXT}</div>', DAY),
        (f'<article>{HEAD}<time datetime="2031-05-06">5月6日</time>{TEXT}</article>', DAY),
        (f'{HEAD}<time pubdate datetime="2031-05-06">5月6日</time>{TEXT}<time datetime="2029-03-02">x</time>', DAY),
        # those of other articles
        (f"{HEAD}{TEXT}{TEASER}", {}),
        (f"{HEAD}{TEXT}{TEASER}{TEASER}", {}),
        (f'{HEAD}{TEXT}<i itemprop="datePublished">2029-03-02</i><i itemprop="datePublished">2029-03-01</i>', {}),
        (f'{HEAD}{TEXT}<ul><li><time datetime="2029-03-02">x</time></ul>', {}),
        (f'<article>{HEAD}{TEXT}</article><article><time datetime="2029-03-02">x</time></article>', {}),
        (f'<div {ARTICLE}>{HEAD}{TEXT}<i itemprop="dateModified">2031-05-09</i></div>', {}),
    ],
)  # fmt: skip
def test_microdata(body: str, expected: dict[str, str]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    ("body", "behind", "expected"),
    [
        (HEAD, f"<!--enpproperty {FOUNDER}{PAPER}/enpproperty-->",
         {"date": "2031-05-06 23:59:57", "author": "记者 郦秋棠", "print_page": "A01", "publisher": "汀桐日报"}),
        (HEAD, "<!-- enpproperty <date>2031-05-06</date><author><![CDATA[郦秋棠]]></author> -->",
         {"date": "2031-05-06", "author": "郦秋棠"}),
        (f"<founder-title>海塘完工</founder-title>{FOUNDER}{TEXT}", "",
         {"title": "海塘完工", "date": "2031-05-06 23:59:57", "author": "记者 郦秋棠"}),
        (f"{HEAD}<date>2031-05-06</date><author>郦秋棠</author>{TEXT}", "", {}),
    ],
)  # fmt: skip
def test_e_papers(body: str, behind: str, expected: dict[str, str]) -> None:
    assert told(body, behind) == expected


def test_an_organisation_is_no_author() -> None:
    script = '{"@type": "NewsArticle", "author": [{"@type": "Organization", "name": "汀桐网"}, {"name": "郦秋棠"}]}'
    assert told(f'{HEAD}<script type="application/ld+json">{script}</script>')["author"] == "郦秋棠"
