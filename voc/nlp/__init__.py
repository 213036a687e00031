"""Text analysis: the language, sentiment, topics and intent of what a customer wrote.

No Django in here. This front door loads nothing; whatever reads text is `voc.nlp.reader.Reader`.
"""

from voc.nlp.detect_language import detect
from voc.nlp.reading import VERSION, Feeling, Mention, Reading, Seeds

__all__ = ["VERSION", "Feeling", "Mention", "Reading", "Seeds", "detect"]
