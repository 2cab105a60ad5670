"""Time zones to choose from."""

from schola.people.zones import zone_choices


def test_a_zone_is_offered_once_by_its_name_of_today():
    zones = {place for region, places in zone_choices()[1:] for _name, place in places}

    assert {"Kolkata", "Kathmandu", "Kyiv"} <= zones
    assert not {"Calcutta", "Katmandu", "Kiev"} & zones
