import pytest

from desktop_rag.domain import errors
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import FolderFault, ModelKind
from desktop_rag.notices import notice_for, sentence
from tests.unit.domain.test_errors import EXAMPLES, name_of


def english(_context: str, text: str) -> str:
    return text


UNKNOWN = notice_for(None, english)


@pytest.mark.parametrize("error", EXAMPLES, ids=name_of)
def test_every_error_has_its_own_words(error: errors.RagError) -> None:
    notice = notice_for(error, english)
    assert notice != UNKNOWN
    assert "{" not in notice.title + notice.advice
    assert notice.title.endswith(".")
    assert notice.advice.endswith(".")
    assert "!" not in notice.title + notice.advice


@pytest.mark.parametrize("error", EXAMPLES, ids=name_of)
def test_words_are_asked_for_before_facts_are_filled_in(error: errors.RagError) -> None:
    asked = []

    def spanish(context: str, text: str) -> str:
        asked.append((context, text))
        return f"<{text}>"

    notice = notice_for(error, spanish)
    assert {context for context, _ in asked} == {"Notices"}
    assert notice.title.startswith("<")
    assert notice.advice.startswith("<")
    assert all(fact not in text for _, text in asked for fact in error.args if type(fact) is str)


def test_no_two_errors_sound_the_same() -> None:
    titles = [notice_for(error, english).title for error in EXAMPLES]
    assert len(set(titles)) == len(titles)


def test_people_count_pages_from_one() -> None:
    assert "page 7" in notice_for(errors.DocumentTooSlow("a.pdf", 6), english).advice
    assert "these: 1, 7." in notice_for(errors.PagesLeftOut("a.pdf", (0, 6)), english).advice
    many = notice_for(errors.PagesLeftOut("a.pdf", tuple(range(99))), english).advice
    assert ", 20…" in many
    assert "21" not in many


def test_how_much_was_read_is_said_in_what_people_count() -> None:
    rows = notice_for(errors.DocumentCutShort("a.csv", ("rows", 250)), english)
    pages = notice_for(errors.DocumentCutShort("a.pdf", ("pages", 1)), english)
    assert rows.title == "“a.csv” was read up to row 250; the rest was left out."
    assert pages.title == "“a.pdf” was read up to page 1; the rest was left out."


def test_missing_languages_are_named_and_so_is_the_command_that_gets_them() -> None:
    notice = notice_for(errors.RecognitionDataMissing("a.pdf", ("spa", "chi_sim")), english)
    assert "(spa, chi_sim)" in notice.title
    assert "`desktop-rag languages get spa chi_sim`" in notice.advice


def test_an_unknown_library_names_the_known_ones() -> None:
    some = errors.LibraryUnknown("X", ("Tesis", "Actas"))
    assert "“Tesis”, “Actas”" in notice_for(some, english).advice
    none = errors.LibraryUnknown("X", ())
    assert "none yet" in notice_for(none, english).advice


@pytest.mark.parametrize("known", [(), ("Tesis",)])
def test_an_error_from_a_newer_version_is_still_told(known: tuple[str, ...]) -> None:
    assert notice_for(errors.RagError(*known), english) == UNKNOWN


def test_a_sentence_says_what_happened_and_what_to_do() -> None:
    assert sentence(errors.DocumentEmpty("a.pdf"), english) == (
        "“a.pdf” is an empty file. Get a complete copy of it, then add it again."
    )
    assert sentence(None, english) == f"{UNKNOWN.title} {UNKNOWN.advice}"


@pytest.mark.parametrize("name", ["a\nb.pdf", "a\x1b b.pdf", "a\r\n\tb.pdf", "a\u202eb.pdf"])
def test_a_sentence_stays_one_plain_line(name: str) -> None:
    assert sentence(errors.DocumentEmpty(name), english).startswith("“a b.pdf” is an empty file.")


@pytest.mark.parametrize("name", ["{x}.pdf", "{0}", "{name!r}"])
def test_a_file_name_is_never_a_template(name: str) -> None:
    assert f"“{name}”" in sentence(errors.DocumentEmpty(name), english)


