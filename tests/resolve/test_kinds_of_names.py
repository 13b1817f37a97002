"""Kinds of names that a model trips over, each on sentences of our own."""

from collections.abc import Callable

import pytest

from app.domain.annotation import Cluster

type Resolve = Callable[[str], tuple[Cluster, ...]]


def entity(clusters: tuple[Cluster, ...], text: str, surface: str, place: int = 1) -> int | None:
    """The number of the cluster that covers the given place of a surface in a text."""
    start = -1
    for _ in range(place):
        start = text.index(surface, start + 1)
    for number, cluster in enumerate(clusters):
        if any(m.start <= start and start + len(surface) <= m.end for m in cluster.mentions):
            return number
    return None


def mentions(clusters: tuple[Cluster, ...]) -> dict[str, str]:
    return {m.text: m.type for cluster in clusters for m in cluster.mentions}


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        # surnames of several parts
        ("Laura Pike-Adeyemi won. Pike-Adeyemi thanked her team.", "Laura Pike-Adeyemi", "Pike"),
        ("Luis Carlos Rivas Portillo lost. Rivas Portillo left.", "Luis Carlos", "Rivas Portillo"),
        ("Teresa Rivas Portillo spoke. Rivas was tired.", "Teresa Rivas Portillo", "Rivas"),
        ("The judge Juan Pedro Ocampo Ferrer hid. Ocampo had two letters.", "Juan Pedro", "Ocampo"),
        ("Trần Thị Ngọc Hà sang. Ngọc Hà bowed twice.", "Trần Thị Ngọc Hà", "Ngọc Hà"),
        # surnames that are words
        ("Helen Judge spoke in Kiel. Judge smiled.", "Helen Judge", "Judge"),
        # the first name alone
        ("Sigríður Jónsdóttir spoke. Sigríður then left Iceland.", "Sigríður Jónsdóttir", "Sigríð"),
        ("Sigríður Hallsdóttir sang in Kiel. Sigríður then ran home.", "Sigríður H", "Sigríður"),
        ("Sigríður Hallsdóttir will run it. Sigríður, 51, taught.", "Sigríður H", "Sigríður"),
        # pet forms
        ("Thomas Varga ran. Tom Varga won.", "Thomas Varga", "Tom Varga"),
        # storms
        ("Typhoon Lumi hit Manila. Lumi then weakened.", "Typhoon Lumi", "Lumi"),
        ("Cyclone Bertram hit Fiji. By Sunday Bertram had weakened.", "Cyclone Bertram", "Bertram"),
        # bodies
        ("The House of Commons sat. The House will rise soon.", "House of Commons", "House"),
        ("The House of Lords sat late. The House will sit again on Monday.", "House of L", "House"),
        # who owns shares in a company is not in a place
        ("Bexvane, the maker of pumps, cut jobs. Shares in Bexvane fell.", "Bexvane", "Bexvane"),
        # an organisation with an article is no river
        ("The Kiel Guild, a union, met. The Kiel Guild left.", "Kiel Guild", "Kiel Guild"),
        ("The BVK, a union, met on Monday. The BVK left.", "BVK", "BVK"),
        # in lower case once known
        ("Lindau Skorvers won. A boy wrote: go lindau skorvers!", "Lindau Sk", "lindau sk"),
        ("The Washington Post had the story. The Post stood by it.", "Washington Post", "Post"),
        ("The Lindau Courier had it. The Courier said so.", "Lindau Courier", "Courier"),
        # states
        ("He lives in Macon, Ga., now. Georgia has a new law.", "Ga", "Georgia"),
        # a short form is what was defined last
        (
            "The Kiel Bird Union (KBU) met. The Krona Boat Union (KBU) did not. The KBU lost.",
            "Krona Boat Union",
            "KBU",
        ),
        (
            "The Arctic Coal Agency (ACA) left. The Annual Chess Association (ACA) met. ACA won.",
            "Annual Chess Association",
            "ACA",
        ),
    ],
)
def test_the_last_mention_is_of_the_one_named(
    read: Resolve, text: str, one: str, other: str
) -> None:
    clusters = read(text)
    found = entity(clusters, text, one)
    assert found is not None
    assert entity(clusters, text, other, text.count(other)) == found


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Emma Varga sang. Mr Varga, her father, wept.", "Emma Varga", "Mr Varga"),
        ("Hugo Varga sang. His wife, Mrs Varga, wept.", "Hugo Varga", "Mrs Varga"),
        ("The Duke of Kent left. Kent police said no.", "Duke of Kent", "Kent police"),
        ("In Varga v. Stone the court split. Ida Varga, a singer, wept.", "Varga v", "Ida Varga"),
        ("Rain fell in Dover. Dover, the boot maker, gave tents.", "Dover.", "Dover, the"),
        ("Boats left along the Tamar. Tamar, the record label, paid.", "Tamar.", "Tamar, the"),
        ("Boats left along the Niger. Niger, a state, has a law.", "Niger.", "Niger, a"),
        ("They ate on the banks of the Ohio. Ohio, a state, is big.", "Ohio.", "Ohio, a"),
        ("Buses of rural New York left for New York City.", "rural New York", "New York C"),
        ("Under Varga v. Stone they must ask. Ida Stone, a pilot, did.", "Varga v", "Ida Stone"),
        ("Farmers of upstate New York left for New York City.", "upstate New York", "New York C"),
        ("The Kiel Bird Union (KBU) met. The Krona Boat Union (KBU) won.", "Kiel Bird", "Krona B"),
        ("Paris Whitlock flew to Paris.", "Paris Whitlock", "Paris."),
    ],
)
def test_two_things_of_one_name_stay_apart(read: Resolve, text: str, one: str, other: str) -> None:
    clusters = read(text)
    named = other.split("v. ")[-1]
    surfaces = [
        surface.removeprefix("Mr ").removeprefix("Mrs ").removeprefix("upstate ").rstrip(".,")
        for surface in (one.removeprefix("rural "), named)
    ]
    first = entity(clusters, text, surfaces[0].split(",")[0])
    last = entity(clusters, text, surfaces[1].split(",")[0], text.count(surfaces[1].split(",")[0]))
    assert first is None or first != last
    assert (first, last) != (None, None)


