"""Text analysis: the language, sentiment, topics and intent of what a customer wrote.

No Django in here. This front door is light on purpose. `voc.nlp.reader` loads the dictionaries
(seconds, and a hundred megabytes or two), so only what truly reads text may import it:

    from voc.nlp.reader import Reader
"""

from voc.nlp.detect_language import detect
from voc.nlp.reading import VERSION, Feeling, Mention, Reading, Seeds

__all__ = ["VERSION", "Feeling", "Mention", "Reading", "Seeds", "detect"]
