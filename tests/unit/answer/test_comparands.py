"""Which documents a comparison is of, and what it is about."""

import pytest

from desktop_rag.answer.comparands import Comparands, ComparisonWish, comparands
from desktop_rag.answer.retrieval import SearchScope, names_of
from desktop_rag.domain.comparisons import Uncompared
from desktop_rag.domain.documents import DocumentId
from desktop_rag.engines.store import analyzer


def library(*titles: str) -> SearchScope:
    named = {DocumentId(one): (one, one) for one in titles}
    names = names_of(named, ("en", "es"), analyzer)
    return SearchScope(tuple(named), everything=True, languages=("en", "es"), names=names)


PLANS = library(
    "Options at Lumen",
    "Lumen Gold Health Details",
    "Lumen Basic Health Details",
    "Gym money",
    "employee handbook",
    "list of roles",
)
LEASES = library(
    "contrato_2019", "contrato_2020", "contrato_2021", "acta_2021", "acta_2019", "plano", "normas"
)
TWO = library("lease v1", "lease v2")
GOLD, BASIC = DocumentId("Lumen Gold Health Details"), DocumentId("Lumen Basic Health Details")


def meant(question: str, scope: SearchScope, **more: object) -> Comparands | None:
    return comparands(ComparisonWish(question, scope, **more), analyzer)


@pytest.mark.parametrize(
    ("question", "scope", "documents", "topic"),
    [
        ("Compare Gold and Basic", PLANS, (GOLD, BASIC), ""),
        ("compare Basic with Gold on dental cover", PLANS, (BASIC, GOLD), "dental cover"),
        ("differences in deductibles between Gold and Basic", PLANS, (GOLD, BASIC), "deductibles"),
        ("How do Gold and Basic differ in dental cover?", PLANS, (GOLD, BASIC), "dental cover"),
        ("Gold vs Basic", PLANS, (GOLD, BASIC), ""),
        (
            "compara el contrato de 2019 con el de 2021",
            LEASES,
            ("contrato_2019", "contrato_2021"),
            "",
        ),
        (
            "¿Qué diferencias hay entre el acta de 2019 y la de 2021 sobre las cuotas?",
            LEASES,
            ("acta_2019", "acta_2021"),
            "cuotas",
        ),
        (
            "diferencias de precio entre el contrato de 2019 y el de 2020",
            LEASES,
            ("contrato_2019", "contrato_2020"),
            "precio",
        ),
        (
            "compara los contratos",
            LEASES,
            ("contrato_2019", "contrato_2020", "contrato_2021"),
            "",
        ),
        ("compare v1 and v2 on rent", TWO, ("lease v1", "lease v2"), "rent"),
        (
            "What changed between contrato_2019 and contrato_2020?",
            LEASES,
            ("contrato_2019", "contrato_2020"),
            "",
        ),
    ],
)
def test_those_that_a_question_names_are_compared_on_the_rest_of_it(
    question, scope, documents, topic
) -> None:
    assert meant(question, scope) == Comparands(documents, topic)


@pytest.mark.parametrize(
    "question",
    ["compare", "Compare the documents", "compara los documentos", "what are the differences?"],
)
def test_all_of_a_small_library_are_compared_where_none_is_named(question) -> None:
    assert meant(question, TWO) == Comparands(TWO.documents)


def test_two_that_are_called_alike_are_the_two() -> None:
    assert meant("compare the two plans", PLANS) == Comparands((BASIC, GOLD))
    assert meant("Compara los dos planes en las primas", PLANS) == Comparands(
        (BASIC, GOLD), "primas"
    )
    many = library("Gold health A", "Gold health B", *(f"letter {at * at}" for at in range(20)))
    assert meant("compare the two plans", many).uncompared is Uncompared.FEW
    several = library("Gold plan A", "Gold plan B", "Gold plan C", "x", "y", "z")
    assert meant("compare the two plans", several).uncompared is Uncompared.FEW


def test_what_a_person_selected_is_compared_where_none_is_named() -> None:
    selected = library("fees 2021", "fees 2019", "fees 2020")
    assert meant("compare them on dogs", selected, narrowed=True) == Comparands(
        ("fees 2019", "fees 2020", "fees 2021"), "dogs"
    )


def test_what_was_cited_before_is_compared_with_what_is_named() -> None:
    cited = (DocumentId("contrato_2019"), DocumentId("acta_2021"))
    assert meant("compare them", LEASES, preferred=cited).documents == cited
    with_another = meant("compare it with the plano", LEASES, preferred=cited[:1], chosen=True)
    assert set(with_another.documents) == {"plano", "contrato_2019"}


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ("which is larger, Spain or Portugal?", TWO),
        ("which is longer, v1 or v2?", TWO),
        ("compare cats and dogs", PLANS),
        ("What is the rent?", TWO),
        ("differences between dental and eye cover under the Gold plan", PLANS),
        ("¿Qué diferencia hay entre prima y cuota en el plan?", PLANS),
        ("compare the rent of 2019 and 2020", library("lease 2019", "b", "c", "d", "e", "f")),
    ],
)
def test_a_question_about_things_is_none_about_documents(question, scope) -> None:
    assert meant(question, scope) is None


@pytest.mark.parametrize(
    ("question", "scope", "more", "reason"),
    [
        ("compare", LEASES, {}, Uncompared.FEW),
        ("compare the two contracts", LEASES, {}, Uncompared.FEW),
        ("compara este documento", library("one"), {"chosen": True}, Uncompared.FEW),
        ("compare these", LEASES, {"narrowed": True}, Uncompared.MANY),
    ],
)
def test_too_few_and_too_many_are_told_with_what_could_be_meant(
    question, scope, more, reason
) -> None:
    found = meant(question, scope, **more)
    assert found.uncompared is reason
    assert found.documents


def test_a_plain_question_is_one_where_a_person_chose_to_compare() -> None:
    assert meant("What is the rent?", TWO, chosen=True) == Comparands(
        TWO.documents, "What is the rent"
    )


SMALL = library("Gold Health Details", "employee handbook", "lease of Heron House")


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between an HMO plan and a PPO plan?",
        "What is the difference between a policy and a claim?",
        "What is the difference between the two payment options?",
        "What is the difference between copay and coinsurance in this document?",
        "difference between full-time and part-time employees in the handbook",
        "HMO plan vs PPO plan",
        "¿Cuál es la diferencia entre un contrato fijo y uno temporal?",
        "¿En qué se diferencian los dos tipos de contrato?",
    ],
)
def test_how_things_differ_is_no_comparison_of_documents_that_are_called_so(question) -> None:
    assert meant(question, SMALL) is None


def test_how_things_differ_is_asked_within_what_was_selected_too() -> None:
    asked = "What is the difference between an HMO plan and a PPO plan?"
    assert meant(asked, TWO, narrowed=True) is None
    assert meant("What are the differences in rent?", TWO, narrowed=True).topic == "rent"


@pytest.mark.parametrize(
    "question",
    [
        "What are the differences between the two leases?",
        "What has changed from the previous version?",
        "How do these contracts differ in rent?",
        "¿Qué diferencias hay entre los contratos?",
        "compare the lease agreements",
    ],
)
def test_documents_are_meant_where_several_are_spoken_of(question) -> None:
    assert meant(question, TWO).documents == ("lease v1", "lease v2")
