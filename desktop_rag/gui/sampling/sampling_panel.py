"""The panel in which people choose how the language model picks its words, and see what it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.sampling.distribution import Candidate
from desktop_rag.gui.sampling.own_presets import OwnPresets, link_button
from desktop_rag.gui.sampling.presets import Preset, applied, matching
from desktop_rag.gui.sampling.sampling_chart import SamplingChart, shown_token
from desktop_rag.gui.settings.setting_words import FieldWords, SettingWords
from desktop_rag.gui.widgets.amount_slider import Amount, AmountSlider, even_stops, growing_stops
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.seed_field import SeedField
from desktop_rag.gui.widgets.text import short_tip
from desktop_rag.gui.widgets.wheel_guard import WheelGuard
from desktop_rag.settings.schema import OwnPreset, Sampling

_CHANCE = ("temperature", "top_k", "top_p", "min_p")  # without effect when greedy
_WHOLE = frozenset({"top_k", "max_tokens"})
_STOPS = {
    "temperature": even_stops(0, 2, 0.05),
    "top_k": growing_stops(0, 1000),
    "top_p": even_stops(0, 1, 0.01),
    "min_p": even_stops(0, 1, 0.01),
    "repeat_penalty": even_stops(0.5, 2, 0.05),
    "max_tokens": growing_stops(1, 32768),
}


class SamplingPanel(QWidget):
    """Presets, sliders and a chart.

    Signals:
        sampling_changed: the person chose other values, a `Sampling`; also while dragging.
        own_presets_changed: the person saved or deleted a preset; a tuple of `OwnPreset`.
    """

    sampling_changed = Signal(object)
    own_presets_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sampling = Sampling()
        self._default = Sampling()
        self._guard = WheelGuard(self)
        self._words = SettingWords(self).sampling()
        self.sliders = {name: self._slider(name) for name in _STOPS}
        self.chips = {preset: self._chip(preset) for preset in Preset}
        self._make_controls()
        self._lay_out()
        self.set_candidates(None, None)
        self._show()

    @property
    def sampling(self) -> Sampling:
        """Return the values chosen."""
        return self._sampling

    def set_sampling(self, sampling: Sampling) -> None:
        """Show values without telling anybody."""
        self._sampling = sampling
        self._show()

    def set_default(self, sampling: Sampling) -> None:
        """Take these for what Reset goes back to."""
        self._default = sampling
        self._show()

    def set_own_presets(self, presets: Sequence[OwnPreset]) -> None:
        """Offer these presets."""
        self.own.set_presets(presets)

    def set_candidates(self, candidates: Sequence[Candidate] | None, chosen: str | None) -> None:
        """Show the candidates for a word of the last answer, or else an example."""
        if candidates:
            word = self.tr("In the last answer, which took “{word}”")
            plain = self.tr("In the last answer")
            self._chart_title.setText(word.format(word=shown_token(chosen)) if chosen else plain)
            self.chart.set_candidates(candidates, chosen)
        else:
            self._chart_title.setText(self.tr("An example: “The debt was …”"))
            self.chart.set_candidates(self._example(), None)
        self._note.setText(self.chart.summary)

    def _example(self) -> list[Candidate]:
        return [
            (self.tr("reduced"), -0.97),
            (self.tr("paid"), -1.56),
            (self.tr("high"), -2.04),
            (self.tr("forgiven"), -2.53),
            (self.tr("growing"), -2.81),
            (self.tr("public"), -3.22),
            (self.tr("old"), -3.51),
            (self.tr("never"), -3.91),
            (self.tr("small"), -4.27),
            (self.tr("hidden"), -4.61),
            (self.tr("blue"), -5.30),
            (self.tr("singing"), -5.81),
        ]

    def _slider(self, name: str) -> AmountSlider:
        words = self._words[name]
        amount = Amount(
            words.label, words.help, _STOPS[name], 0 if name in _WHOLE else 2, words.lowest
        )
        slider = AmountSlider(amount, self._guard)
        slider.setObjectName(name)
        slider.value_changed.connect(self._on_slid)
        return slider

    def _chip(self, preset: Preset) -> QPushButton:
        names = {
            Preset.PRECISE: self.tr("Precise"),
            Preset.BALANCED: self.tr("Balanced"),
            Preset.CREATIVE: self.tr("Creative"),
        }
        chip = QPushButton(names[preset])
        chip.setObjectName(preset.value)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setToolTip(short_tip(self._preset_help(preset)))
        chip.setAccessibleDescription(self._preset_help(preset))
        chip.clicked.connect(self._on_preset)
        return chip

    def _preset_help(self, preset: Preset | None) -> str:
        match preset:
            case Preset.PRECISE:
                return self.tr("Stays close to the sources; best for facts.")
            case Preset.BALANCED:
                return self.tr("Reads more naturally and varies a little.")
            case Preset.CREATIVE:
                return self.tr("Varied and surprising; check what it says.")
            case None:
                return self.tr("Values of your own.")

    def _make_controls(self) -> None:
        self.reset = link_button(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Back to the values of the settings"))
        self.reset.clicked.connect(self._on_reset)
        self.own = OwnPresets()
        self.own.preset_chosen.connect(self._choose)
        self.own.presets_changed.connect(self.own_presets_changed)
        self.seed = SeedField()
        self.seed.seed_changed.connect(self._on_seed)
        self.greedy = QCheckBox(self._words["greedy"].label)
        self.greedy.setAccessibleDescription(self._words["greedy"].help)
        self.greedy.toggled.connect(self._on_greedy)
        self.more = link_button(self.tr("More"))
        self.more.setCheckable(True)
        self.more.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.more.toggled.connect(self._on_more)
        self.chart = SamplingChart()
        self._preset_note = plain_label("", "small")
        self._chart_title = plain_label()
        self._note = plain_label("", "small")
        self._legend = plain_label(
            self.tr("Pale: the model’s own likelihood. Strong: with these values. Hatched: cut."),
            "small",
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*[tokens.SPACE_M] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addLayout(self._head())
        column.addWidget(self._greedy_banner())
        for name in ("temperature", "top_k", "top_p"):
            column.addWidget(self.sliders[name])
        column.addWidget(self._chart_card())
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more_part())
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside has it, and a name
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._area)
        self._on_more(False)

    def _head(self) -> QVBoxLayout:
        title = QHBoxLayout()
        title.addWidget(plain_label(self.tr("Choice of words"), "heading"), 1)
        title.addWidget(self.reset)
        chips = QHBoxLayout()
        chips.setSpacing(tokens.SPACE_XS)
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(tokens.SPACE_S)
        head.addLayout(title)
        head.addLayout(chips)
        head.addWidget(self._preset_note)
        head.addWidget(self.own)
        return head

    def _greedy_banner(self) -> QFrame:
        self._banner = QFrame()
        self._banner.setProperty("role", "banner")
        self.allow_chance = link_button(self.tr("Allow chance"))
        self.allow_chance.clicked.connect(self._on_allow_chance)
        row = QVBoxLayout(self._banner)
        row.setContentsMargins(*[tokens.SPACE_S] * 4)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(plain_label(self.tr("The likeliest word is always taken.")))
        row.addWidget(self.allow_chance, 0, Qt.AlignmentFlag.AlignLeft)
        return self._banner

    def _chart_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*[tokens.SPACE_M] * 4)
        column.setSpacing(tokens.SPACE_S)
        for widget in (self._chart_title, self.chart, self._note, self._legend):
            column.addWidget(widget)
        return card

    def _more_part(self) -> QWidget:
        self._rest = QWidget()
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_M)
        for name in ("min_p", "repeat_penalty", "max_tokens"):
            column.addWidget(self.sliders[name])
        column.addLayout(_captioned(self.seed, self._words["seed"]))
        always = QVBoxLayout()
        always.setSpacing(tokens.SPACE_XS)
        always.addWidget(self.greedy)
        always.addWidget(plain_label(self._words["greedy"].help, "small"))
        column.addLayout(always)
        return self._rest

    def _show(self) -> None:
        for name, slider in self.sliders.items():
            slider.set_value(getattr(self._sampling, name))
        self.seed.set_seed(self._sampling.seed)
        with QSignalBlocker(self.greedy):
            self.greedy.setChecked(self._sampling.greedy)
        self._reflect()

    def _reflect(self) -> None:
        """Show what follows from the values."""
        for name in _CHANCE:
            self.sliders[name].setEnabled(not self._sampling.greedy)
        self.seed.setEnabled(not self._sampling.greedy)
        self._banner.setVisible(self._sampling.greedy)
        preset = matching(self._sampling)
        for each, chip in self.chips.items():
            chip.setChecked(each is preset)
        self._preset_note.setText(self._preset_help(preset))
        self.reset.setVisible(self._sampling != self._default)
        self.own.set_sampling(self._sampling)
        self.chart.set_sampling(self._sampling)
        self._note.setText(self.chart.summary)

    def _change(self, **changes: object) -> None:
        new = self._sampling.replaced(**changes)
        if new != self._sampling:
            self._sampling = new
            self.sampling_changed.emit(new)
        self._reflect()

    def _choose(self, sampling: Sampling) -> None:
        changed = sampling != self._sampling
        self.set_sampling(sampling)
        if changed:
            self.sampling_changed.emit(sampling)

    def _on_slid(self, value: float) -> None:
        name = self.sender().objectName()
        self._change(**{name: round(value) if name in _WHOLE else value})

    def _on_seed(self, seed: int | None) -> None:
        self._change(seed=seed)

    def _on_greedy(self, greedy: bool) -> None:
        self._change(greedy=greedy)

    def _on_allow_chance(self) -> None:
        self._choose(self._sampling.replaced(greedy=False))

    def _on_preset(self) -> None:
        self._choose(applied(Preset(self.sender().objectName()), self._sampling))

    def _on_reset(self) -> None:
        self._choose(self._default)

    def _on_more(self, shown: bool) -> None:
        self.more.setIcon(icon("chevron-down" if shown else "chevron-right", "accent"))
        self.more.setText(self.tr("Less") if shown else self.tr("More"))
        self._rest.setVisible(shown)

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours there are now."""
        if event.type() == QEvent.Type.PaletteChange:
            self._on_more(self.more.isChecked())
        super().changeEvent(event)


def _captioned(field: SeedField, words: FieldWords) -> QVBoxLayout:
    field.setAccessibleName(words.label)
    field.setAccessibleDescription(words.help)
    label = plain_label(words.label)
    label.setBuddy(field)
    row = QHBoxLayout()
    row.addWidget(label, 1)
    row.addWidget(field, 1)
    column = QVBoxLayout()
    column.setSpacing(tokens.SPACE_XS)
    column.addLayout(row)
    column.addWidget(plain_label(words.help, "small"))
    return column
