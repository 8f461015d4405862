"""Knows invented people's names: Estonian and Russian-Estonian ones in Estonian spelling."""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ESTONIAN_MEN = _words("""
Aivar Ahti Ain Alar Ando Andres Ants Argo Arvo Aare Enn Erki Gert Hannes Harri Heiki Indrek Ivar
Jaak Jaanus Janek Joosep Jüri Kaarel Kaido Kalev Karl Kaspar Koit Kristjan Lauri Leho Madis Margus
Mart Mihkel Märt Neeme Oskar Ott Peeter Priit Raivo Rein Sander Siim Sulev Taavi Tanel Tiit Tõnis
Uku Urmas Villu Väino Ülo
""")
_RUSSIAN_MEN = _words("""
Aleksandr Aleksei Andrei Anton Artjom Boriss Deniss Dmitri Grigori Igor Ilja Jevgeni Juri Kirill
Konstantin Leonid Maksim Mihhail Nikita Oleg Pavel Roman Sergei Timofei Vadim
""")
_ESTONIAN_WOMEN = _words("""
Aili Aino Aita Anneli Annika Astrid Birgit Eda Eha Elo Epp Ester Eve Evelin Heli Helju Hille Ingrid
Imbi Janne Kadri Kaie Karin Katrin Kersti Kristel Kristiina Kätlin Külli Laine Leelo Liina Linda
Maarika Maret Mari Marika Merike Mirjam Piret Pille Reet Riina Ruth Salme Signe Siiri Sirje Terje
Tiia Triin Tuuli Urve Vaike Õie Ülle
""")
_RUSSIAN_WOMEN = _words("""
Aljona Alla Anastassia Diana Galina Irina Jekaterina Jelena Julia Ksenia Larissa Ljubov Ljudmila
Margarita Marina Nadežda Natalja Oksana Olesja Polina Raissa Svetlana Tatjana Veronika Žanna
""")
_ESTONIAN_FAMILIES = _words("""
Aasamäe Allikvee Allpere Arukask Aunapuu Eelmaa Eenpalu Haavasalu Hallikma Heinsoo Hõbemägi Ilusmets
Jaanimägi Jõeorg Jõgisalu Jürisoo Kaasiksoo Kaljuste Kallaste Kannikmäe Karjamaa Kaskneem Kiviselg
Kivisoo Koidumäe Koppelmaa Kruusamäe Köstripuu Kuusepuu Kõivumäe Käosaar Külmallik Laanesoo
Laasimäe Lepasaar Lepiksoo Liivaorg Linnasmäe Lõhmuste Lõokene Luhaäär Maasikmäe Metsaveer Mustjõe
Mölderniit Männamaa Mäeotsa Niidumaa Nurmeots Nõmmsalu Orusalu Paasorg Pajusaar Peenramaa Põldveer
Põllusaar Pähklimäe Raidsalu Rannaäär Rebasoo Remmelmaa Saareleht Saluveer Sarapik Sööbikmäe
Sillaots Suurallik Sõstramäe Sügismaa Tammeorg Tammiksaar Teearu Toominga Tuulemägi Tõrvaste Uibomäe
Urbsoo Vaarmets Vahersalu Vainumäe Varesoja Veskioja Viirpuu Võsaäär Õunamäe Äkkesoo Üleoja
""")
_RUSSIAN_FAMILIES = _words("""
Andrejev Baranov Bogdanov Bõstrov Denissov Fomin Galkin Gavrilov Gorbunov Jefimov Jegorov Jermakov
Kalinin Komarov Krõlov Kudrjavtsev Kuzmin Lapšin Loginov Maslov Mihhailov Morozov Nikitin Orlov
Pankratov Rjabov Sazonov Šarov Šestakov Tihhonov Titov Uljanov Vassiljev Zaitsev Žukov
""")

_RUSSIAN_SHARE = 0.25
_CROSSED_SHARE = 0.08


def full_name(rng: Random, *, is_woman: bool) -> tuple[str, str]:
    """Draw a name.

    Args:
        rng: The sample's source of chance.
        is_woman: Whether the name is a woman's.

    Returns:
        First name and last name; a Russian last name stands in the form of the person's gender.
    """
    has_russian_first = rng.random() < _RUSSIAN_SHARE
    has_russian_last = has_russian_first != (rng.random() < _CROSSED_SHARE)
    if is_woman:
        first = rng.choice(_RUSSIAN_WOMEN if has_russian_first else _ESTONIAN_WOMEN)
    else:
        first = rng.choice(_RUSSIAN_MEN if has_russian_first else _ESTONIAN_MEN)
    if not has_russian_last:
        return first, rng.choice(_ESTONIAN_FAMILIES)
    last = rng.choice(_RUSSIAN_FAMILIES)
    return first, f"{last}a" if is_woman else last
