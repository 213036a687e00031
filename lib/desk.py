"""The base of every list and page that staff see; the only place that knows django-unfold's classes."""

from __future__ import annotations

from unfold.admin import ModelAdmin, StackedInline, TabularInline


class DeskAdmin(ModelAdmin):
    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50


class DeskTabularInline(TabularInline):
    extra = 0


class DeskStackedInline(StackedInline):
    extra = 0
