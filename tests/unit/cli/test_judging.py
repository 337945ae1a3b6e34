import json
from pathlib import Path

import pytest

from desktop_rag.cli.judging import (
    answer_cases,
    auroc,
    figures,
    flagged,
    holds,
    passes,
    shown,
    within,
)
from desktop_rag.domain.errors import QuestionsUnusable

ROOT = Path("/papers")


def entry(**values) -> dict:
    return {"id": "1", "set": "s", "question": "Who?", "answers": ["Ana"], "gold": []} | values


def cases(tmp_path: Path, *entries: dict):
    path = tmp_path / "qa.jsonl"
    path.write_text("\n".join(map(json.dumps, entries)), "utf-8")
    return answer_cases(path)


def reply(answer: str = "Ana lit it. [1]", **values) -> dict:
    quote = {"text": "Ana lit it.", "document": "/papers/a.pdf", "page": 0}
    found = {
        "answer": answer,
        "first": "answer",
        "mode": "model",
        "refused": False,
        "sufficiency": 0.9,
        "quotes": [quote],
        "citations": [quote],
        "checks": [check()],
        "seconds": 0.5,
    }
    return found | values


def check(verdict: str = "supported", reason: str = "said", citations=(1,)) -> dict:
    said = {"sentence": "Ana lit it.", "reason": "A passage says it."}
    return {**said, "verdict": verdict, "ground": reason, "citations": list(citations)}


def test_a_question_is_unanswerable_if_it_says_so_or_nothing_answers_it(tmp_path) -> None:
    found = cases(
        tmp_path,
        entry(),
        entry(answers=[]),
        entry(answers=[""]),
        entry(kind="unanswerable-in-corpus"),
        entry(answerable=False),
        entry(kind="unanswerable", answerable=True),
    )
    assert [case.answerable for case in found] == [True, False, False, False, False, True]


def test_a_question_about_one_document_can_be_asked_of_that_alone(tmp_path) -> None:
    places = [{"doc": name, "page": 1} for name in ("a.pdf", "b.pdf")]
    found = cases(
        tmp_path,
        entry(gold=places),
        entry(gold=places[:1]),
        entry(gold=places, doc="c.pdf"),
        entry(),
    )
    assert [case.document for case in found] == [None] * 4
    about = [case.document for case in within(found, ROOT)]
    assert about == [None, ROOT / "a.pdf", ROOT / "c.pdf", None]


def test_a_bad_line_is_named(tmp_path) -> None:
    with pytest.raises(QuestionsUnusable) as raised:
        cases(tmp_path, entry(), {"id": "2"})
    assert raised.value.args[1] == 2
    with pytest.raises(QuestionsUnusable):
        answer_cases(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("Se fundó en Zaragoza.", "zaragoza", True),
        ("The Río Ebro runs by.", "rio ebro", True),
        ("It burned 1,204 litres.", "1 204", True),
        ("Anabel lit it.", "Ana", False),
        ("It was the lamp.", "a lamp", True),
        ("anything", "", False),
    ],
)
def test_an_answer_holds_another_accents_capitals_and_articles_aside(text, answer, held) -> None:
    assert holds(text, [answer]) is held


@pytest.mark.parametrize(
    ("checks", "text", "passed"),
    [
        ({"must_contain_all": ["5", "ml"]}, "5 ml", True),
        ({"must_contain_all": ["5", "ml"]}, "5 kg", False),
        ({"must_contain_any": ["no", "No"]}, "Yes", False),
        ({"must_contain_any_casefold": ["YES"]}, "yes", True),
        ({"must_contain_any_casefold": ["YES"]}, "no", False),
        ({"must_not_contain": ["40 %"]}, "30 %", True),
        ({"must_not_contain": ["40 %"]}, "40 %", False),
        ({}, "", True),
    ],
)
def test_what_must_and_must_not_be_said_is_looked_for(checks, text, passed) -> None:
    assert passes(checks, text) is passed


def test_what_is_shown_first_is_judged() -> None:
    quotes_first = reply("The lamp. [1]", first="quotes")
    assert shown(quotes_first) == "Ana lit it."
    assert shown(reply()) == "Ana lit it."


def test_a_reader_is_warned_of_what_is_not_borne_out() -> None:
    assert not flagged(reply())
    assert flagged(reply(checks=[check(), check("partly")]))
    assert flagged(reply(checks=[check("supported", "nothing", ())]))
    assert flagged(reply(checks=[]))


def test_auroc_is_how_often_one_is_above_the_other() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.8]) == 0.875
    assert auroc([], [0.1]) is None


def test_the_figures_tell_right_wrong_refused_and_flagged(tmp_path) -> None:
    gold = [{"doc": "a.pdf", "page": 1}]
    one, two, three, four = cases(
        tmp_path, entry(gold=gold), entry(), entry(), entry(answers=[], id="4")
    )
    wrong = reply("A lamp. [1]", checks=[check("not_found", "unrelated", ())], first="quotes")
    refused = reply("Not said.", mode="refused", refused=True, sufficiency=0.2)
    found = figures([(one, reply()), (two, wrong), (three, refused), (four, refused)], ROOT)
    assert found["answerable"] == 3
    assert found["holds"] == {"shown": 0.6667, "quotes": 1.0, "model": 0.5}
    assert (found["cited"], found["cited_gold"]) == (1.0, 1.0)
    assert found["refused"] == {"answerable": 0.3333, "unanswerable": 1.0}
    assert found["auroc"] == 0.8333
    assert found["flagged"] == {"lacking": 1.0, "holding": 0.0}
    assert (found["supported_cited"], found["checks"], found["words"]) == (1.0, None, 3.0)


def test_nothing_asked_has_no_figures_and_no_error() -> None:
    assert figures([], ROOT)["holds"] == {"shown": None, "quotes": None, "model": None}
