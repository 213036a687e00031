"""Learning from readings that people checked: what is weighed, how, and whether it is better.

No Django in here. Only `training` and `judging` load scikit-learn; to read with what was learned
takes numpy alone, and to ask for the version neither.
"""

from voc.nlp.reading import VERSION

# Raise it with any change of what is weighed: weights of another format are not understood.
FORMAT = 1

# What weights were learned beside. With other rules, or in another format, they mean nothing.
RULES_VERSION = f"{VERSION}/{FORMAT}"

FEWEST_EXAMPLES = (
    100  # checked examples of feelings, or of topics; with fewer, learning often loses
)
