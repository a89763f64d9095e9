"""What is said in French, beside what a protocol itself says. The person is "vous"; nothing tells whether man or woman.

A session is "séance", an exercise "exercice", a set "série", a rep "répétition", a round "tour", a rest "repos", a hold
"maintien", its command "tenez" (of the breath "retenez"); a side is "côté", a part of a rep "temps", a tick "clic".
"""

# What the texts of the folder call things, everywhere the same:
#   glutes fessiers, tuck the tailbone "rentrez le coccyx" (kept: "coccyx rentré"), hip hanche, hips that rise or sink
#   bassin, hip bone l'os de la hanche, core tronc, torso buste, spine colonne, lower back bas du dos, shin tibia;
#   roller rouleau, ball balle, cushion coussin, mat tapis, band élastique, anchor point d'attache;
#   lunge fente, push-up pompe, all fours à quatre pattes, half-kneeling chevalier servant;
#   tender spot point sensible, sharp pain douleur vive, acute pain douleur aiguë, pulse pouls;
#   lift montez, lower descendez, return revenez, press poussez, squeeze serrez, relax relâchez, straighten tendez,
#   lean penchez-vous, come out of a stretch "sortez de l'étirement", for more
#   "pour aller plus loin"; things have their article, "le tapis", as they stand in sentences.
# "Droit" is the right side only. What is straight is "tendu", "redressé" or "aligné", and below is "plus bas", as
# "dessus" and "dessous" sound alike.

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

FORMATS = Formats("fr")

_counted = partial(Counted, "fr")

