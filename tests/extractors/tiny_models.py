"""Models of a few kilobytes whose weights are set by hand, so that exact spans come out."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HIDDEN = 16
# All letters and marks of the articles are known by themselves.
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
)
OTHERS = "0123456789.,:;?!…-–/()“”\"'%$@&+#_"
SPECIAL = {
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
}


def word_pieces(names: Sequence[str]) -> list[str]:
    """Give the vocabulary of a tokenizer that keeps the names whole and spells all else."""
    single = [*LETTERS, *LETTERS.upper(), *OTHERS]
    vocabulary = [*SPECIAL.values(), *names, *single, *(f"##{letter}" for letter in single)]
    return list(dict.fromkeys(vocabulary))


def bert(folder: Path, tags: Mapping[str, str], labels: Sequence[str], length: int = 64) -> Path:
    """Save a BERT that gives each sub-word in ``tags`` its tag, and ``labels[0]`` to all others.

    Its fast tokenizer has offsets, and as many positions as are asked for.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    vocabulary = {piece: index for index, piece in enumerate(word_pieces(list(tags)))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=SPECIAL["unk_token"]))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=length, **SPECIAL
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        max_position_embeddings=length,
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
        **_size(),
    )
    model = BertForTokenClassification(config)
    wanted = {vocabulary[piece]: labels.index(tag) for piece, tag in tags.items()}
    _set(model, model.bert, wanted)
    model.save_pretrained(folder)
    return folder


def phobert(folder: Path, tags: Mapping[str, str], labels: Sequence[str], length: int = 32) -> Path:
    """Save a model in the manner of PhoBERT: words with underscores, and no offsets."""
    from transformers import RobertaConfig, RobertaForTokenClassification

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("".join(f"{word} 1\n" for word in tags), encoding="utf-8")
    merges = "".join(f"{left} {right} 1\n" for word in tags for left, right in _merges(word))
    (folder / "bpe.codes").write_text(merges, encoding="utf-8")
    settings = {"tokenizer_class": "PhobertTokenizer", "model_max_length": length}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    config = RobertaConfig(
        vocab_size=len(specials) + len(tags) + 1,
        max_position_embeddings=length + 2,
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
        pad_token_id=1,
        **_size(),
    )
    model = RobertaForTokenClassification(config)
    words = enumerate(tags.items(), start=len(specials))
    _set(model, model.roberta, {index: labels.index(tag) for index, (_, tag) in words})
    model.save_pretrained(folder)
    return folder


def _merges(word: str) -> list[tuple[str, str]]:
    pieces = [*word[:-1], f"{word[-1]}</w>"]
    prefixes = [word[:end] for end in range(1, len(word))]
    return list(zip(prefixes, pieces[1:], strict=True))


def _size() -> dict[str, Any]:
    return {
        "hidden_size": HIDDEN,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": HIDDEN,
    }


def _set(model: Any, encoder: Any, wanted: Mapping[int, int]) -> None:
    """Let each sub-word's vector point at its label, which the classifier reads."""
    import torch

    pass_vectors(encoder)
    with torch.no_grad():
        vectors = encoder.embeddings.word_embeddings.weight
        vectors[:, 0] = 1.0
        for index, label in wanted.items():
            vectors[index] = torch.eye(HIDDEN)[label]
        model.classifier.weight.copy_(torch.eye(HIDDEN)[: model.classifier.out_features] * 2)
        model.classifier.bias.zero_()


def pass_vectors(encoder: Any) -> None:
    """Let all layers pass the vectors of sub-words as they are, which are all zero now."""
    import torch

    with torch.no_grad():
        for embedding in (
            encoder.embeddings.word_embeddings,
            encoder.embeddings.position_embeddings,
            encoder.embeddings.token_type_embeddings,
        ):
            embedding.weight.zero_()
        for layer in encoder.encoder.layer:
            for dense in (layer.attention.output.dense, layer.output.dense):
                dense.weight.zero_()
                dense.bias.zero_()


def neighbours(spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether spans are ascending and disjoint."""
    return all(before[1] <= after[0] for before, after in pairwise(spans))
