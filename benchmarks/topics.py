"""How well topics are found by their phrases alone: python -m benchmarks [DATA] --only topics

Tweets to American airlines (en_airline), each with the one reason that a person chose for its
complaint, out of nine; “Can't Tell” is left out. Our phrases for the nine stand in
benchmarks/data/airline_topics.json: ten to twenty each, from general knowledge of how people
speak of flying. They were written from the names of the classes, and not tuned on the tweets.

  n       tweets with a reason
  micro   F1 over all tweets: a mention that is not the reason is a miss, and so is none
  macro   the mean of the nine, however rare
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import seeds
from benchmarks.scores import f1_of_topics
from benchmarks.sets import load
from benchmarks.tables import share, show
from voc.nlp.en.reader import EnglishReader

SET = "en_airline.tsv"


def main(folder: Path) -> None:
    if not (folder / SET).exists():
        return
    topics = seeds.load(seeds.AIRLINE)
    keys = [topic.key for topic in topics]
    rows = [row for row in load(folder / SET) if row.topics & set(keys)]
    reader = EnglishReader(topics)
    found = [{mention.topic for mention in reader.begin(row.text)().mentions} for row in rows]
    score = f1_of_topics([row.topics for row in rows], found, keys)
    line = ("en_airline", f"{len(rows):,}", share(score.micro), share(score.macro))
    show("Topics by phrases, no labels", [("set", "n", "micro", "macro"), line])
