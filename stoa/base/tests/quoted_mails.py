"""Answers as mail programs write them, and what of each is the person's own: forty of ours, in twelve languages."""

OWN = "I would rub a pencil along the teeth.\n\nThen try again."
QUOTE = "> Ada asked about a zip\n>\n> https://stoa.example/topics/1/"
ONE_WORD = "Yes"
BELOW_WITHOUT_MARKS = "Ada asked about a zip\nhttps://stoa.example/topics/1/"


def _above(line: str, quote: str = QUOTE, own: str = OWN) -> tuple[str, str]:
    return f"{own}\n\n{line}\n{quote}\n", own


HEADS = (
    ("From: Stoa <stoa@stoa.example>", "Sent: Monday, 9 March 2026 08:00", "To: Ada", "Subject: A zip"),
    ("Von: Stoa <stoa@stoa.example>", "Gesendet: Montag, 9. März 2026 08:00", "An: Ada", "Betreff: A zip"),
    ("De : Stoa <stoa@stoa.example>", "Envoyé : lundi 9 mars 2026 08:00", "À : Ada", "Objet : A zip"),
    ("De: Stoa <stoa@stoa.example>", "Enviado: lunes, 9 de marzo de 2026", "Para: Ada", "Asunto: A zip"),
    ("Da: Stoa <stoa@stoa.example>", "Inviato: lunedì 9 marzo 2026", "A: Ada", "Oggetto: A zip"),
    ("Van: Stoa <stoa@stoa.example>", "Verzonden: maandag 9 maart 2026", "Aan: Ada", "Onderwerp: A zip"),
)

MAILS: list[tuple[str, str]] = [
    (OWN, OWN),
    (f"{OWN}\n\n{QUOTE}\n", OWN),
    _above("On Mon, 9 Mar 2026 at 08:00, Stoa <stoa@stoa.example> wrote:"),
    _above("On Mon, 9 Mar 2026 at 08:00, Stoa <stoa@stoa.example> wrote:\n"),
    _above("On Mon, 9 Mar 2026 at 08:00, Stoa\n<stoa@stoa.example> wrote:"),
    _above("On Mon, 9 Mar 2026 at 08:00, Brackwater Repair Guild\n<stoa@stoa.example>\nwrote:"),
    _above("Am Mo., 9. März 2026 um 08:00 Uhr schrieb Stoa <stoa@stoa.example>:"),
    _above("Am 09.03.26 um 08:00 schrieb Stoa:"),
    _above("Le lun. 9 mars 2026 à 08:00, Stoa <stoa@stoa.example> a écrit :"),
    _above("El lun, 9 mar 2026 a las 8:00, Stoa (<stoa@stoa.example>) escribió:"),
    _above("Il giorno lun 9 mar 2026 alle ore 08:00 Stoa <stoa@stoa.example> ha scritto:"),
    _above("Em seg., 9 de mar. de 2026 às 08:00, Stoa <stoa@stoa.example> escreveu:"),
    _above("Op ma 9 mrt 2026 om 08:00 schreef Stoa <stoa@stoa.example>:"),
    _above("Den mån 9 mars 2026 kl 08:00 skrev Stoa <stoa@stoa.example>:"),
    _above("man. 9. mar. 2026 kl. 08.00 skrev Stoa <stoa@stoa.example>:"),
    _above("pon., 9 mar 2026 o 08:00 Stoa <stoa@stoa.example> napisał(a):"),
    _above("po 9. 3. 2026 v 8:00 odesílatel Stoa <stoa@stoa.example> napsal:"),
    _above("2026年3月9日(月) 8:00 Stoa <stoa@stoa.example>:"),
    _above("пн, 9 мар. 2026 г. в 08:00, Stoa <stoa@stoa.example>:"),
    _above("בתאריך יום ב׳, 9 במרץ 2026 ב-8:00 מאת Stoa:"),
    _above("On 9 March 2026 08:00:00 GMT, Stoa <stoa@stoa.example> wrote:", BELOW_WITHOUT_MARKS),
    _above("-----Original Message-----", "From: Stoa\nSent: Monday\n\nAda asked"),
    _above("-----Ursprüngliche Nachricht-----", "Von: Stoa\nGesendet: Montag\n\nAda fragt"),
    _above("----- Mensaje original -----", "De: Stoa\n\nAda pregunta"),
    *[_above("________________________________\n" + "\n".join(head), BELOW_WITHOUT_MARKS) for head in HEADS],
    _above("\n".join(HEADS[0]), BELOW_WITHOUT_MARKS),
    (f"{OWN}\n\n-- \nTomasz\nClock bench, Brackwater\n", OWN),
    (f"{OWN}\n\n-- \nTomasz\n\nOn Mon, 9 Mar 2026 at 08:00, Stoa wrote:\n{QUOTE}", OWN),
    (f"{OWN}\n\nSent from my iPhone\n\n> On 9 Mar 2026, at 08:00, Stoa wrote:\n>\n{QUOTE}", OWN),
    (f"{OWN}\n\nVon meinem iPhone gesendet", OWN),
    (f"{OWN}\n\nEnvoyé de mon téléphone\n", OWN),
    (f"{ONE_WORD}\n\nOn Mon, 9 Mar 2026 at 08:00, Stoa wrote:\n{QUOTE}", ONE_WORD),
    (f"{QUOTE}\n", ""),
    (
        "> Which pencil?\n\nA soft one, 2B.\n\n> And then?\n\nPull slowly.\n\n> https://stoa.example/topics/1/",
        "> Which pencil?\n\nA soft one, 2B.\n\n> And then?\n\nPull slowly.",
    ),
    (
        "On Mon, 9 Mar 2026 at 08:00, Stoa wrote:\n> Which pencil?\n\nA soft one.",
        "On Mon, 9 Mar 2026 at 08:00, Stoa wrote:\n> Which pencil?\n\nA soft one.",
    ),
    (
        "From the look of it: the slider is worn.\nTo be sure, count the teeth:\n- left\n- right",
        "From the look of it: the slider is worn.\nTo be sure, count the teeth:\n- left\n- right",
    ),
    ("These are the steps of 2026:\n\n1. Wax\n2. Pull\n\nOn it goes.", "These are the steps of 2026:\n\n1. Wax\n2. Pull\n\nOn it goes."),
    ("A rule:\n\n---\n\nand what is below it.", "A rule:\n\n---\n\nand what is below it."),
]  # fmt: skip