SPOKEN = Wording(
    left="gauche",
    right="droite",
    formats=FORMATS,
    welcome="Bonjour, et bienvenue.",
    title="{title}.",
    takes="La séance dure environ {length}.",
    needs="Il vous faut\u00a0: {things}.",
    thing_by="Placez {thing} contre {place}.",
    gather="Préparez maintenant\u00a0: {things}.",
    gather_reach="Posez tout à portée de main.",
    fetch_first="Mettez en pause s'il vous faut du temps pour vous préparer.",
    gather_time="Vous avez {length}. Mettez en pause s'il vous faut plus de temps.",
    gathered="Commençons.",
    settle="Posez-vous, et prenez une respiration lente.",
    left_out="Pas dans la séance d'aujourd'hui\u00a0: {names}.",
    less_said="La séance est courte aujourd'hui\u00a0: j'en dis moins que d'habitude.",
    eased="Aujourd'hui, tout est allégé\u00a0: chaque dose est à son minimum, et rien ne devient plus difficile.",
    eased_gentle="Aujourd'hui, tout est allégé\u00a0: chaque dose est à son minimum, et la version douce est choisie.",
    # Conditions stand without an article, after "en cas de".
    not_cleared="Cette séance n'a pas été validée en cas de {condition}. Consultez {professional} avant de commencer.",
    rest_not_cleared="Le reste de cette séance n'a pas été validé en cas de {condition}. "
    "Consultez {professional} avant de commencer.",
    professional="un médecin ou un kinésithérapeute",
    conditions=MappingProxyType({"pregnancy": "grossesse", "abdominal-condition": "problème abdominal"}),
    professionals=MappingProxyType({"pregnancy": "une sage-femme ou un kinésithérapeute"}),
    weak_side="Côté {gauche|droit} d'abord\u00a0: il demande plus d'attention.",
    weak_side_more="Côté {gauche|droit} d'abord\u00a0: il demande plus d'attention, "
    "et il a une série supplémentaire dans certains exercices.",
    phase="Partie {number} sur {total}\u00a0: {title}.",
    sequence="D'abord tout avec le côté {gauche|droit}.",
    sequence_again="Maintenant tout avec le côté {gauche|droit}.",
    with_name="{name}, côté {gauche|droit}",
    first="Pour commencer\u00a0: {name}.",
    next="Ensuite\u00a0: {name}.",
    last="Dernier exercice\u00a0: {name}.",
    only="{name}.",
    avoid_if="En cas de {conditions}, ne faites pas cet exercice, et reposez-vous jusqu'au suivant.",
    about_exercise="Pour l'exercice {name}\u00a0:",
    named_side="côté {gauche|droit}",
    side_first="{side} d'abord.",
    side_comes="On commence par {side}.",
    side_only="Un seul côté. {side}.",
    breath="Inspirez quand le son monte, expirez quand il descend.",
    switch_alone="Changez de côté.",
    switch="Changez de côté. {side}.",
    switch_comes="Changez de côté. Ensuite, {side}.",
    switch_short="Changez. {side}.",
    switch_comes_short="Changez. Ensuite, {side}.",
    ready="On y va.",
    position="En position.",
    halfway="Mi-parcours.",
    ten_seconds="Dix secondes.",
    time_done="Déjà {length}.",
    one_more="Encore une.",
    calm=("Continuez à respirer.", "Détendez le visage.", "Respirez tranquillement.", "Relâchez les épaules."),
    check="Si la douleur est plus que modérée, allez-y plus doucement. "
    "Si elle est vive ou brûlante, arrêtez, et reposez-vous jusqu'au prochain exercice.",
    encouragement=(
        "Lentement et régulièrement. C'est tout à fait ça.",
        "Vous prenez le temps qu'il faut. C'est bien.",
        "Bravo, vous tenez bon.",
        "Sans hâte et sans forcer. C'est du bon travail.",
        "Vous en avez déjà fait beaucoup. Gardez ce rythme calme.",
        "C'est bien. Une respiration après l'autre.",
        "C'est un travail de patience, et vous le faites.",
        "C'est bien. Restez calme, l'attention sur l'exercice.",
    ),
    rest="Repos. {length}.",
    until_next="{length} avant le prochain exercice.",
    next_set="Puis la série {number} sur {total}.",
    last_set="Puis la dernière série.",
    session_last_set="Puis la dernière série de la séance.",
    next_set_now="Série {number} sur {total}.",
    last_set_now="Dernière série.",
    next_set_dose="Puis la série {number} sur {total}\u00a0: {dose}.",
    last_set_dose="Puis la dernière série\u00a0: {dose}.",
    with_side="{side}.",
    round="Tour {number} sur {total}.",
    rounds_in="Autant de tours que possible en {length}.",
    station_reps="{reps} {name}",
    station_dose="{name}, {dose}.",
    avoid_station="En cas de {conditions}, ne faites pas cet exercice.",
    time_left="Encore {length}.",
    count_side="{count}, {gauche|droite}.",
    counting="Après quelques répétitions, je ne fais que compter. Le nombre veut dire\u00a0: {first}.",
    only_tick="Le clic veut dire\u00a0: {word}.",
    tick_means=("Premier clic\u00a0: {word}.", "Deuxième clic\u00a0: {word}.", "Troisième clic\u00a0: {word}."),
    counting_sides="Après quelques répétitions, je dis seulement le nombre et le côté.",
    counting_side_means="Après quelques répétitions, je dis seulement le nombre et le côté. "
    "Gauche veut dire\u00a0: {first}.",
    part_for="{word} pendant {length}",
    parts=", puis ",
    only_ticks="À partir de la répétition {rep}, seulement des clics{later}.",
    ticks_later=", et dès le début dans les séries suivantes",
    rep_ticks="Clic aigu\u00a0: {first}. Clics graves\u00a0: {rest}.",
    ticks="Clics graves\u00a0: {words}. Clics aigus\u00a0: la même chose à droite.",
    last_rep="La dernière.",
    last_rep_side="Dernière, {gauche|droite}.",
    done="Bravo.",
    is_over="La séance est terminée.",
    farewell="À bientôt.",
    goodbye="Prenez votre temps pour vous relever. À bientôt.",
    rest_now="Reposez-vous maintenant, dans la position de votre choix.",
    chapter_start="Début",
    chapter_gather="Préparer le matériel",
    chapter_end="Fin",
    chapter_phase="{phase}\u00a0: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("fr"),
    dose=DoseWording(
        formats=FORMATS,
        once="une fois",
        times=_counted("{count} fois"),
        reps_of_set=_counted("{count} répétitions", one="{count} répétition"),
        one_hold="pendant {work}",
        each_side="{work} de chaque côté",
        on_left="{work} à gauche",
        on_right="{work} à droite",
        only_left="{work} à gauche",
        only_right="{work} à droite",
        between_sides=", ",
        sets=_counted("{count} séries de {work}", one="{count} série de {work}"),
        sets_of_sides=_counted("{count} séries de {work}", one="{count} série de {work}"),
        varied=_counted("{count} séries\u00a0: {work}", one="{count} série\u00a0: {work}"),
        between_lists=", et ",
        repeated=_counted("{count} fois {work}"),
    ),
)