@pytest.mark.parametrize(
    ("text", "surface", "type_"),
    [
        ("Han Min-jae said the talks were over.", "Han Min-jae", "PERSON"),
        ("Pak Jong-chol met envoys in May.", "Pak Jong-chol", "PERSON"),
        ("Yoon Hye-rin, the trade minister, left.", "Yoon Hye-rin", "PERSON"),
        ("Sydney Harbour was closed to visitors.", "Sydney Harbour", "FAC"),
        ("Senators Grill Dunmore Boss in Lindau as Prices Soar", "Dunmore", "PERSON"),
        ("Georgia Adeyemi moved to Georgia.", "Georgia Adeyemi", "PERSON"),
        ("A Nokia 3310 lay there.", "Nokia 3310", "PRODUCT"),
        ("STORM CUTS OFF NEPAL HAMLETS", "NEPAL", "GPE"),
        ("Carl Brook was fined by a court.", "Carl Brook", "PERSON"),
        ("Sydney Okoro lives in Sydney.", "Sydney Okoro", "PERSON"),
        ("The Countess of Lindau sued.", "Countess of Lindau", "PERSON"),
        ("Hurricane Petra killed dozens.", "Hurricane Petra", "EVENT"),
        ("USS Henry Stone was sent to help.", "USS Henry Stone", "PRODUCT"),
        ("The trawler Anna Marie sank off Kiel.", "Anna Marie", "PRODUCT"),
        ("The British Rail Association (BRA) said so.", "British Rail Association", "ORG"),
        ("Owners of the Pixel 4 complained.", "Pixel 4", "PRODUCT"),
        ("Bexmoor Backs Dunmore in Lindau to Rebuild Old Walls", "Dunmore", "PERSON"),
    ],
)
def test_a_name_is_found_whole_and_as_what_it_is(
    read: Resolve, text: str, surface: str, type_: str
) -> None:
    assert mentions(read(text)).get(surface) == type_


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ida Stone, M.P.H., R.N., ran the clinic.", "M.P.H"),
        ("Ida Stone, M.P.H., R.N., ran the clinic.", "R.N"),
        ("Ida Stone, MD, FACS, ran the clinic.", "FACS"),
        ("Sen. Ida Stone left early. The Ohio Democrat was ill.", "Democrat"),
        ("Sen. Ida Stone left early. The Democrat was ill.", "Democrat"),
        ("Sen. Ida Stone, R-Ariz., spoke.", "R-"),
        ("Sen. Ida Stone (D-Ohio) spoke.", "D-"),
        ('"Are you O.K. now?" he asked. She was O.K. by then.', "O.K"),
        ("By IDA STONE Advertisement Continue reading the main story KIEL, Germany.", "Advert"),
        ("The British Rail Association (BRA) said so.", "("),
        ("Vote on the Tower Is a Farce, Says Governor", "Farce"),
    ],
)
def test_what_stands_beside_a_name_is_no_name(read: Resolve, text: str, part: str) -> None:
    assert not [surface for surface in mentions(read(text)) if part in surface]


@pytest.mark.parametrize(
    ("text", "surface", "type_"),
    [
        ("An Iran-backed group and Trump-era rules.", "Iran", "GPE"),
        ("The Dutch crossed the Netherlands.", "Netherlands", "GPE"),
        ("Rain fell along the Niger border. Niger sent help.", "Niger", "GPE"),
        ("The Democrat Party split. She is a Democrat.", "Democrat", "NORP"),
        ("Hotels in Dover are full. Dover is old.", "Dover", "GPE"),
        ("They walked in Epping Forest and Alexandra Park.", "Alexandra Park", "FAC"),
        ("The London Police asked the London Mayor.", "London Police", "ORG"),
    ],
)
def test_look_alikes_stay_what_they_are(read: Resolve, text: str, surface: str, type_: str) -> None:
    assert mentions(read(text)).get(surface) == type_
