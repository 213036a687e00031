"""Lexicons of feeling: the weights of single English words, by VADER and TextBlob.

VADER's words were rated by ten people each; TextBlob's adjectives add what it lacks. Only their
words are used: what VADER and TextBlob would make of a whole text took half of the time that
reading takes, and the fit of document.py was as good without it, on a set it had not seen.
"""

from __future__ import annotations

from functools import cache

from textblob.en import sentiment as textblob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from voc.nlp.phrase_index import word_set

VADER_SCALE = 3  # it goes from -4 to 4; so that great weighs 1
TEXTBLOB_SCALE = 0.8  # it goes from -1 to 1
LEAST_WEIGHT = 1 / 3

# Words of feeling that in feedback mostly name something (customer support, credit card), or are
# said without one (yeah, lol).
NO_FEELING = word_set("""
    support care credit security interest share please like number help kind no yes yeah want
    sure lol haha lmao rofl hehe ok okay well value top original natural special play matter
    alone cut more behind rose able catching magic most many mostly own certain ability true
    idea friend solution stop gift save saved plays first sure real surely honestly hero heroes
    heroine creative certainly static shoot war
""")


@cache
def valences() -> dict[str, float]:
    """The weight of each word that feels something."""
    textblob.load()
    rated = {word: by_tag[None][0] * TEXTBLOB_SCALE for word, by_tag in dict.items(textblob)}
    rated |= {
        word: valence / VADER_SCALE
        for word, valence in SentimentIntensityAnalyzer().lexicon.items()
    }
    return {
        word: weight
        for word, weight in rated.items()
        if abs(weight) >= LEAST_WEIGHT and word not in NO_FEELING
    }
