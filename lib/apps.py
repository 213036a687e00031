from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models import CharField, IntegerField, TextField

from lib import search
from lib.storable import InWhatFits


class LibConfig(AppConfig):
    name = "lib"

    def ready(self) -> None:
        IntegerField.register_lookup(InWhatFits)
        for kind in (CharField, TextField):
            kind.register_lookup(search.Folded)
        connection_created.connect(search.teach_sqlite)
        from lib.desk.people import call_people_by_their_names  # needs the models of accounts

        call_people_by_their_names()
