"""What the plans, ratings and summaries of the demo say; nobody real is described."""

from dataclasses import dataclass

from tugiplaan.rules.vocabulary import Service

PURPOSES = {
    Service.IET: "Iseseisva toimetuleku suurendamine igapäevaelus.",
    Service.TTT: "Sobiva töö leidmine ja sellel püsimine.",
    Service.TE: "Iseseisvalt elamine juhendamise toel.",
    Service.KE: "Peresarnane elu kogukonnas ja osalemine kodutöödes.",
    Service.PNH: "Päeva sisustamine, hoid ja lähedaste koormuse vähendamine.",
    Service.OEH: "Turvaline elukeskkond ja oskuste säilitamine ööpäev läbi.",
}
DOMAINS = {
    1: "suhtlemine",
    2: "vaimne tervis",
    3: "füüsiline tervis",
    4: "elukeskkond",
    5: "hõivatus",
    6: "vaba aeg ja huvitegevus",
    7: "igapäevaelu toimingud",
}
"""The seven life domains of the assessment of support need, by number."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with what is done for it."""

    goal: str
    activity: str
    schedule: str
    minutes: int


AIMS = {
    1: (
        Aim("Helistan õele kord nädalas ise.", "Helistamise harjutamine", "K, 30 min", 120),
        Aim("Ütlen välja, kui miski häirib.", "Vestlusring rühmas", "T, 45 min", 180),
    ),
    2: (
        Aim("Märkan halvenemise märke ja küsin abi.", "Kriisiplaani läbivaatus", "kord kuus", 60),
        Aim("Võtan ravimid meeldetuletuseta.", "Ravimikarbi täitmine koos", "E, 20 min", 90),
    ),
    3: (
        Aim("Käin kolm korda nädalas jalutamas.", "Jalutuskäik", "E, K, R, 40 min", 480),
        Aim("Lepin perearsti aja ise kokku.", "Arsti juurde saatmine", "vajadusel", 60),
    ),
    4: (
        Aim("Hoian oma toa korras.", "Koristuspäev koos juhendajaga", "L, 60 min", 240),
        Aim("Tunnen end oma kodus turvaliselt.", "Kodu reeglite kokkulepe", "kord kuus", 60),
    ),
    5: (
        Aim("Töötan kaks korda nädalas pesumajas.", "Tööl toetamine", "T, N, 60 min", 480),
        Aim("Proovin kevadel aiatööd.", "Aiatööde proovipäevad", "K, 90 min", 360),
    ),
    6: (
        Aim("Käin käsitööringis.", "Käsitööring", "N, 90 min", 360),
        Aim("Valin igal nädalal ise ühe ürituse.", "Ürituste kava koostamine", "E, 20 min", 80),
    ),
    7: (
        Aim("Valmistan kord nädalas sooja toidu.", "Toiduvalmistamine", "R, 60 min", 240),
        Aim("Planeerin oma raha kuuks ette.", "Eelarve koostamine", "kuu alguses", 60),
    ),
}
USUAL_DOMAINS = {
    Service.IET: (7, 1, 3),
    Service.TTT: (5, 1),
    Service.TE: (4, 7, 6),
    Service.KE: (4, 7, 1),
    Service.PNH: (3, 6),
    Service.OEH: (2, 3, 6),
    None: (1, 5, 2),
}
WISHES = (
    "Soovin rohkem inimestega kokku saada.",
    "Mulle meeldib olla aias ja hoolitseda lillede eest.",
    "Tahan kord nädalas ujuma minna.",
    "Soovin, et mind ei kiirustataks.",
    "Mulle meeldib muusika ja vanad filmid.",
)
QUARTERLY = (
    "Tegevused toimusid plaani järgi. Inimene osales meelsasti.",
    "Osa tegevusi jäi ära, sest inimene oli haige. Ajakava jääb samaks.",
    "Eesmärgi poole on liigutud: toiming õnnestub juba suulise juhendamisega.",
    "Tegevuse aeg ei sobinud; alates järgmisest kvartalist toimub see hommikul.",
    "Suurt muutust ei ole. Inimene peab eesmärki endiselt oluliseks.",
)
YEARLY = (
    "Aasta jooksul toimusid tegevused enamasti plaani järgi. Toimetulek on paranenud suhtlemises, "
    "abi vajab inimene endiselt raha ja asjaajamise juures. Plaan jätkub samade eesmärkidega."
)
PLAIN = "Minu plaan: mida ma tahan, mida me koos teeme ja kes mind aitab."
VISITS = ("vestlus", "poes käimine", "toidu valmistamine", "jalutuskäik", "asjaajamine", "ujumas")
WORK_VISITS = ("töökohal toetamine", "tööoskuste harjutamine", "vestlus tööandjaga")
