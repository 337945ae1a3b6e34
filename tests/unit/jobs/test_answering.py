"""How an answer is made with two processes, without any."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_rag.answer.turn import Checked, Done, PassagesFound, Question, QuotesFound
from desktop_rag.domain.answers import AnswerMode, Ground, Reason, SentenceCheck, SentenceVerdict
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import EncoderUnusable
from desktop_rag.domain.generation import (
    Dropped,
    Exchange,
    GenerationDone,
    ModelChoice,
    Prepared,
    SamplingParameters,
    Thought,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.occurrences import Census, Counted, Needle, Occurrences
from desktop_rag.domain.passages import Cited, Evidence, Extract, Hit, Passage, TextDelta
from desktop_rag.jobs.answering import (
    AskBeside,
    AskGenerating,
    AskSearching,
    CheckedLess,
    Hear,
    LibraryScope,
    answering,
    events,
    exchange_of,
)
from desktop_rag.workers.commands.generating import WriteAnswer
from desktop_rag.workers.commands.searching import (
    AnswerVerified,
    CountEverywhere,
    Gather,
    Gathered,
    Pick,
    Search,
    SearchDone,
    VerifyAnswer,
)

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
DONE = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
SCOPE = LibraryScope("Papers", Path("a.pdf"), (DocumentId("d"),))


def hit(text: str) -> Hit:
    return Hit(DocumentId("d"), 1, 4, "v", "T", text, (), 1.0)


NARROW, WIDE = hit("Lamps burned oil."), hit("Before. Lamps burned oil. After.")


CHECK = SentenceCheck(0, 8, "Oil [1].", SentenceVerdict.SUPPORTED, Reason(Ground.SAID), (1,))


@dataclass
class Process:
    """Replies as it was told to; does one job at a time, like a real one."""

    replies: dict[type, list[object]]
    commands: list[object] = field(default_factory=list)
    busy: bool = False

    def steps(self, command: object) -> Iterator[object]:
        assert not self.busy, "the job before has not ended"
        self.busy = True
        self.commands.append(command)
        yield from self.replies[type(command)]
        self.busy = False


def searching(*hits: Hit, gathered: Hit | None = None) -> Process:
    passages = [Passage(number, one) for number, one in enumerate(hits, 1)]
    extracts = tuple(Extract(one, 0, 17, 0.9) for one in passages)
    return Process(
        {
            Search: [SearchDone(hits, "en", 0.25)],
            Gather: [Gathered((gathered,) if gathered else hits)],
            Pick: [Evidence(extracts)],
            VerifyAnswer: [AnswerVerified((CHECK,))],
        }
    )


def generating(*said: object) -> Process:
    return Process({WriteAnswer: list(said)})


def test_quoting_asks_only_the_searching_process() -> None:
    search, write = searching(NARROW), generating()
    seen = list(events(answering(Question("Oil?", passages=3), SCOPE), search, write))
    passage = Passage(1, NARROW)
    assert search.commands == [
        Search("Oil?", "Papers", Path("a.pdf"), 3, among=(DocumentId("d"),), answering=True),
        Gather((NARROW,)),
        Pick("Oil?", "en", (passage,)),
    ]
    assert write.commands == []
    assert seen[:3] == [
        PassagesFound((passage,), "en", 0.25, searched="Oil?"),
        TextDelta("Lamps burned oil. [1]"),
        Cited(passage),
    ]
    assert (seen[-1].text, seen[-1].mode) == ("Lamps burned oil. [1]", AnswerMode.EXTRACT)
    assert not search.busy


def test_what_is_counted_is_counted_in_the_scope_and_nothing_else_is_asked() -> None:
    came = Occurrences(looked_documents=3, needles=(Needle("oil"),), language="en")
    search, write = Process({CountEverywhere: [came]}), generating()
    asked = Question("which documents mention oil?")
    seen = list(events(answering(asked, SCOPE), search, write))
    census = Census(Counted.DOCUMENTS, (Needle("oil"),))
    where = ("Papers", Path("a.pdf"), (DocumentId("d"),))
    assert search.commands == [CountEverywhere(census, "which documents mention oil?", *where)]
    assert (seen[-1].text, seen[-1].occurrences) == (
        "None of the 3 documents mentions “oil”.",
        came,
    )


def test_writing_widens_what_was_found_and_passes_on_what_the_model_says() -> None:
    prepared = Prepared((1,), Dropped(), 100)
    search = searching(NARROW, gathered=WIDE)
    write = generating(prepared, Thought("Hm."), "Oil", " [1].", DONE)
    sampling = SamplingParameters(seed=3)
    steps = answering(Question("Oil?", MODEL, sampling), SCOPE, conversation=7)
    seen = list(events(steps, search, write))
    assert [type(one) for one in search.commands] == [Search, Gather, Pick, VerifyAnswer]
    assert search.commands[1].around
    (command,) = write.commands
    assert (command.model, command.sampling, command.conversation) == (MODEL, sampling, 7)
    assert command.prompt.passages == (Passage(1, WIDE),)
    assert seen[1] == Thought("Hm.")
    assert seen[-1].checks == (CHECK,)
    assert (seen[-1].text, seen[-1].mode) == ("Oil [1].", AnswerMode.MODEL)
    assert not write.busy


def test_quotes_that_stand_first_are_there_before_the_generating_process_is_asked() -> None:
    write = generating(Prepared((1,), Dropped(), 100), "Oil [1].", DONE)
    question = Question("Oil?", MODEL, trusted=False)
    seen = events(answering(question, SCOPE), searching(NARROW), write)
    assert isinstance(next(seen), PassagesFound)
    early = next(seen)
    assert write.commands == []
    assert isinstance(early, QuotesFound)
    assert early.quotes == list(seen)[-1].quotes


def test_a_beginning_can_be_checked_between_two_words() -> None:
    search = searching(NARROW)
    words = iter((Prepared((1,), Dropped(), 100), "So. Oil", AnswerVerified((CHECK,)), ".", DONE))
    steps, seen, asked, sent = answering(Question("Oil?", MODEL), SCOPE), [], [], None
    job = iter(())
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            break
        sent = None
        match step:
            case AskSearching(command=command):
                job = iter(search.replies[type(command)])
            case AskGenerating():
                job = words
            case AskBeside(command=command):
                asked.append(command)
            case Hear():
                sent = next(job)
            case event:
                seen.append(event)
    (beside,) = asked
    assert (beside.written, beside.ended) == ("So. Oil", False)
    assert seen[1:4] == [TextDelta("So. Oil"), Checked((CHECK,)), TextDelta(".")]


def test_who_waits_for_one_process_has_nothing_checked_beside() -> None:
    search = searching(NARROW)
    write = generating(Prepared((1,), Dropped(), 100), "So. Oil", ". Yes.", DONE)
    seen = list(events(answering(Question("Oil?", MODEL), SCOPE), search, write))
    (verified,) = (one for one in search.commands if isinstance(one, VerifyAnswer))
    assert (verified.written, verified.ended) == ("So. Oil. Yes.", True)
    assert [one.sentence for one in seen[-1].checks] == ["Oil [1]."]


def test_what_answers_are_checked_without_is_told_before_the_answer_is_done() -> None:
    error = EncoderUnusable("nli", "/models/nli")
    search = searching(NARROW)
    search.replies[VerifyAnswer] = [AnswerVerified((CHECK,), error)]
    write = generating(Prepared((1,), Dropped(), 100), "Oil [1].", DONE)
    seen = list(events(answering(Question("Oil?", MODEL), SCOPE), search, write))
    assert [one for one in seen if isinstance(one, CheckedLess)] == [CheckedLess(error)]
    assert seen[-1].checks == (CHECK,)


@pytest.mark.parametrize("model", [None, MODEL])
def test_where_nothing_is_found_nothing_else_is_asked(model) -> None:
    search = searching()
    seen = list(events(answering(Question("Oil?", model), SCOPE), search, generating()))
    assert [type(one) for one in search.commands] == [Search]
    assert seen == [PassagesFound((), "en", 0.25, searched="Oil?"), Done("", ())]


def test_leaving_early_leaves_the_job() -> None:
    write = generating(Prepared((1,), Dropped(), 100), "Oil", "!", DONE)
    seen = events(answering(Question("Oil?", MODEL), SCOPE), searching(NARROW), write)
    assert isinstance(next(seen), PassagesFound)
    assert next(seen) == TextDelta("Oil")
    seen.close()
    assert write.busy  # nobody waits for what is not wanted


def test_history_has_what_the_model_was_told() -> None:
    found = PassagesFound((Passage(1, NARROW), Passage(2, WIDE)), "es")
    read = Done("Oil [2].", (), DONE, Prepared((2,), Dropped((1,)), 9))
    told = exchange_of(Question("Oil?"), found, read)
    assert told == Exchange("Oil?", "Oil [2].", (Passage(2, WIDE),), "es")
    quoted = exchange_of(Question("Oil?"), found, Done("Oil [1].", ()))
    assert quoted.passages == found.passages
