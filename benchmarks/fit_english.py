"""Fit the weights that English is read with: python -m benchmarks.fit_english DATA

DATA is a folder with en_uci.tsv (Kotzias et al. 2015, CC BY 4.0), en_products.tsv (Hu & Liu 2004;
Ding et al. 2008, CC BY 4.0) and en_hutto_amazon.tsv (Hutto & Gilbert 2014, MIT). Only three rows
of weights leave this script, into voc/taggers/data/en_weights.json; no text does. It needs
scikit-learn, which reading does not.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.sets import Row, load
from voc.taggers.english import measured
from voc.taggers.english_whole import FILE

SETS = ("en_uci", "en_products", "en_hutto_amazon")
CLASSES = ("neg", "neu", "pos")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the three sets")
    rows = [row for name in SETS for row in load(parser.parse_args().data / f"{name}.tsv")]
    fitted = fit([row for row in rows if row.label in CLASSES])
    FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE} written, from {fitted['fitted_on']} sentences")


def fit(rows: list[Row]) -> dict[str, object]:
    """Rare classes count as much as common ones: nobody knows the mix of the next customer."""
    found = [measured(row.text) for row in rows]
    scale = StandardScaler().fit(found)
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    model.fit(scale.transform(found), [row.label for row in rows])
    # Scaling is folded into the weights, so that reading is one multiplication.
    weights = model.coef_ / scale.scale_
    biases = model.intercept_ - weights @ scale.mean_
    return {
        "sets": list(SETS),
        "fitted_on": len(rows),
        "classes": list(CLASSES),
        "rows": [[round(w, 5) for w in row] for row in weights.tolist()],
        "biases": [round(b, 5) for b in biases.tolist()],
    }


if __name__ == "__main__":
    main()
