"""Analysis of feedback: reads texts by the hundred, detects themes and trains classifiers.

It is a wall: only workers load this folder and what it loads of `voc/nlp/`, since dictionaries,
models and their libraries cost up to five seconds and 170 MB. `voc/tasks.py`, the commands and
`demo/` import it, and nothing else does; whatever a web request wants of it is written into a row
(`voc/reanalysis.py`, `voc/classifiers.py`). `tests/test_architecture.py` names what is open to all.
"""
