"""The models that are installed: which one answers, how fast each is, and how it is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_rag.domain.models import ModelKind, Stretch
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.adapters_dialog import AdaptersDialog
from desktop_rag.gui.models.context_dialog import ContextDialog
from desktop_rag.gui.models.quantize_dialog import QuantizeDialog
from desktop_rag.gui.models.values import Doing, ModelValue, WorkValue
from desktop_rag.gui.models.words import ModelWords, memory_words, size_words, speed_words
from desktop_rag.gui.widgets.ask_bar import AskBar, nothing
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.detail_pane import Detail
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.row_list import ListRow, RowList
from desktop_rag.gui.widgets.text import day

QUOTES = "quotes"  # the entry that stands for no model
_ORDER = (ModelKind.WRITER, ModelKind.EMBEDDER, ModelKind.RERANKER, ModelKind.ENTAILMENT)


class InstalledPage(QWidget):
    """The list of models, and what can be done with the one that is chosen in it.

    Signals:
        use_requested: the id of the model that is to write answers, or None to quote.
        benchmark_requested: the id of the model to measure.
        examine_requested: the id of the model to examine.
        work_cancelled: the id of the model of which the work is to stop.
        smaller_requested: an id, and the quantization to make it into.
        adapters_changed: an id, and all its adapters from now on, a tuple of `Adapter`.
        stretch_changed: an id, the `Stretch`, and the tokens that its context is to have.
        removal_requested: the id of the model to remove; where files go, the person was asked.
        folder_requested: the path that is to be shown in its folder.
        add_requested: a file is to be chosen.
        get_requested: the catalogue, where no language model is installed.
        searching_requested: the embedder, reranker or entailment model is to be chosen.
    """

    use_requested = Signal(object)
    benchmark_requested = Signal(int)
    examine_requested = Signal(int)
    work_cancelled = Signal(int)
    smaller_requested = Signal(int, str)
    adapters_changed = Signal(int, object)
    stretch_changed = Signal(int, object, int)
    removal_requested = Signal(int)
    folder_requested = Signal(object)
    add_requested = Signal()
    get_requested = Signal()
    searching_requested = Signal()

    def __init__(self, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._words = ModelWords(self)
        self._models: dict[int, ModelValue] = {}
        self._work: dict[int, WorkValue] = {}
        self.list = RowList(self.tr("Installed models"))
        self.detail = Detail()
        self.add = TextButton("add", self.tr("Add a file…"))
        self.add.setAutoDefault(False)
        self.get = TextButton("download", self.tr("Get a model"), "primary")
        self.get.setAutoDefault(False)
        self._make_buttons()
        self._lay_out()
        self.list.chosen.connect(self._show_chosen)
        self.list.entered.connect(self._on_use)
        self.detail.cancel.clicked.connect(self._on_cancel)
        self.add.clicked.connect(self.add_requested)
        self.get.clicked.connect(self.get_requested)
        self.set_models(())

    @property
    def chosen(self) -> ModelValue | None:
        """Return the model that is chosen in the list."""
        key = self.list.key
        return self._models.get(key) if isinstance(key, int) else None

    def set_models(self, models: Sequence[ModelValue]) -> None:
        """Show these, of each kind in the order given."""
        first = not self._models
        self._models = {model.id: model for model in models}
        self._show()
        used = [model.id for model in models if model.in_use and model.kind is ModelKind.WRITER]
        if first and used:
            self.choose(used[0])

    def set_work(self, work: Sequence[WorkValue]) -> None:
        """Show what is being done now; what is not among it is done no more."""
        self._work = {one.model: one for one in work}
        self._show()

    def choose(self, model: int) -> None:
        """Choose a model in the list."""
        self.list.choose(model)

    def _show(self) -> None:
        models = [one for kind in _ORDER for one in self._models.values() if one.kind is kind]
        self.list.set_lines([self._quoting(), *map(self._line, models)])
        self.get.setVisible(not any(one.kind is ModelKind.WRITER for one in models))
        self._show_chosen()

    def _quoting(self) -> ListRow:
        using = any(
            model.in_use for model in self._models.values() if model.kind is ModelKind.WRITER
        )
        return ListRow(
            QUOTES,
            self.tr("No language model: quote the documents"),
            below=self.tr("Answers are sentences of your documents; nothing is invented."),
            badge="" if using else self.tr("In use"),
        )

    def _line(self, model: ModelValue) -> ListRow:
        fit, work = self._words.fit(model.fit), self._work.get(model.id)
        side, colour, figures = fit.verdict, fit.colour, fit.figures
        if model.problem:
            side, colour, figures = self.tr("Cannot be used"), "danger", ""
        elif model.measured:
            speed = speed_words(model.measured.decode_tps)
            figures = self.tr("{speed} tokens/s measured").format(speed=speed)
        facts = (
            self._words.kind(model.kind),
            size_words(model.size) if model.size else "",
            model.quantization,
            model.licence,
            self._words.grade(model.grade),
        )
        return ListRow(
            model.id,
            model.name,
            below=" · ".join(fact for fact in facts if fact),
            badge=self.tr("In use") if model.in_use else "",
            side=side,
            colour=colour,
            side_below=figures,
            fraction=(work.fraction or 0.0) if work else None,
        )

    # What is chosen

    def _make_buttons(self) -> None:
        self.use = TextButton("check", self.tr("Use"), "primary")
        self.benchmark = TextButton("gauge", self.tr("Benchmark"))
        self.examine = TextButton("check", self.tr("Examine"))
        self.smaller = TextButton("shrink", self.tr("Make smaller…"))
        self.adapters = TextButton("sliders", self.tr("Adapters…"))
        self.longer = TextButton("stretch", self.tr("Longer context…"))
        self.folder = TextButton("folder", self.tr("Show in folder"))
        self.remove = TextButton("trash", self.tr("Remove"))
        deeds = (
            (self.use, self._on_use),
            (self.benchmark, self._on_benchmark),
            (self.examine, self._on_examine),
            (self.smaller, self._on_smaller),
            (self.adapters, self._on_adapters),
            (self.longer, self._on_longer),
            (self.folder, self._on_folder),
            (self.remove, self._on_remove),
        )
        for button, deed in deeds:
            button.clicked.connect(deed)
        self.detail.add_buttons(*(button for button, _deed in deeds))
        self.benchmark.setToolTip(self.tr("Measure how fast it reads and writes here"))
        self.examine.setToolTip(
            self.tr("Find out how well it answers, with questions of known answers")
        )
        self.smaller.setToolTip(self.tr("Make a copy that takes less memory"))

    def _lay_out(self) -> None:
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        below = FlowLayout(row)
        below.addWidget(self.add)
        below.addWidget(self.get)
        hint = self.tr("Or drop a .gguf file anywhere in this window.")
        told = plain_label(hint, "small", wraps=False)
        told.setMinimumHeight(self.add.sizeHint().height())  # in line with the words of the button
        below.addWidget(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self.list, 1)
        column.addWidget(row)
        column.addWidget(self.detail)

    def _show_chosen(self) -> None:
        model = self.chosen
        writer = model is not None and model.kind is ModelKind.WRITER
        usable = model is None or (not model.problem and not model.in_use)
        work = self._work.get(model.id) if model else None
        self.use.setText(self.tr("Use") if writer or model is None else self.tr("Use to search…"))
        self.use.setEnabled(usable and not (model is None and self._quoting().badge))
        for button in (self.benchmark, self.examine, self.adapters, self.longer):
            button.setVisible(writer)
            button.setEnabled(bool(model) and not (model.problem if model else "") and not work)
        self.smaller.setVisible(writer)
        self.smaller.setEnabled(bool(model and model.smaller and not model.problem) and not work)
        self.folder.setVisible(model is not None)
        self.remove.setVisible(model is not None)
        self.remove.setEnabled(not work)
        self._tell(model)
        if work:
            ends = work.doing is not Doing.COPYING
            self.detail.show_work(self._work_words(work), work.fraction, ends=ends)
        else:
            self.detail.show_work("")
        self.detail.settle()

    def _tell(self, model: ModelValue | None) -> None:
        if model is None:
            line = self._quoting()
            self.detail.show_text(line.title, [line.below])
            return
        lines = [self._facts(model), self._fit(model), self._measured(model), self._loaded(model)]
        if model.kind is ModelKind.WRITER:
            lines.append(self._words.grade_at_length(model.grade))
        self.detail.show_text(model.name, lines, model.problem)

    def _facts(self, model: ModelValue) -> str:
        locale = QLocale()
        facts = [self._words.parameters(model.parameters)]
        if model.context_tokens:
            tokens_ = locale.toString(model.context_tokens)
            facts.append(self.tr("reads up to {tokens} tokens at once").format(tokens=tokens_))
        if model.used:
            facts.append(self.tr("last used on {day}").format(day=day(model.used)))
        if model.licence:
            facts.append(self.tr("licence: {name}").format(name=model.licence))
        return " · ".join(fact for fact in facts if fact)

    def _fit(self, model: ModelValue) -> str:
        fit = self._words.fit(model.fit)
        return f"{fit.verdict}: {fit.figures}" if fit.verdict else ""

    def _measured(self, model: ModelValue) -> str:
        if model.measured is None:
            return ""
        found = model.measured
        words = self.tr("Measured: reads {read} and writes {wrote} tokens/s, {memory} of memory")
        told = words.format(
            read=speed_words(found.prompt_tps),
            wrote=speed_words(found.decode_tps),
            memory=memory_words(found.memory),
        )
        return f"{told} ({found.device})" if found.device else told

    def _loaded(self, model: ModelValue) -> str:
        told = []
        if model.adapters:
            told.append(self.tr("%n adapter(s)", "", len(model.adapters)))
        if model.stretch is not Stretch.NONE:
            longer = self.tr("context stretched to {tokens} tokens")
            told.append(longer.format(tokens=QLocale().toString(model.stretched_tokens)))
        return " · ".join(told)

    def _work_words(self, work: WorkValue) -> str:
        return {
            Doing.BENCHMARK: self.tr("Measuring how fast it reads and writes…"),
            Doing.EXAMINING: self.tr("Finding out how well it answers…"),
            Doing.QUANTIZING: self.tr("Making a smaller copy…"),
            Doing.COPYING: self.tr("Copying the file…"),
        }[work.doing]

    # Wishes

    def _on_use(self) -> None:
        model = self.chosen
        if model is not None and model.kind is not ModelKind.WRITER:
            self.searching_requested.emit()
        elif self.use.isEnabled():
            self.use_requested.emit(model.id if model else None)

    def _on_benchmark(self) -> None:
        if model := self.chosen:
            self.benchmark_requested.emit(model.id)

    def _on_examine(self) -> None:
        if model := self.chosen:
            self.examine_requested.emit(model.id)

    def _on_cancel(self) -> None:
        if model := self.chosen:
            self.work_cancelled.emit(model.id)

    def _on_smaller(self) -> None:
        if model := self.chosen:
            dialog = QuantizeDialog(model, self)
            dialog.wanted.connect(self.smaller_requested)
            dialog.open()

    def _on_adapters(self) -> None:
        if model := self.chosen:
            dialog = AdaptersDialog(model, self)
            dialog.changed.connect(self.adapters_changed)
            dialog.open()

    def _on_longer(self) -> None:
        if model := self.chosen:
            dialog = ContextDialog(model, self)
            dialog.changed.connect(self.stretch_changed)
            dialog.open()

    def _on_folder(self) -> None:
        if model := self.chosen:
            self.folder_requested.emit(model.path)

    def _on_remove(self) -> None:
        model = self.chosen
        if model is None:
            return
        if not model.ours:
            self.removal_requested.emit(model.id)
            return
        asked = self.tr("Delete “{name}” from the disk? {size} become free.")
        self._ask.ask(
            model.id,
            asked.format(name=model.name, size=size_words(model.size)),
            [
                (self.tr("Delete the file"), lambda: self.removal_requested.emit(model.id)),
                (self.tr("Keep it"), nothing),
            ],
            careful=True,
        )
