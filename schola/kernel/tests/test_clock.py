from datetime import UTC, datetime

from schola.kernel import clock


def test_a_moment_holds_until_its_block_ends():
    moment = datetime(2026, 1, 5, 8, tzinfo=UTC)

    with clock.at(moment):
        inside = clock.now()

    assert inside == moment
    assert clock.now() > moment
