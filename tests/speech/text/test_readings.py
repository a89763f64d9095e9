from tests.speech.text.reading import once_and_again, readings


@readings("""
Inhale...exhale|Inhale, exhale
Inhale…exhale|Inhale, exhale
Relax..and breathe|Relax, and breathe
hold . . . and release|hold, and release
Breathe in.Breathe out.|Breathe in. Breathe out.
Breathe in…Breathe out|Breathe in. Breathe out
Wait ... now|Wait, now
Breathe in.breathe out|Breathe in, breathe out
vs.left|versus left
3...2...1...go|3, 2, 1, go
5…4…3…2…1|5, 4, 3, 2, 1
Step 1.Lie down|Step 1. Lie down
(slowly).Breathe|(slowly). Breathe
Relax.I will count|Relax. I will count
Breathe out.10 reps|Breathe out. 10 reps
Ready?Go!Now|Ready? Go! Now
one,two;three|one, two; three
7 p.m.Rest|7 p.m. Rest
etc.Then rest|et cetera. Then rest
e.g.a wall|for example a wall
Say "wait…" now|Say "wait." now
""")
def test_marks_without_a_space_are_pauses(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
1.5 kg|1.5 kilograms
7 p.m.|7 p.m.
at 6 a.m. daily|at 6 a.m. daily
e.g. this|for example this
U.S. units|U.S. units
1.2.3|1.2.3
v2.0|v2.0
example.com|example.com
www.example.org|www.example.org
cue.mp3|cue.mp3
1,000 m|1,000 meters
""")
def test_dots_inside_numbers_abbreviations_and_addresses_stay(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
.5 kg in each hand|0.5 kilograms in each hand
Use .5 kg|Use 0.5 kilograms
.25 turn|0.25 turn
Hold .5 s|Hold 0.5 seconds
(.5 kg)|(0.5 kilograms)
-.5 s|minus 0.5 seconds
.5-1 kg|0.5 to 1 kilogram
Rest. .5 kg next|Rest. 0.5 kilograms next
Use.5 kg|Use 0.5 kilograms
x .5 mile|for 0.5 mile
$.50|$0.50
≤.5 kg|at most 0.5 kilograms
0.5 kg|0.5 kilograms
10.5 kg|10.5 kilograms
Rest.|Rest.
""")
def test_a_leading_point_keeps_its_number_small(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
Pain ≤3/10|Pain at most 3 out of 10
Pain≤3|Pain at most 3
≥ 8 reps|at least 8 reps
>= 8 reps|at least 8 reps
<=5|at most 5
=< 5|at most 5
≦ 5, ≧ 2|at most 5, at least 2
at least ≥ 10|at least 10
no more than <= 5|no more than 5
up to ≤10%|up to 10 percent
(≤3/10)|(at most 3 out of 10)
&ge; 3|at least 3
RPE ≤ 7|R P E at most 7
> BW, < BW|over BW, under BW
pain 2 - 3 / 10|pain 2 to 3 out of 10
4.5/10|4.5 out of 10
10/10|10 out of 10
≥1:30|at least 1 minute 30 seconds
<10 reps|under 10 reps
Pain<3|Pain under 3
> 5/10|over 5 out of 10
Stop if pain > 5|Stop if pain over 5
under <5 min|under 5 minutes
more than >5|more than 5
no > 5|no more than 5
not < 3|not less than 3
pain > usual|pain more than usual
Squat > lunge|Squat, lunge
a -> b => c|a, b, c
10 -> 12|10 to 12
<b>Hold</b>|Hold
""")
def test_comparisons_keep_their_equal(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
+/- 5|plus or minus 5
±5|plus or minus 5
+-5|plus or minus 5
30 +/- 5 sec|30 plus or minus 5 seconds
-/+ 5|plus or minus 5
-5|minus 5
5 + 5|5 plus 5
30s → 60s|30 seconds to 60 seconds
""")
def test_signs_between_numbers(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
w/ a band|with a band
w/band|with band
w/o pain|without pain
w/out pain|without pain
B/L heel raises|bilateral heel raises
dumbbell row (R)|dumbbell row (right)
Leg raise (L), 10 reps|Leg raise (left), 10 reps
Lt. knee and Rt. hip|left knee and right hip
min. 20 s|minimum 20 seconds
20 min. 5 reps|20 minutes. 5 reps
(R/L)|(right or left)
w/ or w/o|with or without
w/in reach|within reach
b/w sets|between sets
b/c of pain|because of pain
30s ea side|30 seconds each side
step fwd|step forward
5 rds|5 rounds
Rd 2|round 2
10 e/s|10 each side
3rd set|3rd set
R foot, L hand|right foot, left hand
10x L, 10x R|10 times left, 10 times right
L: 10, R: 12|left: 10, right: 12
Tempo 4010|Tempo 4 0 1 0
Tempo: 3-1-1-0|Tempo: 3 1 1 0
Tempo 31X1|Tempo 3 1 explosive 1
tempo 3-1-X-1|tempo 3 1 explosive 1
30X0 tempo squats|3 0 explosive 0 tempo squats
4x8 @ 30X0|4 sets of 8 at 3 0 explosive 0
@31X1|at 3 1 explosive 1
10X3|10 sets of 3
31x1|31 sets of 1
popular in the '90s|popular in the nineties
since the 1990s|since the 19 nineties
people in their 40s|people in their forties
In the late 60s and 70s.|In the late sixties and seventies.
In the 80s and 70s.|In the eighties and seventies.
In the 30s, or in their 40s or 50s or 60s.|In the thirties, or in their forties or fifties or sixties.
HR in the 140s and 30s rest|HR in the one forties and 30 seconds rest
HR in the 140s|HR in the one forties
rest in the 30s window|rest in the 30 second window
plank in your 30s rest|plank in your 30 second rest
Hold for 90s.|Hold for 90 seconds.
W1D2|week 1, day 2
E2MOM|every 2 minutes on the minute
EMOM 10 min|every minute on the minute for 10 minutes
:20 on|20 seconds on
Hold/relax|Hold relax
flex/ext|flexion and extension
""")
def test_short_forms(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
