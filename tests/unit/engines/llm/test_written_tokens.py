"""The tokens of an answer, as they are told when it is complete."""

import pytest

from desktop_rag.domain.generation import OtherToken, WrittenToken
from desktop_rag.engines.llm.sampling import Odds
from desktop_rag.engines.llm.written_tokens import WrittenTokens

PIECES = {1: b"sea", 2: b"\xc3", 3: "ñ".encode(), 4: b""}


def noted(*said: tuple[bytes, float, tuple[tuple[int, float], ...]]) -> WrittenTokens:
    tokens = WrittenTokens(PIECES.__getitem__)
    for data, probability, others in said:
        tokens.note(data, Odds(probability, others))
    return tokens


def test_each_token_is_told_with_what_else_it_could_have_been() -> None:
    tokens = noted((b"The", 0.5, ((1, 0.25),)), (b" end", 1.0, ()))
    assert tokens.of("The end") == (
        WrittenToken("The", 0.5, (OtherToken("sea", 0.25),)),
        WrittenToken(" end", 1.0),
    )


def test_tokens_that_are_less_than_a_character_are_joined() -> None:
    tokens = noted((b"a", 1.0, ()), (b"\xc3", 0.5, ((1, 0.3),)), (b"\xb1", 0.5, ((3, 0.1),)))
    assert tokens.of("añ")[1:] == (WrittenToken("ñ", 0.25, (OtherToken("sea", 0.3),)),)


def test_others_that_nobody_can_read_are_left_out() -> None:
    tokens = noted((b"x", 0.5, ((2, 0.2), (4, 0.1), (3, 0.05))))
    assert tokens.of("x")[0].others == (OtherToken("ñ", 0.05),)


def test_what_was_written_around_the_answer_is_left_out() -> None:
    tokens = noted((b"\n No", 0.9, ()), (b"body<", 0.8, ()), (b"|user", 0.7, ()))
    assert [one.text for one in tokens.of("Nobody")] == ["No", "body"]
    assert [one.probability for one in tokens.of("Nobody")] == [0.9, 0.8]


@pytest.mark.parametrize("answer", ["", "something else"])
def test_an_answer_that_was_written_otherwise_has_no_tokens(answer: str) -> None:
    assert noted((b"Nobody", 0.9, ())).of(answer) == ()


def test_what_turned_out_to_be_thoughts_is_forgotten() -> None:
    tokens = noted((b"hm", 0.9, ()))
    tokens.forget()
    tokens.note(b"Yes", Odds(1.0, ()))
    assert tokens.of("Yes") == (WrittenToken("Yes", 1.0),)


@pytest.mark.parametrize("broken", [b"a\xff", b"\xff", b"\xc3("])
def test_bytes_that_are_no_text_are_told_as_such(broken: bytes) -> None:
    answer = broken.decode("utf-8", "replace")
    assert "".join(one.text for one in noted((broken, 1.0, ())).of(answer)) == answer


def test_a_character_that_never_ends_is_told_as_such() -> None:
    assert [one.text for one in noted((b"a", 1.0, ()), (b"\xc3", 1.0, ())).of("a\ufffd")] == [
        "a",
        "\ufffd",
    ]
