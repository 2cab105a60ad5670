"""Time zones to choose from."""

import re

from schola.people.zones import zone_choices


def test_a_zone_is_offered_once_by_its_name_of_today():
    zones = {place for region, places in zone_choices()[1:] for _name, place in places}

    assert {"Kolkata", "Kathmandu", "Kyiv"} <= zones
    assert not {"Calcutta", "Katmandu", "Kiev"} & zones


def test_a_zone_that_is_kept_by_a_former_name_stays_chosen(signed_in, otto, school):
    school.time_zone = otto.time_zone = "Asia/Calcutta"
    school.save()
    otto.save()

    for page in ("/settings/school", "/me"):
        text = signed_in(otto).get(page).text
        assert re.search(r'value="Asia/Kolkata"\s+selected', text), page
