from __future__ import annotations
from types import SimpleNamespace as S
import pytest
from vinee.labelstudio.connection import Connection, connect
@pytest.fixture(scope="session")
def server():
    return S(url="http://127.0.0.1:8108",key="0123456789abcdef0123456789abcdef01234567",user="admin@example.org",plan=S(credentials=S(password="secret-pw-1")))
@pytest.fixture
def connection(server) -> Connection: return connect(server.url, server.key)
