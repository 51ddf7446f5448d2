"""What differs between texts that are alike: series of numbers, names and words, or slips of the pen."""

from __future__ import annotations

import pytest
from unsplice.models import load
from unsplice.search.edits import differences, variants
from unsplice.text.forms import fold

RARITY = load().bigrams

WEATHER = "据气象台预报，柳垛镇5月6日白天多云，夜间有小雨，偏南风二到三级，最低气温19度，最高气温26度。"
PRICE = "农贸市场的青菜均价为每公斤2.6元，比上周下降0.2元，货源充足，预计本周末价格仍会保持平稳。"
RESULT = "蚝坪村队以三比二战胜盐埠街道队，晋级下周六的决赛，全场观众超过两千人。"
POST = "任命褚望帆为青篱区教育局副局长，试用期一年，自下月起算，任职前公示已经期满。"
DEATH = "褚望帆同志因病医治无效逝世，享年八十六岁。褚望帆同志病重期间，有关方面前往医院看望，对他的逝世表示哀悼。"
VISIT = "区长昨日会见来访的鹭笛镇代表团一行，双方就渡口改造的合作交换了意见，并签署了备忘录。"
SERIES = [
    (WEATHER, WEATHER.replace("6日", "7日").replace("19", "18").replace("26", "24")),
    (WEATHER, WEATHER.replace("柳垛镇", "盐埠街道")),
    (WEATHER, WEATHER.replace("二到三级", "三到四级")),
    (WEATHER, WEATHER.replace("19度", "9度")),
    (PRICE, PRICE.replace("青菜", "萝卜").replace("2.6", "3.8")),
    (PRICE, PRICE.replace("下降0.2元", "上涨0.5元")),
    (RESULT, RESULT.replace("三比二", "四比一").replace("两千", "三千")),
    (POST, POST.replace("褚望帆", "郦秋棠").replace("教育局", "交通局")),
    (DEATH, DEATH.replace("褚望帆", "郦秋棠").replace("八十六", "九十一")),
    (DEATH, DEATH.replace("褚望帆", "郦秋棠")),
    (VISIT, VISIT.replace("鹭笛镇", "望礁区")),
]
SLIPS = [
    (WEATHER, WEATHER.replace("预报", "预扱")),
    (WEATHER, WEATHER.replace("夜间", "夜问").replace("气温", "气湿")),
    (PRICE, PRICE.replace("货源", "货")),
    (PRICE, PRICE.replace("保持", "保保持")),
    (VISIT, VISIT.replace("，", "").replace("。", "")),
    (VISIT, VISIT.replace("交换了", "交换").replace("渡口", "渡囗")),
    (VISIT, "据了解，" + VISIT),
    (VISIT, VISIT + "备忘录有效期三年，期满前可以续签。"),  # more, but nothing else
    (VISIT, VISIT),
]


def variant(a: str, b: str) -> bool:
    return bool(variants(differences([fold(a)], [fold(b)], RARITY))[0])


@pytest.mark.parametrize(("a", "b"), SERIES)
def test_a_series_says_something_else_each_time(a: str, b: str) -> None:
    assert variant(a, b)
    assert variant(b, a)


@pytest.mark.parametrize(("a", "b"), SLIPS)
def test_slips_and_additions_say_the_same(a: str, b: str) -> None:
    assert not variant(a, b)
    assert not variant(b, a)


def test_counts_by_hand() -> None:
    a = ["渡船票价三元往返二十趟", "甲乙丙丁戊己庚辛壬癸子丑", "渡船今早复航", "渡船今早复航"]
    b = ["渡船票价五元往返三十趟", "甲乙丙丁戊己庚辛壬癸子丑" + "寅卯辰巳午未申酉戌亥", "渡船今复航", ""]
    found = differences(a, b, RARITY)
    assert found.numbers.tolist() == [2, 0, 0, 0]
    assert found.longest.tolist() == [[0, 0], [0, 10], [1, 0], [6, 0]]
    assert found.slips.tolist()[:3] == [0, 0, 1]
    assert found.rivals.tolist() == [1, 0, 0, 0]


def test_the_same_name_twice() -> None:
    found = differences([fold(DEATH)], [fold(DEATH.replace("褚望帆", "郦秋棠"))], RARITY)
    assert (found.words + found.plain_words + found.names)[0] == 2
    assert found.again[0] == 1


def test_nothing_to_compare() -> None:
    assert variants(differences([], [], RARITY)).tolist() == []
