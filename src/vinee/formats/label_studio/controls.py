"""Names of Label Studio's controls, and which attribute goes with which kind of region."""

from __future__ import annotations

from typing import Any

from vinee.model import GpeRole, Level, Modality, Polarity, Realis, TimexType

TEXT = "text"

MENTION = "mention"
EXTENT = "extent"
TIMEX = "timex"
TRIGGER = "trigger"
SPAN = "span"
LABELS = frozenset({MENTION, EXTENT, TIMEX, TRIGGER, SPAN})

# The one label of a control that has no types.
EXTENT_LABEL = "EXTENT"
SPAN_LABEL = "SPAN"
# The label of a time without a type.
TIMEX_LABEL = "TIMEX"

ENTITY = "entity"
ENTITY_TYPE = "entity_type"
ENTITY_NAME = "entity_name"
ENTITY_CORPUS_ID = "entity_corpus_id"
ENTITY_WIKIDATA = "entity_wikidata"
CHAIN = "chain"
CHAIN_NAME = "chain_name"
CHAIN_CORPUS_ID = "chain_corpus_id"
LEVEL = "level"
GPE_ROLE = "gpe_role"
TIMEX_VALUE = "timex_value"
TIMEX_MOD = "timex_mod"
POLARITY = "polarity"
REALIS = "realis"
MODALITY = "modality"

CHOICES = frozenset({LEVEL, GPE_ROLE, TIMEX_MOD, POLARITY, REALIS, MODALITY})
ATTRIBUTES = {
    LEVEL: MENTION,
    GPE_ROLE: MENTION,
    ENTITY: MENTION,
    ENTITY_TYPE: MENTION,
    ENTITY_NAME: MENTION,
    ENTITY_CORPUS_ID: MENTION,
    ENTITY_WIKIDATA: MENTION,
    TIMEX_VALUE: TIMEX,
    TIMEX_MOD: TIMEX,
    POLARITY: TRIGGER,
    REALIS: TRIGGER,
    MODALITY: TRIGGER,
    CHAIN: TRIGGER,
    CHAIN_NAME: TRIGGER,
    CHAIN_CORPUS_ID: TRIGGER,
}
# The values that the model allows; what is not listed takes any text.
VALUES: dict[str, Any] = {
    TIMEX: TimexType,
    LEVEL: Level,
    GPE_ROLE: GpeRole,
    POLARITY: Polarity,
    REALIS: Realis,
    MODALITY: Modality,
}

IMPLICIT = " (implicit)"
EXTENT_RELATION = "extent"
