"""From decided gold to an edition: links described, nothing undecided, a version that is higher."""

from vinee.corpus.release.describing import describe
from vinee.corpus.release.editing import edited
from vinee.corpus.release.releasing import Linked, link, release
from vinee.corpus.release.undecided import undecided

__all__ = ["Linked", "describe", "edited", "link", "release", "undecided"]
