"""Agreement of annotators, by the matchers that score systems."""

from vinee.bench.agreement.measure import SCHEMA, Agreement, Pairwise, agreement, read, write

__all__ = ["SCHEMA", "Agreement", "Pairwise", "agreement", "read", "write"]
