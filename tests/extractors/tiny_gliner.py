"""A GLiNER of a few kilobytes whose weights are set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tiny_models import HIDDEN, bert, pass_vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def gliner(folder: Path, names: Mapping[str, Sequence[str]], words: int = 24) -> Path:
    """Save a GLiNER that finds the names of each prompt, and reads so many words at a time.

    A span is found where its first word begins a name of the prompt and its last word ends one.
    A prompt is known by its first sub-word.
    """
    import torch
    from gliner import GLiNER
    from gliner.config import GLiNERConfig

    parts = [word for each in names.values() for name in each for word in name.split()]
    bert(folder / "backbone", dict.fromkeys([*names, *parts], "O"), ["O"], length=96)
    config = GLiNERConfig(
        model_name=str(folder / "backbone"),
        max_width=6,
        hidden_size=HIDDEN,
        dropout=0.0,
        max_len=words,
        num_rnn_layers=0,
        embed_ent_token=False,
    )
    whole = GLiNER.from_config(config, backbone_from_pretrained=False)
    model = whole.model
    encoder = model.token_rep_layer.bert_layer.model
    pass_vectors(encoder)
    index = whole.data_processor.transformer_tokenizer.convert_tokens_to_ids
    spans = model.span_rep_layer.span_rep_layer
    parts_of_model = (spans.project_start, spans.project_end, spans.out_project)
    with torch.no_grad():
        for part in (*parts_of_model, model.prompt_rep_layer):
            for parameter in part.parameters():
                parameter.zero_()
        vectors = encoder.embeddings.word_embeddings.weight
        vectors[:, 0] = 1.0
        always = HIDDEN - 1
        spans.out_project[3].bias[always] = -10.0
        model.prompt_rep_layer[3].bias[always] = 1.0
        for number, (prompt, each) in enumerate(names.items()):
            asked, begins, ends = 3 * number + 1, 3 * number + 2, 3 * number + 3
            for piece, place in (
                (prompt, asked),
                *((name.split()[0], begins) for name in each),
                *((name.split()[-1], ends) for name in each),
            ):
                vectors[index(piece), 0] = 0.0
                vectors[index(piece), place] = 1.0
            for part, place in (
                (spans.project_start, begins),
                (spans.project_end, ends),
                (model.prompt_rep_layer, asked),
            ):
                part[0].weight[number, place] = 1.0
                part[3].weight[number, number] = 1.0
            # Both of them, or nothing: a single one is below 4.
            spans.out_project[0].weight[number, [number, HIDDEN + number]] = 1.0
            spans.out_project[0].bias[number] = -4.0
            spans.out_project[3].weight[number, number] = 50.0
    whole.save_pretrained(folder, safe_serialization=True)
    return folder
