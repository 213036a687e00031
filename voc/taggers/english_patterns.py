"""voc/taggers/english_patterns.py -- turns of phrase that say more than their words.

"Still waiting for a reply" holds no word that a lexicon of feelings knows, and "it would be great
if it synced" holds one too many. Each pattern is a list of alternatives in lower case, so that
one can be added by adding a line.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


NOT = (
    r"(?:not|never|no longer|cannot|can't|cant|couldn't|won't|wont|wouldn't|doesn't|doesnt"
    r"|don't|dont|didn't|didnt|isn't|aren't|wasn't|hasn't|haven't|barely|hardly|unable to"
    r"|fail(?:s|ed)? to)"
)
HAPPENS = (
    r"(?:work(?:s|ing|ed)?|load(?:ing|ed)?|open|connect(?:ing|ed)?|log ?in|sign ?in|find"
    r"|get(?:ting)?|reach|received?|arrived?|respond(?:ed|ing)?|repl(?:y|ied)"
    r"|answer(?:ed|ing)?|help(?:ed|ing)?|sync(?:ing|ed)?|updat(?:e|ed|ing)|use|print|start"
    r"|charge|play|hear|see|read|send|sent|save|access|book|change|pay|speak|talk"
    r"|call(?:ed)? back|show(?:n|ed|ing)?|fit|last(?:ed)?|fix(?:ed)?|worth|enough|clear"
    r"|possible|up to|as (?:good|advertised|described|expected))"
)
TROUBLE = _any(
    NOT + r" (?:\w+ ){0,2}?" + HAPPENS,
    r"nothing (?:works|happens|happened|helped)",
    r"no (?:response|reply|answer|help|one|explanation|notice|way to|idea|luck|communication"
    r"|information|updates?|record|customer service|support)",
    r"still (?:waiting|no|not|haven't|hasn't|don't|can't|nothing|on hold)|waiting for",
    r"(?:been )?waiting|waited|on hold|hung up|hang up|hours? (?:late|delay|wait|on)",
    r"delay(?:s|ed)?|cancell?ed|lost my|lost our|missing|missed|stuck|stranded|refund(?:ed)?",
    r"reimburse\w*|compensat\w+|charged (?:me |us )?(?:twice|again|double)|overcharged",
    r"double[- ]charged|hidden (?:fees?|costs?|charges?)|br(?:oke|oken|eaks?)",
    r"crash(?:es|ed|ing)?|freez(?:es|ing)|froze|frozen|bug(?:s|gy)|glitch(?:es|y)?",
    r"slow(?:er|ly)?|lag(?:s|gy|ging)?|errors?|down again|times? out|timed out",
    r"stopped working|died|defective|faulty|flims(?:y|ily)|expensive|overpriced|pricey",
    r"confusing|clunky|cumbersome|outdated|unhelpful|rude|nowhere|complicated|hard to",
    r"difficult to|impossible to|a pain|hassle|mess|messed|junk|crap\w*|garbage|cheaply",
    r"re(?:turned|turning) (?:it|them|this)|sent? (?:it|them) back|out of stock",
    r"wrong (?:item|size|colou?r|order|one)",
    r"too (?:\w+ )?(?:hot|cold|small|big|loud|heavy|many|much|complicated|long"
    r"|slow|late|short|low|hard|expensive)",
    r"never again|last time|money back|waste|wasted|ripped|rip[- ]?off|stay away|avoid",
    r"unacceptable|ridiculous|worst|worse|poor(?:ly)?|disappoint\w*|frustrat\w+|annoy\w+",
    r"horrible|terrible|awful|useless",
    r"why (?:is|are|do|does|can't|can|won't|did|would) (?:you|it|this|they|there|your|the|i)",
    r"what(?:'s| is) going on|how hard|how long|how can you|takes? (?:forever|ages)",
    r"nightmare|disaster|f(?:e|a)lls? apart|in circles|nobody|not what (?:i|we)|g[ai]ve up",
    r"cheated|regret(?:s|ted)?|ignor(?:ed|es|ing)",
)
THANKS = _any(r"thank(?:s| you)|thx|appreciate[ds]?")
PRAISE = _any(
    r"works? (?:great|perfect\w*|well|fine|flawless\w*|like a charm"
    r"|as (?:advertised|described|expected))",
    r"kudos|well done|good job|great job|keep it up|shout ?out",
    r"(?:highly|definitely|strongly|would|can|i) recommend(?:ed)?|recommend (?:it|this|them)",
    r"(?:buy|order) (?:it )?again",
    r"(?:no|never had (?:a|any)|without(?: any| a)?|not had a single)"
    r" (?:problems?|issues?|complaints?|trouble|hitch)",
    r"(?:couldn't|could not) be (?:happier|better)|can't complain|can't go wrong|can't beat",
    r"never disappoints?|not a single (?:problem|issue|complaint|error|crash|outage|bug)",
    r"nothing to complain|sav(?:e|es|ed|ing) (?:me|us)|well worth|worth (?:it|every)",
    r"exactly what|five stars?|5 stars?|a? ?must[- ]have|game[- ]changer|love[ds]?|loving",
    r"awesome|amazing|excellent|fantastic|perfect(?:ly)?|outstanding|wonderful|best|great",
    r"impress\w+|easy to|easily|intuitive|smooth(?:ly)?|helpful|friendly|reliable|sturdy",
    r"on time|responsive|seamless(?:ly)?",
)
WISH = _any(
    r"wish(?:es|ed)?|if only",
    r"would be (?:\w+ )?(?:nice|great|good|better|helpful|awesome|perfect|useful)",
    r"would (?:love|like|prefer) (?:to see|to have|an?|if|it|the|more|some)",
    r"(?:would|could) have been|could (?:be|use)",
    r"please (?:\w+ )?(?:add|fix|make|bring|consider|improve|let|give|help|do|stop)",
    r"(?:should|needs?) (?:to|be|have|include)|hope(?:fully)? (?:you|they|it|the)",
    r"looking forward",
)
