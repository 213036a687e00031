"""The pages of classifiers: what each version gains, and which one is in use."""

from voc.admin.classifiers import pages

__all__ = ["pages"]
