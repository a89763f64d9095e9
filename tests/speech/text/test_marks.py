from tests.speech.text.reading import once_and_again, readings


@readings("""
Hold 30" each side|Hold 30 seconds each side
3 x 30"|3 sets of 30 seconds
10 x 10" holds|10 holds of 10 seconds
Rest 1'30"|Rest 1 minute 30 seconds
Rest 1'30 now|Rest 1 minute 30 seconds now
1'30"|1 minute 30 seconds
walk 10'|walk 10 minutes
5' walk, 10' jog|5 minute walk, 10 minute jog
20" on, 10" off|20 seconds on, 10 seconds off
20-30" hold|20 to 30 second hold
20"-30" hold|20 to 30 second hold
Hold 30''|Hold 30 seconds
Hold this stretch 45"|Hold this stretch 45 seconds
Hold for about 15"|Hold for about 15 seconds
Hold x 20"|Hold for 20 seconds
every 90"|every 90 seconds
Rest: 60"|Rest: 60 seconds
Hold 30″|Hold 30 seconds
5x3'/2'|5 sets of 3 minutes, then 2 minutes
30" hang|30 seconds hang
Hold 30" back flat|Hold 30 seconds back flat
Hold 20" to the left|Hold 20 seconds to the left
Rest 30" deep breaths|Rest 30 seconds deep breaths
Step-ups 3 x 30"|Step-ups 3 sets of 30 seconds
3 x 30" step-ups|3 sets of 30 seconds step-ups
Leg raise 3 x 10"|Leg raise 3 sets of 10 seconds
3 x 2'|3 sets of 2 minutes
Contract 5 x 6"/30"|Contract 5 sets of 6 seconds, then 30 seconds
Say "go" after 10"|Say "go" after 10 seconds
""")
def test_work_or_a_set_sign_makes_times_of_marks(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
6" step|6 inches step
4" block|4 inches block
Hold a 6" ball|Hold a 6 inch ball
Hold 6" off the floor|Hold 6 inches off the floor
Rest your foot on an 8" box|Rest your foot on an 8 inch box
Feet 24" apart|Feet 24 inches apart
Lift 2"|Lift 2 inches
Reach 14" forward|Reach 14 inches forward
Box 20"|Box 20 inches
5'10" tall|5 feet 10 inches tall
Stand 3' away|Stand 3 feet away
pillow 12 x 16"|pillow 12 by 16 inches
10' x 10' room|10 by 10 feet room
6" x 4" block|6 inches by 4 inches block
""")
def test_things_and_directions_make_lengths_of_marks(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
30"|30
Leg raise 30"|Leg raise 30
Hold foot 6"|Hold foot 6
5'6"|5 6
5'|5'
John's 5's|John's 5's
Say "Level 30" now|Say "Level 30" now
""")
def test_where_nothing_tells_there_is_no_unit(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
