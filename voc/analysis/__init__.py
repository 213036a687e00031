"""Analysis of feedback: reads texts by the hundred, detects themes and trains classifiers.

Only workers load this folder: dictionaries, models and their libraries cost seconds and hundreds
of megabytes. `voc/tasks.py`, the commands and `demo/` import it, and nothing else does; whatever
a web request wants of it is written into a row (`voc/reanalysis.py`, `voc/classifiers.py`).
"""
