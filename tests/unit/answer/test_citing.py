import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.citing import cited_anew
from desktop_rag.domain.answers import Ground, Reason, SentenceCheck, SentenceVerdict

SAID = SentenceVerdict.SUPPORTED
PARTLY = SentenceVerdict.PARTLY
LACKING = SentenceVerdict.NOT_FOUND
_MARK = re.compile(r"\s*\[[1-9]\]")


def checks_of(
    text: str, *found: tuple[str, SentenceVerdict, tuple[int, ...]]
) -> tuple[SentenceCheck, ...]:
    """Return checks of the sentences of `text` that are named, in order, marks and all."""
    checks, at = [], 0
    for sentence, verdict, citations in found:
        start = text.index(sentence, at)
        at = start + len(sentence)
        ground = Ground.SAID if verdict is SAID else Ground.UNRELATED
        told = " ".join(_MARK.sub("", sentence).split())
        checks.append(SentenceCheck(start, at, told, verdict, Reason(ground), citations))
    return tuple(checks)


def anew(text: str, *found: tuple[str, SentenceVerdict, tuple[int, ...]]) -> str:
    """Return the text with its marks put right, having seen that each check is where it was."""
    result = cited_anew(text, checks_of(text, *found))
    for check in result.checks:
        shown = _MARK.sub("", result.text[check.start : check.end])
        assert " ".join(shown.split()) == check.sentence
    return result.text


@pytest.mark.parametrize(
    ("text", "sentence", "verdict", "right", "expected"),
    [
        ("It boils.", "It boils.", SAID, (2,), "It boils [2]."),
        ("It boils.", "It boils.", SAID, (2, 3), "It boils [2]."),
        ("It boils.", "It boils.", PARTLY, (2,), "It boils [2]."),
        ("It boils", "It boils", SAID, (2,), "It boils [2]"),
        ("It boils: ", "It boils:", SAID, (2,), "It boils [2]: "),
        ("It boils...", "It boils...", SAID, (2,), "It boils [2]..."),
        ("¿Hierve?", "¿Hierve?", SAID, (2,), "¿Hierve [2]?"),
        ("“It boils.”", "“It boils.”", SAID, (2,), "“It boils.” [2]"),
        ("**It boils.**", "**It boils.**", SAID, (2,), "**It boils.** [2]"),
        ("It boils [2].", "It boils [2].", SAID, (2,), "It boils [2]."),
        ("It boils [3][2].", "It boils [3][2].", SAID, (2, 3), "It boils [3][2]."),
        ("It boils [1].", "It boils [1].", SAID, (2,), "It boils [2]."),
        ("It boils[1].", "It boils[1].", SAID, (2,), "It boils[2]."),
        ("It boils [1][2].", "It boils [1][2].", SAID, (2, 3), "It boils [2]."),
        (
            "It boils [1], it [4] is.",
            "It boils [1], it [4] is.",
            SAID,
            (2,),
            "It boils, it [2] is.",
        ),
        (
            "It boils [2], it [4] is.",
            "It boils [2], it [4] is.",
            SAID,
            (2,),
            "It boils [2], it is.",
        ),
        ("It boils. [1]", "It boils. [1]", SAID, (2,), "It boils. [2]"),
        ("It boils. [1]", "It boils.", SAID, (2,), "It boils. [2]"),
        ("It boils [1].", "It boils [1].", LACKING, (), "It boils."),
        ("It boils [1].", "It boils [1].", LACKING, (1,), "It boils."),
        ("It boils. [1]", "It boils.", LACKING, (), "It boils."),
        ("[1] It boils.", "It boils.", LACKING, (), "It boils."),
        ("[1] It boils.", "[1] It boils.", SAID, (3,), "[3] It boils."),
        ("[1]: It boils.", "It boils.", SAID, (3,), "[3]: It boils."),
        ("- [1] It boils", "It boils", LACKING, (), "- It boils"),
        ("It boils.", "It boils.", LACKING, (), "It boils."),
        ("data[1] is it.", "data[1] is it.", LACKING, (), "data[1] is it."),
        ("See [1](b) it.", "See [1](b) it.", LACKING, (), "See [1](b) it."),
        ("It is `a[1]`.", "It is `a[1]`.", SAID, (2,), "It is `a[1]`."),
        ("# It boils", "It boils", SAID, (2,), "# It boils"),
        ("- It boils\n- So", "It boils", SAID, (2,), "- It boils [2]\n- So"),
        ("| It | boils |\n", "| It | boils |", SAID, (2,), "| It | boils [2] |\n"),
        ("| It | boils", "| It | boils", SAID, (2,), "| It | boils [2]"),
        ("| It [1] | boils |", "| It [1] | boils |", SAID, (2,), "| It [2] | boils |"),
    ],
)
def test_a_sentence_is_marked_with_what_bears_it_out(
    text: str, sentence: str, verdict: SentenceVerdict, right: tuple[int, ...], expected: str
) -> None:
    assert anew(text, (sentence, verdict, right)) == expected


