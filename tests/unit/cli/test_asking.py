from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_rag.cli.asking import _check_values, standing
from desktop_rag.cli.commands import app
from desktop_rag.domain.answers import Ground, Reason, SentenceCheck, SentenceVerdict

QUOTE = {"text": "Oil burned.", "document": "/papers/lamps.pdf", "page": 4, "page_label": "v"}
INVENTED = SentenceCheck(
    0, 17, "Gas burned in 24.", SentenceVerdict.NOT_FOUND, Reason(Ground.NUMBER, ("24",))
)
SAID = SentenceCheck(0, 11, "Oil burned.", SentenceVerdict.SUPPORTED, Reason(Ground.SAID), (1,))


def told(*, already: bool = False, **values) -> list[str]:
    found = {
        "query": "What burned?",
        "searched": "What burned?",
        "mode": "model",
        "first": "answer",
        "refused": False,
        "quotes": [QUOTE],
        "checks": [],
    }
    return list(standing(found | values, told=already))


def test_a_check_tells_its_reason_in_words_and_what_it_is_called() -> None:
    assert _check_values(INVENTED) == {
        "sentence": "Gas burned in 24.",
        "verdict": "not_found",
        "reason": "Not in the passages: “24”.",
        "ground": "number",
        "citations": [],
    }


def test_of_what_is_borne_out_nothing_more_is_said() -> None:
    assert told(checks=[_check_values(SAID)]) == []


def test_the_terminal_warns_of_what_is_not_borne_out_and_shows_what_is_said() -> None:
    assert told(first="quotes", checks=[_check_values(INVENTED)]) == [
        "Not confirmed by your documents, which say:",
        "“Oil burned.” (lamps.pdf, p. v)",
        "Not found in your documents: “Gas burned in 24.” Not in the passages: “24”.",
    ]


def test_what_is_borne_out_and_not_trusted_is_not_called_doubtful() -> None:
    assert told(first="quotes", checks=[_check_values(SAID)]) == [
        "Your documents say:",
        "“Oil burned.” (lamps.pdf, p. v)",
    ]


def test_quotes_that_were_told_before_the_model_wrote_are_not_told_again() -> None:
    assert told(already=True, first="quotes", checks=[_check_values(SAID)]) == []
    assert told(already=True, first="quotes", checks=[_check_values(INVENTED)]) == [
        "Not confirmed by your documents.",
        "Not found in your documents: “Gas burned in 24.” Not in the passages: “24”.",
    ]


def test_what_an_answer_is_checked_without_is_told_once_with_what_is_wrong() -> None:
    lines = told(checked_less="“nli” cannot be used.", checks=[_check_values(INVENTED)])
    assert lines[0] == "“nli” cannot be used. The answer is checked without it."
    assert len(lines) == 2


def test_a_refusal_shows_what_comes_nearest() -> None:
    assert told(mode="refused", refused=True) == [
        "The nearest passages:",
        "“Oil burned.” (lamps.pdf, p. v)",
    ]


@pytest.mark.parametrize("searched", ["What burned?", ""])
def test_what_was_searched_is_told_where_it_is_not_what_was_typed(searched) -> None:
    assert told(searched=searched) == []
    assert told(searched="What burned, 1871?") == ["Searched: What burned, 1871?"]


def test_quotes_are_not_shown_again_below_themselves() -> None:
    assert told(mode="extract", first="quotes") == []


@pytest.mark.parametrize("route", ["list", "exact", "write", "question"])
def test_a_route_that_looks_for_something_has_to_be_told_what(
    route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(tmp_path))
    result = CliRunner().invoke(app, ["ask", "-l", "Boats", "--route", route])
    assert (result.exit_code, "give one question" in result.output) == (2, True)
