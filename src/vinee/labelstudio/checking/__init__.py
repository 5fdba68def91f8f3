"""Whether tasks and annotations are sound: asked before a push, and after a pull.

A server takes nearly anything: offsets past the end, labels that no control has, relations that
lead nowhere, one of which gives annotators a blank page. `check_tasks` finds all that is wrong
with what is to be sent. `check_annotation` reads what came back, and says why where it cannot.

What can be read but breaks the guidelines, such as a name that was missed, is told too and marked
``guideline``: nobody's work is refused for it.
"""

from vinee.labelstudio.checking.annotation import (
    ANNOTATION,
    PREDICTION,
    Rules,
    Sound,
    check_annotation,
)
from vinee.labelstudio.checking.data import check_data
from vinee.labelstudio.checking.found import TaskFinding
from vinee.labelstudio.checking.tasks import check_task, check_tasks

__all__ = [
    "ANNOTATION",
    "PREDICTION",
    "Rules",
    "Sound",
    "TaskFinding",
    "check_annotation",
    "check_data",
    "check_task",
    "check_tasks",
]
