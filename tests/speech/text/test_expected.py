from audioguide.speech.text.expected import expected_ms


def test_a_length_grows_with_letters_numbers_and_pauses():
    texts = ["Lift.", "Lift it.", "Lift it 10 times.", "Lift it, 10 times.", "Lift it. 10 times, slowly."]
    lengths_ms = [expected_ms(text, 150) for text in texts]
    assert lengths_ms == sorted(set(lengths_ms))


def test_half_the_rate_takes_twice_as_long():
    assert expected_ms("Kneel on your left knee.", 75) == 2 * expected_ms("Kneel on your left knee.", 150)
