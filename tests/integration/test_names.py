"""The names in config/names.d: nationalities in nine languages, distinct from countries and from similar words."""
import bisect
import itertools
import json
import tempfile
import tomllib
import unittest
from pathlib import Path

from harness import ROOT, command_line

NAMES = ROOT / "config" / "names.d"
BETWEEN = "zzz"
# One form each in en, ru, az, he, fa, ar, tr, hy and ka.
PEOPLES = {
    "Turkmen": ["Turkmens", "туркменский", "türkmənlərin", "הטורקמנים", "ترکمن‌ها", "التركمانية", "Türkmenlere", "թուրքմենական", "თურქმენული"],
    "Kazakh": ["Kazakhstani", "казахского", "qazaxıstanlılar", "הקזחית", "قزاقستانی", "الكازاخي", "Kazakistanlı", "ղազախական", "ყაზახური"],
    "Uzbek": ["Uzbeks", "узбекской", "özbəklərin", "האוזבקי", "ازبکی", "والأوزبكية", "Özbekler", "ուզբեկական", "უზბეკური"],
    "Emirati": ["Emiratis", "эмиратского", "əmirlikli", "האמירתית", "اماراتی", "والإماراتية", "BAE'li", "էմիրաթյան", "ემირატული"],
    "Qatari": ["Qataris", "катарские", "qətərli", "הקטארית", "قطری", "القطرية", "Katarlı", "քաթարական", "კატარელი"],
    "Kuwaiti": ["Kuwaitis", "кувейтских", "küveytlilər", "הכוויתי", "کویتی", "للكويتيين", "Kuveytli", "քուվեյթցի", "ქუვეითელი"],
    "Bahraini": ["Bahrainis", "бахрейнская", "bəhreynli", "הבחרייני", "بحرینی", "والبحرينية", "Bahreynli", "բահրեյնյան", "ბაჰრეინული"],
    "Yemeni": ["Yemenis", "йеменские", "yəmənlilər", "התימני", "یمنی", "واليمني", "Yemenli", "եմենական", "იემენელი"],
    "Omani": ["Omanis", "оманский", "omanlı", "העומאני", "عمانی", "العمانية", "Ummanlı", "օմանական", "ომანელი"],
    "Ukrainian": ["Ukrainians", "украинские", "ukraynalı", "האוקראיני", "اوکراینی", "والأوكرانية", "Ukraynalılar", "ուկրաինական", "უკრაინული"],
    "Cypriot": ["Cypriots", "киприотов", "kiprli", "הקפריסאי", "قبرسی", "القبرصية", "Kıbrıslı", "կիպրական", "კვიპროსელი"],
    "Turkish": ["Turks", "турецкий", "türklərin", "הטורקי", "ترکیه‌ای", "تركية", "Türkler", "թուրքական", "თურქული"],
    "Armenian": ["Armenians", "армянский", "erməninin", "הארמני", "ارمنی", "الأرمنية", "Ermeniler", "հայկական", "სომხური"],
    "Georgian": ["Georgians", "грузинский", "gürcülər", "הגיאורגית", "گرجی", "جورجية", "Gürcüler", "վրացական", "ქართული"],
    "Russian": ["Russians", "российский", "ruslar", "הרוסי", "روسی", "وروسية", "Ruslar", "ռուսական", "რუსული"],
    "Iraqi": ["Iraqis", "иракский", "iraqlı", "העיראקי", "عراقی", "العراقية", "Iraklı", "իրաքյան", "ერაყული"],
}
CAPITALS = {
    "Kuwait City": ["Эль-Кувейте", "Əl-Küveytdə", "مدينة الكويت"],
    "Manama": ["Манаме", "Manamada", "במנאמה", "والمنامة", "მანამაში"],
    "Sanaa": ["Sana'a", "в Сане", "Sənada", "בצנעא", "صنعا", "بصنعاء"],
    "Muscat": ["Маскате", "Maskatda", "במסקט", "مذاکرات مسقط", "العاصمة مسقط"],
    "Nicosia": ["Никосии", "Lefkoşa", "בניקוסיה", "نيقوسيا", "ნიქოზიაში"],
}
OTHER_WORDS = ["Turku", "Rusu", "Irakli", "Azerite", "آذرین", "اليد اليمنى", "کویتی‌پور", "Bae Li", "Kazak", "Казах", "Украинка", "катарсис",
               "կատարյալ", "კატარღა", "сане", "מסקטבול", "مسقط رأسه", "маската", "sana a", "მანამადე", "ნიქოზი", "романский"]
# The names of these countries contain the adjective.
WITH_ADJECTIVE = {"Saudi Arabia", "United Arab Emirates"}


def names(file):
    return tomllib.loads((NAMES / file).read_text(encoding="utf-8"))["names"]


class Names(unittest.TestCase):
    def found(self, wanted, texts):
        """Returns, for each text, which of the `wanted` names it contains."""
        query = " OR ".join(f'"{name}"' for name in wanted)
        article = "\n\n" + f" {BETWEEN} ".join(texts)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "texts.txt"
            file.write_text(article, encoding="utf-8")
            done = command_line("query", "explain", query, "--on", file, "--config", ROOT / "config" / "presswatch.toml", "--json")
        self.assertIn(done.returncode, (0, 3), done.stderr)
        match = json.loads(done.stdout)["articles"][0].get("match") or {"hits": []}
        ends = list(itertools.accumulate(len(f"{text} {BETWEEN} ".encode()) for text in texts))
        names = [set() for _ in texts]
        for hit in match["hits"]:
            names[bisect.bisect_right(ends, hit["begin"])].add(hit["alias_of"])
        return names

    def expect_only(self, forms, wanted):
        rows = [(name, text) for name, texts in forms.items() for text in texts]
        for (name, text), found in zip(rows, self.found(wanted, [text for _, text in rows])):
            self.assertEqual(found, {name}, text)

    def test_peoples_are_found_in_every_language_and_are_not_each_other(self):
        for name, forms in PEOPLES.items():
            self.assertEqual(len(forms), 9, name)
        self.expect_only(PEOPLES, names("nationalities.toml"))

    def test_the_countries_are_apart_from_their_peoples(self):
        rows = [(name, text.strip("{}")) for name, languages in names("countries.toml").items() if name not in WITH_ADJECTIVE
                for texts in languages.values() for text in texts if "*" not in text]
        rows = [row for row in rows if row[1] not in ("Russian Federation", "הרשות הפלסטינית")]
        rows += [(name, name) for name in names("countries.toml") if name not in WITH_ADJECTIVE]
        for (name, text), found in zip(rows, self.found(names("nationalities.toml"), [text for _, text in rows])):
            self.assertEqual(found, set(), f"{text} of {name}")

    def test_capitals_of_the_gulf_and_of_cyprus(self):
        self.expect_only(CAPITALS, CAPITALS)

    def test_other_words_are_no_names(self):
        for text, found in zip(OTHER_WORDS, self.found([*PEOPLES, *CAPITALS, "Azerbaijani"], OTHER_WORDS)):
            self.assertEqual(found, set(), text)


if __name__ == "__main__":
    unittest.main()
