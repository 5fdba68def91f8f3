"""Agreement of annotators, by the matchers that score systems."""

from vinee.bench.agreement.compare import agreement
from vinee.bench.agreement.shape import SCHEMA, Agreement, Pairwise, Side, Spot, read, write

__all__ = ["SCHEMA", "Agreement", "Pairwise", "Side", "Spot", "agreement", "read", "write"]
