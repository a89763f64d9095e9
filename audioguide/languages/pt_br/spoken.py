"""What is said in Brazilian Portuguese, beside what a protocol itself says. The person is "você".

A session is "sessão", an exercise "exercício", a set "série", a rep "repetição", a round "rodada", a rest "descanso".
To hold is "segurar", and a hold "sustentação"; lift, lower and return are "suba", "desça" and "volte"; to squeeze is
"contrair". Sides are "lado esquerdo" and "lado direito", called "esquerda" and "direita". "Direito" never means
straight, which is "esticado" of a limb and "reto" or "ereto" of the body.

Things: mat "colchonete", roller "rolo", ball "bola", cushion "almofada", band "faixa"; things.toml has their articles,
as the mat is taken "até a parede". The body: hips "quadril", bony point of the hip "ponta do osso", glutes "glúteos",
lower back "lombar", spine "coluna", shin "canela", top of the foot "peito do pé"; to tuck the tailbone is "encaixar o
quadril", as everybody says it. A lunge is "afundo", on hands and knees "em quatro apoios", face down "de bruços", on
the back "deite de costas", on a side "deite sobre o lado esquerdo", overhead "acima da cabeça".

To breathe out is "soltar o ar", as "expire" sounds like "inspire". Sharp pain is "dor em pontada", as "dor aguda" is
acute pain. "Pular" is to jump and to skip, and "voltas" sounds like "volte", so neither is said. Commands are in the
form of "você"; adjectives of the person are avoided, as they have a gender.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.languages.wording import Wording

FORMATS = Formats("pt_BR")

_counted = partial(Counted, "pt_BR")

SPOKEN = Wording(
    left="esquerda",
    right="direita",
    formats=FORMATS,
    welcome="Olá, que bom ter você aqui.",
    title="{title}.",
    takes="Dura cerca de {length}.",
    needs="Você vai usar: {things}.",
    # "Até", as other prepositions melt into the article of the place ("da", "na", "à").
    thing_by="Leve {thing} até {place}.",
    gather="Agora prepare: {things}.",
    gather_reach="Deixe tudo ao seu alcance.",
    fetch_first="Pause se precisar de tempo para se preparar.",
    gather_time="Você tem {length}. Pause se precisar de mais tempo.",
    gathered="Vamos começar.",
    settle="Acomode-se e faça uma respiração lenta.",
    left_out="Fora da sessão de hoje: {names}.",
    less_said="A sessão de hoje é curta: falo menos do que de costume.",
    eased="Hoje é mais leve: cada dose está no mínimo, e nada fica mais difícil.",
    eased_gentle="Hoje é mais leve: cada dose está no mínimo, com a opção mais suave.",
    not_cleared="Esta sessão não está liberada em caso de {condition}. Fale com {professional} antes de começar.",
    rest_not_cleared="O restante desta sessão não está liberado em caso de {condition}. "
    "Fale com {professional} antes de começar.",
    professional="um médico ou fisioterapeuta",
    conditions=MappingProxyType({"pregnancy": "gravidez", "abdominal-condition": "problema abdominal"}),
    professionals=MappingProxyType({"pregnancy": "um obstetra ou fisioterapeuta"}),
    weak_side="Lado {esquerdo|direito} primeiro: é o que precisa de mais cuidado.",
    weak_side_more="Lado {esquerdo|direito} primeiro: é o que precisa de mais cuidado "
    "e ganha uma série a mais em alguns exercícios.",
    phase="Parte {number} de {total}: {title}.",
    sequence="Primeiro, tudo com o lado {esquerdo|direito}.",
    sequence_again="Agora tudo com o lado {esquerdo|direito}.",
    with_name="{name}, lado {esquerdo|direito}",
    first="Primeiro: {name}.",
    next="Próximo: {name}.",
    last="Último exercício: {name}.",
    only="{name}.",
    avoid_if="Em caso de {conditions}, não faça este exercício: descanse até o próximo.",
    about_exercise="Sobre {name}:",
    named_side="lado {esquerdo|direito}",
    side_first="{side}, para começar.",
    side_comes="Começamos com {side}.",
    side_only="{side}, só esse lado.",
    breath="Inspire enquanto o som sobe e solte o ar enquanto ele desce.",
    switch_alone="Troque de lado.",
    switch="Troque de lado. {side}.",
    switch_comes="Troque de lado. Em seguida, {side}.",
    switch_short="Troque. {side}.",
    switch_comes_short="Troque. Em seguida, {side}.",
    ready="Preparar.",
    position="Fique em posição.",
    halfway="Metade.",
    ten_seconds="Dez segundos.",
    time_done="Até aqui, {length}.",
    one_more="Mais uma.",
    calm=("Continue respirando.", "Relaxe o rosto.", "Respire com calma.", "Relaxe os ombros."),
    check="Se a dor passar de moderada, alivie. "
    "Se for em pontada ou em queimação, pare e descanse até o próximo exercício.",
    encouragement=(
        "Devagar e sempre. É assim mesmo que se faz.",
        "Você está se dando o tempo de que precisa. Ótimo.",
        "Muito bem, você segue firme.",
        "Sem pressa e sem forçar. Você está fazendo a sua parte.",
        "Você já chegou até aqui. Siga nesse ritmo calmo.",
        "Ótimo. Uma respiração de cada vez.",
        "Isso pede paciência, e você tem.",
        "Isso. Mantenha a calma e a atenção aqui.",
    ),
    rest="Descanse. {length}.",
    until_next="{length} até o próximo exercício.",
    next_set="Depois, série {number} de {total}.",
    last_set="Depois, a última série.",
    session_last_set="Depois, a última série da sessão.",
    next_set_now="Série {number} de {total}.",
    last_set_now="Última série.",
    next_set_dose="Depois, série {number} de {total}: {dose}.",
    last_set_dose="Depois, a última série: {dose}.",
    with_side="{side}.",
    round="Rodada {number} de {total}.",
    rounds_in="O máximo de rodadas que puder em {length}.",
    # As it is said in a gym: "dez de agachamento", which needs no plural for one.
    station_reps="{reps} de {name}",
    station_dose="{name}, {dose}.",
    avoid_station="Em caso de {conditions}, não faça este.",
    time_left="Ainda há {length}.",
    count_side="{count}, {esquerda|direita}.",
    counting="Depois de algumas repetições, eu só conto. O número quer dizer {first}.",
    only_tick="O clique quer dizer {word}.",
    tick_means=("Primeiro clique: {word}.", "Segundo clique: {word}.", "Terceiro clique: {word}."),
    counting_sides="Depois de algumas repetições, eu só conto e digo o lado.",
    counting_side_means="Depois de algumas repetições, eu só digo o número e o lado. Esquerda quer dizer {first}.",
    part_for="{word} por {length}",
    parts=", depois ",
    only_ticks="A partir da repetição {rep}, só cliques{later}.",
    ticks_later=", e nas séries seguintes, desde o começo",
    rep_ticks="Clique agudo: {first}. Cliques graves: {rest}.",
    ticks="Cliques graves: {words}. Cliques agudos: o mesmo à direita.",
    last_rep="Última.",
    last_rep_side="Última, {esquerda|direita}.",
    done="Muito bem.",
    is_over="A sessão terminou.",
    farewell="Até a próxima.",
    goodbye="Levante-se com calma. Até a próxima.",
    rest_now="Agora descanse, na posição que preferir.",
    chapter_start="Início",
    chapter_gather="Preparar o material",
    chapter_end="Encerramento",
    chapter_phase="{phase}: {name}",
    chapter_round="{number}. {name}",
    lengths=Lengths("pt_BR", between=" e "),
    dose=DoseWording(
        formats=FORMATS,
        once="uma vez",
        times=_counted("{count} vezes", one="{count} vez"),
        # "3 séries de 12" is what is said; the word behind it is left out.
        reps_of_set=_counted("{count}"),
        one_hold="por {work}",
        each_side="{work} de cada lado",
        on_left="{work} à esquerda",
        on_right="{work} à direita",
        only_left="{work} à esquerda",
        only_right="{work} à direita",
        between_sides=", ",
        sets=_counted("{count} séries de {work}", one="{count} série de {work}"),
        sets_of_sides=_counted("{count} séries de {work}", one="{count} série de {work}"),
        varied=_counted("{count} séries: {work}", one="{count} série: {work}"),
        between_lists=", e ",
        repeated=_counted("{count} vezes {work}", one="{count} vez {work}"),
    ),
)
