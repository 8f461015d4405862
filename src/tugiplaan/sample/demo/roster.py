"""Who is served in the demo: one part for each person, with the days that the story needs."""

from dataclasses import dataclass
from datetime import date

from tugiplaan.rules.vocabulary import Service, Variant

IET, TTT, TE, KE = Service.IET, Service.TTT, Service.TE, Service.KE
PNH, OEH = Service.PNH, Service.OEH


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in the demo.

    Attributes:
        key: How the stories call the person at their house.
        service: What the authority pays; None: component services only.
        arrives: The agreed start; the person comes on it unless `is_awaited`.
        years: The term of the referral.
        name: First and last name, where the order of names or a story needs one.
        country: Of the identifier; `-`: none is known.
        also: A second service of the same person that may run beside the first.
        volume: What the referral plans a month, in the unit of the service.
    """

    key: str
    service: Service | None
    place: str
    worker: str
    arrives: date
    variant: Variant = Variant.PLAIN
    years: int = 5
    name: tuple[str, str] | None = None
    country: str = "EE"
    is_awaited: bool = False
    also: Service | None = None
    volume: int | None = None


def _day(text: str) -> date:
    return date.fromisoformat(text)


DAY_CENTRE = (
    Part("P1", PNH, "PK", "T2", _day("2025-02-03"), volume=12, name=("Õnne", "Õunapuu")),
    Part("P2", PNH, "PK", "T2", _day("2025-02-03"), volume=16),
    Part("P3", PNH, "PK", "T2", _day("2025-09-01"), volume=14),
    Part("P4", PNH, "PK", "T3", _day("2026-03-02"), volume=13),
    Part("I1", IET, "PK", "T1", _day("2024-03-04"), name=("Šura", "Šestakov")),
    Part("I2", IET, "PK", "T1", _day("2024-05-13"), also=TTT),
    Part("I3", IET, "PK", "T1", _day("2024-09-02"), name=("Žanna", "Zaitseva")),
    Part("I4", IET, "PK", "T1", _day("2025-04-01"), name=("Jānis", "Bērziņš"), country="LV"),
    Part("I5", IET, "PK", "T1", _day("2025-10-06"), name=("Zelda", "Žukova")),
    Part("W1", TTT, "PK", "T1", _day("2024-10-01")),
    Part("W2", TTT, "PK", "T1", _day("2026-02-16")),
)
COMMUNITY_HOME = (
    Part("K1", KE, "K1", "T1", _day("2024-01-15"), name=("Sulev", "Sööbikmäe")),
    Part("K2", KE, "K1", "T1", _day("2024-01-15")),
    Part("K3", KE, "K1", "T1", _day("2024-06-03"), name=("Aita", "Aasamäe")),
    Part("K4", KE, "K1", "T1", _day("2025-03-17")),
    Part("K5", KE, "K2", "T2", _day("2024-08-01"), name=("Öie", "Äkkesoo")),
    Part("K6", KE, "K2", "T2", _day("2025-05-05"), country="-"),
    Part("K7", KE, "K2", "T2", _day("2025-11-03")),
    Part("K8", KE, "K2", "T2", _day("2026-06-01"), is_awaited=True),
    Part("T1", TE, "KORTERID", "T3", _day("2024-02-01"), years=3, name=("Ülo", "Üleoja")),
    Part("T2", TE, "KORTERID", "T3", _day("2024-11-04")),
    Part("T3", TE, "KORTERID", "T3", _day("2026-02-09")),
    Part("T4", TE, "KORTERID", "T3", _day("2025-01-20"), name=("Raivo", "Jõgisalu")),
    # The same person once more, as somebody in a hurry wrote the name; merged in April.
    Part("T4B", TTT, "KORTERID", "T3", _day("2026-02-02"), name=("Raivo", "Jogisalu"), country="-"),
)
CARE_HOME = (
    *(
        Part(f"A{number}", OEH, "G6A", "T1", _day(day))
        for number, day in enumerate(
            ("2024-01-08", "2024-01-08", "2024-04-15", "2025-02-10", "2026-01-12"), 1
        )
    ),
    Part("S1", OEH, "SUUR", "T2", _day("2024-01-02"), years=3, name=("Õie", "Õispuu")),
    Part("S2", OEH, "SUUR", "T2", _day("2024-01-02")),
    Part("S3", OEH, "SUUR", "T2", _day("2024-07-01")),
    Part("S4", OEH, "SUUR", "T2", _day("2024-10-14")),
    Part("S5", OEH, "SUUR", "T2", _day("2025-01-07")),
    Part("S6", OEH, "SUUR", "T2", _day("2025-06-02"), name=("Oksana", "Bondar"), country="UA"),
    Part("S7", OEH, "SUUR", "T2", _day("2026-05-11")),
    Part("E1", OEH, "ER", "T3", _day("2024-02-12"), Variant.ER),
    Part("E2", OEH, "ER", "T3", _day("2024-12-02"), Variant.ER),
    Part("E3", OEH, "ER", "T3", _day("2025-08-18"), Variant.ER),
    Part("C1", OEH, "KM", "T4", _day("2026-02-02"), Variant.KM, years=1),
    Part("C2", OEH, "KM", "T4", _day("2026-04-13"), Variant.KM, years=1),
)
SOCIAL_CENTRE = (
    Part("M1", None, "", "B1", _day("2025-01-13"), name=("Žorž", "Morozov")),
    Part("M2", None, "", "B1", _day("2025-02-03")),
    Part("M3", None, "", "B1", _day("2025-06-09")),
    Part("M4", None, "", "T1", _day("2025-10-01"), name=("Triin", "Zimmermann")),
    Part("M5", None, "", "T1", _day("2026-01-12")),
    Part("M6", None, "", "T1", _day("2026-04-07")),
    Part("M7", None, "", "T1", _day("2026-08-03"), name=("Leida", "Põldmäe")),
    Part("M8", None, "", "B1", _day("2026-08-03")),
    Part("M9", None, "", "T1", _day("2026-09-01")),
)
