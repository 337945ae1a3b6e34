"""How models are spoken of: sizes, kinds, verdicts, quantizations and what they run on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject

from desktop_rag.domain.examination import Grade
from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import Fit, Machine, ModelKind, Verdict

BEST = 5  # of quality, as it is counted here
_GIB = 1 << 30
_MINUTE, _HOUR = 60.0, 3600.0
_FINE, _COARSE = 10.0, 1.0  # speeds with one digit and with two after the point
_QUALITY = (  # the first that matches, with how much of the model is left
    (re.compile(r"(B?F16|F32)"), BEST, "whole"),
    (re.compile(r"Q8"), BEST, "q8"),
    (re.compile(r"Q6"), BEST, "q6"),
    (re.compile(r"Q5"), 4, "q5"),
    (re.compile(r"Q4_K_M|Q4_K$"), 4, "q4km"),
    (re.compile(r"I?Q4|MXFP4"), 3, "q4"),
    (re.compile(r"I?Q3"), 2, "q3"),
    (re.compile(r"I?Q[12]|TQ"), 1, "q2"),
)


def size_words(size: float) -> str:
    """Return the size of a file as people call it."""
    digits = 1 if 1e9 <= size < 1e11 else 0  # noqa: PLR2004 - gigabytes, but not hundreds
    form = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(round(size), digits, form)


def memory_words(size: float) -> str:
    """Return an amount of memory; of whole gigabytes, no more is said."""
    gigabytes = size / _GIB
    digits = 0 if gigabytes >= _FINE or abs(gigabytes - round(gigabytes)) < 0.05 else 1  # noqa: PLR2004
    return f"{QLocale().toString(gigabytes, 'f', digits)} GB"


def speed_words(tokens_per_second: float) -> str:
    """Return a speed without digits that mean nothing."""
    digits = 0 if tokens_per_second >= _FINE else 1 if tokens_per_second >= _COARSE else 2
    return QLocale().toString(float(tokens_per_second), "f", digits)


def count_words(count: float) -> str:
    """Return a large count in short: 1.2 M, 34 k."""
    for unit, sign in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if count >= unit:
            digits = 0 if count >= 10 * unit else 1
            return f"{QLocale().toString(float(count) / unit, 'f', digits)} {sign}"
    return QLocale().toString(round(count))


def quality(quantization: str) -> int:
    """Return how good a quantization is, of `BEST`; 0 where that is not known.

    >>> [quality(name) for name in ("F16", "Q8_0", "Q4_K_M", "IQ2_XS", "?")]
    [5, 5, 4, 1, 0]
    """
    return _matching(quantization)[0]


def _matching(quantization: str) -> tuple[int, str]:
    for pattern, good, name in _QUALITY:
        if pattern.match(quantization.upper()):
            return good, name
    return 0, ""


@dataclass(frozen=True, slots=True)
class FitWords:
    """A verdict, its colour among the tokens, and the figures that it rests on."""

    verdict: str
    colour: str
    figures: str


class ModelWords(QObject):
    """The words that need a translator."""

    def kind(self, kind: ModelKind) -> str:
        """Return what a model is called by what it does."""
        return {
            ModelKind.WRITER: self.tr("Language model"),
            ModelKind.EMBEDDER: self.tr("Embedder"),
            ModelKind.RERANKER: self.tr("Reranker"),
            ModelKind.ENTAILMENT: self.tr("Entailment model"),
        }[kind]

    def fit(self, fit: Fit | None) -> FitWords:
        """Return whether a model and this machine go together."""
        if fit is None:
            return FitWords("", "muted", "")
        verdict, colour = {
            Verdict.FITS: (self.tr("Fits"), "good"),
            Verdict.SLOW: (self.tr("Slow"), "warning"),
            Verdict.TOO_LARGE: (self.tr("Won’t fit"), "danger"),
        }[fit.verdict]
        parts = [self.tr("{size} of memory").format(size=memory_words(fit.memory))]
        if fit.verdict is not Verdict.TOO_LARGE and fit.tokens_per_second > 0:
            speed = speed_words(fit.tokens_per_second)
            parts.append(self.tr("about {speed} tokens/s").format(speed=speed))
        return FitWords(verdict, colour, " · ".join(parts))

    def grade(self, grade: Grade | None) -> str:
        """Return how a model did in the exam, or nothing of one that was not examined."""
        if grade is None:
            return ""
        words = self.tr("Right in {passed} of %n question(s)", "", grade.questions)
        return words.format(passed=QLocale().toString(grade.passed))

    def grade_at_length(self, grade: Grade | None) -> str:
        """Return how a model did in the exam, and what follows from it."""
        if grade is None:
            return self.tr("Not examined yet: your documents’ own words stand before its answers.")
        seconds = QLocale().toString(float(grade.seconds), "f", 1)
        told = [
            self.grade(grade),
            self.tr("right passage cited in {count}").format(count=grade.cited),
            self.tr("“not in the documents” said in {count} of {all}").format(
                count=grade.refused, all=grade.unanswerable
            ),
            self.tr("{seconds} s for an answer").format(seconds=seconds),
        ]
        follows = (
            self.tr("Its answers stand first where your documents bear them out.")
            if grade.trusted
            else self.tr("Your documents’ own words stand before its answers.")
        )
        return f"{' · '.join(told)}. {follows}"

    def parameters(self, count: int) -> str:
        """Return how many parameters a model has, or nothing."""
        short = count_words(count).replace(" ", "")  # as in the names of models: 3B
        return self.tr("{count} parameters").format(count=short) if count else ""

    def quantization(self, name: str) -> str:
        """Explain a quantization in one sentence."""
        sentences = {
            "whole": self.tr("Nothing is left out: the largest, and hardly better than Q8_0."),
            "q8": self.tr("Almost exactly the original, at half its size."),
            "q6": self.tr("Very close to the original."),
            "q5": self.tr("A little better than Q4_K_M, and a little larger."),
            "q4km": self.tr("Recommended: little is lost at under a third of the size."),
            "q4": self.tr("A little smaller than Q4_K_M, and a little worse."),
            "q3": self.tr("Noticeably worse: for when nothing larger fits."),
            "q2": self.tr("Much is lost: a smaller model in Q4_K_M answers better."),
        }
        unknown = self.tr("How much is left out of this one is not known here.")
        return sentences.get(_matching(name)[1], unknown)

    def quality(self, name: str) -> str:
        """Return how good a quantization is, or nothing."""
        good = quality(name)
        words = self.tr("quality {count} of {most}")
        return words.format(count=good, most=BEST) if good else ""

    def device(self, ready: ModelReady) -> str:
        """Return what a model runs on."""
        if ready.gpu_layers <= 0:
            return self.tr("Running on: {device}").format(device=ready.device)
        return self.tr("Running on: {device}, {count} of {all} layers on the GPU").format(
            device=ready.device,
            count=QLocale().toString(ready.gpu_layers),
            all=QLocale().toString(ready.layers),
        )

    def machine(self, machine: Machine) -> str:
        """Return what this machine has."""
        parts = [
            self.tr("{memory} of memory, {free} free").format(
                memory=memory_words(machine.memory), free=memory_words(machine.free_memory)
            ),
            self.tr("%n core(s)", "", machine.cores),
        ]
        parts += [
            self.tr("{name}, {memory} of memory").format(
                name=gpu.name, memory=memory_words(gpu.memory)
            )
            for gpu in machine.gpus
        ]
        if not machine.gpus:
            parts.append(self.tr("no graphics card used"))
        disk = self.tr("{size} free on the disk").format(size=size_words(machine.free_disk))
        return " · ".join([*parts, disk])

    def left(self, seconds: float) -> str:
        """Return how long something will still take."""
        if seconds < _MINUTE:
            return self.tr("less than a minute left")
        if seconds < _HOUR:
            return self.tr("%n minute(s) left", "", round(seconds / _MINUTE))
        hours, minutes = divmod(round(seconds / _MINUTE), 60)
        return self.tr("{hours} h {minutes} min left").format(hours=hours, minutes=minutes)
