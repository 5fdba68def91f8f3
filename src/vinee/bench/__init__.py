"""The bench: run extractors, score what they give, and show the scores.

Scoring is light; the leaderboard, the report and the check against seqeval import what they need
when they are used. Nothing here prints: everything is returned, or told to a callback.
"""
