from tests.speech.text.reading import once_and_again, readings


@readings("""
M/W/F|Monday, Wednesday, Friday
Mon/Wed/Fri|Monday, Wednesday, Friday
M-W-F|Monday, Wednesday, Friday
MWF|Monday, Wednesday, Friday
T/Th|Tuesday, Thursday
TTh|Tuesday, Thursday
T/Th/Sat|Tuesday, Thursday, Saturday
Tu/Th/Sa/Su|Tuesday, Thursday, Saturday, Sunday
Mon, Wed & Fri|Monday, Wednesday and Friday
Mon-Fri|Monday to Friday
M-F|Monday to Friday
M/F|M or F
T/F|T or F
Monday-Friday|Monday-Friday
in the Sun|in the Sun
""")
def test_days_of_the_week(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
3x/wk|3 times a week
2x/d|twice a day
1x/day|once a day
2X/DAY|twice a day
2x/WK|twice a week
3x/mo, 1x/yr|3 times a month, once a year
150 min/wk|150 minutes per week
5 d/wk|5 days per week
20/min|20 per minute
10 reps/hr|10 reps per hour
≤10%/wk|at most 10 percent per week
5 min/km|5 minutes per kilometer
10 steps/d|10 steps per day
12/side|12 per side
reps/side|reps per side
20 squats/day|20 squats per day
60 sec/stretch|60 seconds per stretch
opposite arm/leg|opposite arm or leg
left/right|left or right
and/or|and or
yes/no|yes or no
90/90|90 90
""")
def test_doses_and_choices(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
10 sec up/3 sec down|10 seconds up, then 3 seconds down
jog 60s/walk 90s|jog 60 seconds, then walk 90 seconds
20s on/10s off|20 seconds on, then 10 seconds off
30s/30s|30 seconds, then 30 seconds
10 steps/back 10 steps|10 steps, then back 10 steps
in 4/hold 7/out 8|in 4, hold 7, out 8
5 up/5 down|5 up, 5 down
30 sec / 15 sec rest|30 seconds, 15 seconds rest
run/walk 20 min|run or walk 20 minutes
10 kg/22 lb|10 kilograms or 22 pounds
on/off|on or off
""")
def test_one_time_after_the_other(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
