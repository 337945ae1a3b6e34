"""What people read of a record: names of fields, of kinds, and of where things come from."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_rag.domain.references import Origin, ReferenceField, ReferenceKind


class ReferenceWords(QObject):
    """The words for records, in the language of the window."""

    def fields(self) -> dict[ReferenceField, str]:
        """Return what each field is called, in the order in which they are shown."""
        return {
            ReferenceField.TITLE: self.tr("Title"),
            ReferenceField.AUTHORS: self.tr("Authors"),
            ReferenceField.ISSUED: self.tr("Date"),
            ReferenceField.KIND: self.tr("Kind"),
            ReferenceField.PUBLISHER: self.tr("Publisher"),
            ReferenceField.PLACE: self.tr("Place"),
            ReferenceField.CONTAINER: self.tr("Published in"),
            ReferenceField.VOLUME: self.tr("Volume"),
            ReferenceField.ISSUE: self.tr("Issue"),
            ReferenceField.PAGES: self.tr("Pages"),
            ReferenceField.EDITION: self.tr("Edition"),
            ReferenceField.DOI: self.tr("DOI"),
            ReferenceField.ISBN: self.tr("ISBN"),
            ReferenceField.ISSN: self.tr("ISSN"),
            ReferenceField.URL: self.tr("Address on the web"),
            ReferenceField.LANGUAGE: self.tr("Language"),
        }

    def hints(self) -> dict[ReferenceField, str]:
        """Return how some fields are to be filled in."""
        return {
            ReferenceField.AUTHORS: self.tr("Divided by semicolons: Pérez, Ana; World Bank"),
            ReferenceField.ISSUED: self.tr("2021, 2021-03 or 2021-03-05"),
            ReferenceField.CONTAINER: self.tr("A journal, a newspaper, a book"),
        }

    def kinds(self) -> dict[ReferenceKind, str]:
        """Return what each kind of document is called."""
        return {
            ReferenceKind.DOCUMENT: self.tr("Document"),
            ReferenceKind.ARTICLE: self.tr("Preprint"),
            ReferenceKind.JOURNAL_ARTICLE: self.tr("Article in a journal"),
            ReferenceKind.MAGAZINE_ARTICLE: self.tr("Article in a magazine"),
            ReferenceKind.NEWSPAPER_ARTICLE: self.tr("Article in a newspaper"),
            ReferenceKind.BOOK: self.tr("Book"),
            ReferenceKind.CHAPTER: self.tr("Chapter of a book"),
            ReferenceKind.CONFERENCE_PAPER: self.tr("Conference paper"),
            ReferenceKind.ENCYCLOPEDIA_ENTRY: self.tr("Entry of an encyclopedia"),
            ReferenceKind.REPORT: self.tr("Report"),
            ReferenceKind.THESIS: self.tr("Thesis"),
            ReferenceKind.WEBPAGE: self.tr("Web page"),
            ReferenceKind.LEGISLATION: self.tr("Law or decree"),
            ReferenceKind.LEGAL_CASE: self.tr("Court decision"),
            ReferenceKind.PATENT: self.tr("Patent"),
            ReferenceKind.STANDARD: self.tr("Standard"),
            ReferenceKind.SPEECH: self.tr("Talk or slides"),
            ReferenceKind.LETTER: self.tr("Letter or e-mail"),
            ReferenceKind.MANUSCRIPT: self.tr("Manuscript"),
            ReferenceKind.DATASET: self.tr("Data"),
            ReferenceKind.SOFTWARE: self.tr("Software"),
        }

    def origins(self) -> dict[Origin, str]:
        """Return where something comes from."""
        return {
            Origin.PROPERTIES: self.tr("From the file's properties"),
            Origin.FIRST_PAGE: self.tr("From the first pages"),
            Origin.FILE_NAME: self.tr("From the file's name"),
            Origin.TEXT: self.tr("From the text"),
            Origin.IMPORTED: self.tr("From an imported file"),
            Origin.ZOTERO: self.tr("From Zotero"),
            Origin.PERSON: self.tr("Typed by you"),
        }

    def unknown(self) -> str:
        """Return what stands where nothing is said of a field."""
        return self.tr("Not known")

    def wrong(self, which: ReferenceField) -> str:
        """Return what to do about a text that a field cannot hold."""
        if which is ReferenceField.ISSUED:
            return self.tr("Write the date as 2021, 2021-03 or 2021-03-05.")
        return self.tr("This cannot be kept here.")
