from tests.speech.text.reading import once_and_again, readings


@readings("""
1½ min|1 and a half minutes
1 1/2 min|1 and a half minutes
1-1/2 min|1 and a half minutes
2 1/4 miles|2 and a quarter miles
2¾ kg|2 and three quarters kilograms
½ min|half a minute
½ hr|half an hour
¾ mile|three quarters of a mile
1/4 mile|a quarter of a mile
½-1 mile|half to 1 mile
1½-2 min|1 and a half to 2 minutes
45+ min|45 minutes or more
30s+|30 seconds or more
5+ lbs|5 pounds or more
1+ hr|1 hour or more
5 sec hold|5 second hold
30 sec planks|30 second planks
400m run|400 meter run
2 kg ball|2 kilogram ball
a 20 min walk|a 20 minute walk
6-8 wks|6 to 8 weeks
10 mi|10 miles
50 yds|50 yards
5 km/h|5 kilometers per hour
80 rpm|80 revolutions per minute
Wk 1|Week 1
Mins 5|Minutes 5
every hr|every hour
the 1st min|the 1st minute
thirty sec|thirty seconds
12 in. forward|12 inches forward
""")
def test_units_are_said_in_full(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)


@readings("""
1.5 kg|1.5 kilograms
1/2 turn|half turn
½ turn|half turn
every 1/2 hour|every half hour
Week 1/2|Week 1 of 2
Set 2/3: slower|Set 2 of 3: slower
Round 1/4|Round 1 of 4
Weeks 1/2: twice a day|Weeks 1 and 2: twice a day
Level 1/2|Level 1 or 2
Step 1/2 a foot forward|Step half a foot forward
Set 1/2 your weight|Set half your weight
2 sets 1/2 speed|2 sets half speed
Set of 1/2|Set of half
10+ reps|10 plus reps
age 65+|age 65 plus
5 + 5|5 plus 5
for 10 sec hold the bar|for 10 seconds hold the bar
jog 2 min walk 1 min|jog 2 minutes walk 1 minute
the 30 sec of rest|the 30 seconds of rest
15 sec rest|15 seconds rest
2 in front of you|2 in front of you
max 5 reps, min 3 reps|max 5 reps, min 3 reps
""")
def test_what_looks_like_a_unit_or_a_part_stays(written: str, said: str) -> None:
    assert once_and_again(written) == (said, said)
