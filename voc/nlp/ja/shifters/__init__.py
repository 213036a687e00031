"""Valence shifters of Japanese words: denials, negation and its scope, questions, wishes.

The term is of Polanyi & Zaenen (2006).
"""
