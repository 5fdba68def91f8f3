"""The environment variables that a server is started with.

Label Studio takes every one of its settings from a variable with or without the prefix
``LABEL_STUDIO_``, so that a ``DEBUG`` or ``PORT`` meant for another program would change it. It
therefore gets what a process needs anywhere, what the user set with the prefix, and this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.labelstudio.connection import KEY_VARIABLE, URL_VARIABLE
from vinee.labelstudio.server.address import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.labelstudio.server.address import Address
    from vinee.labelstudio.server.plan import Plan

_PREFIX = "LABEL_STUDIO_"
# Of every process; locales and time zones too.
_SYSTEM = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR"}
    | {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}
)
# These are for ViNEE; the server has no use for somebody's key.
_OURS = frozenset({URL_VARIABLE, KEY_VARIABLE})
# What the user may set otherwise.
_DEFAULTS = {
    # Who only reaches the page gets no account; the link on the page Organization gives one.
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    # Pages of other sites have no business with the server.
    "LABEL_STUDIO_CORS_ALLOW_ALL_ORIGINS": "false",
    "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "false",
    "LABEL_STUDIO_HOST": "",
    "LABEL_STUDIO_DEBUG": "false",
}
# Nothing is told to anybody.
_QUIET = {
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "LABEL_STUDIO_SENTRY_DSN": "",
    "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_FEATURE_FLAGS_OFFLINE": "true",
}
# No setting keeps the login page from asking GitHub for tips. `requests` takes a proxy for one
# host from a variable of this form, and where nothing listens it gives up at once.
_UNASKED_HOSTS = ("raw.githubusercontent.com", "tele.labelstud.io")
_NOWHERE = "http://127.0.0.1:9"
# A backend on this machine is refused by the first, and asking it by the second.
_LOCAL_BACKENDS = {
    "LABEL_STUDIO_ML_BLOCK_LOCAL_IP": "false",
    "LABEL_STUDIO_SSRF_PROTECTION_ENABLED": "false",
}


def variables(plan: Plan, inherited: Mapping[str, str]) -> dict[str, str]:
    """Give all environment variables of a server.

    Password and key go this way because other users see the arguments of a process.

    Args:
        plan: What the server is to be like.
        inherited: The variables of this process.
    """
    return {
        **_DEFAULTS,
        **_hosts(plan.address),
        **(_LOCAL_BACKENDS if plan.allow_local_backends else {}),
        **{name: value for name, value in inherited.items() if _is_passed_on(name)},
        **_QUIET,
        **{f"https://{host}_proxy": _NOWHERE for host in _UNASKED_HOSTS},
        **plan.database.variables,
        "LABEL_STUDIO_BASE_DATA_DIR": str(plan.data),
        "LABEL_STUDIO_PORT": str(plan.address.port),
        "LABEL_STUDIO_USERNAME": plan.credentials.user,
        "LABEL_STUDIO_PASSWORD": plan.credentials.password,
        "LABEL_STUDIO_USER_TOKEN": plan.credentials.key,
        "PYTHONUNBUFFERED": "1",
    }


def _hosts(address: Address) -> dict[str, str]:
    """Keep a site whose name is made to lead to this machine (DNS rebinding) from an answer."""
    if not address.is_loopback:
        return {}
    return {"LABEL_STUDIO_ALLOWED_HOSTS": ",".join({LOOPBACK, "localhost", address.host})}


def _is_passed_on(name: str) -> bool:
    if name in _OURS:
        return False
    return name in _SYSTEM or name.startswith((_PREFIX, "LC_"))
