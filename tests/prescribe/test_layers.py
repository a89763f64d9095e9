"""What a layer may name depends on where it comes from, not on what it is called."""

from __future__ import annotations

import pytest

from audioguide.errors import RequestError
from audioguide.model.profile import Profile
from audioguide.prescribe.layers import Layer, Origin
from tests.helpers import HOLD, parsed, session_of

OTHER = Profile.model_validate({"skip": ["couch-stretch"]})


def test_a_profile_called_like_the_command_line_is_a_profile_all_the_same():
    assert session_of(parsed(HOLD), Layer("command line", OTHER)).left_out == ()
    assert Layer.of_profile(Profile(name="anna")) == Layer("profile anna", Profile(name="anna"), Origin.PROFILE)


def test_options_speak_for_this_session_only_whatever_they_are_called():
    with pytest.raises(RequestError, match="somebody: no exercise 'couch-stretch' in this session"):
        session_of(parsed(HOLD), Layer("somebody", OTHER, Origin.COMMAND_LINE))
    assert Layer.of_options(OTHER).by == "command line"
