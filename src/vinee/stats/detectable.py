"""How small a difference a test set can show at all."""

from __future__ import annotations

from statistics import NormalDist

from vinee.errors import InvalidError, Where

ALPHA = 0.05
POWER = 0.8


def smallest_detectable(
    standard_error: float | None, *, alpha: float = ALPHA, power: float = POWER
) -> float | None:
    """Return the smallest true difference that a two-sided test on these units would detect.

    It is ``(z(1 - alpha/2) + z(power)) · standard error``, z being quantiles of the standard
    normal distribution: 2.80 standard errors for the defaults. A true difference of that size is
    found significant at level alpha with probability `power`; a smaller one more rarely, so that
    its absence proves nothing.

    This is the normal approximation: differences of other samples of units are taken as normal
    around the true one, with the standard error that was seen here, whatever the true one is.
    With few units the bootstrap's standard error is too small, and so is this.

    Source: Bloom 1995, "Minimum Detectable Effects"; for language processing Card et al. 2020,
    "With Little Power Comes Great Responsibility".

    Args:
        standard_error: That of the difference, as `PairedBootstrap.standard_error` has it.
        alpha: Level of the test.
        power: Probability of detection.

    Returns:
        The difference, in the unit of the score; None where there is no standard error, or it
        is 0, since then the units say nothing about how differences vary.

    Raises:
        InvalidError: `alpha` or `power` is not between 0 and 1, or the standard error is below 0
            or not finite.
    """
    if not (0 < alpha < 1 and 0 < power < 1):
        raise InvalidError(
            "detectable",
            Where(),
            f"alpha and power must be between 0 and 1 (got {alpha} and {power})",
        )
    if standard_error is None:
        return None
    if not 0 <= standard_error < float("inf"):
        raise InvalidError(
            "detectable",
            Where(),
            f"the standard error must be a finite number >= 0 (got {standard_error})",
        )
    if standard_error == 0:
        return None
    normal = NormalDist()
    return (normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)) * standard_error
