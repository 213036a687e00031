"""Reading what a customer wrote: its language, its feeling, its topics. No Django in here.

This front door is light on purpose. `voc.taggers.reader` loads the dictionaries (seconds, and
a hundred megabytes or two), so only what truly reads text may import it:

    from voc.taggers.reader import Reader
"""

from voc.taggers.languages import detect
from voc.taggers.readings import VERSION, Feeling, Mention, Reading, Seeds

__all__ = ["VERSION", "Feeling", "Mention", "Reading", "Seeds", "detect"]
