"""A new article for the corpus: checked, copied byte for byte, and drafted for annotation.

It gets a seed, its checksum, its provenance and a draft of a pass, all or nothing. It is in the
corpus once its gold is: until then `vinee corpus validate` asks for that.
"""

from vinee.corpus.add.article import Article, check
from vinee.corpus.add.first_pass import draft, layout
from vinee.corpus.add.project import project_folder
from vinee.corpus.add.provenance import Claim, origin
from vinee.corpus.add.writing import write

__all__ = ["Article", "Claim", "check", "draft", "layout", "origin", "project_folder", "write"]
