"""Adjudication in Label Studio: what two annotators disagree on, side by side, to be decided.

A task is an article. What both state is set in its text; a panel beside it asks for an answer and
a reason for each thing that they do not state alike. What comes back is decisions and changes in
a log, and documents once nothing is open.
"""

from vinee.labelstudio.adjudicating.adjudicate import adjudicate, write_gold
from vinee.labelstudio.adjudicating.outcome import Outcome

__all__ = ["Outcome", "adjudicate", "write_gold"]
