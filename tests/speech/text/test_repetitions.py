from tests.speech.text.reading import once_and_again, readings


@readings("""
Hold x 30 sec|Hold for 30 seconds
Hold x30s|Hold for 30 seconds
Hold×30s|Hold for 30 seconds
Hold X 30 Sec|Hold for 30 seconds
Walk x 10 min|Walk for 10 minutes
Ice x 15 min|Ice for 15 minutes
x 6 weeks|for 6 weeks
Run x 400m|Run for 400 meters
Plank x 20-30 sec|Plank for 20 to 30 seconds
Walk x 1/2 mile|Walk for half a mile
Plank x 1½ min|Plank for 1 and a half minutes
Hold x 5 breaths|Hold for 5 breaths
5 sec hold × 5 reps|5 second hold, 5 reps
x10 reps|10 reps
x 2 sets|2 sets
Bridge x 10 heel raises|Bridge, 10 heel raises
Repeat x 3 rounds|Repeat 3 rounds
3 sets x 10 reps x 5 sec hold|3 sets of 10 reps, 5 second hold
3 x 10 x 5 sec|3 sets of 10, 5 seconds
10 x 5 sec hold|10 holds of 5 seconds
1 x 30 sec hold|1 hold of 30 seconds
8 reps x 3 sec pause|8 reps, 3 second pause
10 reps x 5 sec|10 reps of 5 seconds
Squat 3 x 5 x 60 kg|Squat 3 sets of 5 at 60 kilograms
5x5x60kg|5 sets of 5 at 60 kilograms
5 reps x 60 kg|5 reps at 60 kilograms
60 kg x 8|60 kilograms, 8 times
relax 5 sec x 10|relax 5 seconds, 10 times
2 x daily|twice daily
3 x week|3 times a week
20/10 x 8 rounds|20 10, 8 rounds
4-4-4-4 x 5|4 4 4 4, 5 times
Every 2:00 x 5|Every 2 minutes, 5 times
Level 2 x 10|Level 2, 10 times
8 x (60s on)|8 times (60 seconds on)
3 x max|3 sets of max
3 x failure|3 sets to failure
""")
def test_a_sign_before_a_unit_or_a_noun_is_a_length_or_a_count(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
Repeat x10|Repeat 10 times
Squats x 8-12|Squats 8 to 12 times
x 10 each leg|10 times each leg
3x30s|3 sets of 30 seconds
3 x 10|3 sets of 10
2-3 x 10|2 to 3 sets of 10
3 x 10 reps|3 sets of 10 reps
3x12x2|3 sets of 12, 2 times
2x per week|twice per week
10x10 cm|10 by 10 centimeters
30 cm x 30 cm|30 centimeters by 30 centimeters
X-ray|X-ray
X marks 3|X marks 3
""")
def test_other_signs_count_sets_and_times(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
in-2-3-4, out-2-3-4|in 2 3 4, out 2 3 4
1-2-3-lift|1 2 3 lift
3-2-1-go|3 2 1 go
1-and-2-and-3|1 and 2 and 3
4-7-8-breathing|4 7 8 breathing
10-15-minute walk|10 to 15 minute walk
2-3-week rest|2 to 3 week rest
hip-flexor-2|hip-flexor-2
step-2|step-2
555-1234|555-1234
1-800-555-1234|1-800-555-1234
2026-11-23|2026-11-23
""")
def test_counting_with_hyphens_is_said_number_by_number(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
Weeks 1-2: easy|Weeks 1 to 2: easy
Reps 8-12: slow|Reps 8 to 12: slow
Pain 0-3: go on|Pain 0 to 3: go on
Mins 5-10: walk|Minutes 5 to 10: walk
8–12: slow|8 to 12: slow
8 - 12: slow|8 to 12: slow
8-12:slow|8 to 12: slow
Reps:8-12|Reps: 8 to 12
0:00-5:00: walk|0 seconds to 5 minutes: walk
5:30-6:00: jog|5 minutes 30 seconds to 6 minutes: jog
(8-12): slow|(8 to 12): slow
8,000-10,000 steps|8,000 to 10,000 steps
18:30|18 minutes 30 seconds
0:45|45 seconds
ratio 2:1|ratio 2:1
5--10|5 to 10
90-90 switch|90 90 switch
5-3:1|5-3:1
at 7:30 am|at 7:30 am
""")
def test_a_colon_ends_a_range_unless_a_digit_is_behind_it(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