def test_marks_between_sentences_belong_to_the_one_before() -> None:
    text = "It boils. [1] It freezes. [2]\n[3] It melts."
    told = [("It boils.", LACKING, ()), ("It freezes.", SAID, (2,)), ("It melts.", SAID, (4,))]
    assert anew(text, *told) == "It boils. It freezes. [2]\n[4] It melts."
    told[1] = ("[1] It freezes.", SAID, (5,))
    assert anew(text, *told) == "It boils. It freezes. [5]\n[4] It melts."


def test_a_new_mark_stands_where_the_model_puts_its_own() -> None:
    told = [(f"It is {n}.", SAID, (n,)) for n in (1, 2)]
    assert anew("It is 1. [1] It is 2.", *told) == "It is 1. [1] It is 2. [2]"
    told[0] = ("It is 1 [1].", SAID, (1,))
    assert anew("It is 1 [1]. It is 2.", *told) == "It is 1 [1]. It is 2 [2]."


def test_a_sentence_that_claims_nothing_keeps_its_marks() -> None:
    text = "This is what [1] says:"
    check = SentenceCheck(0, len(text), text, SAID, Reason(Ground.NOTHING), (2,))
    assert cited_anew(text, (check,)) == (text, (check,))


@pytest.mark.parametrize("fence", ["```", "~~~~", "> ```"])
def test_code_is_left_alone(fence: str) -> None:
    block = f"{fence}py\nprint([1])\n[2]\n{fence}"
    text = f"So.\n{block}\nIt is.\n{block.removesuffix(fence)}"
    told = [("print([1])", SAID, (3,)), ("It is.", SAID, (4,)), ("print([1])", LACKING, ())]
    assert anew(text, *told) == text.replace("It is.", "It is [4].")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It boils [1].\n\n[1]: Physics, p. 3\n", "It boils [1]."),
        ("It boils [1][2].\n\n[1]: Physics\n[2]: Chemistry", "It boils [1][2]."),
        ("It boils [1].\n\nSources:\n[1] Physics", "It boils [1]."),
        ("Hierve [1].\n\n**Fuentes:**\n- [1] Física\n", "Hierve [1]."),
        ("It boils [1].\n\n## References\n1. [1] Physics", "It boils [1]."),
        ("It boils [1].\n\n[1] says so.", None),
        ("It boils [1].\n\n[2]: Physics", None),
        ("[1]: It boils.\n[2]: It freezes.", None),
        ("It boils [1].\n\nSources:", None),
        ("Sources:\n[1] Physics", None),
        ("", None),
    ],
)
def test_a_list_of_sources_at_the_end_is_dropped(text: str, left: str | None) -> None:
    assert cited_anew(text, ()).text == (text if left is None else left)


def test_what_is_put_between_two_sentences_belongs_to_the_first() -> None:
    assert anew("ÉlElla", ("Él", SAID, (1,)), ("Ella", SAID, (2,))) == "Él [1]Ella [2]"


def test_checks_of_what_is_dropped_go_with_it() -> None:
    text = "It boils [1].\n\n[1]: Physics, p. 3"
    told = [("It boils [1].", SAID, (1,)), ("Physics, p. 3", LACKING, ())]
    result = cited_anew(text, checks_of(text, *told))
    assert (result.text, [check.sentence for check in result.checks]) == (
        "It boils [1].",
        ["It boils."],
    )


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["It boils", "Hierve", "So, 2 m", "**Yes**", '"Ay"', "a[0] is"]),
        st.sampled_from(["", " [1]", "[2]", " [1][3]", " [2] [4]"]),
        st.sampled_from([".", "", "?", ":", ". [1]", ". [3][9]"]),
        st.sampled_from([" ", "\n", "\n- ", "\n\n", "  "]),
        st.sampled_from(list(SentenceVerdict)),
        st.sampled_from([(), (1,), (3, 1), (2, 4)]),
    ),
    max_size=6,
)


@given(SENTENCES)
def test_doing_it_again_changes_nothing_and_only_marks_change(sentences: list[Any]) -> None:
    text, told = "", []
    for words, mark, stop, gap, verdict, right in sentences:
        text += f"{words}{mark}{stop}{gap}"
        told.append((f"{words}{mark}{stop}", verdict, () if verdict is LACKING else right))
    once = cited_anew(text, checks_of(text, *told))
    assert cited_anew(*once) == once
    assert _bare(once.text) == _bare(text)
    for check in once.checks:
        assert _bare(once.text[check.start : check.end]) == _bare(check.sentence)
        if check.verdict is LACKING:
            assert "[" not in once.text[check.start : check.end].replace("a[0]", "")
        elif check.citations:
            marks = re.findall(r"\[([1-9])\]", once.text[check.start : check.end])
            assert marks
            assert {int(mark) for mark in marks} <= set(check.citations)


def _bare(text: str) -> str:
    return "".join(re.sub(r"\[[1-9]\]", "", text).split())
