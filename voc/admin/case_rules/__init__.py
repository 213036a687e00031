"""Rules for cases on the desk: their list, the form with its trial, and what each one did."""

from voc.admin.case_rules import admin

__all__ = ["admin"]
