"""Bodies of requests, read no further than a limit, and decoded into what they must be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from starlette.requests import Request

_Shape = TypeVar("_Shape")
_MALFORMED, _SLOW, _LARGE, _KIND, _SHAPE = 400, 408, 413, 415, 422
# Seconds; a server on the same network sends what it has at once.
_READING = 30.0


class RefusedError(Exception):
    """A request that is not answered with what it asks for.

    Attributes:
        status: HTTP status.
        detail: What is wrong with it.
    """

    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail
        super().__init__(detail)


async def decoded(request: Request, shape: type[_Shape], most: int) -> _Shape:
    """Read and decode the body of a request.

    Args:
        request: The request.
        shape: What it must be.
        most: Most bytes.

    Raises:
        RefusedError: It is too large, comes too slowly, is no JSON, or has not the shape.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/json":
        # What a browser sends for a page of somebody else's never has this type.
        raise RefusedError(_KIND, "the body must be JSON; send Content-Type: application/json")
    body = await _read(request, most)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise RefusedError(
            _SHAPE, f"the body has not the shape that is expected: {error}"
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(_MALFORMED, f"the body is no JSON: {error}") from error
    except RecursionError as error:
        raise RefusedError(_MALFORMED, "the body is no JSON that can be read: too deep") from error


async def _read(request: Request, most: int) -> bytes:
    told = request.headers.get("content-length", "0")
    if told.isascii() and told.isdigit() and int(told[:20]) > most:
        raise _too_large(most)
    from starlette.requests import ClientDisconnect

    body = bytearray()
    try:
        async with asyncio.timeout(_READING):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise _too_large(most)
    except TimeoutError as error:
        problem = f"the body did not come within {_READING:g} seconds"
        raise RefusedError(_SLOW, problem) from error
    except ClientDisconnect as error:
        raise RefusedError(_MALFORMED, "the body was cut off") from error
    return bytes(body)


def _too_large(most: int) -> RefusedError:
    return RefusedError(
        _LARGE, f"the body must have at most {most} bytes; ask for fewer tasks, or see --max-bytes"
    )