def test_each_reason_why_a_model_is_unusable_has_advice_of_its_own() -> None:
    advice = {
        reason: notice_for(errors.ModelUnusable("m.gguf", reason), english).advice
        for reason in Unusable
    }
    assert len(set(advice.values())) == len(Unusable)
    assert "damaged" in advice[Unusable.BROKEN]
    assert "not complete" in advice[Unusable.TRUNCATED]
    assert "adapter" in advice[Unusable.ADAPTER]


def test_each_reason_why_a_library_cannot_be_brought_in_has_advice_of_its_own() -> None:
    advice = {
        reason: notice_for(errors.BundleUnusable("a.ragx", reason), english).advice
        for reason in ("unreadable", "foreign", "newer", "broken")
    }
    assert len(set(advice.values())) == len(advice)
    assert "update Desktop RAG" in advice["newer"]
    assert "damaged" in advice["broken"]


def test_a_repository_that_is_not_there_is_told_from_a_file_that_is_not() -> None:
    whole = notice_for(errors.HubUnknown("ana/m", ""), english)
    assert whole.title == "“ana/m” does not exist there, or is private."
    part = notice_for(errors.HubUnknown("ana/m", "m-Q4_K_M.gguf"), english)
    assert part.title == "“ana/m” has no file “m-Q4_K_M.gguf” any more."


def test_what_a_folder_lacks_is_said_in_a_sentence_of_its_own() -> None:
    told = [
        notice_for(errors.FolderUnusable("/data/e5", fault, "model.bin"), english).advice
        for fault in FolderFault
    ]
    assert len(set(told)) == len(FolderFault)
    assert all("{" not in advice for advice in told)


def test_an_embedder_that_is_not_here_is_told_with_the_way_to_another() -> None:
    def advice(near: str, key: str, known: tuple[str, ...]) -> str:
        return notice_for(errors.EmbedderUnknown("x", near, key, known), english).advice

    assert "Did you mean “e5”? Those here are “e5”, “e6”." in advice("e5", "", ("e5", "e6"))
    assert "models download granite" in advice("", "granite", ())
    assert "these: “e5”." in advice("", "", ("e5",))
    assert "install it again" in advice("", "", ())
    assert "“.”" not in notice_for(errors.EncoderUnusable("e5", ""), english).advice


def test_what_was_chosen_is_told_with_how_to_choose_another() -> None:
    told = {kind: notice_for(errors.ModelChosen("e5", kind), english) for kind in ModelKind}
    assert "embedders use" in told[ModelKind.EMBEDDER].advice
    assert "another reranker, or none" in told[ModelKind.RERANKER].advice
    assert "another entailment model, or none" in told[ModelKind.ENTAILMENT].advice


@pytest.mark.parametrize("kind", ModelKind)
def test_what_was_chosen_for_something_else_is_told_what_it_is_and_what_to_choose(kind) -> None:
    titles, advice = set(), set()
    for wanted in ("", ModelKind.RERANKER, ModelKind.ENTAILMENT):
        notice = notice_for(errors.ModelUnsuited("m", kind, wanted), english)
        titles.add(notice.title)
        advice.add(notice.advice)
    assert len(titles) == 1
    assert advice == {
        "Choose a reranker or an entailment model.",
        "Choose a reranker, or none.",
        "Choose an entailment model, or none.",
    }
    told = sentence(errors.ModelUnsuited("bge", "reranker", "entailment"), english)
    assert told.startswith("“bge” sorts passages, so it cannot check answers.")


@pytest.mark.parametrize("name", ["diary.txt", "notes.md", "letter.docx", "sheet.ods", "unnamed"])
@pytest.mark.parametrize(
    "error",
    [
        errors.DocumentFatal,
        errors.DocumentUnexplained,
        errors.DocumentUndrawable,
        lambda name: errors.DocumentTooSlow(name, 1),
        lambda name: errors.PagesLeftOut(name, (1,)),
    ],
)
def test_only_a_pdf_is_to_be_saved_anew_in_a_pdf_program(error, name) -> None:
    assert "your PDF program" in notice_for(error("A.PDF"), english).advice
    advice = notice_for(error(name), english).advice
    assert "PDF" not in advice
    assert "the program that it is from" in advice


def test_a_full_disk_that_nobody_knows_the_place_of_is_said_without_one() -> None:
    said = sentence(errors.DiskFull(""), english)
    assert said == (
        "The disk is full. Free some space, then try again: what was saved is still there."
    )
