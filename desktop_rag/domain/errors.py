"""Everything that can go wrong and that the user can do something about.

    RagError
      DocumentError            this PDF; the others are unaffected
        DocumentMissing          no such file
        DocumentUnreadable       the system refuses to open it
        DocumentEmpty            0 bytes
        DocumentBroken           not what its name says, or damaged beyond repair
        DocumentWithoutPages     a PDF of zero pages
        FormNotShown             a form whose pages only say that another program shows it
        DocumentLocked           needs a password
          PasswordWrong            and the one that was given is not it
        DocumentSealed           needs a password that cannot be given here, or is bound to a reader
        DocumentTooLarge         is, or unpacks to, more than can be borne
        RecognitionDataMissing   holds pictures of text, in a language that cannot be recognized
        PagesLeftOut             is ready, but for some pages that could not be read
        DocumentCutShort         is ready, of which only the beginning was read
        DocumentWithoutText      holds pictures of text
        DocumentBlank            holds nothing at all
        DocumentChanged          was written to while it was read
        DocumentUnread           is in a library, and was not read yet
        DocumentTooSlow          one page took longer than allowed
        DocumentUnexplained      made the program fail in a way that nobody foresaw
        DocumentFatal            ends the process that reads it, again and again
        DocumentUndrawable       opening it for drawing took too long, or ended the process
      NothingToIndex           no document at or under a path
      UnsupportedFile          a file of another kind
      LibraryUnknown           no library of that name
      DocumentUnknown          the library holds no such document
      TableUnknown             there is no such table any more
      DataLocked               another window or command owns the data
      DataUnreadable           the data directory cannot be used
        DatabaseDamaged          and its SQLite file is damaged or gone
          DatabaseNewer            or written by a newer version
      StoreDamaged             passages and vectors cannot be read
        StoreIncomplete          or some of them are not there
      DiskFull                 nothing more can be written
      CardsLacking             no study questions to be written to a file
      EmbedderDamaged          the embedder's files are not the expected ones
      EmbedderUnknown          there is no embedder of that name
      EncoderUnusable          an encoder that was chosen cannot be used
      FolderUnusable           a folder holds no encoder that can be used
      ModelMissing             no such model file
      ModelUnusable            not a model that can answer
      ModelTooLarge            does not fit in memory
      ModelUnknown             nothing of that name is installed
      ModelChosen              an encoder that searching or checking goes by
      ModelUnsuited            a model was chosen for what it is not made for
      AdapterUnusable          a LoRA adapter that is none, or of another model
      NotQuantizable           cannot be made smaller in the way that was asked for
      DiskTooSmall             a file does not fit on the disk
      DownloadError            something is wrong with getting one model
        Offline                  the network was switched off in the settings
        HubUnreachable           no connection, or it broke off again and again
        HubRefused               asks for an account, or for terms to be accepted
        HubUnknown               has no such repository or file
        HubBusy                  wants to be left alone for a while, or fails by itself
        DownloadDamaged          what came is not what was promised
        LanguageUnknown          there is no data to recognize text of such a language
      QuestionTooLong          leaves no room for an answer
      QuestionsUnusable        a file of test questions cannot be read
      BundleUnusable           a file that is to hold a library does not, or is damaged
      ExportUnreadable         a file that was written with a library cannot be read back
      PaperUnwritable          an answer or a conversation cannot be written to a file
      SheetKindUnknown         a table cannot be written to a file of this kind
      PaperKindUnknown         or not as a file of that kind
      ConversationUnknown      there is no such conversation
      ReferencesUnusable       a file or a Zotero library whose references cannot be read
      WorkerDied               a child process ended by itself
        MemoryExceeded           or was ended, for it took more memory than it may
        WorkerStoodStill         or was ended since it did nothing any more

Errors carry facts, never sentences; `desktop_rag.notices` finds the words.
Any other exception is a bug, and is reported as one.
"""

from __future__ import annotations


class RagError(Exception):
    """Base of every error we expect.

    Subclasses hand all their arguments to `super().__init__`, in order:
    that is how exceptions are pickled, and they cross process boundaries.
    """


class DocumentError(RagError):
    """Something is wrong with one PDF; the others are unaffected."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class DocumentMissing(DocumentError):
    """There is no such file."""


class DocumentUnreadable(DocumentError):
    """The system refuses to open the file."""


class DocumentEmpty(DocumentError):
    """The file has no content."""


class DocumentBroken(DocumentError):
    """The file is not what its name says, or damaged beyond repair."""


class DocumentWithoutPages(DocumentError):
    """The PDF has no pages."""


class FormNotShown(DocumentError):
    """The PDF is a form that only Adobe's programs show, and holds no text of its own."""


class DocumentLocked(DocumentError):
    """The PDF needs a password."""


class PasswordWrong(DocumentLocked):
    """The password that was given does not open the document."""


