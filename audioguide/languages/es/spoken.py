"""What is said in Spanish, beside what a protocol itself says. The person is "tú".

A session is "sesión", an exercise "ejercicio", a set "serie", a rep "repetición", a round "ronda", a rest "descanso", a
side "lado", to hold "mantener", a movement break "pausa activa", a tick "clic" (a "tic" is a twitch).

In the texts: glutes "glúteos", to squeeze "apretar", tailbone "coxis", to tuck it "meter", hip bone "hueso de la
cadera", lower back "zona lumbar", core "abdomen", shin "espinilla", roller "el rodillo" (with its article, as "la
rodilla" is the knee), ball "pelota", mat "esterilla", cushion "cojín", lunge "zancada", tender spot "punto sensible",
to bend "doblar", to stretch out "estirar", to lie down "acostarse", to breathe in and out "inhalar" and "exhalar".

- Things have their article, "la esterilla": they stand in sentences.
- "Derecho" is only the side; what is straight is "recto" or "estirado". "Coger", "cola" and "tumbarse" are not said, as
  they mean other things or nothing in some of the countries.
- Nothing agrees with the person, man or woman: "boca arriba", "de pie", "torso erguido".
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

FORMATS = Formats(
    "es",
    joints=(
        # "E" stands before the sound of i, but not before that of "hierba"; "u" before that of o, as in "ocho".
        (r" y (?=h?[iíIÍ](?![aeoáéó]))", " e "),
        (r" o (?=h?[oóOÓ]|8|11\b)", " u "),
    ),
)

_counted = partial(Counted, "es")

SPOKEN = Wording(
    left="izquierda",
    right="derecha",
    formats=FORMATS,
    welcome="Hola, te doy la bienvenida.",
    title="{title}.",
    takes="Dura alrededor de {length}.",
    needs="Necesitas: {things}.",
    thing_by="Pon {thing} contra {place}.",
    gather="Prepara ahora: {things}.",
    gather_reach="Ten todo a tu alcance.",
    fetch_first="Pon pausa si necesitas tiempo para prepararte.",
    gather_time="Tienes {length}. Pon pausa si necesitas más.",
    gathered="Empecemos.",
    settle="Acomódate, y haz una respiración lenta.",
    left_out="Fuera de la sesión de hoy: {names}.",
    less_said="La sesión de hoy es corta: digo menos que de costumbre.",
    eased="Hoy todo es más suave: cada dosis está en su mínimo, y nada se hace más difícil.",
    eased_gentle="Hoy todo es más suave: cada dosis está en su mínimo, y se ha elegido el ejercicio suave.",
    not_cleared="Esta sesión no está autorizada en caso de {condition}. Consulta a {professional} antes de empezar.",
    rest_not_cleared="El resto de esta sesión tampoco está autorizado en caso de {condition}. "
    "Consulta a {professional} antes de empezar.",
    professional="un médico o fisioterapeuta",
    conditions=MappingProxyType({"pregnancy": "embarazo", "abdominal-condition": "enfermedad abdominal"}),
    professionals=MappingProxyType({"pregnancy": "una matrona o un fisioterapeuta"}),
    weak_side="Primero el lado {izquierdo|derecho}: es el que necesita más atención.",
    weak_side_more="Primero el lado {izquierdo|derecho}: es el que necesita más atención, "
    "y en algunos ejercicios hace una serie más.",
    phase="Parte {number} de {total}: {title}.",
    sequence="Todo primero con el lado {izquierdo|derecho}.",
    sequence_again="Ahora todo con el lado {izquierdo|derecho}.",
    with_name="{name}, lado {izquierdo|derecho}",
    first="Primero: {name}.",
    next="Siguiente: {name}.",
    last="Último ejercicio: {name}.",
    only="{name}.",
    avoid_if="En caso de {conditions}, sáltate este ejercicio y descansa hasta el siguiente.",
    about_exercise="Sobre {name}:",
    named_side="lado {izquierdo|derecho}",
    side_first="{side}, para empezar.",
    side_comes="Empezamos con {side}.",
    side_only="{side}, solo este lado.",
    breath="Inhala mientras el tono sube, y exhala mientras baja.",
    switch_alone="Cambia de lado.",
    switch="Cambia de lado. {side}.",
    switch_comes="Cambia de lado. Ahora vamos con {side}.",
    switch_short="Cambio. {side}.",
    switch_comes_short="Cambio. Vamos con {side}.",
    ready="Atención.",
    position="Colócate en posición.",
    halfway="Vas por la mitad.",
    ten_seconds="Diez segundos.",
    time_done="Llevas {length}.",
    one_more="Una más.",
    calm=("Sigue respirando.", "Relaja la cara.", "Respira con calma.", "Relaja los hombros."),
    check="Si el dolor pasa de moderado, afloja. "
    "Si es punzante o quemante, detente y descansa hasta el siguiente ejercicio.",
    encouragement=(
        "Despacio y constante. Así se hace.",
        "Te tomas el tiempo que esto necesita. Bien.",
        "Muy bien por tu constancia.",
        "Sin prisa y sin forzar. Lo estás haciendo bien.",
        "Ya has llegado hasta aquí. Mantén este ritmo tranquilo.",
        "Bien. Una respiración tras otra.",
        "Esto pide paciencia, y tú la tienes.",
        "Bien. Sigue con calma, y con la atención aquí.",
    ),
    rest="Descansa. {length}.",
    until_next="{length} hasta el siguiente ejercicio.",
    next_set="Después, serie {number} de {total}.",
    last_set="Después, la última serie.",
    session_last_set="Después, la última serie de la sesión.",
    next_set_now="Serie {number} de {total}.",
    last_set_now="Última serie.",
    next_set_dose="Después, serie {number} de {total}: {dose}.",
    last_set_dose="Después, la última serie: {dose}.",
    with_side="{side}.",
    round="Ronda {number} de {total}.",
    rounds_in="Tantas rondas como puedas en {length}.",
    # For names in the singular, as "puente", and in the plural, as "sentadillas".
    station_reps="{reps} repeticiones de {name}",
    station_dose="{name}, {dose}.",
    avoid_station="En caso de {conditions}, sáltatelo.",
    time_left="Aún tienes {length}.",
    count_side="{count}, {izquierda|derecha}.",
    counting="Tras unas repeticiones, solo cuento. El número significa {first}.",
    only_tick="El clic significa {word}.",
    tick_means=("Primer clic: {word}.", "Segundo clic: {word}.", "Tercer clic: {word}."),
    counting_sides="Tras unas repeticiones, solo cuento y digo el lado.",
    counting_side_means="Tras unas repeticiones, solo digo el lado y cuento. Izquierda significa {first}.",
    part_for="{word} durante {length}",
    parts=", y luego ",
    only_ticks="A partir de la repetición {rep}, solo clics{later}.",
    ticks_later=", y en las series siguientes, desde el principio",
    rep_ticks="Clic agudo: {first}. Clics graves: {rest}.",
    ticks="Clics graves: {words}. Clics agudos: lo mismo a la derecha.",
    last_rep="La última.",
    last_rep_side="Última, {izquierda|derecha}.",
    done="Buen trabajo.",
    is_over="La sesión ha terminado.",
    farewell="Hasta la próxima.",
    goodbye="Levántate sin prisa. Hasta la próxima.",
    rest_now="Ahora descansa, en la postura que quieras.",
    chapter_start="Inicio",
    chapter_gather="Preparar el material",
    chapter_end="Cierre",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("es"),
    dose=DoseWording(
        formats=FORMATS,
        once="una vez",
        times=_counted("{count} veces"),
        reps_of_set=_counted("{count} repeticiones", one="{count} repetición"),
        one_hold="durante {work}",
        each_side="{work} por lado",
        on_left="{work} a la izquierda",
        on_right="{work} a la derecha",
        only_left="{work} en el lado izquierdo",
        only_right="{work} en el lado derecho",
        between_sides=", ",
        sets=_counted("{count} series de {work}", one="{count} serie de {work}"),
        sets_of_sides=_counted("{count} series: {work}", one="{count} serie: {work}"),
        varied=_counted("{count} series: {work}", one="{count} serie: {work}"),
        between_lists=", y ",
        repeated=_counted("{count} veces {work}"),
    ),
)
