"""A Label Studio server of one's own: its environment, its private files, its start and its end.

``running`` is the way in; the modules beside it each hold one thing that a start needs. Nothing
here imports Label Studio, which lives in a virtual environment of its own, nor its SDK.
"""
