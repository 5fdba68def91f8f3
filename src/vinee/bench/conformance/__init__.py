"""Conformance: cases with exact scores, by which any implementation of the metrics is judged.

The way through the package: `notation` reads the short form in which people write, `source` makes
cases of it, `building` publishes these as plain JSON, and `published` reads them back. `case` has
the shapes that are sent, answered and expected. `ours` answers in process, `command` asks another
program, `judging` compares answers with what is expected, `report` says how it went, and
`deviations` tells what known tools do otherwise.
"""
