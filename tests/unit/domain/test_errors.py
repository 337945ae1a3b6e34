import pickle

import pytest

from desktop_rag.domain import errors
from desktop_rag.domain.limits import CutUnit
from desktop_rag.domain.models import ModelKind

EXAMPLES = [
    errors.DocumentMissing("a.pdf"),
    errors.DocumentUnreadable("a.pdf"),
    errors.DocumentEmpty("a.pdf"),
    errors.DocumentBroken("a.pdf"),
    errors.DocumentWithoutPages("a.pdf"),
    errors.FormNotShown("a.pdf"),
    errors.DocumentLocked("a.pdf"),
    errors.PasswordWrong("a.pdf"),
    errors.RecognitionDataMissing("a.pdf", ("spa", "chi_sim")),
    errors.PagesLeftOut("a.pdf", (2, 6)),
    errors.DocumentCutShort("a.csv", (CutUnit.ROWS, 200_000)),
    errors.DocumentSealed("a.docx"),
    errors.DocumentTooLarge("a.docx"),
    errors.DocumentWithoutText("a.pdf"),
    errors.DocumentBlank("a.pdf"),
    errors.DocumentChanged("a.pdf"),
    errors.DocumentTooSlow("a.pdf", 6),
    errors.DocumentUnread("a.pdf"),
    errors.DocumentUnexplained("a.pdf"),
    errors.DocumentFatal("a.pdf"),
    errors.DocumentUndrawable("a.pdf"),
    errors.NothingToIndex("/data/empty"),
    errors.UnsupportedFile("a.zip"),
    errors.LibraryUnknown("Tesis", ("Contratos", "Actas")),
    errors.DocumentUnknown("/data/a.pdf", "Tesis"),
    errors.TableUnknown("Rent?"),
    errors.SheetKindUnknown("a.odt"),
    errors.DataLocked("/home/ana/data"),
    errors.DataUnreadable("/home/ana/data", "Permission denied"),
    errors.DatabaseDamaged("/home/ana/data/db.sqlite3", "malformed", "2023-01-07 09:30"),
    errors.DatabaseNewer("/home/ana/data/db.sqlite3", "too new", "2024-03-05 10:00"),
    errors.StoreIncomplete("/home/ana/data/vectors"),
    errors.DiskFull("/home/ana/data"),
    errors.EmbedderDamaged("/opt/minilm"),
    errors.EmbedderUnknown("Ana E6", "Ana E5", "ana-e5", ("Ana E5",)),
    errors.EncoderUnusable("e5-small", "/data/e5"),
    errors.FolderUnusable("/data/e5", "pickle", "pytorch_model.bin"),
    errors.ModelMissing("/data/m.gguf"),
    errors.ModelUnusable("/data/m.gguf", "no chat template"),
    errors.ModelTooLarge("m.gguf", 8.0, 4.5),
    errors.ModelUnknown("X", ("Qwen", "Gemma")),
    errors.ModelChosen("e5", ModelKind.EMBEDDER),
    errors.ModelUnsuited("bge", ModelKind.RERANKER, ModelKind.ENTAILMENT),
    errors.AdapterUnusable("a.gguf", "m.gguf"),
    errors.NotQuantizable("m.gguf", "Q8_0", "it is Q4_K_M"),
    errors.DiskTooSmall("/home/ana/data/models", 4.5, 1.25),
    errors.Offline("ana/model"),
    errors.HubUnreachable("ana/model", "timed out"),
    errors.HubRefused("ana/model"),
    errors.HubUnknown("ana/model", "m.gguf"),
    errors.HubBusy("ana/model", 503),
    errors.LanguageUnknown("klingon"),
    errors.DownloadDamaged("ana/model"),
    errors.QuestionTooLong(9000, 8192),
    errors.QuestionsUnusable("/data/questions.jsonl", 3),
    errors.BundleUnusable("/data/Tesis.ragx", "broken"),
    errors.ExportUnreadable("/data/Tesis.ragx"),
    errors.ReferencesUnusable("list.bib", "broken"),
    errors.CardsLacking(),
    errors.PaperUnwritable("/data/answer.docx", "no such device"),
    errors.PaperKindUnknown("/data/answer.odt"),
    errors.ConversationUnknown("Debt", "Papers"),
    errors.WorkerDied("indexing", -11),
    errors.MemoryExceeded("reading", None, 4.0),
    errors.WorkerStoodStill("indexing", -9),
]


def name_of(error: errors.RagError) -> str:
    return type(error).__name__


@pytest.mark.parametrize("error", EXAMPLES, ids=name_of)
def test_errors_survive_the_pipe(error: errors.RagError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert copy.args == error.args
    assert vars(copy) == vars(error)


@pytest.mark.parametrize("error", EXAMPLES, ids=name_of)
def test_every_fact_is_among_the_arguments(error: errors.RagError) -> None:
    assert tuple(vars(error).values()) == error.args


def test_every_error_has_an_example() -> None:
    leaves = {e for e in vars(errors).values() if isinstance(e, type) and not e.__subclasses__()}
    kinds = {errors.DocumentLocked, errors.WorkerDied, errors.DataUnreadable}
    raised = leaves | kinds | {errors.DatabaseDamaged}  # of which there are kinds
    assert raised == {type(e) for e in EXAMPLES}
    assert len(raised) == len(EXAMPLES)


def test_the_drawn_tree_leaves_no_error_out() -> None:
    drawn = errors.__doc__.split("\n\n")[1].splitlines()
    classes = [e.__name__ for e in vars(errors).values() if isinstance(e, type)]
    assert sorted(line.split()[0] for line in drawn) == sorted(classes)
