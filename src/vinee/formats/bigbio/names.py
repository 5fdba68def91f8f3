"""Names of types, attributes and ids in BigBIO rows."""

from __future__ import annotations

from typing import get_args

from vinee.model import TimexType

PASSAGE = "article"
SPAN = "SPAN"
UNTYPED_TIMEX = "TIMEX3"
TIMEX_TYPES = frozenset({UNTYPED_TIMEX, *get_args(TimexType)})

WIKIDATA = "Wikidata"
CORPUS = "ViNEE"

COLUMN = "vinee_attributes"

# Of the row.
LAYER = "layer"
SECTION = "section"
SENTENCE = "sentence"
META = "meta"
CHAIN_ID = "chain_id"
# Of an entity of the row, which is a mention, a time or a span.
KIND = "kind"
MENTION = "mention"
TIMEX = "timex"
EXTENT = "extent"
LEVEL = "level"
GPE_ROLE = "gpe_role"
SCORE = "score"
TIMEX_VALUE = "timex_value"
TIMEX_MOD = "timex_mod"
# Of a coreference.
ENTITY_TYPE = "entity_type"
ENTITY_NAME = "entity_name"
ENTITY_CORPUS_ID = "entity_corpus_id"
ENTITY_WIKIDATA = "entity_wikidata"
LINKED = {ENTITY_CORPUS_ID: CORPUS, ENTITY_WIKIDATA: WIKIDATA}
# Of an event; `IMPLICIT` is the place of an argument in its list.
POLARITY = "polarity"
REALIS = "realis"
MODALITY = "modality"
CHAIN = "chain"
IMPLICIT = "implicit"
# Of a chain of events.
CHAIN_NAME = "chain_name"
CHAIN_CORPUS_ID = "chain_corpus_id"


def row_id(doc_id: str, own: str) -> str:
    """Make an id that no other row has."""
    return f"{doc_id}_{own}"


def own_id(doc_id: str, id_: str) -> str:
    """Give back the document's own id."""
    return id_.removeprefix(f"{doc_id}_")
