"""Two annotators' documents, what they disagree on, and the decisions that make gold of them.

A document is read as facts: an item exists, an attribute has a value, an argument fills a role,
a mention belongs to an entity. Where both annotators state the same fact it is gold; where they
do not, a decision with a reason says what is. Gold can so be made again from passes and log.
"""

from vinee.corpus.adjudication.decide import Decision, adjudicate
from vinee.corpus.adjudication.disagreements import Disagreement, disagreements
from vinee.corpus.adjudication.log import Log, read_log, write_log
from vinee.corpus.adjudication.naming import Naming, common_names

__all__ = [
    "Decision",
    "Disagreement",
    "Log",
    "Naming",
    "adjudicate",
    "common_names",
    "disagreements",
    "read_log",
    "write_log",
]
