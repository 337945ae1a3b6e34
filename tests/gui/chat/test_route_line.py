"""The line that says what a question was taken for, and the menu of other ways."""

from dataclasses import replace

import pytest

from desktop_rag.domain.answers import AnswerMode, Coverage, Extent, QuestionKind
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.gui.chat.route_line import RouteLine
from desktop_rag.gui.chat.values import Statistics, TurnValue, Way
from desktop_rag.gui.sources import Source

SOURCE = Source(1, DocumentId("a"), "The lease", 0, "1", "words", ())


def turn(kind: QuestionKind, coverage: Coverage, chose: Way | None = None) -> TurnValue:
    sources = (SOURCE,)
    return TurnValue(1, "?", "", sources, (), None, kind=kind, coverage=coverage, chose=chose)


@pytest.fixture
def line(qtbot) -> RouteLine:
    made = RouteLine()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage((DocumentId("a"),), 12), "Summary of The lease, 12 page(s)"),
        (Coverage((DocumentId("a"),), 1, "Rent"), "Summary of “Rent” in The lease, 1 page(s)"),
        (Coverage((DocumentId("a"), DocumentId("b")), 30), "Summary of 2 document(s), 30 page(s)"),
        (
            Coverage((DocumentId("a"), DocumentId("b")), 30, among=90, beginnings=True),
            "Summary of the beginnings of 2 of 90 document(s)",
        ),
    ],
)
def test_a_summary_says_what_it_is_of(line, coverage, words) -> None:
    line.show_way(turn(QuestionKind.SUMMARY, coverage))
    assert (line.text(), line.accessibleName(), line.isHidden()) == (words, words, False)


@pytest.mark.parametrize(
    ("kind", "coverage", "words"),
    [
        ("POINTS", Coverage((DocumentId("a"),), 12), "Key points of The lease, 12 page(s)"),
        ("POINTS", Coverage((DocumentId("a"),), 1, "Rent"), "Key points of “Rent” in The lease"),
        ("POINTS", Coverage((DocumentId("a"), DocumentId("b")), 3), "Key points of 2 document(s)"),
        ("STUDY", Coverage((DocumentId("a"),), 12), "Study questions on The lease, 12 page(s)"),
        ("STUDY", Coverage((DocumentId("a"),), 1, "Rent"), "Study questions on “Rent” in The"),
        (
            "STUDY",
            Coverage((DocumentId("a"), DocumentId("b")), 3),
            "Study questions on 2 document(s)",
        ),
    ],
)
def test_key_points_and_study_questions_say_what_they_are_of(line, kind, coverage, words) -> None:
    line.show_way(turn(QuestionKind[kind], coverage))
    assert line.text().startswith(words)


def test_a_list_alone_says_how_much_was_read(line) -> None:
    value = turn(QuestionKind.POINTS, Coverage((DocumentId("a"),), 12))
    line.show_way(replace(value, sources=()))
    assert line.text() == "Key points, 12 page(s)"


@pytest.mark.parametrize("kind", ["FOLLOW_UP", "SUMMARY", "POINTS", "STUDY", "LIST", "EXACT"])
def test_what_was_answered_as_a_question_says_nothing(line, kind) -> None:
    line.show_way(turn(QuestionKind[kind], Coverage()))
    assert line.isHidden()


def test_what_was_chosen_is_said_whatever_came_of_it(line) -> None:
    line.show_way(turn(QuestionKind.LIST, Coverage(), Way(QuestionKind.LIST)))
    assert (line.text(), line.isHidden()) == ("List of every mention", False)


def test_a_list_is_said_to_be_one_once_places_were_counted(line) -> None:
    counts = (DocumentCount(DocumentId("a"), "The lease", 2, ("1",)),)
    line.show_way(replace(turn(QuestionKind.LIST, Coverage()), counts=counts))
    assert line.text() == "List of every mention"


def test_the_way_that_was_taken_is_marked_and_another_can_be_chosen(line) -> None:
    chosen = []
    line.way_chosen.connect(chosen.append)
    long = Way(QuestionKind.SUMMARY, Extent.LONG)
    line.show_way(turn(QuestionKind.SUMMARY, Coverage(), long))
    actions = {action.text(): action for action in line.menu_of_ways().actions()}
    assert [text for text, action in actions.items() if action.isChecked()] == ["Long summary"]
    line.show_way(turn(QuestionKind.SUMMARY, Coverage()))
    checked = [action.text() for action in line.menu_of_ways().actions() if action.isChecked()]
    assert checked == ["Summary"]
    actions["Answer"].trigger()
    assert chosen == [Way(QuestionKind.QUESTION)]


def test_a_comparison_says_how_much_was_read(line) -> None:
    coverage = Coverage((DocumentId("a"), DocumentId("b")), 213)
    line.show_way(turn(QuestionKind.COMPARISON, coverage))
    assert line.text() == line.accessibleName() == "Comparison of 2 document(s), 213 page(s)"
    line.show_way(turn(QuestionKind.COMPARISON, Coverage()))
    assert line.text() == "Comparison"
    actions = {action.text(): action for action in line.menu_of_ways().actions()}
    assert actions["Comparison"].isChecked()


@pytest.mark.parametrize(
    ("question", "marked"),
    [("summarize it", "Summary"), ("summarize it in a few words", "Short summary")],
)
def test_a_summary_that_nobody_chose_is_marked_by_what_its_words_ask_for(
    line, question, marked
) -> None:
    line.show_way(replace(turn(QuestionKind.SUMMARY, Coverage()), question=question))
    actions = line.menu_of_ways().actions()
    assert [one.text() for one in actions if one.isChecked()] == [marked]


def test_what_was_quoted_for_want_of_a_model_is_not_called_written(line) -> None:
    value = turn(QuestionKind.WRITING, Coverage())
    line.show_way(value)
    assert line.text() == "Written freely"
    quoted = Statistics(AnswerMode.EXTRACT, 1.0, 0, 0, 0, 0.0)
    line.show_way(replace(value, statistics=quoted))
    assert line.isHidden()
    actions = line.menu_of_ways().actions()
    assert [one.text() for one in actions if one.isChecked()] == ["Answer"]


def test_writing_freely_is_offered_where_a_model_can_do_it(line) -> None:
    line.show_way(turn(QuestionKind.QUESTION, Coverage()))
    for writing in (False, True):
        line.writing = writing
        offered = [action.text() for action in line.menu_of_ways().actions()]
        assert ("Written freely" in offered) is writing
