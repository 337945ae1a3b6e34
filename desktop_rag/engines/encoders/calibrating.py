"""Measures an embedder with questions whose answers are known, in English and Spanish.

Every question is compared with the sentence that answers it and with those that answer others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np

from desktop_rag.domain.calibration import Calibration

Embed = Callable[[Sequence[str]], np.ndarray]

_LEAST = 0.02  # between strangers and answers: an embedder that sees no difference has none
_ENGLISH = (
    ("When was the lighthouse built?", "The lighthouse was finished in 1871, after nine years."),
    ("How much does a day ticket cost?", "The ticket for a whole day costs twelve euros."),
    ("Who is responsible for the keys?", "The caretaker keeps all keys and notes who has them."),
    ("What do bees eat in winter?", "In the cold months bees live on the honey they stored."),
    ("Why did the bridge collapse?", "Rust had weakened two of the cables until they broke."),
    ("How long does the guarantee last?", "The device is guaranteed for three years."),
    ("Which medicine lowers the fever?", "Paracetamol brought the temperature down in an hour."),
    (
        "Where are the archives kept?",
        "Documents older than ten years are in the town hall's cellar.",
    ),
    ("What language do the islanders speak?", "On the island people speak a Dutch dialect."),
    ("How many employees work at night?", "Eleven of the forty workers are on the night shift."),
    ("What happens if the rent is paid late?", "One per cent is added for each week of delay."),
    ("How was the salt measured?", "The salinity of the samples was found by titration."),
)
_SPANISH = (
    ("¿Cuándo se construyó el faro?", "El faro se terminó en 1871, tras nueve años de obras."),
    ("¿Cuánto cuesta la entrada de un día?", "La entrada de un día entero cuesta doce euros."),
    (
        "¿Quién es responsable de las llaves?",
        "El conserje guarda las llaves y apunta quién las tiene.",
    ),
    ("¿Qué comen las abejas en invierno?", "En los meses fríos viven de la miel que guardaron."),
    ("¿Por qué se derrumbó el puente?", "El óxido había debilitado dos cables hasta romperlos."),
    ("¿Cuánto dura la garantía?", "El aparato está garantizado por tres años."),
    ("¿Qué medicamento baja la fiebre?", "El paracetamol bajó la temperatura en una hora."),
    ("¿Dónde se guardan los archivos?", "Los documentos de más de diez años están en el sótano."),
    ("¿Qué idioma hablan los isleños?", "En la isla se habla un dialecto del neerlandés."),
    ("¿Cuántos empleados trabajan de noche?", "Once de los cuarenta tienen turno de noche."),
    (
        "¿Qué pasa si el alquiler se paga tarde?",
        "Se añade un uno por ciento por semana de retraso.",
    ),
    ("¿Cómo se midió la sal?", "La salinidad de las muestras se halló por valoración."),
)
_PAIRS = {"en": _ENGLISH, "es": _SPANISH}


def calibrated(asked: Embed, told: Embed, languages: Collection[str]) -> Calibration:
    """Return the calibration of an embedder that was made for `languages`, in ISO 639-1.

    `asked` embeds questions and `told` passages: unit vectors, float32, (texts, dimension).
    """
    known = [code for code in _PAIRS if code in languages] or ["en"]
    questions = {code: asked([question for question, _ in _PAIRS[code]]) for code in known}
    answers = {code: told([answer for _, answer in _PAIRS[code]]) for code in known}
    means = {
        (one, other): _means(questions[one] @ answers[other].T) for one in known for other in known
    }
    within = np.mean([means[code, code] for code in known], axis=0)
    strange, answering = float(within[0]), float(within[1])
    across = [means[one, other] for one in known for other in known if one != other]
    apart = float(np.mean(within - np.mean(across, axis=0))) if across else 0.0
    return Calibration(strange, max(answering, strange + _LEAST), apart)


def _means(cosines: np.ndarray) -> tuple[float, float]:
    """Return the mean of (questions, answers) beside its diagonal, and that of the diagonal."""
    own = np.eye(len(cosines), dtype=bool)
    return float(cosines[~own].mean()), float(cosines[own].mean())
