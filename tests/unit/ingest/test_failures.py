from desktop_rag.ingest.failures import described


def test_a_failure_is_told_by_its_kind_and_place_and_not_by_its_words() -> None:
    try:
        {}["a word of a document"]
    except KeyError as error:
        told = described(error)
    assert told.startswith("KeyError in test_failures.py:")
    assert "word" not in told


def test_a_failure_that_was_never_raised_has_a_kind() -> None:
    assert described(ValueError("secret")) == "ValueError"
