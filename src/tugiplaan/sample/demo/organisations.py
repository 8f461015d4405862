"""Who delivers services in the demo: four invented organisations as plain data."""

from dataclasses import dataclass
from decimal import Decimal

from tugiplaan.rules.services import authority_code
from tugiplaan.rules.vocabulary import Service, SizeClass, TargetGroup

AUTHORITY = authority_code()
MUNICIPALITY = "75990016"
MUNICIPALITY_NAME = "Kasesalu vald"
# The example number of the Estonian banks: it passes every check and belongs to nobody.
IBAN = "EE382200221020145685"
_FULL, _HALF = Decimal("1.000"), Decimal("0.500")


@dataclass(frozen=True, slots=True)
class Permit:
    """A licence of a room."""

    service: Service
    persons: int
    groups: frozenset[TargetGroup] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """A service place.

    Attributes:
        building: The house that it is in; rooms of one house name the same.
        size: How many are served at once, where the price depends on it.
    """

    code: str
    name: str
    building: str
    permits: tuple[Permit, ...]
    size: SizeClass | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who works in the demo.

    Attributes:
        login: Before the @ of the address; empty: they do not log in.
        role: What they may do; empty: nothing.
        room: Where they work with people; empty: nowhere.
        training: `full`, `court`, `trainee` or `diploma`; empty: none is needed.
    """

    code: str
    name: str
    occupation: str
    login: str = ""
    role: str = ""
    room: str = ""
    services: tuple[Service, ...] = ()
    training: str = ""
    share: Decimal = _FULL


@dataclass(frozen=True, slots=True)
class Organisation:
    """A provider of the demo.

    Attributes:
        key: A short name; the addresses of its users end with it.
        reference: The reference number of what it bills.
    """

    key: str
    name: str
    registry_code: str
    address: str
    county: str
    reference: str
    rooms: tuple[Room, ...]
    hands: tuple[Hand, ...]
    is_municipal: bool = False


def _office(director: str, manager: str, accountant: str) -> tuple[Hand, ...]:
    return (
        Hand("J1", director, "juhataja", "juht", "director"),
        Hand("J2", manager, "teenusejuht", "teenusejuht", "service_manager"),
        Hand("J3", accountant, "raamatupidaja", "raamatupidaja", "accountant"),
    )


def _guide(code: str, name: str, room: str, *services: Service, training: str = "full") -> Hand:
    login = name.split()[0].lower().translate(str.maketrans("äöõüšž", "aoousz"))
    role, share = "activity_supervisor", _HALF if len(services) > 1 else _FULL
    return Hand(code, name, "tegevusjuhendaja", login, role, room, services, training, share)


DAY_CENTRE = Organisation(
    key="paevakeskus",
    name="Allikvee Päevakeskus MTÜ",
    registry_code="80990011",
    address="Allika tee 3, Allikvee küla",
    county="Jõgevamaa",
    reference="1001011",
    rooms=(
        Room(
            "PK",
            "Allikvee päevakeskus",
            "Allika tee 3",
            (Permit(Service.PNH, 12), Permit(Service.IET, 20), Permit(Service.TTT, 20)),
        ),
    ),
    hands=(
        *_office("Helju Saareleht", "Kristel Õunamäe", "Ants Niidumaa"),
        _guide("T1", "Mirjam Tuulemägi", "PK", Service.IET, Service.TTT),
        _guide("T2", "Rein Põllusaar", "PK", Service.PNH),
        _guide("T3", "Õie Lepiksoo", "PK", Service.PNH, training="trainee"),
    ),
)
COMMUNITY_HOME = Organisation(
    key="kogukonnakodu",
    name="Metsaveere Kogukonnakodu OÜ",
    registry_code="19990011",
    address="Metsa 12, Metsaveere alevik",
    county="Viljandimaa",
    reference="1002023",
    rooms=(
        Room("K1", "Metsa tänava kodu", "Metsa 12", (Permit(Service.KE, 10),)),
        Room("K2", "Pargi tänava kodu", "Pargi 4", (Permit(Service.KE, 6),)),
        Room(
            "KORTERID",
            "Toetatud elamise korterid",
            "Pargi 6",
            (Permit(Service.TE, 10), Permit(Service.TTT, 10)),
        ),
    ),
    hands=(
        *_office("Indrek Varesoja", "Piret Köstripuu", "Sirje Arukask"),
        _guide("T1", "Tiit Kõivumäe", "K1", Service.KE),
        _guide("T2", "Jelena Gorbunova", "K2", Service.KE, training="diploma"),
        _guide("T3", "Ülle Rannaäär", "KORTERID", Service.TE, Service.TTT),
    ),
)
_CARE_GROUPS = {name: frozenset({TargetGroup(name)}) for name in ("ordinary", "er", "km")}
CARE_HOME = Organisation(
    key="hooldekodu",
    name="Kuuselaane Erihooldekodu SA",
    registry_code="90990012",
    address="Kuuse allee 1, Kuuselaane küla",
    county="Lääne-Virumaa",
    reference="1003035",
    rooms=(
        Room(
            "G6A",
            "Kuuemaja, pere A",
            "Kuuemaja",
            (Permit(Service.OEH, 6, _CARE_GROUPS["ordinary"]),),
            SizeClass.G6,
        ),
        Room(
            "SUUR",
            "Suur maja, tavarühm",
            "Suur maja",
            (Permit(Service.OEH, 16, _CARE_GROUPS["ordinary"]),),
            SizeClass.GT12,
        ),
        Room(
            "ER",
            "Suur maja, ebastabiilse remissiooni rühm",
            "Suur maja",
            (Permit(Service.OEH, 6, _CARE_GROUPS["er"]),),
            SizeClass.GT12,
        ),
        Room(
            "KM",
            "Kohtumäärusega kohad",
            "Valvatud maja",
            (Permit(Service.OEH, 2, _CARE_GROUPS["km"]),),
        ),
    ),
    hands=(
        *_office("Leho Kruusamäe", "Merike Heinsoo", "Galina Komarova"),
        _guide("T1", "Kaie Vainumäe", "G6A", Service.OEH),
        _guide("T2", "Sergei Žukov", "SUUR", Service.OEH),
        _guide("T3", "Tõnis Hõbemägi", "ER", Service.OEH, training="diploma"),
        _guide("T4", "Marika Laasimäe", "KM", Service.OEH, training="court"),
    ),
)
SOCIAL_CENTRE = Organisation(
    key="kasesalu",
    name="Kasesalu Sotsiaalkeskus",
    registry_code="77990013",
    address="Vallamaja 1, Kasesalu",
    county="Raplamaa",
    reference="1004047",
    rooms=(),
    hands=(
        *_office("Epp Linnasmäe", "Taavi Mustjõe", "Riina Pajusaar"),
        Hand("B1", "Liina Sõstramäe", "juhtumikorraldaja", "liina", "base_support"),
        Hand("T1", "Maksim Titov", "kogemusnõustaja", "maksim", "base_support"),
    ),
    is_municipal=True,
)
ORGANISATIONS = (DAY_CENTRE, COMMUNITY_HOME, CARE_HOME, SOCIAL_CENTRE)
