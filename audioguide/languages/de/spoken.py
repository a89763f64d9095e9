"""What is said in German, beside what a protocol itself says. The person is "du".

Fixed terms, of all files in this folder:

- A session is "Einheit", an exercise "Übung", a side "Seite", a set "Satz", a rep "Wiederholung", a round "Runde", a
  rest "Pause"; to hold "halten", a hold "Haltezeit" in print. A condition's doctor is one to be examined by: "lass dich
  untersuchen".
- The glutes are "Po", and one of them "Pobacke". The hips that lift, sink and stay level are "Becken", the joint is
  "Hüfte", the bone of it "Hüftknochen", the bony point that is felt "Knochenvorsprung"; the core is "Rumpf".
- To tuck the tailbone is "das Steißbein einrollen", never "das Becken kippen": a "Beckenkippung" is the opposite.
- "Faszienrolle" and "Massageball" when they are fetched, then "Rolle" and "Ball"; "Kissen", "Band", "Matte", "Couch". A
  tender spot is "empfindliche Stelle", a lunge "Ausfallschritt", on hands and knees "Vierfüßlerstand".
- "lösen" is to release a muscle; after a squeeze it is "loslassen". A movement's words are "heben", "halten", "senken",
  "strecken" and "zurück", in small letters, as they also stand within sentences. Upright is "aufgerichtet", level
  "waagerecht"; "gerade" is never "just now".
- To ease off is "es sanfter machen", as "zurückgehen" would be a movement; a tick is "Klick".
- "Die Rolle" keeps its article where it begins a sentence: "Rolle" alone is heard as "roll!". What is needed stands in
  the accusative with its article, behind "du brauchst" and "rück".
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

FORMATS = Formats("de", capital_nouns=True)

_counted = partial(Counted, "de")

SPOKEN = Wording(
    left="links",
    right="rechts",
    formats=FORMATS,
    welcome="Hallo und willkommen.",
    title="{title}.",
    takes="Das dauert etwa {length}.",
    needs="Du brauchst: {things}.",
    thing_by="Rück {thing} direkt an {place}.",
    gather="Mach jetzt bereit, was du brauchst: {things}.",
    gather_reach="Leg alles griffbereit hin.",
    fetch_first="Drück auf Pause, wenn du dafür Zeit brauchst.",
    gather_time="Du hast {length} Zeit. Drück auf Pause, wenn du länger brauchst.",
    gathered="Fangen wir an.",
    settle="Komm an, und atme einmal ruhig durch.",
    left_out="Heute nicht dabei: {names}.",
    less_said="Die Einheit ist heute kurz: Ich sage weniger als sonst.",
    eased="Heute ist alles leichter: jede Übung in der kleinsten Dosis, und nichts wird gesteigert.",
    eased_gentle="Heute ist alles leichter: jede Übung in der kleinsten Dosis, und du machst die sanfte Übung.",
    # All of these conditions stand in the dative, after "bei".
    not_cleared="Bei {condition} ist diese Einheit nicht freigegeben. Frag {professional}, bevor du anfängst.",
    rest_not_cleared="Bei {condition} ist auch der Rest dieser Einheit nicht freigegeben. "
    "Frag {professional}, bevor du anfängst.",
    professional="eine Ärztin oder einen Physiotherapeuten",
    conditions=MappingProxyType(
        {"pregnancy": "Schwangerschaft", "abdominal-condition": "einer Erkrankung im Bauchraum"}
    ),
    professionals=MappingProxyType({"pregnancy": "eine Hebamme oder einen Physiotherapeuten"}),
    weak_side="{linke|rechte} Seite zuerst: Sie braucht mehr Aufmerksamkeit.",
    weak_side_more="{linke|rechte} Seite zuerst: Sie braucht mehr Aufmerksamkeit "
    "und bekommt bei manchen Übungen einen Satz mehr.",
    phase="Teil {number} von {total}: {title}.",
    sequence="Alles zuerst mit der {linken|rechten} Seite.",
    sequence_again="Jetzt alles mit der {linken|rechten} Seite.",
    with_name="{name}, {linke|rechte} Seite",
    first="Erste Übung: {name}.",
    next="Als Nächstes: {name}.",
    last="Letzte Übung: {name}.",
    only="{name}.",
    avoid_if="Bei {conditions} lass diese Übung aus und ruh dich bis zur nächsten aus.",
    about_exercise="Zu {name}:",
    named_side="{linke|rechte} Seite",
    side_first="Zuerst: {side}.",
    side_comes="Zuerst kommt {side}.",
    side_only="{side}, ohne Seitenwechsel.",
    breath="Atme ein, wenn der Ton steigt, und aus, wenn er fällt.",
    switch_alone="Seitenwechsel.",
    switch="Seitenwechsel. {side}.",
    switch_comes="Seitenwechsel. Als Nächstes kommt {side}.",
    switch_short="Wechsel. {side}.",
    switch_comes_short="Wechsel. Gleich kommt {side}.",
    ready="Bereit.",
    position="Geh in Position.",
    halfway="Halbzeit.",
    ten_seconds="Noch zehn Sekunden.",
    time_done="{length} geschafft.",
    one_more="Noch einmal.",
    calm=("Atme weiter.", "Entspann dein Gesicht.", "Atme ganz ruhig.", "Lass die Schultern locker."),
    check="Wenn es mehr als mäßig wehtut, mach es sanfter. "
    "Ist der Schmerz stechend oder brennend, hör auf und ruh dich bis zur nächsten Übung aus.",
    encouragement=(
        "Langsam und gleichmäßig. Genau so geht das.",
        "Du nimmst dir die Zeit, die es braucht. Gut.",
        "Schön, dass du dranbleibst.",
        "Keine Eile, und nichts erzwingen. Du machst das gut.",
        "So weit bist du schon. Bleib in diesem ruhigen Tempo.",
        "Gut. Ein Atemzug nach dem anderen.",
        "Das braucht Geduld, und du hast sie.",
        "Gut. Bleib ruhig, und bleib aufmerksam.",
    ),
    rest="Pause. {length}.",
    until_next="{length} bis zur nächsten Übung.",
    next_set="Dann Satz {number} von {total}.",
    last_set="Dann der letzte Satz.",
    session_last_set="Dann der letzte Satz der Einheit.",
    next_set_now="Satz {number} von {total}.",
    last_set_now="Letzter Satz.",
    next_set_dose="Dann Satz {number} von {total}: {dose}.",
    last_set_dose="Dann der letzte Satz: {dose}.",
    with_side="{side}.",
    round="Runde {number} von {total}.",
    rounds_in="So viele Runden, wie du in {length} schaffst.",
    station_reps="{reps} Mal {name}",
    station_dose="{name}, {dose}.",
    avoid_station="Bei {conditions} lass das aus.",
    time_left="Noch {length}.",
    count_side="{count}, {links|rechts}.",
    counting="Nach ein paar Wiederholungen zähle ich nur noch. Die Zahl heißt: {first}.",
    only_tick="Der Klick heißt: {word}.",
    tick_means=("Erster Klick: {word}.", "Zweiter Klick: {word}.", "Dritter Klick: {word}."),
    counting_sides="Nach ein paar Wiederholungen zähle ich nur noch und nenne die Seite.",
    counting_side_means="Nach ein paar Wiederholungen sage ich nur noch Zahl und Seite. Links heißt: {first}.",
    part_for="{length} {word}",
    parts=", dann ",
    only_ticks="Ab Wiederholung {rep} nur noch Klicks{later}.",
    ticks_later=", in späteren Sätzen von Anfang an",
    rep_ticks="Hoher Klick: {first}. Tiefe Klicks: {rest}.",
    ticks="Tiefe Klicks: {words}. Hohe Klicks: dasselbe rechts.",
    last_rep="Die letzte.",
    last_rep_side="Letzte, {links|rechts}.",
    done="Gut gemacht.",
    is_over="Die Einheit ist zu Ende.",
    farewell="Bis zum nächsten Mal.",
    goodbye="Lass dir Zeit beim Aufstehen. Bis zum nächsten Mal.",
    rest_now="Ruh dich jetzt aus, so wie es für dich bequem ist.",
    chapter_start="Beginn",
    chapter_gather="Bereitlegen",
    chapter_end="Abschluss",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("de"),
    dose=DoseWording(
        formats=FORMATS,
        once="einmal",
        times=_counted("{count} Mal"),
        reps_of_set=_counted("{count} Wiederholungen", one="{count} Wiederholung"),
        one_hold="{work} lang",
        each_side="{work} pro Seite",
        on_left="{work} links",
        on_right="{work} rechts",
        only_left="{work} links",
        only_right="{work} rechts",
        between_sides=", ",
        sets=_counted("{count} Sätze mit je {work}", one="{count} Satz mit {work}"),
        sets_of_sides=_counted("{count} Sätze mit je {work}", one="{count} Satz mit {work}"),
        varied=_counted("{count} Sätze: {work}", one="{count} Satz: {work}"),
        between_lists=", und ",
        repeated=_counted("{count} Mal {work}"),
    ),
)
