"""A token classifier over sub-words, in windows and batches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vinee.errors import ExtractorError
from vinee.extractors.models.windows import windows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

_PROBE = "Nam"


@dataclass(eq=False)
class Reader:
    """A model with its tokenizer.

    Args:
        model: Of transformers, ready to predict.
        tokenizer: Of the same model.
        length: Most sub-words that it reads at a time, special ones included.
        overlap: How many sub-words two windows share.
        batch_size: How many windows are read at a time.
    """

    model: Any
    tokenizer: Any
    length: int
    overlap: int
    batch_size: int

    def read(
        self, sentences: Sequence[Sequence[int]], counts: Counter[str]
    ) -> list[list[tuple[int, float]]]:
        """Predict the label of each sub-word, and its probability.

        Raises:
            ExtractorError: A window has no room for a sub-word besides the special ones.
        """
        before, after = self._special
        budget = self.length - len(before) - len(after)
        if budget < 1:
            raise ExtractorError(
                f"a window of {self.length} sub-words has no room beside "
                f"{len(before) + len(after)} special ones; allow more with max_length"
            )
        predicted: list[list[tuple[int, float]]] = [[] for _ in sentences]
        plan = []
        for number, ids in enumerate(sentences):
            found = windows([1] * len(ids), budget, self.overlap)
            counts["split"] += max(0, len(found) - 1)
            plan += [(number, window) for window in found]
        for start in range(0, len(plan), self.batch_size):
            batch = plan[start : start + self.batch_size]
            rows = [
                [*before, *sentences[number][window.start : window.stop], *after]
                for number, window in batch
            ]
            for (number, window), row in zip(batch, self._predict(rows), strict=True):
                shift = len(before) - window.start
                predicted[number] += row[window.first + shift : window.last + shift]
        return predicted

    @cached_property
    def _special(self) -> tuple[list[int], list[int]]:
        """The special sub-words before and after a sentence."""
        inner = self.tokenizer.encode(_PROBE, add_special_tokens=False)
        whole = self.tokenizer.encode(_PROBE, add_special_tokens=True)
        places = range(len(whole) - len(inner) + 1)
        start = next((i for i in places if whole[i : i + len(inner)] == inner), 0)
        return whole[:start], whole[start + len(inner) :]

    def _predict(self, rows: Iterable[list[int]]) -> list[list[tuple[int, float]]]:
        import torch

        rows = list(rows)
        width = max(map(len, rows))
        padding = self.tokenizer.pad_token_id or 0
        ids = torch.tensor([row + [padding] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        with torch.inference_mode():
            logits = self.model(input_ids=ids, attention_mask=mask).logits
        best = torch.softmax(logits.float(), dim=-1).max(dim=-1)
        return [
            list(zip(labels, scores, strict=True))
            for labels, scores in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        ]
