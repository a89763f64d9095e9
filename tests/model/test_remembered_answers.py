from audioguide.library.protocol_files import load_protocol
from audioguide.model.remembered_answers import MOST, remembered


def test_an_answer_is_asked_for_once_for_each_thing_and_not_for_its_equal():
    asked: list[int] = []

    @remembered
    def length(value: list[int]) -> int:
        asked.append(id(value))
        return len(value)

    one, equal = [1, 2], [1, 2]
    assert [length(one), length(equal), length(one), length(equal)] == [2, 2, 2, 2]
    assert asked == [id(one), id(equal)]
    others = [[number] for number in range(MOST)]
    assert [length(other) for other in others] == [1] * MOST
    assert length(one) == 2
    assert asked.count(id(one)) == 2


def test_models_can_be_asked_about():
    protocol = load_protocol("movement-break")

    @remembered
    def answer(value: object) -> object:
        return object()

    assert answer(protocol) is answer(protocol) is not answer(load_protocol("movement-break"))
