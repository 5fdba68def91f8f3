"""Metrics of mentions that are paired one-to-one, beside the strict match of `vinee.metrics.ner`.

=============== ============================================= ===================
metric          a pair                                        counted under
=============== ============================================= ===================
``ner.exact``   equal boundaries, any label                   ``span``
``ner.partial`` overlap, any label; half unless equal         ``span``
``ner.type``    overlap, equal label                          label
``ner.iou``     large intersection over union, equal label    label
``ner.nested``  equal boundaries and label, nested ones only  label
``ner.either``  gold's bare span or its extent, equal label   label
=============== ============================================= ===================
"""
