"""Any extractor as a Label Studio ML backend: suggestions as annotators open a task.

=====================  ==========================================================================
``GET /health``, ``/``  whether it is up; nothing waits for the extractor
``POST /setup``        what the server tells of a project; the answer names the model version
``POST /predict``      tasks to predictions, in their order
``GET /versions``      the one model version
``POST /webhook``      what happens in a project; nothing is learnt from it
=====================  ==========================================================================

What a server sends is foreign: its size is limited, its shape checked, and no key that it sends
along is looked at. What goes back is checked too, for one region that a project's configuration
does not know gives annotators an error or a blank page.
"""

from vinee.labelstudio.backend.application import application
from vinee.labelstudio.backend.model import Model
from vinee.labelstudio.backend.serving import serving

__all__ = ["Model", "application", "serving"]
