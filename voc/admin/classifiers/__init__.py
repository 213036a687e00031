"""What was learned from corrections: what each classifier knows, and which one is in use."""

from voc.admin.classifiers import pages

__all__ = ["pages"]
