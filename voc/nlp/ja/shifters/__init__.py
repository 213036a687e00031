"""What shifts the feeling of Japanese words: denials, negation and its scope, questions, wishes.

The field calls them valence shifters (Polanyi & Zaenen 2006).
"""
