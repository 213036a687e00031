"""Classifiers trained on corrected readings: features, fit, prediction and cross-validation.

No Django in here. Only `fit`, `design_matrix` and `cross_validation` load scikit-learn; to predict
takes numpy alone, and to ask for the version neither.
"""

from voc.nlp.reading import VERSION

# Raise it with any change of the features: weights of another format are not understood.
FORMAT = 2

# The rules and the format for which weights are fitted: under any other they mean nothing.
RULES_VERSION = f"{VERSION}/{FORMAT}"

FEWEST_EXAMPLES = (
    100  # checked examples of feelings, or of topics; with fewer, the rules often read better
)
