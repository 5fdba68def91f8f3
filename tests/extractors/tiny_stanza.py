"""Models of stanza of a few kilobytes whose weights are set by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tiny_models import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def stanza_models(folder: Path, tags: Mapping[str, str], language: str = "vi") -> Path:
    """Save a recogniser that gives each word its tag, and a tokenizer, as stanza keeps them.

    The tokenizer parts words at white space and at punctuation, and ends sentences at full stops.
    """
    for processor in ("ner", "tokenize"):
        (folder / language / processor).mkdir(parents=True)
    _recogniser(folder / language / "ner" / "tiny.pt", tags, language)
    _tokenizer(folder / language / "tokenize" / "tiny.pt", language)
    package = {"tokenize": "tiny", "ner": "tiny"}
    resources = {
        language: {
            "lang_name": "Vietnamese",
            "tokenize": {"tiny": {}},
            "ner": {"tiny": {}},
            "packages": {"default": package},
        }
    }
    (folder / "resources.json").write_text(json.dumps(resources), encoding="utf-8")
    return folder


def _recogniser(path: Path, tags: Mapping[str, str], language: str) -> None:
    import torch
    from stanza.models.common.vocab import CharVocab, CompositeVocab
    from stanza.models.ner.trainer import Trainer
    from stanza.models.ner.vocab import MultiVocab
    from stanza.models.pos.vocab import WordVocab

    words = [[(word, tag) for word, tag in {**tags, "x": "O"}.items()]]
    units = {
        "char": CharVocab([[("x", "O")]], language),
        "delta": WordVocab(words, language, lower=False),
        "tag": CompositeVocab([[((tag,),) for _, tag in words[0]]], language, idx=0, sep=None),
    }
    args = {
        "word_emb_dim": HIDDEN,
        "char": False,
        "charlm": False,
        "char_emb_dim": 0,
        "hidden_dim": HIDDEN,
        "num_layers": 1,
        "dropout": 0.0,
        "word_dropout": 0.0,
        "locked_dropout": 0.0,
        "emb_finetune": True,
        "lowercase": False,
        "shorthand": f"{language}_tiny",
        "lang": language,
        "bert_model": None,
        "use_peft": False,
        "bert_finetune": False,
        "optim": "sgd",
        "lr": 0.1,
        "momentum": 0.0,
        "batch_size": 8,
    }
    trainer = Trainer(args, MultiVocab(units), device="cpu")
    model = trainer.model
    with torch.no_grad():
        vectors = model.delta_emb.weight
        vectors.zero_()
        outside = _tag_index(units["tag"], "O")
        vectors[:, outside] = 1.0
        for word, tag in words[0]:
            vectors[units["delta"].unit2id(word)] = torch.eye(HIDDEN)[_tag_index(units["tag"], tag)]
        _open(model.taggerlstm.lstm, torch.eye(HIDDEN))
        classifier = model.tag_clfs[0]
        classifier.weight.zero_()
        classifier.weight[:, :HIDDEN] = torch.eye(HIDDEN)[: classifier.out_features] * 10
        classifier.bias.zero_()
        model.crits[0]._transitions.zero_()  # noqa: SLF001 - there is no other way to them
    trainer.save(path)


def _tag_index(vocabulary: Any, tag: str) -> int:
    return int(vocabulary.unit2id((tag,))[0])


def _open(lstm: Any, passed: Any) -> None:
    """Let an LSTM give what it is given at each place, and remember nothing."""
    import torch

    size = lstm.hidden_size
    for parameter in lstm.parameters():
        parameter.zero_()
    for suffix in ("", "_reverse"):
        getattr(lstm, f"weight_ih_l0{suffix}")[2 * size : 3 * size, : passed.shape[1]] = passed
        bias = getattr(lstm, f"bias_ih_l0{suffix}")
        bias[:] = torch.tensor([20.0] * size + [-20.0] * size + [0.0] * size + [20.0] * size)


def _tokenizer(path: Path, language: str) -> None:
    import torch
    from stanza.models.tokenization.trainer import Trainer
    from stanza.models.tokenization.vocab import Vocab

    vocabulary = Vocab([[(character, 0) for character in " .,"]], language)
    features = ["end_of_para"]
    args = {
        "lang": language,
        "vocab_size": len(vocabulary),
        "emb_dim": 3,
        "hidden_dim": 1,
        "rnn_layers": 1,
        "dropout": 0.0,
        "feat_dropout": 0.0,
        "tok_noise": 0.0,
        "feat_dim": len(features),
        "feat_funcs": features,
        "conv_res": "3",
        "hier_conv_res": False,
        "hierarchical": False,
        "hier_invtemp": 0.0,
        "use_mwt": False,
        "use_dictionary": False,
        "num_dict_feat": 0,
        "max_seqlen": 1000,
        "batch_size": 8,
        "lr0": 0.1,
        "weight_decay": 0.0,
        "shorthand": f"{language}_tiny",
        "skip_newline": False,
    }
    trainer = Trainer(args, vocabulary, device="cpu")
    model = trainer.model
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        blank, stop, comma = range(3)
        for flag, character in ((blank, " "), (stop, "."), (comma, ",")):
            model.embeddings.weight[vocabulary.unit2id(character), flag] = 1.0
        here, following, last = 1, 2, 3  # the middle and the right of three; the feature
        token, sentence = 0, 1
        convolution = model.conv_res[0]
        convolution.bias[token] = convolution.bias[sentence] = -5.0
        convolution.weight[token, :3, following] = 10.0
        convolution.weight[token, last, here] = 10.0
        convolution.weight[token, stop, here] = convolution.weight[token, comma, here] = 10.0
        convolution.weight[token, blank, here] = -30.0
        convolution.weight[sentence, stop, here] = convolution.weight[sentence, last, here] = 10.0
        model.tok_clf.weight[0, token] = 1.0
        model.sent_clf.weight[0, sentence] = 1.0
    trainer.save(path)
