"""Encoders of a few kilobytes, with random weights and the folders of real ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from desktop_rag.domain.models import Encoder

WORDS = ("the", "of", "lamp", "whale", "oil", "harbour", "invoice", "due", "query", "passage")
WIDTH = 32


def _tokenizer(folder: Path) -> int:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [chr(n) for n in range(ord("a"), ord("z") + 1)]
    pieces = [*marks, *WORDS, *letters, *(f"##{letter}" for letter in letters), ":", ".", "?"]
    vocabulary = {piece: at for at, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        mask_token="[MASK]",  # noqa: S106
        model_max_length=128,
    ).save_pretrained(folder)
    return len(vocabulary)


def _config(vocabulary: int, **more: int):
    import torch
    from transformers import BertConfig

    torch.manual_seed(1)
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        initializer_range=0.5,
        **more,
    )


def _encoder(folder: Path, **more: str) -> Encoder:
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    return Encoder(folder.name, folder, digest, frozenset({"en", "es"}), **more)


def write_embedder(folder: Path) -> Encoder:
    """Write an embedder that wants to know what is a question and what a passage."""
    from transformers import BertModel

    folder.mkdir(parents=True)
    BertModel(_config(_tokenizer(folder))).save_pretrained(folder)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {
            "idx": 1,
            "name": "1",
            "path": "1_Pooling",
            "type": "sentence_transformers.models.Pooling",
        },
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 100}))
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": WIDTH, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return _encoder(folder, query_prefix="query: ", passage_prefix="passage: ")


LABELS = ("entailment", "neutral", "contradiction")


def write_entailment(folder: Path, labels: Sequence[str] = LABELS) -> Encoder:
    """Write a CrossEncoder that sorts into classes of these names; its weights are always alike."""
    from transformers import BertForSequenceClassification

    folder.mkdir(parents=True)
    config = _config(_tokenizer(folder), num_labels=len(labels))
    config.id2label = dict(enumerate(labels))
    config.label2id = {label: at for at, label in enumerate(labels)}
    BertForSequenceClassification(config).save_pretrained(folder)
    return _encoder(folder)


def write_reranker(folder: Path) -> Encoder:
    """Write a CrossEncoder."""
    from transformers import BertForSequenceClassification

    folder.mkdir(parents=True)
    model = BertForSequenceClassification(_config(_tokenizer(folder), num_labels=1))
    model.save_pretrained(folder)
    return _encoder(folder)
