"""Any model of the hub: what a search found, and the files of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop_rag.domain.models import HubModel
from desktop_rag.domain.quantizations import RECOMMENDED
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.values import FilesValue, FileValue
from desktop_rag.gui.models.words import ModelWords, count_words, quality, size_words
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.detail_pane import Detail
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.row_list import ListRow, RowList
from desktop_rag.gui.widgets.text import plain

_PAGE = "https://huggingface.co/"


class HubPage(QWidget):
    """Two lists, one in place of the other, and what is said while the hub is asked.

    Signals:
        left: back to the catalogue.
        files_requested: the repository whose files are to be listed.
        fit_requested: a repository and a file whose header is to be read.
        file_requested: a repository and a file to download.
        cancelled: what was asked of the hub is no longer wanted.
    """

    left = Signal()
    files_requested = Signal(str)
    fit_requested = Signal(str, str)
    file_requested = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ModelWords(self)
        self._found: dict[str, HubModel] = {}
        self._files = FilesValue("")
        self._reading = ""  # the file whose header is being read
        self._awaited = ""  # the repository whose files were asked for
        self._busy = self._offline = False
        self.back = TextButton("chevron-left", "", "link")
        self.status = plain_label("", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Asking the hub"))
        self.cancel = TextButton("", self.tr("Cancel"), "link")
        self.results = RowList(self.tr("Models on the hub"))
        self.files = RowList(self.tr("Files of the model"))
        self.about, self.file = Detail(), Detail()
        self._make_buttons()
        self._lay_out()
        self.set_found("", ())
        self.set_busy("")

    def set_busy(self, words: str) -> None:
        """Say what the hub is being asked, or nothing."""
        self.bar.setVisible(bool(words))
        self.cancel.setVisible(bool(words))
        if words:
            self._say(words)
        self._busy = bool(words)
        self._show_file()

    def set_offline(self, offline: bool) -> None:
        """Offer nothing that would connect."""
        self._offline = offline
        self._show_file()

    def show_failed(self, sentence: str) -> None:
        """Say why the hub did not answer; what was found before stays."""
        self._awaited = self._reading = ""
        self.set_busy("")
        self._say(sentence, "danger")
        announce.say(self.status, sentence, urgent=True)

    def set_found(self, words: str, models: Sequence[HubModel]) -> None:
        """Show what a search for `words` found."""
        self.set_busy("")
        self._found = {model.repository: model for model in models}
        self._stack.setCurrentIndex(0)
        self._name_back()
        self.results.set_lines([self._result(model) for model in models])
        self._show_result()
        if models:
            told = self.tr("%n model(s) for “{words}”", "", len(models))
            self._say(told.format(words=plain(words)))
        elif words:
            told = self.tr("The hub has no GGUF for “{words}”. Try fewer or other words.")
            self._say(told.format(words=plain(words)))
        else:
            self._say("")

    def set_files(self, files: FilesValue) -> None:
        """Show the files of a repository, or show them anew with what is known by now.

        Only those that were asked for come to the front.
        """
        anew = files.repository == self._awaited or files.repository != self._files.repository
        self._files = files
        self.files.set_lines([self._line(file) for file in files.files])
        if anew:
            self._awaited = self._reading = ""
            self.set_busy("")
            self._stack.setCurrentIndex(1)
            self._name_back()
            self._choose_recommended()
            self.files.setFocus(Qt.FocusReason.OtherFocusReason)
            self._say_files(files)
        elif any(file.name == self._reading and (file.read or file.fit) for file in files.files):
            self._reading = ""
            self._say_files(files)
        self._show_file()

    def _say_files(self, files: FilesValue) -> None:
        if files.gated:
            terms = self.tr("Its owner wants terms to be accepted first, at {page}.")
            self._say(terms.format(page=_PAGE + files.repository), "warning")
        elif files.files:
            told = self.tr("%n file(s) in {repository}", "", len(files.files))
            self._say(told.format(repository=files.repository))
        else:
            nothing = self.tr("{repository} has no GGUF file. Choose another one.")
            self._say(nothing.format(repository=files.repository))

    # Parts

    def _make_buttons(self) -> None:
        self.show_files = TextButton("list", self.tr("Show its files"), "primary")
        self.download = TextButton("download", self.tr("Download"), "primary")
        self.check = TextButton("gauge", self.tr("Check whether it fits"))
        self.check.setToolTip(self.tr("Reads the beginning of the file, some megabytes"))
        self.about.add_buttons(self.show_files)
        self.file.add_buttons(self.download, self.check)
        for button in (self.back, self.cancel):
            button.setAutoDefault(False)
        self.back.clicked.connect(self._on_back)
        self.cancel.clicked.connect(self._on_cancel)
        self.show_files.clicked.connect(self._on_files)
        self.results.entered.connect(self._on_files)
        self.results.chosen.connect(self._show_result)
        self.files.chosen.connect(self._show_file)
        self.download.clicked.connect(self._on_download)
        self.check.clicked.connect(self._on_check)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for parts in ((self.results, self.about), (self.files, self.file)):
            pane = QWidget()
            column = QVBoxLayout(pane)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(tokens.SPACE_S)
            column.addWidget(parts[0], 1)
            column.addWidget(parts[1])
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        left = Qt.AlignmentFlag.AlignLeft
        column.addWidget(self.back, 0, left)
        column.addWidget(self.status)
        column.addWidget(self.bar)
        column.addWidget(self.cancel, 0, left)
        column.addWidget(self._stack, 1)

    def _say(self, words: str, role: str = "muted") -> None:
        self.status.setText(words)
        self.status.setVisible(bool(words))
        self.status.setProperty("role", role)
        self.status.style().polish(self.status)
        if role != "danger":
            announce.say(self.status, words)

    def _name_back(self) -> None:
        at_files = self._stack.currentIndex() == 1 and self._found
        self.back.setText(self.tr("What was found") if at_files else self.tr("Recommended models"))

    def _result(self, model: HubModel) -> ListRow:
        facts = (
            self.tr("{count} downloads").format(count=count_words(model.downloads)),
            self.tr("{count} likes").format(count=count_words(model.likes)),
            model.licence,
        )
        return ListRow(
            model.repository,
            model.repository,
            below=" · ".join(fact for fact in facts if fact),
            side=self.tr("terms to accept") if model.gated else "",
            colour="warning",
        )

    def _line(self, file: FileValue) -> ListRow:
        fit = self._words.fit(file.fit)
        badge = self.tr("Recommended") if file.quantization == RECOMMENDED else ""
        side = (fit.verdict, size_words(file.size))
        return ListRow(
            file.name,
            file.quantization or file.name,
            below=self._words.quantization(file.quantization),
            badge=self.tr("Installed") if file.installed else badge,
            side=" · ".join(part for part in side if part),
            colour=fit.colour if fit.verdict else "text",
            pips=quality(file.quantization),
            fraction=file.fraction,
        )

    def _choose_recommended(self) -> None:
        names = [file.name for file in self._files.files if file.quantization == RECOMMENDED]
        if names:
            self.files.choose(names[0])

    def _chosen_file(self) -> FileValue | None:
        return next((one for one in self._files.files if one.name == self.files.key), None)

    def _show_result(self) -> None:
        model = self._found.get(str(self.results.key))
        self.about.setVisible(model is not None)
        if model:
            licence = self.tr("licence: {name}").format(name=model.licence)
            changed = model.changed[:10]
            day = self.tr("changed on {day}").format(day=changed) if changed else ""
            lines = [" · ".join(part for part in (licence if model.licence else "", day) if part)]
            self.about.show_text(model.repository, lines)

    def _show_file(self) -> None:
        file = self._chosen_file()
        self.show_files.setEnabled(not (self._busy or self._offline))
        self.file.setVisible(file is not None)
        if file is None:
            return
        fit = self._words.fit(file.fit)
        known = f"{fit.verdict}: {fit.figures}" if fit.verdict else ""
        if file.read and file.fit is None:
            known = self.tr("The file does not say enough to tell whether it fits.")
        quantized = self._words.quantization(file.quantization)
        good = self._words.quality(file.quantization)
        facts = " · ".join(part for part in (size_words(file.size), good) if part)
        self.file.show_text(file.name, [quantized, facts, known])
        self.check.setVisible(file.fit is None and not file.read)
        reading = self._reading == file.name
        self.check.setEnabled(not (self._busy or self._offline or reading))
        free = not file.installed and file.fraction is None
        self.download.setEnabled(free and not self._offline)
        self.download.setText(self.tr("Installed") if file.installed else self.tr("Download"))
        coming = file.fraction is not None
        words = self.tr("Reading the beginning of the file…") if reading else ""
        self.file.show_work(self.tr("Downloading…") if coming else words, file.fraction, ends=False)
        self.file.settle()

    # Wishes

    def _on_back(self) -> None:
        if self._stack.currentIndex() == 1 and self._found:
            self._stack.setCurrentIndex(0)
            self._name_back()
            self._say("")
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _on_cancel(self) -> None:
        self._awaited = self._reading = ""
        self.set_busy("")
        self._say("")
        self.cancelled.emit()

    def _on_files(self) -> None:
        if isinstance(self.results.key, str) and self.show_files.isEnabled():
            self.set_busy(self.tr("Asking for the files of {name}…").format(name=self.results.key))
            self._awaited = self.results.key
            self.files_requested.emit(self.results.key)

    def _on_download(self) -> None:
        if file := self._chosen_file():
            self.file_requested.emit(self._files.repository, file.name)

    def _on_check(self) -> None:
        if file := self._chosen_file():
            self._reading = file.name
            self._show_file()
            self.fit_requested.emit(self._files.repository, file.name)
