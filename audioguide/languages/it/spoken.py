"""What is said in Italian, beside what a protocol itself says. The person is "tu", and no word tells their gender.

A session is "sessione", an exercise "esercizio", a set "serie", a rep "ripetizione", a round "giro", a rest "pausa", a
hold "tenuta" (said "tieni"), a side "lato". To release is "rilascio", to stretch "allungamento", to strengthen
"rinforzo".

The body: glutes "glutei", tailbone "coccige" (to tuck it "porta il coccige sotto"), hip "anca" in the singular only, as
its plural sounds like "also"; both hips are "bacino", the hip bone "osso del bacino", its bony point "sporgenza ossea".
Lower back "zona lombare", spine "colonna", core "addome" where it works and "core" where it is trained, shin "stinco".
To squeeze is "contrai", straight limbs are "teso", a straight line "in linea": "dritto" sounds like "destro". Face down
"a pancia in giù", on the back "a pancia in su", on the side "sul fianco". Sharp pain is "dolore acuto"; acute pain "in
fase acuta".

The things: roller "rullo" (to roll "scorri"), ball "pallina", cushion "cuscino", mat "tappetino", wall "muro", couch
"divano", band "elastico", low anchor "ancoraggio basso", lunge "affondo". For more "se vuoi di più", come out "esci".
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

FORMATS = Formats("it", joints=((r"\be (?=[eE])", "ed "),))

_counted = partial(Counted, "it")

SPOKEN = Wording(
    left="sinistra",
    right="destra",
    formats=FORMATS,
    welcome="Ciao, cominciamo insieme.",
    title="{title}.",
    takes="Dura circa {length}.",
    needs="Che cosa ti serve: {things}.",
    thing_by="Metti {thing} contro {place}.",
    gather="Ora prepara: {things}.",
    gather_reach="Metti tutto a portata di mano.",
    fetch_first="Metti in pausa se ti serve tempo per prepararti.",
    gather_time="Hai {length}. Metti in pausa se ti serve più tempo.",
    gathered="Cominciamo.",
    settle="Trova una posizione comoda, e fai un respiro lento.",
    left_out="Fuori dalla sessione di oggi: {names}.",
    less_said="Oggi la sessione è breve: dico meno del solito.",
    eased="Oggi la sessione è alleggerita: ogni dose è al minimo, e niente diventa più difficile.",
    eased_gentle="Oggi la sessione è alleggerita: ogni dose è al minimo, e l'esercizio scelto è la variante dolce.",
    not_cleared="In caso di {condition}, non è confermato che questa sessione sia adatta. "
    "Chiedi a {professional} prima di iniziare.",
    rest_not_cleared="In caso di {condition}, non è confermato che il resto della sessione sia adatto. "
    "Chiedi a {professional} prima di iniziare.",
    professional="un medico o un fisioterapista",
    conditions=MappingProxyType({"pregnancy": "gravidanza", "abdominal-condition": "patologie addominali"}),
    professionals=MappingProxyType({"pregnancy": "un'ostetrica o un fisioterapista"}),
    weak_side="Prima il lato {sinistro|destro}: ha bisogno di più attenzione.",
    weak_side_more="Prima il lato {sinistro|destro}: ha bisogno di più attenzione, "
    "e in alcuni esercizi fa una serie in più.",
    phase="Parte {number} di {total}: {title}.",
    sequence="Tutto prima con il lato {sinistro|destro}.",
    sequence_again="Ora tutto con il lato {sinistro|destro}.",
    with_name="{name}, lato {sinistro|destro}",
    first="Primo esercizio: {name}.",
    next="Prossimo: {name}.",
    last="Ultimo esercizio: {name}.",
    only="{name}.",
    avoid_if="In caso di {conditions}, salta questo esercizio, e riposa fino al prossimo.",
    about_exercise="Per {name}:",
    named_side="lato {sinistro|destro}",
    side_first="{side}, per iniziare.",
    side_comes="Cominciamo con {side}.",
    side_only="{side}, soltanto.",
    breath="Inspira mentre il suono sale, espira mentre scende.",
    switch_alone="Cambia lato.",
    switch="Cambia lato. {side}.",
    switch_comes="Cambia lato. Poi {side}.",
    switch_short="Cambio. {side}.",
    switch_comes_short="Cambio. Poi {side}.",
    ready="Pronti.",
    position="In posizione.",
    halfway="Sei a metà.",
    ten_seconds="Dieci secondi.",
    time_done="Già {length}.",
    one_more="Ancora una volta.",
    calm=("Continua a respirare.", "Rilassa il viso.", "Respira con calma.", "Rilassa le spalle."),
    check="Se il dolore è più che moderato, allenta. "
    "Se è acuto o bruciante, fermati, e riposa fino al prossimo esercizio.",
    encouragement=(
        "Piano e con costanza. È proprio così che si fa.",
        "Ti prendi il tempo che ci vuole. Bene.",
        "Ben fatto, continua così.",
        "Senza fretta e senza forzare. Stai lavorando bene.",
        "Sei già a questo punto. Tieni lo stesso passo, con calma.",
        "Bene. Un respiro dopo l'altro.",
        "È un lavoro di pazienza, e lo stai facendo.",
        "Bene. Con calma, tieni qui l'attenzione.",
    ),
    rest="Pausa. {length}.",
    until_next="{length} al prossimo esercizio.",
    next_set="Poi la serie {number} di {total}.",
    last_set="Poi l'ultima serie.",
    session_last_set="Poi l'ultima serie della sessione.",
    next_set_now="Serie {number} di {total}.",
    last_set_now="Ultima serie.",
    next_set_dose="Poi la serie {number} di {total}: {dose}.",
    last_set_dose="Poi l'ultima serie: {dose}.",
    with_side="{side}.",
    round="Giro {number} di {total}.",
    rounds_in="Più giri che puoi in {length}.",
    station_reps="{name}, {reps} volte",
    station_dose="{name}, {dose}.",
    avoid_station="In caso di {conditions}, salta questo esercizio.",
    time_left="Ancora {length}.",
    count_side="{count}, {sinistra|destra}.",
    counting="Dopo qualche ripetizione, conto soltanto. Il numero significa {first}.",
    only_tick="Il clic significa {word}.",
    tick_means=("Primo clic: {word}.", "Secondo clic: {word}.", "Terzo clic: {word}."),
    counting_sides="Dopo qualche ripetizione, dico solo numero e lato.",
    counting_side_means="Dopo qualche ripetizione, dico solo numero e lato. Sinistra significa {first}.",
    part_for="{word} per {length}",
    parts=", poi ",
    only_ticks="Dalla ripetizione {rep}, solo clic{later}.",
    ticks_later=", e dall'inizio nelle serie successive",
    rep_ticks="Clic acuto: {first}. Clic gravi: {rest}.",
    ticks="Clic gravi: {words}. Clic acuti: lo stesso a destra.",
    last_rep="Ultima.",
    last_rep_side="Ultima, {sinistra|destra}.",
    done="Ben fatto.",
    is_over="La sessione è finita.",
    farewell="Alla prossima.",
    goodbye="Alzati con calma. Alla prossima.",
    rest_now="Ora riposa, nella posizione che preferisci.",
    chapter_start="Inizio",
    chapter_gather="Prepara il necessario",
    chapter_end="Conclusione",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("it", between=" e "),
    dose=DoseWording(
        formats=FORMATS,
        once="una volta",
        times=_counted("{count} volte", one="{count} volta"),
        reps_of_set=_counted("{count} ripetizioni", one="{count} ripetizione"),
        one_hold="per {work}",
        each_side="{work} per lato",
        on_left="{work} a sinistra",
        on_right="{work} a destra",
        only_left="{work} a sinistra",
        only_right="{work} a destra",
        between_sides=", ",
        sets=_counted("{count} serie da {work}"),
        sets_of_sides=_counted("{count} serie da {work}"),
        varied=_counted("{count} serie: {work}"),
        between_lists=", e ",
        repeated=_counted("{count} volte {work}", one="{count} volta {work}"),
    ),
)
