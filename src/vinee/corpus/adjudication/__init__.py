"""Two annotators' documents, what they disagree on, and the decisions that make gold of them.

A document is read as facts: an item exists, an attribute has a value, an argument fills a role,
a mention belongs to an entity. Where both annotators state the same fact it is gold; where they
do not, a decision with a reason says what is. What is changed afterwards is logged too,
so that gold can be made again from passes and log.
"""

from vinee.corpus.adjudication.article import Article, articles
from vinee.corpus.adjudication.changes import Change
from vinee.corpus.adjudication.decide import Decision, Take, adjudicate
from vinee.corpus.adjudication.disagreements import Disagreement, disagreements
from vinee.corpus.adjudication.log import Log, LoggedDecision, log_of, read_log, write_log
from vinee.corpus.adjudication.naming import Naming, common_names

__all__ = [
    "Article",
    "Change",
    "Decision",
    "Disagreement",
    "Log",
    "LoggedDecision",
    "Naming",
    "Take",
    "adjudicate",
    "articles",
    "common_names",
    "disagreements",
    "log_of",
    "read_log",
    "write_log",
]
