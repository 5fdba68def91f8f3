"""Entity linking: which item of Wikidata a mention speaks of.

The way through the package: `links` says which mentions of a document are scored and gives the
item of each, `metric` is what all metrics share, `annotation`, `document` and `accuracy` compare.
"""
