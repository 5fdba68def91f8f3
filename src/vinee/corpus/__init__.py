"""The corpus: reading, checking, describing and building it."""
