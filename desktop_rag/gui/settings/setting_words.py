"""What people read about each setting: its name, one sentence, and what its choices are called."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

HIDDEN_SECTIONS = frozenset({"presets"})  # made and removed in the sampling panel
HIDDEN_FIELDS = frozenset({"embedder", "reranker", "entailment"})  # chosen among the models
_OWN_NAMES = {"en": "English", "es": "Español"}  # a language is called by its own name


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said of one setting.

    `lowest` is what its lowest number means, `wrong` what to do about a text that it cannot take.
    """

    label: str
    help: str
    unit: str = ""
    lowest: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class SectionWords:
    """What is said of a page of settings."""

    title: str
    help: str
    fields: dict[str, FieldWords]


class SettingWords(QObject):
    """The words for every field of `settings.schema`, in the language of the window."""

    def sections(self) -> dict[str, SectionWords]:
        """Return the words of each section by the name that it has in the schema."""
        return {
            "window": SectionWords(
                self.tr("Window"),
                self.tr("How the program looks and which language it speaks."),
                self._window(),
            ),
            "retrieval": SectionWords(
                self.tr("Searching"),
                self.tr("Which passages of your documents an answer is based on."),
                self._retrieval(),
            ),
            "answering": SectionWords(
                self.tr("Answers"),
                self.tr("What an answer may rest on."),
                self._answering(),
            ),
            "sampling": SectionWords(
                self.tr("Choice of words"),
                self.tr("How the language model picks its words in new conversations."),
                self.sampling(),
            ),
            "indexing": SectionWords(
                self.tr("Reading documents"),
                self.tr("How documents are read, and how much of the machine that may take."),
                self._indexing(),
            ),
            "generating": SectionWords(
                self.tr("Language model"),
                self.tr("How the language model is loaded."),
                self._generating(),
            ),
            "network": SectionWords(
                self.tr("Network"),
                self.tr(
                    "Only getting models and language data connects to anything, and only when "
                    "you ask for it."
                ),
                self._network(),
            ),
        }

    def restart(self) -> str:
        """Return when a setting takes effect that is read only at the start."""
        return self.tr("Takes effect when the program is started again.")

    def choice(self, value: str) -> str:
        """Return what a choice is called."""
        named = {
            "system": self.tr("Like the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "normal": self.tr("Go on as always"),
            "slow": self.tr("Go slowly"),
            "pause": self.tr("Wait for mains power"),
            "zero": self.tr("None"),
            "one": self.tr("One"),
            "few": self.tr("Some"),
        }
        return (named | _OWN_NAMES)[value]

    def _window(self) -> dict[str, FieldWords]:
        return {
            "theme": FieldWords(
                self.tr("Colours"),
                self.tr("Light, dark, or whatever the system is set to."),
            ),
            "language": FieldWords(
                self.tr("Language"),
                self.tr("Of the menus and messages. Answers follow the language of the question."),
            ),
        }

    def _retrieval(self) -> dict[str, FieldWords]:
        return {
            "passages": FieldWords(
                self.tr("Passages per answer"),
                self.tr("More passages say more about the question, but take longer to read."),
            ),
            "candidates": FieldWords(
                self.tr("Passages to choose from"),
                self.tr("How many passages are compared before the best ones are kept."),
            ),
            "neighbours": FieldWords(
                self.tr("Read what stands around a passage"),
                self.tr("Adds the lines just before and after each passage."),
            ),
        }

    def _answering(self) -> dict[str, FieldWords]:
        return {
            "strict": FieldWords(
                self.tr("Answer from the documents alone"),
                self.tr("Otherwise a language model may add what it knows, marked as such."),
            ),
            "examples": FieldWords(
                self.tr("Examples of letters and the like"),
                self.tr("Shown to a language model before it writes one freely."),
            ),
            "own_examples": FieldWords(
                self.tr("Examples of your own"),
                self.tr(
                    "A file with a line {sample} for each. Empty means those of the program."
                ).format(sample='{"question": "…", "answer": "…"}'),
                wrong=self.tr("Write the path of a file that ends in .jsonl or leave this empty."),
            ),
        }

    def sampling(self) -> dict[str, FieldWords]:
        """Return the words for how the language model picks its own."""
        return self._cuts() | {
            "repeat_penalty": FieldWords(
                self.tr("Repeat penalty"),
                self.tr("Above 1, words that were just used become less likely; 1 is off."),
            ),
            "max_tokens": FieldWords(
                self.tr("Longest answer"),
                self.tr("Where an answer ends at the latest, in tokens: pieces of words."),
            ),
            "seed": FieldWords(
                self.tr("Seed"),
                self.tr("With the same number chance repeats itself; empty, it never does."),
            ),
            "greedy": FieldWords(
                self.tr("Always the likeliest word"),
                self.tr("Nothing is left to chance: the cuts and the temperature do not matter."),
            ),
        }

    def _cuts(self) -> dict[str, FieldWords]:
        return {
            "temperature": FieldWords(
                self.tr("Temperature"),
                self.tr("Low stays sober, high surprises; 0 always takes the likeliest word."),
            ),
            "top_k": FieldWords(
                self.tr("Likeliest words (top-k)"),
                self.tr("Only this many of the likeliest words may be chosen."),
                lowest=self.tr("all"),
            ),
            "top_p": FieldWords(
                self.tr("Likely share (top-p)"),
                self.tr("Keeps the likeliest words that together reach this share; 1 keeps all."),
            ),
            "min_p": FieldWords(
                self.tr("Least likelihood (min-p)"),
                self.tr("Leaves out words less likely than this part of the likeliest one."),
            ),
        }

    def _indexing(self) -> dict[str, FieldWords]:
        return (
            self._recognition()
            | self._power()
            | {
                "chunk_tokens": FieldWords(
                    self.tr("Length of a passage"),
                    self.tr(
                        "In tokens, pieces of words. A new length indexes everything anew, beside "
                        "what is searched until then."
                    ),
                ),
                "page_seconds": FieldWords(
                    self.tr("Patience per page"),
                    self.tr("A page that takes longer to read is given up."),
                    unit=self.tr(" s"),
                ),
                "reading_gib": FieldWords(
                    self.tr("Memory for reading"),
                    self.tr("A document that needs more than this is given up."),
                    unit=self.tr(" GiB"),
                ),
            }
        )

    def _recognition(self) -> dict[str, FieldWords]:
        return {
            "recognition": FieldWords(
                self.tr("Recognize scanned text"),
                self.tr("Pages that are only pictures can then be searched; it takes a while."),
            ),
            "languages": FieldWords(
                self.tr("Languages of scanned pages"),
                self.tr("The fewer, the faster and the better; the commonest first."),
            ),
            "pictures": FieldWords(
                self.tr("Recognize pictures on pages of text"),
                self.tr("Tables and charts that are pictures; it takes seconds for each page."),
            ),
            "layout": FieldWords(
                self.tr("Look closely at tables and columns"),
                self.tr("Reads difficult pages better, and several times slower."),
            ),
        }

    def _power(self) -> dict[str, FieldWords]:
        return {
            "threads": FieldWords(
                self.tr("Processor cores"),
                self.tr("How many cores reading and indexing may use."),
                lowest=self.tr("every one"),
            ),
            "gentle": FieldWords(
                self.tr("Let other programs go first"),
                self.tr("Documents take longer while the machine is busy with something else."),
            ),
            "on_battery": FieldWords(
                self.tr("On battery"),
                self.tr("What becomes of the queue while the machine is not plugged in."),
            ),
        }

    def _generating(self) -> dict[str, FieldWords]:
        return {
            "context_tokens": FieldWords(
                self.tr("Room for question and answer"),
                self.tr("In tokens, pieces of words; more room takes more memory."),
            ),
            "threads": FieldWords(
                self.tr("Processor cores"),
                self.tr("How many cores write an answer."),
                lowest=self.tr("every one"),
            ),
            "gpu_layers": FieldWords(
                self.tr("Layers on the graphics card"),
                self.tr("The more of the model is there, the faster it writes."),
                lowest=self.tr("as many as fit"),
            ),
            "thinking": FieldWords(
                self.tr("Let models think first"),
                self.tr("Those that can: answers get better and take longer."),
            ),
            "kept_gib": FieldWords(
                self.tr("Disk for conversations that were read"),
                self.tr("Going on with an old conversation need not read it again; 0 keeps none."),
                unit=self.tr(" GiB"),
            ),
        }

    def _network(self) -> dict[str, FieldWords]:
        return {
            "offline": FieldWords(
                self.tr("Never connect to anything"),
                self.tr("Models and language data cannot be downloaded then; all else works."),
            ),
            "endpoint": FieldWords(
                self.tr("Address of the hub"),
                self.tr("Of a mirror, if you have one: https://… Empty is the usual one."),
                wrong=self.tr("Write an address that begins with https:// or leave this empty."),
            ),
            "language_data": FieldWords(
                self.tr("Address of language data"),
                self.tr("Of a folder of Tesseract's files: https://… Empty is its own place."),
                wrong=self.tr("Write an address that begins with https:// or leave this empty."),
            ),
            "proxy": FieldWords(
                self.tr("Proxy"),
                self.tr("If your network needs one: http://… Empty is what the system says."),
                wrong=self.tr("Write an address that begins with http:// or leave this empty."),
            ),
        }
