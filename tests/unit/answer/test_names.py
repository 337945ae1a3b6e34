import itertools

import pytest

from desktop_rag.answer.names import Named, name_words, named, small_words
from desktop_rag.domain.documents import DocumentId
from desktop_rag.engines.store.analyzer import terms, words_of

FILES = [
    f"{company}_{year}_10K"
    for company in ("AMAZON", "BESTBUY", "3M", "MCDONALDS", "JOHNSON_JOHNSON", "NIKE", "FOOTLOCKER")
    for year in range(2015, 2023)
]


def stem(text: str) -> list[str]:
    return terms(text, ("en", "es"))


def names_of(files) -> dict[DocumentId, frozenset[str]]:
    return {DocumentId(file): name_words("", file, stem) for file in files}


NAMES = names_of(FILES)


def ask(question: str, names=NAMES) -> Named:
    return named(words_of(question), names, stem)


def top(question: str, names=NAMES) -> set[str]:
    shares = ask(question, names).shares
    return {name for name, share in shares.items() if share > 0.999 * max(shares.values())}


QUESTIONS = [
    "",
    "what is it",
    "Amazon 2017",
    "How much did Nike and Amazon earn in FY2018?",
    "10K",
    "2016 2017 2018",
    "Best Buy, 3M, Johnson & Johnson: 10K",
    " ".join(NAMES),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_shares_are_fractions_of_documents_that_exist(question: str) -> None:
    found = ask(question)
    assert set(found.shares) <= set(NAMES)
    assert all(0 < share <= 1 for share in found.shares.values())
    assert set(found.best) <= top(question) if found.shares else not found.best
    assert found.spoken <= set(words_of(question))
    assert found.best or not (found.sure or found.spoken)


@pytest.mark.parametrize("file", FILES)
def test_the_document_that_is_named_has_the_highest_share(file: str) -> None:
    found = ask(f"What were the net sales of {file.replace('_', ' ')} in total?")
    assert found.best == (file,)
    assert found.shares[DocumentId(file)] == max(found.shares.values())
    assert found.sure


@pytest.mark.parametrize("question", ["", "what is a capital lease", "quarterly income taxes"])
def test_words_that_name_nothing_give_no_shares(question: str) -> None:
    found = ask(question)
    assert (dict(found.shares), found.best, found.sure) == ({}, (), False)
    assert not found.spoken


@pytest.mark.parametrize("year", ["2018", "FY2018", "fy18", "FY18", "2018's", "FY 2018"])
def test_a_year_is_known_however_it_is_written(year: str) -> None:
    assert top(f"amazon revenue in {year}") == {"AMAZON_2018_10K"}


@pytest.mark.parametrize("year", ["2018", "FY2018", "FY18", "FY_2018", "2018Q4"])
def test_a_year_is_known_however_the_file_writes_it(year: str) -> None:
    names = names_of([f"AMAZON_{year}", "AMAZON_2019", "NIKE_2020"])
    for asked in ("2018", "FY2018", "FY18"):
        assert top(f"amazon revenue in {asked}", names) == {f"AMAZON_{year}"}


@pytest.mark.parametrize(
    ("spoken", "company"),
    [
        ("Best Buy", "BESTBUY"),
        ("Best Buy's", "BESTBUY"),
        ("Best Buy’s", "BESTBUY"),
        ("bestbuy", "BESTBUY"),
        ("Foot Locker", "FOOTLOCKER"),
        ("Amazon", "AMAZON"),
        ("Amazon's", "AMAZON"),
        ("Amazon’s", "AMAZON"),
        ("McDonald's", "MCDONALDS"),
        ("3M's", "3M"),
    ],
)
def test_a_name_is_known_however_it_is_spelt(spoken: str, company: str) -> None:
    question = f"What was {spoken} income in 2019?"
    assert top(question) == {f"{company}_2019_10K"}
    assert sorted(ask(question).spoken) == sorted(words_of(spoken))


def test_years_are_sought_in_the_text_as_well() -> None:
    for year in ("2019", "fy2019"):
        found = ask(f"nike income {year}")
        assert found.best == ("NIKE_2019_10K",)
        assert found.spoken == {"nike"}


def test_words_far_apart_are_not_run_together() -> None:
    assert len(top("the best way to buy in 2019")) == 7  # all that 2019 names


def test_a_rare_name_says_more_than_a_frequent_one() -> None:
    names = {DocumentId(f"{n}"): frozenset({"report", f"name{n}"}) for n in range(9)}
    shares = ask("report name3", names).shares
    assert shares[DocumentId("3")] > 2 * shares[DocumentId("4")]
    assert len(shares) == 9


def test_saying_more_of_a_name_never_lowers_its_share() -> None:
    for file in FILES[::5]:
        words = file.split("_")
        for count in range(len(words)):
            few, more = (
                ask(" ".join(words[:at])).shares.get(DocumentId(file), 0)
                for at in (count, count + 1)
            )
            assert few <= more + 1e-9


def test_the_order_of_the_words_does_not_matter() -> None:
    expected = ask("amazon 2017 10k nike").shares
    for words in itertools.permutations(["amazon", "2017", "10k", "nike"]):
        assert ask(" ".join(words)).shares == pytest.approx(expected)


def test_two_documents_named_alike_are_both_named() -> None:
    found = ask("What did Amazon and Nike report in their 10K of 2018?")
    assert set(found.best) == {"AMAZON_2018_10K", "NIKE_2018_10K"}


def test_documents_named_alike_by_the_dozen_are_not_named() -> None:
    found = ask("10K")
    assert len(found.shares) == len(FILES)
    assert (found.best, found.sure, found.spoken) == ((), False, frozenset())


def test_a_title_names_a_document_as_its_file_does() -> None:
    names = {
        DocumentId("a"): name_words("The Book of Harbours", "scan-12", stem),
        DocumentId("b"): name_words("", "Informe_anual-2021", stem),
        DocumentId("c"): name_words("", "other", stem),
    }
    assert top("Which harbour is in the book?", names) == {"a"}
    assert top("¿Qué dice el informe anual de 2021?", names) == {"b"}


def test_no_documents_have_no_names() -> None:
    nothing = Named({}, (), sure=False, spoken=frozenset())
    assert ask("amazon", {}) == nothing
    assert ask("amazon", {DocumentId("a"): frozenset()}) == nothing


def test_among_few_documents_a_title_is_no_name() -> None:
    few = names_of(["the-salt-road-rules", "three-isles-ferry", "cold-ridge-observatory"])
    found = ask("Where does the salt road of the rules end?", few)
    assert found.best == ("the-salt-road-rules",)
    assert not found.sure
    many = few | NAMES
    assert ask("Where does the salt road of the rules end?", many).sure


def test_a_word_that_many_documents_have_in_their_name_is_not_believed() -> None:
    found = ask("What did Nike earn?")
    assert len(found.best) == 8
    assert not found.sure
    assert max(found.shares.values()) < 1
    assert ask("What did Nike earn in 2019?").sure


@pytest.mark.parametrize(("count", "sure"), [(19, False), (20, True)])
def test_only_among_many_documents_is_a_name_believed(count: int, sure: bool) -> None:
    names = {DocumentId(f"{n}"): frozenset({f"ship{n}", f"port{n}"}) for n in range(count)}
    found = ask("ship3 port3", names)
    assert found.best == ("3",)
    assert found.sure is sure


UNITED = names_of(["UNITED_STATES_REPORT_2022", *FILES])


@pytest.mark.parametrize(
    "question",
    [
        "What did Nike earn in FY2022? If it earned nothing, state that and explain why.",
        "If profit is united with loss, state what Nike earned in 2022.",
    ],
)
def test_a_word_in_small_letters_names_less_than_one_in_capitals(question: str) -> None:
    small = small_words(question, words_of)
    assert named(words_of(question), UNITED, stem, small).best == ("NIKE_2022_10K",)


def test_who_writes_all_in_small_letters_names_as_well() -> None:
    question = "what did the united states report say?"
    found = named(words_of(question), UNITED, stem, small_words(question, words_of))
    assert found.best == ("UNITED_STATES_REPORT_2022",)


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("what did nike earn in 2022", set()),
        ("What did we earn? Nothing was said.", set()),
        ("What did Nike earn in Q2, and nike's rival?", {"what", "did", "earn", "in", "and"}),
        ("¿Cuánto ganó Iberdrola en 2022? ¿Y su rival?", {"cuanto", "gano", "en"}),
        ("", set()),
    ],
)
def test_words_are_small_beside_others_that_are_not(text: str, small: set[str]) -> None:
    found = small_words(text, words_of)
    assert found >= small - {"what", "cuanto"}
    assert not found & {"nike", "iberdrola", "2022", "q2"}
    assert bool(found) == bool(small)


def test_a_digit_by_itself_names_no_quarter() -> None:
    names = names_of(["NIKE_2022Q2", "NIKE_2022Q3", "AMAZON_2022Q2"])
    assert top("What did Nike earn in Q3 of 2022?", names) == {"NIKE_2022Q3"}
    assert ask("Did it change by more than 3%?", names).best == ()
    assert ask("Was it 2, 3 or 4?", names).best == ()


def test_every_year_of_a_company_that_is_asked_for_is_named() -> None:
    names = names_of([*FILES, "WALMART_2018_10K"])  # so that 2016 is the rarer year
    found = ask("How did Amazon's sales change between FY2016 and FY2018?", names)
    assert {"AMAZON_2016_10K", "AMAZON_2018_10K"} <= set(found.best)
    assert not any(name.startswith("NIKE") for name in found.best)