class DocumentSealed(DocumentError):
    """The document is no PDF and locked: with a password, or by those who sell it."""


class DocumentTooLarge(DocumentError):
    """The document is, or unpacks to, more than can be read as one."""


class RecognitionDataMissing(DocumentError):
    """Text recognition has no data for these languages, by Tesseract's names."""

    def __init__(self, name: str, languages: tuple[str, ...]) -> None:
        super().__init__(name)
        self.args = (name, languages)
        self.languages = languages


class PagesLeftOut(DocumentError):
    """Some pages, counted from 0, could not be read; all others are searched."""

    def __init__(self, name: str, pages: tuple[int, ...]) -> None:
        super().__init__(name)
        self.args = (name, pages)
        self.pages = pages


class DocumentCutShort(DocumentError):
    """Only the beginning was read: `cut` is a `CutUnit`, pages or rows of a table, and how many."""

    def __init__(self, name: str, cut: tuple[str, int]) -> None:
        super().__init__(name)
        unit, taken = cut
        self.args = (name, (unit, taken))
        self.cut = (unit, taken)


class DocumentWithoutText(DocumentError):
    """The PDF holds pictures of text but no text."""


class DocumentBlank(DocumentError):
    """The PDF holds neither text nor pictures."""


class DocumentChanged(DocumentError):
    """The file was written to while it was read."""


class DocumentUnread(DocumentError):
    """The document is on its way into the library, and cannot be asked yet."""


class DocumentTooSlow(DocumentError):
    """One page took longer to read than a page may."""

    def __init__(self, name: str, page: int) -> None:
        super().__init__(name)
        self.args = (name, page)
        self.page = page


class DocumentFatal(DocumentError):
    """Reading or embedding the PDF ended the process that tried, twice."""


class DocumentUndrawable(DocumentError):
    """Opening the PDF for drawing took too long, or ended the process that tried."""


class DocumentUnexplained(DocumentError):
    """Reading or embedding the PDF failed in a way that nobody foresaw."""


class NothingToIndex(RagError):
    """There is no document at or under a path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class UnsupportedFile(DocumentError):
    """The file is of a kind that cannot be indexed."""


class LibraryUnknown(RagError):
    """There is no library of that name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class DocumentUnknown(RagError):
    """The library holds no document at that path."""

    def __init__(self, path: str, library: str) -> None:
        super().__init__(path, library)
        self.path = path
        self.library = library


class TableUnknown(RagError):
    """The table was deleted, by itself or with its library."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class DataLocked(RagError):
    """Another window or command owns the data directory."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class DataUnreadable(RagError):
    """The data directory cannot be read or written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class DatabaseDamaged(DataUnreadable):
    """The SQLite file is damaged, or is gone from a folder that holds documents.

    `copy` is when the last usable copy of it was made, in local time, "" where there is none.
    """

    _whole = False

    def __init__(self, path: str, reason: str, copy: str) -> None:
        super().__init__(path, reason)
        self.args = (path, reason, copy)
        self.copy = copy

    @property
    def replaceable(self) -> bool:
        """Whether another database may take its place: the copy, or else an empty one.

        Never does an empty one take the place of what is whole.
        """
        return bool(self.copy) or not self._whole


class DatabaseNewer(DatabaseDamaged):
    """The SQLite file was written by a newer version of the program, and is whole."""

    _whole = True


class StoreDamaged(RagError):
    """Passages and their vectors cannot be read; all of them can be made again."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class StoreIncomplete(StoreDamaged):
    """Fewer passages are stored than the database knows of."""


class DiskFull(RagError):
    """Nothing more can be written where the data is kept."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class CardsLacking(RagError):
    """There are no study questions that could be written to a file."""


class EmbedderDamaged(RagError):
    """The embedder's files are missing, or not the ones that were expected."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class EmbedderUnknown(RagError):
    """There is no embedder of that name here.

    `near` is one that is called nearly so, `key` what the catalogue knows it by, and `known` are
    all that are here.
    """

    def __init__(self, name: str, near: str, key: str, known: tuple[str, ...]) -> None:
        super().__init__(name, near, key, known)
        self.name = name
        self.near = near
        self.key = key
        self.known = known


class EncoderUnusable(RagError):
    """The files of an encoder are missing, damaged, or not those of one of its kind.

    `path` is empty where nobody knows any more where they were.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.name = name
        self.path = path


class FolderUnusable(RagError):
    """The folder holds no encoder that can be used: `reason` is a `FolderFault`.

    `part` is the file or the part of it that is to blame, if it is one.
    """

    def __init__(self, path: str, reason: str, part: str = "") -> None:
        super().__init__(path, reason, part)
        self.path = path
        self.reason = reason
        self.part = part


class ModelMissing(RagError):
    """There is no model at that path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class ModelUnusable(RagError):
    """The file is not a GGUF model that can answer questions."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class ModelTooLarge(RagError):
    """The model needs more memory than this machine has free."""

    def __init__(self, model: str, needed_gib: float, free_gib: float) -> None:
        super().__init__(model, needed_gib, free_gib)
        self.model = model
        self.needed_gib = needed_gib
        self.free_gib = free_gib


class ModelUnknown(RagError):
    """No model of that name is installed, or none in the list of known ones."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class ModelChosen(RagError):
    """The encoder was chosen to search or check with, or has indexed what is searched.

    `kind` is a `ModelKind`.
    """

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name, kind)
        self.name = name
        self.kind = kind


