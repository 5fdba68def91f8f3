"""From a project to the passes of all its annotators.

Tasks are downloaded in parts (`download`), sorted by who submitted what (`submitted`), checked
(`vinee.labelstudio.checking`), and written once all is there (`folder`). What cannot be read is
set aside whole, with what was found, and told (`summary`).
"""

from vinee.labelstudio.patience import Patience
from vinee.labelstudio.pulling.pull import Asked, pull
from vinee.labelstudio.pulling.summary import Summary

__all__ = ["Asked", "Patience", "Summary", "pull"]
