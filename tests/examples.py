"""Texts that must fire a signal or a word list, and near misses that must not; data only.

`tests/test_examples.py` fails for a signal or a list without them. A measure of the whole post has no place where
it fires: there the text must lie above the typical post, or below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["LISTS", "SIGNALS", "Example"]


@dataclass(frozen=True)
class Example:
    """One text that fires and one that stays silent, by language."""

    fires: dict[str, str]
    silent: dict[str, str]


SIGNALS: Final[dict[str, Example]] = {
    # Address
    "first_singular": Example(
        fires={"fi": "Kannoin laatikot autooni.", "en": "I carried the boxes to my car."},
        silent={"fi": "Kannoimme laatikot autoomme.", "en": "We carried the boxes to our car."},
    ),
    "first_plural": Example(
        fires={"fi": "Kannoimme laatikot autoomme.", "en": "We carried the boxes to our car."},
        silent={"fi": "Kannoin laatikot autoon.", "en": "I carried the boxes to the car."},
    ),
    "reader": Example(
        fires={"fi": "Muistathan ottaa eväät mukaan.", "en": "Bring whatever makes you happy."},
        silent={"fi": "Lautturi otti eväät mukaan.", "en": "The ferryman took his lunch along."},
    ),
    "people": Example(
        fires={"fi": "Hän korjasi oven yksin.", "en": "She fixed the door alone."},
        silent={"fi": "Se korjattiin eilen.", "en": "It was fixed on its hinges."},
    ),
    "imperative": Example(fires={"fi": "Tulkaa kahville!"}, silent={"fi": "He tulivat kahville."}),
    "conditional": Example(
        fires={"fi": "Auttaisitko hetken?", "en": "Could somebody help for a moment?"},
        silent={"fi": "Autoimme hetken.", "en": "Everybody helped for a moment."},
    ),
    "question_ending": Example(fires={"fi": "Tuletko huomenna?"}, silent={"fi": "Kokko paloi ja takka lämmitti."}),
    "soft_ending": Example(fires={"fi": "Teillähän on siellä jo lunta."}, silent={"fi": "Rahan ja raivon tarina päättyi."}),
    "hedging": Example(fires={"fi": "Ehkä se onnistuu.", "en": "Perhaps it works."}, silent={"fi": "Se onnistuu.", "en": "It works."}),
    "insisting": Example(
        fires={"fi": "Todellakin se toimii.", "en": "It actually works."},
        silent={"fi": "Todellinen vika löytyi.", "en": "The actual fault was found."},
    ),
    "blunt_questions": Example(
        fires={"fi": "Miksi hissi seisoo?", "en": "Why is the lift stuck?"},
        silent={"fi": "Tiedän, miksi hissi seisoo.", "en": "We know why the lift is stuck."},
    ),
    "direct_starts": Example(
        fires={"fi": "Niin se sitten meni.", "en": "So that is how it went."}, silent={"fi": "Se meni niin.", "en": "It went so well."}
    ),
    "reader_starts": Example(
        fires={"fi": "Sinä tiedät tämän.", "en": "You know this."}, silent={"fi": "Tämän tiedät sinä.", "en": "All this you know."}
    ),
    "spoken_we": Example(fires={"fi": "Me mennään huomenna saunaan."}, silent={"fi": "Minusta huomenna mennään saunaan."}),
    # Syntax
    "nouns": Example(fires={"fi": "Kahvi ja pulla.", "en": "Coffee and a bun."}, silent={"fi": "Tule jo!", "en": "Come here now!"}),
    "verbs": Example(
        fires={"fi": "Hän nauroi ja itki.", "en": "She laughed and cried."},
        silent={"fi": "Kuuma kahvi ja pulla.", "en": "The morning coffee of a new week."},
    ),
    "adjectives": Example(
        fires={"fi": "Punainen ovi ja vanha talo.", "en": "A beautiful door and a large house."},
        silent={"fi": "Ovi ja talo.", "en": "The door and the house."},
    ),
    "adverbs": Example(
        fires={"fi": "Aina yhdessä, nopeasti kotiin.", "en": "They always walk home slowly."},
        silent={"fi": "Talossa asui kissa.", "en": "The cat lives in a house."},
    ),
    "pronouns": Example(
        fires={"fi": "Minä näin hänet.", "en": "I saw her."}, silent={"fi": "Lautturi näki hirven.", "en": "The ferryman saw a moose."}
    ),
    "interjections": Example(
        fires={"fi": "Hei, tulkaa katsomaan!", "en": "Wow, look at the snow!"},
        silent={"fi": "Tulkaa katsomaan!", "en": "Look at the snow!"},
    ),
    "prepositions": Example(
        fires={"fi": "Myrskyn vuoksi jäätiin kotiin.", "en": "The keys are under the table."},
        silent={"fi": "Istuimme saunassa.", "en": "The keys got lost."},
    ),
    "articles": Example(fires={"en": "The lift and a ladder."}, silent={"en": "Lifts need ladders."}),
    "nominalisations": Example(
        fires={"fi": "Palvelun kehittäminen jatkuu.", "en": "The implementation continues."},
        silent={"fi": "Nainen kehitti palvelua.", "en": "A nation slept in cement."},
    ),
    "abstract_nouns": Example(
        fires={"fi": "Vaikuttavuus paranee.", "en": "Our effectiveness improves."},
        silent={"fi": "Uusi kuusi kaatui.", "en": "The city was busy."},
    ),
    "passive_forms": Example(fires={"fi": "Hanke toteutetaan ensi vuonna."}, silent={"fi": "Ville teki sen maanantaina taas."}),
    "genitives": Example(fires={"fi": "Talon katto vuotaa."}, silent={"fi": "Talossa on katto."}),
    "participles": Example(
        fires={"fi": "Korjattu hissi kulkee.", "en": "The proposed changes are ongoing."},
        silent={"fi": "Hissi kulkee taas.", "en": "The lift is red."},
    ),
    "role_cases": Example(fires={"fi": "Toimimme kumppanina ja kasvamme johtajaksi."}, silent={"fi": "Tapasin kumppanin ja johtajan."}),
    "negations": Example(fires={"fi": "En tiedä.", "en": "It was not bad."}, silent={"fi": "Tiedän kyllä.", "en": "Knots hold the boat."}),
    "past": Example(fires={"fi": "Kävelimme kotiin.", "en": "They went home."}, silent={"fi": "Kävelemme kotiin.", "en": "They go home."}),
    "duty": Example(
        fires={"fi": "Avaimet täytyy palauttaa.", "en": "Keys must be returned."},
        silent={"fi": "Avaimet palautetaan.", "en": "Keys may be returned."},
    ),
    "contractions": Example(fires={"en": "We don't mind, it's fine."}, silent={"en": "We do not mind the dogs."}),
    "passives": Example(fires={"en": "The lift was quickly repaired."}, silent={"en": "The lift is in the hall and she repaired it."}),
    "noun_chains": Example(
        fires={"fi": "Toimitusketjun hallinnan kehitysprojekti alkoi.", "en": "The customer service quality programme began."},
        silent={"fi": "Projekti alkoi ja ketju kulki.", "en": "The programme is for a customer."},
    ),
    "genitive_chains": Example(
        fires={"fi": "Yrityksen henkilöstön hyvinvoinnin tukeminen."}, silent={"fi": "Yrityksen väki tukee toisiaan."}
    ),
    # Rhythm
    "sentence_length": Example(
        fires={
            "fi": "Ensi vuonna uudet hissit asennetaan kaikkiin kolmeen taloon sen jälkeen, kun vanhat on purettu ja kuljetettu pois pihalta.",
            "en": "Next year the new lifts will be put into all three houses after the old ones have been taken out and carried away from the yard.",
        },
        silent={"fi": "Hissi tuli. Se toimii. Kiva.", "en": "The lift came. It works. Nice."},
    ),
    "sentence_variation": Example(
        fires={
            "fi": "Tuli. Sitten istuimme koko porukalla laiturilla ja katsoimme, miten lautta hitaasti tuli rantaan. Jes.",
            "en": "It came. Then all of us sat on the pier and watched how slowly the ferry came to the shore that night. Yes.",
        },
        silent={
            "fi": "Lautta tuli rantaan. Väki nousi kyytiin. Lautta lähti taas.",
            "en": "The ferry came in. The people got on. The ferry left again.",
        },
    ),
    "word_length": Example(
        fires={"fi": "Asiakaslähtöinen palveluntuottaminen jatkuu.", "en": "Organisational transformation necessitates collaboration."},
        silent={"fi": "Se on jo yö, ja me vaan ei.", "en": "It is up to us to do it."},
    ),
    "long_words": Example(
        fires={"fi": "Meillä asiakaslähtöisyys kehittyy.", "en": "Stakeholders appreciate transparency."},
        silent={"fi": "Asiakas kiittää.", "en": "People say thanks."},
    ),
    "compounds": Example(fires={"fi": "Asiakasrajapinta uudistuu."}, silent={"fi": "Rajapinta ja kahvipannu."}),
    "short_sentences": Example(
        fires={"fi": "Jes. Hissi toimii. Kotiin.", "en": "Yes. It works. Home now."},
        silent={
            "fi": "Hissi toimii taas niin kuin uusi, ja väki pääsee kotiin.",
            "en": "The lift works again like a new one and people get home.",
        },
    ),
    "lists_of_three": Example(
        fires={"fi": "Tarvitaan osaamista, sitoutumista ja uudistumista.", "en": "We need skill, courage and patience."},
        silent={"fi": "Tarvitaan osaamista, ja sitä meillä on.", "en": "We need skill, and we have it."},
    ),
    # Surface
    "questions": Example(fires={"fi": "Tuletko?", "en": "Coming?"}, silent={"fi": "Kysyin asiaa.", "en": "I asked."}),
    "exclamations": Example(fires={"fi": "Jes!", "en": "Yes!"}, silent={"fi": "Jes.", "en": "Yes."}),
    "repeated_marks": Example(fires={"fi": "No niin...", "en": "Well!!"}, silent={"fi": "No niin.", "en": "Well!"}),
    "emoji": Example(fires={"fi": "Kotona 🎉", "en": "Home again :)"}, silent={"fi": "Kotona (taas)", "en": "Home: again"}),
    "hashtags": Example(fires={"fi": "Kotona #hyvätyö", "en": "Home #goodwork"}, silent={"fi": "Numero # 5", "en": "Room #5"}),
    "links": Example(
        fires={"fi": "Lue lisää: https://example.org/uutinen", "en": "More at www.example.com"},
        silent={"fi": "Lue lisää netistä. Kiitos.", "en": "More on the web. Thanks."},
    ),
    "mentions": Example(
        fires={"fi": "Kiitos @lautturi:lle", "en": "Thanks @ferryman"}, silent={"fi": "Tavataan @ torilla", "en": "Meet @ noon"}
    ),
    "numbers": Example(
        fires={"fi": "Kello 12.30 tavataan.", "en": "We meet at 12:30."}, silent={"fi": "Tavataan aamulla.", "en": "The b2b deal."}
    ),
    "brackets": Example(
        fires={"fi": "Hissi (uusi) toimii.", "en": "The lift (new) works."}, silent={"fi": "Hissi, uusi, toimii.", "en": "Happy :)"}
    ),
    "colons": Example(fires={"fi": "Yksi asia: hissi.", "en": "One thing: lifts."}, silent={"fi": "HR:n hissi.", "en": "Nice :)"}),
    "capitals": Example(
        fires={"fi": "Tämä on TÄRKEÄÄ.", "en": "This is IMPORTANT."}, silent={"fi": "HR:n EU-tuki.", "en": "The EU and HR."}
    ),
    "names": Example(
        fires={"fi": "Kahvilla Kaamos Huolto.", "en": "Coffee with Kaamos Huolto."}, silent={"fi": "Kahvilla taas.", "en": "Coffee again."}
    ),
    "lower_starts": Example(
        fires={"fi": "siellä sitä oltiin.", "en": "there we were."}, silent={"fi": "Siellä sitä oltiin.", "en": "There we were."}
    ),
    "quoted": Example(
        fires={"fi": "Hän sanoi: ”Kyllä tästä selvitään.”", "en": 'She said: "We will manage."'},
        silent={"fi": "Hän sanoi, että selvitään.", "en": 'A 5" pipe.'},
    ),
    "stretched": Example(fires={"fi": "Kiiiitos!", "en": "Soooo good!"}, silent={"fi": "Kiitos, hääyöaie.", "en": "So good, bookkeeper."}),
}

# Silent texts come from the notes on top of the lists: "must not fire" is a promise.
LISTS: Final[dict[str, Example]] = {
    "affection": Example(
        fires={"fi": "Rakas ystävä, ikävä sinua.", "en": "We love you, dear friend."},
        silent={"fi": "Sulo ja Lempi soittivat, hinta nousi.", "en": "Grace and Love moved out."},
    ),
    "ai_polish": Example(
        fires={"en": "In today's fast-paced world, here's the hard truth."}, silent={"en": "A tapestry hung on the wall."}
    ),
    "business_positive": Example(
        fires={"fi": "Menestyksekäs vuosi ja menestyvä yritys.", "en": "A people-centric, results-driven team."},
        silent={"fi": "Olen ylpeä sinusta, nautin lomasta.", "en": "I am proud of you, enjoy the day."},
    ),
    "cold": Example(
        fires={"fi": "Hakemus on hylätty.", "en": "Payment is required at the latest on Friday."},
        silent={"fi": "Hakemus tuli perille.", "en": "It was a must-see and a fine day."},
    ),
    "community": Example(
        fires={"fi": "Naapurit auttoivat talkoissa.", "en": "The neighbours pitched in together."},
        silent={"fi": "Yhteistyökumppanin tili avattiin.", "en": "A commune has a committee."},
    ),
    "emoji": Example(fires={"fi": "Kotona 🎉", "en": "Home 🎉"}, silent={"fi": "Kotona kello 12:30", "en": "Home at 12:30"}),
    "empathy": Example(
        fires={"fi": "Ei hätää, kyllä sinä jaksat.", "en": "You've got this, no worries."},
        silent={"fi": "Tuki maksetaan maaliskuussa.", "en": "Skin care and a beam to support."},
    ),
    "everyday": Example(
        fires={"fi": "Äiti keitti puuroa lapsille.", "en": "Mum made porridge for the kids."},
        silent={"fi": "Talouskasvu hidastui.", "en": "Rose and Basil signed."},
    ),
    "first_person": Example(
        fires={"fi": "Muistan, että minua jännitti.", "en": "I remember my first day."},
        silent={"fi": "Hän näki sen.", "en": "The coal mines were closed."},
    ),
    "greetings_wishes": Example(
        fires={"fi": "Huomenta kaikille ja hyvää viikonloppua!", "en": "Good morning and happy birthday!"},
        silent={"fi": "Kahvilassa istui Onni.", "en": "Hope and Merry moved out."},
    ),
    "hedges": Example(
        fires={"fi": "Maksu arvioidaan tapauskohtaisesti.", "en": "It could be argued that it is roughly so."},
        silent={"fi": "Lähtijä oli Kain veli.", "en": "A bird of that kind sang."},
    ),
    "hostile": Example(
        fires={"fi": "Te olette idiootteja ja valehtelijoita.", "en": "You are idiots and liars."},
        silent={"fi": "Roskakori tyhjennettiin.", "en": "The trash can and a dump truck."},
    ),
    "inflated_verbs": Example(
        fires={"fi": "Jalkautamme strategian ja mahdollistamme kasvun.", "en": "We empower teams and leverage data."},
        silent={"fi": "Kannoimme laatikot.", "en": "She drove a car and unlocked the door."},
    ),
    "intensifiers": Example(
        fires={"fi": "Äärimmäisen merkittävä.", "en": "Truly exceptional and absolutely unparalleled."},
        silent={"fi": "Tosi kiva.", "en": "A pretty dress and a just verdict."},
    ),
    "jargon": Example(
        fires={"fi": "Strateginen kumppanuus ja arvonluonti.", "en": "Leverage synergies with key stakeholders."},
        silent={"fi": "Metsän siilit nukkuivat ja lentäjä laskeutui.", "en": "The pipe leaked on a long trip home."},
    ),
    "joy": Example(
        fires={"fi": "Ihanaa, nauroimme koko illan!", "en": "What a lovely day, we laughed a lot."},
        silent={"fi": "Siellä olivat Toivo ja Onni.", "en": "Joy and Merry moved out."},
    ),
    "marketing": Example(
        fires={"fi": "Lue lisää ja tilaa uutiskirje!", "en": "Sign up now and book your free demo."},
        silent={"fi": "Myydään vanha pyörä.", "en": "She lost her hat."},
    ),
    "officialese": Example(
        fires={"fi": "Edellä mainittu selvitys on toimitettava.", "en": "In accordance with the aforementioned regulations."},
        silent={"fi": "Hän söi osan kakusta.", "en": "Half of the cake is gone."},
    ),
    "politeness": Example(
        fires={"fi": "Anteeksi vaiva, voisitko ystävällisesti auttaa.", "en": "Sorry to interrupt, could you please help."},
        silent={"fi": "Lippu maksaa kymmenen euroa.", "en": "It pleases nobody."},
    ),
    "press_release": Example(
        fires={"fi": "Meillä on ilo julkistaa uusi tarjooma.", "en": "For immediate release: our flagship product."},
        silent={"fi": "Olen ylpeä sinusta.", "en": "She is proud of her son."},
    ),
    "sorrow": Example(
        fires={"fi": "Itkin koko illan, olen surullinen.", "en": "I cried all night, so sad."},
        silent={"fi": "Lama ja kurssipelko.", "en": "The ferry went down the river."},
    ),
    "spoken": Example(
        fires={"fi": "Mä oon ihan poikki, sit nähään.", "en": "Gonna grab a coffee, dude."},
        silent={"fi": "Minä olen väsynyt, sitten nähdään.", "en": "I am going to get a coffee."},
    ),
    "thanks_praise": Example(
        fires={"fi": "Kiitos kaikille talkoolaisille.", "en": "Thank you all, great job!"},
        silent={"fi": "Lasku jäi maksamatta.", "en": "The outstanding invoice is overdue."},
    ),
    "valence": Example(fires={"en": "He abandoned the awful idea."}, silent={"en": "She walked to the pier."}),
}
