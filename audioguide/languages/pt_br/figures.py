"""What each built-in figure shows, in Brazilian Portuguese; of three forms the third stands for either side."""

from __future__ import annotations

from types import MappingProxyType

FIGURES = MappingProxyType(
    {
        "quad-foam-roll": "De bruços sobre os antebraços, um rolo embaixo da coxa {esquerda|direita|de um lado}. "
        "Ele rola do alto da coxa até pouco acima do joelho.",
        "psoas-ball": "De bruços sobre os antebraços, uma bola embaixo da frente do quadril, do lado "
        "{esquerdo|direito|que trabalha}. O quadril desce sobre a bola.",
        "tfl-foam-roll": "Deitado sobre o lado {esquerdo|direito|que trabalha}, apoiado no antebraço, um rolo embaixo "
        "da lateral do quadril; a outra perna cruza à frente, com o pé no chão.",
        "spinal-double-ball": "Deitado de costas, joelhos dobrados, duas bolas embaixo da lombar, uma de cada lado da "
        "coluna; pequenos movimentos para cima e para baixo.",
        "half-kneeling": "Joelho {esquerdo|direito|de um lado} no chão, o outro pé inteiro à frente, os dois joelhos a "
        "90 graus, o quadril encaixado.",
        "couch-stretch": "De costas para uma parede, o joelho {esquerdo|direito|de um lado} sobre uma almofada no "
        "canto e a canela parede acima, o outro pé à frente. O tronco se ergue.",
        "supine-hang": "Deitado de costas na borda de uma cama, a perna {esquerda|direita|de um lado} pende para fora, "
        "as duas mãos seguram o outro joelho.",
        "low-lunge-reach": "Visto de frente: afundo bem baixo, joelho {esquerdo|direito|de um lado} no chão, braço "
        "{esquerdo|direito|desse lado} acima da cabeça. Depois, inclinado para o outro lado.",
        "pigeon": "Da posição de flexão de braços, o outro joelho vem à frente, com a canela atravessada no chão; a "
        "perna {esquerda|direita|de trás} fica esticada para trás, o tronco erguido, as duas mãos no chão.",
        "glute-bridge": "Deitado de costas, joelhos dobrados, pés apoiados. O quadril sobe até ombros, quadril e "
        "joelhos ficarem em linha.",
        "single-leg-bridge": "Deitado de costas, pé {esquerdo|direito|de um lado} apoiado, a outra perna esticada. O "
        "quadril sobe com a força do pé {esquerdo|direito|apoiado}.",
        "dead-bug": "Deitado de costas, braços para o teto, joelhos dobrados acima do quadril. O braço "
        "{esquerdo|direito|de um lado} se estica acima da cabeça, e a perna oposta se estica para longe.",
        "side-lying-abduction": "Deitado de lado, pernas sobrepostas. A perna {esquerda|direita|de cima}, por cima, "
        "sobe esticada até uns 45 graus.",
        "bird-dog": "Em quatro apoios. O braço {esquerdo|direito|de um lado} se estica à frente, e a perna oposta, "
        "para trás.",
        "banded-hip-extension": "Em pé, de frente para um ponto de fixação baixo, uma faixa no tornozelo "
        "{esquerdo|direito|de um lado}. A perna {esquerda|direita|desse lado} vai esticada para trás.",
        "standing-stretch": "Em pé, postura ereta. O pé {esquerdo|direito|de um lado} vai para trás e o outro joelho "
        "dobra um pouco, o quadril encaixado.",
        "walk": "Caminhada em ritmo tranquilo, os braços balançam.",
        "glute-squeeze": "Em pé, postura ereta, visto de trás, pés na largura do quadril. Os glúteos se contraem e "
        "depois relaxam.",
        "box-breath": "Sentado, mãos nas coxas, o ar entra e sai; um quadrado de setas: inspirar, segurar, soltar o "
        "ar, segurar.",
        "jumping-jacks": "Visto de frente: pés juntos, braços para baixo; depois um salto, pés afastados, braços para "
        "cima.",
        "wall-sit": "Costas contra uma parede, joelhos dobrados, coxas na horizontal.",
        "push-ups": "De bruços, mãos embaixo dos ombros, corpo reto. Os cotovelos dobram até o peito chegar perto do "
        "chão.",
        "crunches": "Deitado de costas, joelhos dobrados, mãos atrás da cabeça. Os ombros saem do chão.",
        "step-ups": "Um pé sobre uma cadeira; depois sobe até os dois pés estarem nela, pernas alternadas.",
        "squats": "Em pé, pés afastados. O quadril vai para trás e para baixo, calcanhares no chão, braços à frente.",
        "triceps-dips": "Mãos na borda de uma cadeira atrás do corpo, pernas à frente. Os cotovelos dobram, e o "
        "quadril desce.",
        "plank": "De bruços sobre antebraços e pontas dos pés, corpo reto, parado.",
        "high-knees": "Corrida no lugar, um joelho de cada vez até a altura do quadril.",
        "lunges": "Em pé; depois um passo longo à frente e para baixo, os dois joelhos dobrados, o de trás pouco acima "
        "do chão.",
        "push-up-rotation": "Uma flexão de braços; depois, com os braços esticados, o corpo gira para o lado e um "
        "braço se estica para cima, lados alternados.",
        "side-plank": "Sobre o antebraço {esquerdo|direito|de um lado} e a lateral do pé, quadril alto, corpo em linha "
        "reta.",
    }
)
