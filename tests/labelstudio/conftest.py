"""The fixtures of ``real_server``, where mypy reads them: it knows one conftest a project."""

from real_server import (
    connection,
    data,
    data_template,
    pytest_collection_modifyitems,
    server,
    server_environment,
)

__all__ = (
    "connection",
    "data",
    "data_template",
    "pytest_collection_modifyitems",
    "server",
    "server_environment",
)
