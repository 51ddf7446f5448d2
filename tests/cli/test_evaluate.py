"""`unsplice eval`: the tables, the sentence at the end, JSON, and errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner
from unsplice.cli import app
from unsplice.cli.figures import as_json_text, tables
from unsplice.measure.figures import Changed, Evaluation, Figures, Shares

from tests.pages import STORIES

SHARES = Shares(0.95, 1.0, 0.004, None, 0.001, None, 0.002, 0.05)
DAMAGED = Shares(0.5, 0.9, 0.01, 0.75, 0.002, 0.03, 0.04, 0.1)
CHANGED = tuple(Changed(f"s{n}", f"第{n}条新闻", ("dropped: “甲”", "divided: “乙”")) for n in range(3))


def evaluation(name: str = "in/a.jsonl", changed: tuple[Changed, ...] = CHANGED, pages: int = 12) -> Evaluation:
    clean, heavy = Figures(pages, 60, SHARES, changed), Figures(pages, 60, DAMAGED, changed)
    return Evaluation(name, 1234, {"clean": clean, "heavy": heavy})


def test_a_table() -> None:
    assert list(tables([evaluation()], 12, 2)) == [
        "a.jsonl: 1,234 articles; 12 pages for each level of damage",
        "         stories   perfect    titles disturbed  restored      lost  repeated   foreign   surplus",
        "clean         60     0.950     1.000     0.004         -     0.001         -     0.002     0.050",
        "heavy         60     0.500     0.900     0.010     0.750     0.002     0.030     0.040     0.100",
        "a.jsonl: changed on clean pages:",
        "  s0 “第0条新闻”",
        "    dropped: “甲”",
        "    divided: “乙”",
        "  s1 “第1条新闻”",
        "    dropped: “甲”",
        "    divided: “乙”",
        "  and 1 more (--show 3)",
        "On your clean pages 3 of 60 stories would be changed (5.0%).",
    ]


def test_several_publishers_have_a_mean() -> None:
    lines = list(tables([evaluation(), evaluation("b.jsonl", ())], 12, 0))
    assert [line for line in lines if ":" in line] == [
        "a.jsonl: 1,234 articles; 12 pages for each level of damage",
        "b.jsonl: 1,234 articles; 12 pages for each level of damage",
        "mean of 2:",
    ]
    assert lines[-3:-1] == [line[:8] + " " * 8 + line[16:] for line in lines[2:4]]
    assert lines[-1] == "On your clean pages 3 of 120 stories would be changed (2.5%)."


def test_nothing_is_changed_and_pages_are_few() -> None:
    first, *_, last = tables([evaluation(changed=())], 60, 5)
    assert first.endswith("12 pages for each level of damage (for 60, some 240 articles are needed)")
    assert last == "On your clean pages none of 60 stories would be changed."


def test_json() -> None:
    found = json.loads(as_json_text([evaluation(), evaluation("b.jsonl", ())], 7))
    assert found["seed"] == 7
    assert [x["name"] for x in found["publishers"]] == ["in/a.jsonl", "b.jsonl"]
    clean = found["publishers"][0]["levels"]["clean"]
    assert (clean["shares"]["perfect"], clean["shares"]["restored"], clean["stories"]) == (0.95, None, 60)
    assert clean["changed"][0] == {"id": "s0", "title": "第0条新闻", "happened": ["dropped: “甲”", "divided: “乙”"]}
    assert found["mean"]["heavy"]["restored"] == 0.75


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command(options: list[str]) -> None:
    done = CliRunner().invoke(app, ["eval", str(STORIES), "--pages", "10", "--boldness", "cautious", *options])
    assert done.exit_code == 0, done.output
    if options:
        assert json.loads(done.stdout)["publishers"][0]["articles"] == 40
    else:
        assert done.stdout.splitlines()[-1].startswith("On your clean pages ")


def test_errors(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_bytes(STORIES.read_bytes().splitlines()[0])
    for arguments, told in (
        ([str(few)], "30 articles with a headline"),
        ([str(tmp_path / "none")], "there is no such file or folder"),
        ([str(STORIES), "--title", "headline"], "headline"),
        ([str(STORIES), "--models", str(tmp_path)], "card.json"),
    ):
        done = CliRunner().invoke(app, ["eval", *arguments])
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr
