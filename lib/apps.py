from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "lib"

    def ready(self) -> None:
        from lib.desk.people import call_people_by_their_names  # needs the models of accounts

        call_people_by_their_names()