class ModelUnsuited(RagError):
    """The model is of one `kind` and was chosen as one that is `wanted`, both a `ModelKind`.

    What is wanted is empty where only a reranker or an entailment model will do.
    """

    def __init__(self, name: str, kind: str, wanted: str = "") -> None:
        super().__init__(name, kind, wanted)
        self.name = name
        self.kind = kind
        self.wanted = wanted


class AdapterUnusable(RagError):
    """The file is no LoRA adapter, or one of another model."""

    def __init__(self, path: str, model: str) -> None:
        super().__init__(path, model)
        self.path = path
        self.model = model


class NotQuantizable(RagError):
    """The model cannot be made into that type: `reason` is what llama.cpp says."""

    def __init__(self, path: str, wanted: str, reason: str) -> None:
        super().__init__(path, wanted, reason)
        self.path = path
        self.wanted = wanted
        self.reason = reason


class DiskTooSmall(RagError):
    """A file of a known size does not fit where it is to go."""

    def __init__(self, path: str, needed_gib: float, free_gib: float) -> None:
        super().__init__(path, needed_gib, free_gib)
        self.path = path
        self.needed_gib = needed_gib
        self.free_gib = free_gib


class DownloadError(RagError):
    """One model could not be got; what has come of it is kept. `name` is its repository."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Offline(DownloadError):
    """The settings forbid every connection."""


class HubUnreachable(DownloadError):
    """Nothing comes from the hub that is of use: `reason` is a `HubFault`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name)
        self.args = (name, reason)
        self.reason = reason


class HubRefused(DownloadError):
    """The hub wants an account that has accepted the terms of the model."""


class HubUnknown(DownloadError):
    """The hub has no such repository, or not this file in it."""

    def __init__(self, name: str, file: str = "") -> None:
        super().__init__(name)
        self.args = (name, file)
        self.file = file


class HubBusy(DownloadError):
    """The hub answers that it cannot answer now; `status` is HTTP's."""

    def __init__(self, name: str, status: int) -> None:
        super().__init__(name)
        self.args = (name, status)
        self.status = status


class DownloadDamaged(DownloadError):
    """The bytes that came are not those that the hub promised; they were thrown away."""


class LanguageUnknown(DownloadError):
    """No language is called so by Tesseract, or its data is not where it is looked for."""


class QuestionTooLong(RagError):
    """The question leaves the model no room for an answer."""

    def __init__(self, tokens: int, context_tokens: int) -> None:
        super().__init__(tokens, context_tokens)
        self.tokens = tokens
        self.context_tokens = context_tokens


class QuestionsUnusable(RagError):
    """A file of test questions cannot be read."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__(path, line)
        self.path = path
        self.line = line


class BundleUnusable(RagError):
    """A library cannot be brought in from this file.

    `reason` is "unreadable", "foreign", "newer" or "broken".
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class ReferencesUnusable(RagError):
    """A list of references cannot be read.

    `reason` is "unreadable", "foreign", "broken" or "large" of a file, and "missing", "damaged",
    "no_zotero" or "busy" of a Zotero library.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class ExportUnreadable(RagError):
    """The file that was written with a library cannot be read back, and was removed."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PaperUnwritable(RagError):
    """A paper cannot be written to this file; `reason` is the system's."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class SheetKindUnknown(RagError):
    """The name of a file does not end like that of any kind that tables are written as."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PaperKindUnknown(RagError):
    """The name of a file does not end like that of any kind that papers are written as."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class ConversationUnknown(RagError):
    """The library has no conversation of that title or number, or, with none, none at all."""

    def __init__(self, name: str, library: str) -> None:
        super().__init__(name, library)
        self.name = name
        self.library = library


class WorkerDied(RagError):
    """A child process ended without being asked to."""

    def __init__(self, worker: str, exit_code: int | None) -> None:
        super().__init__(worker, exit_code)
        self.worker = worker
        self.exit_code = exit_code


class MemoryExceeded(WorkerDied):
    """A child process took more memory than it may, and was ended."""

    def __init__(self, worker: str, exit_code: int | None, gib: float) -> None:
        super().__init__(worker, exit_code)
        self.args = (worker, exit_code, gib)
        self.gib = gib


class WorkerStoodStill(WorkerDied):
    """A child process that had a job neither did nor said anything for long, and was ended."""
