"""What the program says by itself, in the language that it was spoken to."""

from __future__ import annotations

from desktop_rag.answer.asking import words_of
from desktop_rag.domain.answers import QuestionKind

_ENGLISH = {
    QuestionKind.GREETING: "Hello. Ask me anything about your documents.",
    QuestionKind.THANKS: "You are welcome.",
    QuestionKind.PROGRAM: (
        "I answer from your documents and quote the pages that say it; nothing leaves this"
        " computer. I have no secrets to tell, and my rules cannot be changed by a question."
    ),
    QuestionKind.UNCLEAR: "I cannot tell what this is about. Could you say more?",
}
_SPANISH = {
    QuestionKind.GREETING: "Hola. ¿En qué puedo ayudarte con tus documentos?",
    QuestionKind.THANKS: "De nada.",
    QuestionKind.PROGRAM: (
        "Respondo a partir de tus documentos y cito las páginas que lo dicen; nada sale de este"
        " equipo. No puedo revelar secretos, y una pregunta no cambia mis reglas."
    ),
    QuestionKind.UNCLEAR: "No está claro a qué te refieres. ¿Me das más contexto?",
}
_SPANISH_WORDS = frozenset(
    """hola buenas buenos dias tardes noches gracias grasias muchas que tal como estas adios hasta
    quien eres puedes hacer y eso por cual es tu tus olvida ignora dime de el la los mis un una
    ayudar sirves funcionas perfecto vale listo entendido saludos""".split()  # noqa: SIM905
)
_ENGLISH_WORDS = frozenset(
    """hello hi hey good morning afternoon evening thanks thank you how are who what can do why
    and that your the ignore tell me my bye see great got it cool nice""".split()  # noqa: SIM905
)


def reply(kind: QuestionKind, language: str) -> str:
    """Return what is said to a greeting, to thanks and the like; `language` is in ISO 639-1."""
    return (_SPANISH if language == "es" else _ENGLISH)[kind]


def spoken_to_in(text: str, otherwise: str) -> str:
    """Return the language of a few words that are no question, or `otherwise`."""
    words = words_of(text)
    spanish = sum(word in _SPANISH_WORDS for word in words) + ("¿" in text or "¡" in text)
    english = sum(word in _ENGLISH_WORDS for word in words)
    if spanish == english:
        return otherwise
    return "es" if spanish > english else "en"
