"""The order of the rooms holds in imports, in foreign keys and in templates."""

from django.apps import apps

from stoa.rooms import ROOMS
from tests.house.laws import imports, keys, models, templates
from tests.house.laws.order import out_of_order
from tests.house.laws.tree import ROOT


def test_the_rooms_stand_in_the_order_of_the_house() -> None:
    assert out_of_order([(room.label, room.folder) for room in ROOMS]) == []


def test_a_room_imports_only_the_rooms_below_it() -> None:
    said = imports.broken_contracts(ROOT)
    assert not said, said


def test_connectors_know_neither_django_nor_our_models_nor_each_other() -> None:
    assert imports.connectors_that_know_too_much(ROOT) == []


def test_the_home_of_a_network_knows_only_base() -> None:
    assert imports.homes_that_know_too_much(ROOT) == []


def test_foreign_keys_keep_the_order() -> None:
    assert models.ties_out_of_order(apps.get_models(include_auto_created=True)) == []


def test_every_table_has_an_id_of_our_own() -> None:
    assert models.without_our_id(apps.get_models()) == []


def test_templates_include_and_extend_only_what_their_room_may_know() -> None:
    assert templates.includes_out_of_order(ROOT) == []


def test_no_code_names_a_network_outside_its_own_folder() -> None:
    assert keys.named_networks(ROOT) == []
