"""What is said of models: their files, and getting them."""

from __future__ import annotations

from desktop_rag.domain.errors import (
    AdapterUnusable,
    DiskTooSmall,
    DownloadDamaged,
    EmbedderUnknown,
    EncoderUnusable,
    FolderUnusable,
    HubBusy,
    HubRefused,
    HubUnknown,
    HubUnreachable,
    LanguageUnknown,
    ModelChosen,
    ModelMissing,
    ModelTooLarge,
    ModelUnknown,
    ModelUnsuited,
    ModelUnusable,
    NotQuantizable,
    Offline,
    QuestionTooLong,
    RagError,
)
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import FolderFault, ModelKind
from desktop_rag.notices.hub_faults import of_fault
from desktop_rag.notices.words import Translate, Words


def of_model(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with a language model, if it is that."""
    match error:
        case ModelMissing():
            return (
                translate("Notices", "There is no language model at “{path}”."),
                translate("Notices", "Check where it is, or choose another one."),
            )
        case ModelUnusable(reason=reason):
            return (
                translate("Notices", "“{path}” cannot be used as a language model."),
                _model_advice(reason, translate),
            )
        case ModelTooLarge():
            return (
                translate("Notices", "“{model}” does not fit in memory."),
                translate(
                    "Notices",
                    "It needs {needed_gib:.1f} GiB; {free_gib:.1f} GiB are free. "
                    "Close other programs, or choose a smaller model.",
                ),
            )
        case QuestionTooLong():
            return (
                translate("Notices", "The question is too long."),
                translate(
                    "Notices",
                    "It takes {tokens} of the {context_tokens} tokens that the language model "
                    "can hold. Shorten it, or raise that number in the settings.",
                ),
            )
        case _:
            return None


def of_encoder(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with an encoder, or the folder of one, if it is that."""
    match error:
        case EmbedderUnknown():
            return (
                translate("Notices", "There is no embedder “{name}” here."),
                _unknown_advice(error, translate),
            )
        case EncoderUnusable(path=""):
            return (
                translate("Notices", "“{name}” is not installed any more."),
                translate("Notices", "Get it again, or choose another one among the models."),
            )
        case EncoderUnusable():
            return (
                translate("Notices", "“{name}” cannot be used."),
                translate(
                    "Notices",
                    "Its files at “{path}” are missing or damaged. Download it again, or choose "
                    "another one among the models.",
                ),
            )
        case FolderUnusable():
            return (
                translate("Notices", "“{path}” cannot be used."),
                _folder_advice(error, translate),
            )
        case _:
            return None


def of_models(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with installed models and their adapters, if it is that."""
    match error:
        case ModelUnknown(known=()):
            return (
                translate("Notices", "There is no model “{name}” here."),
                translate("Notices", "There are none yet: download one, or add a GGUF file."),
            )
        case ModelUnknown():
            return (
                translate("Notices", "There is no model “{name}” here."),
                translate("Notices", "Choose one of these: {known}."),
            )
        case ModelChosen() | ModelUnsuited():
            return _of_choosing(error, translate)
        case _:
            return _of_making(error, translate)


def _of_choosing(error: ModelChosen | ModelUnsuited, translate: Translate) -> Words:
    match error:
        case ModelUnsuited():
            return _unsuited(error, translate)
        case ModelChosen(kind=ModelKind.RERANKER):
            return (
                translate("Notices", "“{name}” is what sorts the passages that are found."),
                translate("Notices", "Choose another reranker, or none, then remove it."),
            )
        case ModelChosen(kind=ModelKind.ENTAILMENT):
            return (
                translate("Notices", "“{name}” is what checks the answers."),
                translate("Notices", "Choose another entailment model, or none, then remove it."),
            )
        case ModelChosen():
            return (
                translate("Notices", "“{name}” is the embedder that your documents are found by."),
                translate(
                    "Notices",
                    "Choose another embedder first, among the models or with “desktop-rag "
                    "embedders use”; once its index serves, this one can be removed.",
                ),
            )


def _of_making(error: RagError | None, translate: Translate) -> Words:
    match error:
        case AdapterUnusable():
            return (
                translate("Notices", "“{path}” is no adapter for “{model}”."),
                translate("Notices", "Choose a LoRA adapter in GGUF that was made for this model."),
            )
        case NotQuantizable():
            return (
                translate("Notices", "“{path}” cannot be made into {wanted}."),
                translate("Notices", "Choose a larger file of the same model ({reason})."),
            )
        case DiskTooSmall():
            return (
                translate("Notices", "There is no room for this file at “{path}”."),
                translate(
                    "Notices",
                    "It needs {needed_gib:.1f} GiB; {free_gib:.1f} GiB are free. Free some space, "
                    "then try again.",
                ),
            )
        case _:
            return None


def of_hub(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with getting a model, if it is that."""
    match error:
        case Offline():
            return (
                translate("Notices", "The network is switched off, so “{name}” was not asked for."),
                translate("Notices", "Allow connections in the settings, under Network."),
            )
        case HubUnreachable(reason=reason):
            return of_fault(reason, translate)
        case HubRefused():
            return (
                translate("Notices", "“{name}” is given only to people who accept its terms."),
                translate(
                    "Notices",
                    "Accept them on its page on the web and set HF_TOKEN, or choose another model.",
                ),
            )
        case _:
            return _of_files(error, translate)


def _of_files(error: RagError | None, translate: Translate) -> Words:
    match error:
        case HubUnknown(file=""):
            return (
                translate("Notices", "“{name}” does not exist there, or is private."),
                translate("Notices", "Check how it is written, or choose another model."),
            )
        case HubUnknown():
            return (
                translate("Notices", "“{name}” has no file “{file}” any more."),
                translate("Notices", "Look at its files again and choose another one."),
            )
        case HubBusy():
            return (
                translate("Notices", "The server of “{name}” does not answer now ({status})."),
                translate("Notices", "Try again in some minutes; what has come is kept."),
            )
        case DownloadDamaged():
            return (
                translate("Notices", "What came of “{name}” is not what was promised."),
                translate("Notices", "It was thrown away; download it again."),
            )
        case LanguageUnknown():
            return (
                translate("Notices", "There is no data for a language called “{name}”."),
                translate(
                    "Notices",
                    "Use Tesseract's name, such as spa or fra; if you set an address of language "
                    "data, check it.",
                ),
            )
        case _:
            return None


def _unsuited(error: ModelUnsuited, translate: Translate) -> Words:
    title = {
        ModelKind.WRITER: translate(
            "Notices", "“{name}” writes answers, so it cannot be chosen for this."
        ),
        ModelKind.EMBEDDER: translate(
            "Notices", "“{name}” is an embedder, so it cannot be chosen for this."
        ),
        ModelKind.RERANKER: translate(
            "Notices", "“{name}” sorts passages, so it cannot check answers."
        ),
        ModelKind.ENTAILMENT: translate(
            "Notices", "“{name}” checks answers, so it cannot sort passages."
        ),
    }
    advice = {
        str(ModelKind.RERANKER): translate("Notices", "Choose a reranker, or none."),
        str(ModelKind.ENTAILMENT): translate("Notices", "Choose an entailment model, or none."),
    }
    either = translate("Notices", "Choose a reranker or an entailment model.")
    return title[ModelKind(error.kind)], advice.get(error.wanted, either)


def _unknown_advice(error: EmbedderUnknown, translate: Translate) -> str:
    match error:
        case EmbedderUnknown(key=key) if key:
            return translate(
                "Notices",
                "“{key}” can be downloaded: among the models, or with “desktop-rag models "
                "download {key}”.",
            )
        case EmbedderUnknown(near=near) if near:
            return translate("Notices", "Did you mean “{near}”? Those here are {known}.")
        case EmbedderUnknown(known=()):
            return translate("Notices", "None came with this installation: install it again.")
        case _:
            return translate("Notices", "Choose one of these: {known}.")


def _folder_advice(error: FolderUnusable, translate: Translate) -> str:
    advice = {
        FolderFault.NO_FOLDER: translate("Notices", "There is no folder of that name."),
        FolderFault.NOT_ENCODER: translate(
            "Notices",
            "It holds no embedder for sentence-transformers, no reranker and no entailment model. "
            "Choose the folder that modules.json and config.json lie in.",
        ),
        FolderFault.LACKS: translate(
            "Notices", "“{part}” is not in it. Download or save the model again, whole."
        ),
        FolderFault.PICKLE: translate(
            "Notices",
            "Its weights are in “{part}”, a format that can hide programs. Get the model with "
            "model.safetensors.",
        ),
        FolderFault.CODE: translate(
            "Notices",
            "It wants programs of its own to be run (“{part}”), which is never done here. Choose "
            "another model.",
        ),
        FolderFault.UNKNOWN_PARTS: translate(
            "Notices", "It has a part that is not known here: “{part}”. Choose another model."
        ),
        FolderFault.UNKNOWN_LABELS: translate(
            "Notices",
            "It sorts texts into “{part}”. Only a model that names its classes entailment, neutral "
            "and contradiction can check answers.",
        ),
        FolderFault.LINK: translate(
            "Notices",
            "“{part}” is a link to a place outside the folder. Copy the folder with its files "
            "instead of links, then add the copy.",
        ),
        FolderFault.TOO_LARGE: translate(
            "Notices", "“{part}” is larger than such a file can be. Choose another model."
        ),
    }
    damaged = translate(
        "Notices", "“{part}” is damaged, or does not go with the rest. Get the model again."
    )
    return {str(key): words for key, words in advice.items()}.get(error.reason, damaged)


def _model_advice(reason: str, translate: Translate) -> str:
    advice = {
        Unusable.NOT_GGUF: translate("Notices", "It is not a GGUF file. Choose one that is."),
        Unusable.OLD_VERSION: translate(
            "Notices", "It is in an old format. Get a newer file of the model."
        ),
        Unusable.VOCABULARY_ONLY: translate(
            "Notices", "It holds only a vocabulary. Choose the model itself."
        ),
        Unusable.TRUNCATED: translate("Notices", "It is not complete. Download it again."),
        Unusable.NOT_A_WRITER: translate(
            "Notices", "It does not write text. Choose a model for conversation."
        ),
        Unusable.ADAPTER: translate(
            "Notices", "It is an adapter. Choose the model it belongs to, then add it to that."
        ),
        Unusable.PART: translate("Notices", "It is one of several parts. Choose the first one."),
        Unusable.TEMPLATE_ENDLESS: translate(
            "Notices",
            "Its chat template does not end. Choose another model, or another file of this one.",
        ),
        Unusable.TEMPLATE_FAILS: translate(
            "Notices",
            "Its chat template refuses this conversation. Begin a new one, or choose another "
            "model.",
        ),
        Unusable.OUT_OF_MEMORY: translate(
            "Notices", "Memory ran out. Close other programs, or choose a smaller model."
        ),
    }
    damaged = translate("Notices", "It is damaged. Download it again, or choose another one.")
    return {str(key): words for key, words in advice.items()}.get(reason, damaged)
