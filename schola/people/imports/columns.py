"""Which column of a file is what, guessed from its name."""

import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

# What a row may say, in the order of the page.
FIELDS = {
    "full_name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "number": _("Number"),
    "group": _("Groups"),
    "language": _("Language"),
}

# Names of columns in files of schools and firms: English, German, French, Spanish, Italian, Dutch,
# Portuguese, Polish, Turkish, Arabic. Written without accents, blanks and signs.
SYNONYMS = {
    "full_name": "name fullname displayname person student learner employee vollername "
    "vorundnachname namevollstandig nomcomplet nomprenom nombrecompleto nomecompleto "
    "volledigenaam naam imienazwisko adsoyad الاسم الاسمالكامل",
    "first_name": "firstname givenname forename first vorname rufname prenom nombre nome "
    "voornaam imie ad الاسمالاول",
    "last_name": "lastname surname familyname last nachname familienname zuname nom nomdefamille "
    "apellido apellidos cognome achternaam sobrenome apelido nazwisko soyad اسمالعاءلة",
    "email": "email emailaddress mail mailaddress emailadresse mailadresse courriel "
    "adressemail adresseemail correo correoelectronico indirizzoemail posta epost eposta "
    "البريدالالكتروني",
    "number": "number id idnumber studentid studentnumber employeeid employeenumber personid "
    "externalid sisid username nummer personalnummer matrikelnummer matrikel schulernummer "
    "numero matricule identifiant identificador matricola codice studentnummer "
    "personeelsnummer numerindeksu numara الرقم",
    "group": "group groups class classes cohort team department section gruppe gruppen klasse "
    "klassen abteilung kurs groupe groupes classe equipe service grupo grupos clase curso "
    "departamento gruppo gruppi reparto groep groepen klas afdeling turma grupa klasa grup sinif "
    "المجموعة الصف",
    "language": "language lang locale sprache langue idioma lingua taal jezyk dil اللغة",
}


def guess(columns: Iterable[str]) -> dict[str, str]:
    """Return {field: column} for the columns whose names are known; each field once."""
    found: dict[str, str] = {}
    for column in columns:
        field = KNOWN.get(plain(column))
        if field:
            found.setdefault(field, column)
    if "first_name" not in found and "last_name" in found and "full_name" not in found:
        found["full_name"] = found.pop("last_name")  # the French "Nom", alone, is the name
    return found


def plain(name: str) -> str:
    """Return the letters and digits of a name, without accents and in small letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


KNOWN = {plain(word): field for field, words in SYNONYMS.items() for word in words.split()}
