import pytest

from audioguide.errors import RequestError
from audioguide.library.protocol_files import load_protocol
from audioguide.prescribe.equipment import adapt_to_missing, conditions_of, equipment_of, find_equipment
from tests.helpers import layer, parsed, session_of

KINDS = """
[exercise.{0}]
name = "{0}"
equipment = {1}
avoid_if = {2}
hold_s = 30
"""


def protocol(phases, **exercises):
    """Return a protocol of ``phases``; each exercise is stated by what it needs and what rules it out."""
    heads = "".join(f'[[phase]]\ntitle = "{title}"\nexercises = {items}\n' for title, items in phases.items())
    return parsed(heads + "".join(KINDS.format(name, *stated) for name, stated in exercises.items()))


CHOICE = '[{ choice = "deep", of = ["a", "b", "c"], gentle = "b" }]'


def test_the_built_in_session_names_each_thing_and_condition_once():
    hip = load_protocol("hip-flexor")
    assert equipment_of(hip)[:3] == ("foam roller", "massage ball", "mat")
    assert len(equipment_of(hip)) == len(set(equipment_of(hip))) == 6
    assert conditions_of(hip) == ("pregnancy", "abdominal-condition")
    assert equipment_of(load_protocol("box-breathing")) == conditions_of(load_protocol("box-breathing")) == ()


def test_things_that_differ_in_capitals_are_one():
    two = protocol({"P": '["a", "b"]'}, a=('["Mat"]', "[]"), b=('["mat", "chair"]', "[]"))
    assert equipment_of(two) == ("Mat", "chair")
    assert adapt_to_missing(two, ["MAT"]).skip == ("a", "b")


def test_what_is_at_hand_changes_nothing():
    found = adapt_to_missing(load_protocol("hip-flexor"), [])
    assert (found.lacking, found.skip, found.choose, found.emptied) == ({}, (), {}, ())
    assert not found.nothing_left


def test_an_exercise_that_needs_a_missing_thing_is_skipped():
    found = adapt_to_missing(load_protocol("hip-flexor"), ["foam roller"])
    assert found.skip == ("quad-foam-roll",)
    assert found.lacking == {"quad-foam-roll": ("foam roller",)}
    assert found.emptied == ()


def test_a_choice_takes_the_option_that_needs_nothing_missing():
    found = adapt_to_missing(load_protocol("hip-flexor"), ["wall or couch"])
    assert (found.skip, found.choose) == ((), {"deep-stretch": "supine-hang"})


def test_where_the_gentle_option_is_impossible_another_is_chosen_before_pain_asks_for_it():
    found = adapt_to_missing(load_protocol("hip-flexor"), ["bed, table or bench"])
    assert found.choose == {"deep-stretch": "couch-stretch"}
    acute = session_of(load_protocol("hip-flexor"), layer("profile anna", acute=True, choose=dict(found.choose)))
    assert "supine-hang" not in {item.id for item in acute.prescriptions()}


def test_an_option_that_nobody_would_take_needs_no_choice():
    deep = protocol({"P": CHOICE}, a=("[]", "[]"), b=("[]", "[]"), c=('["bar"]', "[]"))
    assert adapt_to_missing(deep, ["bar"]).choose == {}


def test_an_option_that_a_condition_rules_out_is_no_way_out():
    deep = protocol({"P": CHOICE, "Q": '["d"]'}, **dict.fromkeys("ad", ("[]", "[]")), b=("[]", '["x"]'), c=("[]", "[]"))
    assert adapt_to_missing(deep, [], ["x"]).choose == {}
    lacking = protocol(
        {"P": CHOICE, "Q": '["d"]'}, a=("[]", '["x"]'), b=('["bar"]', "[]"), c=("[]", "[]"), d=("[]", "[]")
    )
    found = adapt_to_missing(lacking, ["bar"], ["x"])
    assert found.choose == {"deep": "c"}
    done = session_of(lacking, layer("profile anna", avoid=["x"], choose=dict(found.choose)))
    assert [item.id for item in done.prescriptions()] == ["c", "d"]


def test_a_choice_without_a_way_out_is_left_out_whole():
    deep = protocol(
        {"P": CHOICE, "Q": '["d"]'}, a=("[]", '["x"]'), b=('["bar"]', "[]"), c=('["bar"]', "[]"), d=("[]", "[]")
    )
    found = adapt_to_missing(deep, ["bar"], ["x"])
    assert (found.skip, found.choose, found.emptied) == (("a", "b", "c"), {}, ("P",))
    done = session_of(deep, layer("profile anna", avoid=["x"], skip=list(found.skip)))
    assert [item.id for item in done.prescriptions()] == ["d"]


def test_an_emptied_phase_is_named_and_nothing_left_is_told():
    hip = load_protocol("hip-flexor")
    assert adapt_to_missing(hip, ["mat"]).emptied == ("Strengthen",)
    everything = adapt_to_missing(hip, equipment_of(hip))
    assert everything.nothing_left
    assert everything.emptied == ("Release", "Stretch", "Strengthen")


def test_what_is_skipped_anyway_leaves_nothing_either():
    hip = load_protocol("hip-flexor")
    assert adapt_to_missing(hip, ["foam roller"], skip=["psoas-ball"]).emptied == ("Release",)


def test_a_harder_exercise_that_needs_a_missing_thing_is_skipped_too():
    items = '[{ use = "a", harder = { use = "b", from_week = 4 } }]'
    assert adapt_to_missing(protocol({"P": items}, a=("[]", "[]"), b=('["bar"]', "[]")), ["bar"]).skip == ("b",)


def test_an_own_choice_stays_and_is_refused_where_it_cant_be_done():
    hip = load_protocol("hip-flexor")
    kept = adapt_to_missing(hip, ["bed, table or bench"], choose={"deep-stretch": "couch-stretch"})
    assert kept.choose == {}
    with pytest.raises(RequestError, match="'supine-hang' is chosen but needs bed, table or bench"):
        adapt_to_missing(hip, ["bed, table or bench"], choose={"deep-stretch": "supine-hang"})


def test_a_session_does_what_is_decided():
    hip = load_protocol("hip-flexor")
    for thing in equipment_of(hip):
        found = adapt_to_missing(hip, [thing])
        done = session_of(hip, layer("profile anna", skip=list(found.skip), choose=dict(found.choose)))
        assert thing not in done.equipment()


@pytest.mark.parametrize("name", ["foam roller", "Foam-Roller", " FOAM  roller "])
def test_a_thing_is_found_however_it_is_written(name):
    assert find_equipment(load_protocol("hip-flexor"), name) == "foam roller"


@pytest.mark.parametrize(
    ("protocol", "name", "advice"),
    [
        ("hip-flexor", "foam roler", "did you mean 'foam roller'?"),
        ("interval", "kettlebell", "there is wall, mat and chair"),
        ("box-breathing", "mat", "it needs no equipment"),
    ],
)
def test_a_thing_that_nothing_needs_is_refused(protocol, name, advice):
    with pytest.raises(RequestError) as caught:
        find_equipment(load_protocol(protocol), name)
    assert advice in str(caught.value)
