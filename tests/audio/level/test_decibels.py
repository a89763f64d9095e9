import math

import numpy as np
import pytest

from audioguide.audio.level.decibels import amplitude_to_db, db_to_amplitude, db_to_power, power_to_db


@pytest.mark.parametrize(("db", "amplitude", "power"), [(0, 1, 1), (20, 10, 100), (-60, 1e-3, 1e-6), (6.02, 2, 4)])
def test_decibels_are_twenty_a_decade_of_amplitude_and_ten_of_power(db: float, amplitude: float, power: float):
    assert db_to_amplitude(db) == pytest.approx(amplitude, rel=1e-3)
    assert db_to_power(db) == pytest.approx(power, rel=1e-3)
    assert amplitude_to_db(amplitude) == pytest.approx(db, abs=1e-3)
    assert power_to_db(power) == pytest.approx(db, abs=1e-3)


def test_silence_is_infinitely_far_down():
    assert amplitude_to_db(0) == power_to_db(0) == -math.inf
    assert db_to_amplitude(-math.inf) == db_to_power(-math.inf) == 0


def test_an_array_gives_an_array_of_the_same_shape():
    # Numpy's versions differ in the last bit of a power.
    assert db_to_amplitude(np.array([[0.0], [-20.0]])) == pytest.approx(np.array([[1.0], [0.1]]), rel=1e-15)
