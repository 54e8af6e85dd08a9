#include "extract/language/language.hpp"

#include "extract/language/detect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace pw::extract {
namespace {

struct Sample {
  std::string_view language;
  std::string_view text;
};

// clang-format off
constexpr std::array kSamples{
    Sample{"az", "Şəhər şurası yeni körpünün tikintisi üçün ayrılan vəsaiti çərşənbə axşamı təsdiq etdi, sakinlər isə qərardan razı qaldılar."},
    Sample{"az", "Шәһәр шурасы јени көрпүнүн тикинтиси үчүн ајрылан вәсаити тәсдиг етди, сакинләр исә бу гәрардан разы галдылар, чүнки ҝөзләјирдиләр."},
    Sample{"tr", "Belediye meclisi yeni köprü için ayrılan bütçeyi salı akşamı onayladı, mahalle sakinleri ise karardan memnun olduklarını söyledi."},
    Sample{"be", "Гарадскі савет зацвердзіў грошы на будаўніцтва новага моста ў аўторак увечары, а жыхары сказалі, што вельмі задаволеныя гэтым рашэннем."},
    Sample{"uk", "Міська рада затвердила кошти на будівництво нового мосту у вівторок увечері, а мешканці сказали, що дуже задоволені цим рішенням."},
    Sample{"ru", "Городской совет утвердил деньги на строительство нового моста во вторник вечером, а жители сказали, что очень довольны этим решением."},
    Sample{"mk", "Градскиот совет ги одобри парите за изградба на новиот мост во вторникот вечерта, а жителите рекоа дека се задоволни од одлуката што ќе им го олесни животот."},
    Sample{"sr", "Градско веће је одобрило новац за изградњу новог моста у уторак увече, а становници су рекли да су веома задовољни том одлуком."},
    Sample{"bg", "Общинският съвет одобри парите за строежа на новия мост във вторник вечерта, а жителите казаха, че са много доволни от това решение."},
    Sample{"he", "מועצת העיר אישרה את התקציב לבניית הגשר החדש ביום שלישי בערב, והתושבים אמרו שהם מרוצים מאוד מההחלטה."},
    Sample{"yi", "דער שטאָטראַט האָט דינסטיק אין אָוונט באַשטעטיקט דאָס געלט פֿאַר דער נײַער בריק, און די תּושבֿים האָבן געזאָגט אַז זיי זענען זייער צופֿרידן."},
    Sample{"ar", "وافق مجلس المدينة مساء الثلاثاء على تمويل بناء الجسر الجديد، وقال السكان إنهم راضون جدا عن هذا القرار الذي انتظروه طويلا."},
    Sample{"fa", "شورای شهر سه‌شنبه شب بودجه ساخت پل جدید را تصویب کرد و ساکنان گفتند که از این تصمیم بسیار خوشحال هستند."},
    Sample{"ur", "شہر کی کونسل نے منگل کی شام نئے پل کی تعمیر کے لیے رقم کی منظوری دے دی اور رہائشیوں نے کہا کہ وہ اس فیصلے سے بہت خوش ہیں۔"},
    Sample{"ps", "د ښار شورا د سه شنبې په ماښام د نوي پله د جوړولو لپاره پیسې تصویب کړې او اوسېدونکو وویل چې له دې پرېکړې ډېر خوښ دي."},
    Sample{"ku", "Meclîsa bajêr êvara sêşemê pereyên ji bo avakirina pira nû pejirand û şêniyên taxê gotin ku ew ji vê biryarê gelek kêfxweş in."},
    Sample{"ku", "ئەنجومەنی شار ئێوارەی سێشەممە پارەی دروستکردنی پردە نوێیەکەی پەسەند کرد و دانیشتووان گوتیان کە زۆر دڵخۆشن بەم بڕیارە."},
    Sample{"hy", "Քաղաքային խորհուրդը երեքշաբթի երեկոյան հաստատեց նոր կամրջի կառուցման գումարը։"},
    Sample{"ka", "საქალაქო საბჭომ სამშაბათს საღამოს დაამტკიცა ახალი ხიდის მშენებლობის თანხა."},
    Sample{"kk", "Қалалық кеңес сейсенбі күні кешке жаңа көпір салуға бөлінген қаражатты бекітті, ал тұрғындар бұл шешімге өте риза екенін айтты."},
    Sample{"uz", "Shahar kengashi seshanba kuni kechqurun yangi koʻprik qurilishi uchun ajratilgan mablagʻni tasdiqladi, aholi esa bu qarordan juda mamnun."},
    Sample{"uz", "Шаҳар кенгаши сешанба куни кечқурун янги кўприк қурилиши учун ажратилган маблағни тасдиқлади, аҳоли эса бу қарордан жуда мамнун."},
    Sample{"ky", "Шаардык кеңеш шейшемби күнү кечинде жаңы көпүрө курууга бөлүнгөн каражатты бекитти, ал эми тургундар бул чечимге абдан ыраазы болушту."},
    Sample{"tg", "Шӯрои шаҳр шоми сешанбе маблағи сохтмони пули навро тасдиқ кард ва сокинон гуфтанд, ки аз ин қарор хеле хушнуданд."},
    Sample{"tk", "Şäher geňeşi sişenbe güni agşam täze köprüniň gurluşygy üçin bölünen serişdäni tassyklady, ýaşaýjylar bolsa bu karardan örän hoşal boldular."},
    Sample{"en", "The city council approved the money for the new bridge on Tuesday evening, and people who live nearby said they were pleased."},
    Sample{"de", "Der Stadtrat hat am Dienstagabend das Geld für die neue Brücke bewilligt, und die Anwohner sagten, sie seien damit sehr zufrieden."},
    Sample{"fr", "Le conseil municipal a approuvé mardi soir le budget du nouveau pont, et les habitants du quartier se sont dits très satisfaits."},
    Sample{"es", "El ayuntamiento aprobó el martes por la noche el dinero para el nuevo puente, y los vecinos dijeron que estaban muy contentos."},
    Sample{"pt", "A câmara municipal aprovou na terça-feira à noite o dinheiro para a nova ponte, e os moradores disseram que não podiam estar mais contentes."},
    Sample{"it", "Il consiglio comunale ha approvato martedì sera i soldi per il nuovo ponte, e gli abitanti del quartiere si sono detti molto contenti."},
    Sample{"nl", "De gemeenteraad heeft dinsdagavond het geld voor de nieuwe brug goedgekeurd, en de bewoners zeiden dat zij daar erg blij mee zijn."},
    Sample{"pl", "Rada miasta zatwierdziła we wtorek wieczorem pieniądze na budowę nowego mostu, a mieszkańcy powiedzieli, że są bardzo zadowoleni."},
    Sample{"cs", "Městská rada schválila v úterý večer peníze na stavbu nového mostu a obyvatelé řekli, že jsou s tímto rozhodnutím velmi spokojeni."},
    Sample{"sk", "Mestské zastupiteľstvo schválilo v utorok večer peniaze na stavbu nového mosta a obyvatelia povedali, že sú s týmto rozhodnutím veľmi spokojní."},
    Sample{"sl", "Mestni svet je v torek zvečer potrdil denar za gradnjo novega mostu, prebivalci pa so povedali, da so z odločitvijo zelo zadovoljni."},
    Sample{"ro", "Consiliul local a aprobat marți seara banii pentru construcția noului pod, iar locuitorii au spus că sunt foarte mulțumiți de această hotărâre."},
    Sample{"hu", "A városi tanács kedd este jóváhagyta az új híd építésére szánt pénzt, és a lakók azt mondták, hogy nagyon elégedettek a döntéssel."},
    Sample{"el", "Το δημοτικό συμβούλιο ενέκρινε το βράδυ της Τρίτης τα χρήματα για τη νέα γέφυρα."},
    Sample{"zh", "市議會星期二晚上通過了興建新橋的經費，附近居民表示非常滿意這項決定。"},
    Sample{"zh", "市议会星期二晚上通过了修建新桥的经费，附近居民表示对这项决定非常满意。"},
    Sample{"ja", "市議会は火曜日の夜、新しい橋の建設費を承認し、近くの住民はこの決定をとても喜んでいる。"},
    Sample{"ko", "시의회는 화요일 저녁 새 다리 건설 예산을 승인했고 주민들은 매우 만족한다고 말했다."},
    Sample{"hi", "नगर परिषद ने मंगलवार शाम को नए पुल के निर्माण के लिए पैसे मंजूर किए और निवासियों ने कहा कि वे इस फैसले से बहुत खुश हैं और लंबे समय से इसका इंतज़ार कर रहे थे।"},
    Sample{"da", "Byrådet godkendte tirsdag aften pengene til den nye bro, og beboerne i kvarteret sagde, at de var meget glade for beslutningen, som de havde ventet på i mange år, og at arbejdet gerne måtte begynde i morgen."},
    Sample{"no", "Bystyret godkjente tirsdag kveld pengene til den nye broen, og beboerne i nabolaget sa at de var svært fornøyde med vedtaket, som de hadde ventet på i mange år, og at arbeidet gjerne måtte begynne i morgen."},
    Sample{"sv", "Kommunfullmäktige godkände på tisdagskvällen pengarna till den nya bron, och de boende i området sade att de var mycket nöjda med beslutet, som de hade väntat på i många år, och att arbetet gärna fick börja i morgon."},
    Sample{"fi", "Kaupunginvaltuusto hyväksyi tiistai-iltana uuden sillan rahat, ja lähistön asukkaat sanoivat olevansa päätökseen hyvin tyytyväisiä."},
    Sample{"vi", "Hội đồng thành phố đã thông qua kinh phí xây cây cầu mới vào tối thứ Ba, và người dân trong vùng nói rằng họ rất hài lòng."}};

constexpr std::string_view kCroatian =
    "Gradsko vijeće odobrilo je u utorak navečer novac za izgradnju novoga mosta, a stanovnici su rekli da su vrlo zadovoljni tom odlukom jer su je dugo čekali.";
constexpr std::string_view kIndonesian =
    "Dewan kota menyetujui anggaran untuk pembangunan jembatan baru pada Selasa malam, dan warga mengatakan bahwa mereka sangat senang dengan keputusan itu.";
// clang-format on

constexpr std::string_view kEnglish =
    "The city council approved the money for the new bridge on Tuesday evening, and people who live nearby said they "
    "were pleased.";
constexpr std::string_view kHebrew =
    "מועצת העיר אישרה את התקציב לבניית הגשר החדש ביום שלישי בערב, והתושבים אמרו שהם מרוצים מאוד מההחלטה.";
constexpr std::string_view kShortHebrew = "הגשר החדש נפתח";

std::string settled(std::string_view declared, std::string_view text) { return settle_language({declared}, "", text); }

TEST(Language, ASentenceOrTwoAreEnough) {
  for (const auto& [language, text] : kSamples) EXPECT_EQ(settled("", text), language) << text;
}

TEST(Language, ADeclarationThatIsRightIsKept) {
  for (const auto& [language, text] : kSamples) EXPECT_EQ(settled(language, text), language) << text;
}

TEST(Language, ATemplateThatSaysEnglishDoesNotMakeItEnglish) {
  for (const auto& [language, text] : kSamples) EXPECT_EQ(settled("en", text), language) << text;
}

TEST(Language, WhatIsDeclaredIsReplacedByWhatTheTextCertainlyIs) {
  EXPECT_EQ(settled("ru", kEnglish), "en");
  EXPECT_EQ(settled("de", kEnglish), "en");
  EXPECT_EQ(settled("en", kHebrew), "he");
}

TEST(Language, AContradictionThatTheGuessDoesNotSettleIsUnknown) {
  ASSERT_FALSE(detect_language(kShortHebrew).confident);
  EXPECT_EQ(settled("en", kShortHebrew), "");
  EXPECT_EQ(settled("", kShortHebrew), "");
  EXPECT_EQ(settled("he", kShortHebrew), "he");
  EXPECT_EQ(settled("yi", kShortHebrew), "yi");
}

TEST(Language, TheSecondDeclarationCountsIfTheFirstIsContradicted) {
  EXPECT_EQ(settle_language({"en", "", "he_IL"}, "", kShortHebrew), "he");
  EXPECT_EQ(settle_language({"", "fr", "en"}, "", ""), "fr");
}

TEST(Language, AShortTextInItsScriptDoesNotOutweighADeclaration) {
  EXPECT_EQ(settled("de", "Derek Jarman: The Garden"), "de");
  EXPECT_EQ(settled("", "Derek Jarman: The Garden"), "");
  EXPECT_EQ(settled("uk", "Президент прибув до Києва"), "uk");
  EXPECT_EQ(settled("pl", "Manchester United beat Real Madrid at home"), "pl") << "a title without any ą or ż";
  EXPECT_EQ(settled("en", "Köprünün açılışı için geri sayım başladı"), "tr") << "letters that English does not have";
}

TEST(Language, LanguagesThatNobodyCanTellApartAreUnknownUnlessDeclared) {
  for (const std::string_view language : {"hr", "bs", "sr", "sh", "cnr"})
    EXPECT_EQ(settled(language, kCroatian), language);
  for (const std::string_view language : {"id", "ms"}) EXPECT_EQ(settled(language, kIndonesian), language);
  for (const std::string_view text : {kCroatian, kIndonesian}) {
    EXPECT_EQ(settled("", text), "");
    EXPECT_EQ(settled("en", text), "") << "one of them it is";
  }
}

TEST(Language, ALanguageThatDetectionDoesNotKnowIsBelieved) {
  EXPECT_EQ(settled("lb",
                    "De Gemengerot huet en Dënschdeg den Owend d'Suen fir déi nei Bréck gestëmmt, an d'Leit aus "
                    "dem Quartier soten, datt si ganz zefridde sinn mat dëser Decisioun."),
            "lb");
}

TEST(Language, ATextAndItsTitleAreReadTogetherIfTheTextIsShort) {
  constexpr std::string_view kTitle = "Şəhər şurası yeni körpünün";
  constexpr std::string_view kText = "tikintisini təsdiq etdi";
  EXPECT_EQ(settle_language({}, kTitle, kText), "az");
  EXPECT_EQ(settle_language({"en"}, kTitle, ""), "az");
}

TEST(Language, WhereNothingIsWrittenTheDeclarationStands) {
  EXPECT_EQ(settled("en-GB", ""), "en");
  EXPECT_EQ(settled("en", "12345 … 67"), "en");
  EXPECT_EQ(settled("", "12345 … 67"), "");
}

TEST(Language, ATextInSeveralLanguagesIsDoubtful) {
  EXPECT_EQ(settled("", std::string(kEnglish) + '\n' + std::string(kHebrew)), "");
}

TEST(Language, ReadsTags) {
  for (const auto& [tag, language] : {std::pair{"en_US", "en"},
                                      {"zh-Hant-TW", "zh"},
                                      {"iw", "he"},
                                      {"IW-IL", "he"},
                                      {"in", "id"},
                                      {"ji", "yi"},
                                      {"sr-Latn", "sr"},
                                      {"no", "no"},
                                      {"nb-NO", "nb"},
                                      {" az ", "az"},
                                      {"fas", "fa"},
                                      {"aze-Cyrl", "az"},
                                      {"ckb", "ckb"},
                                      {"english", ""},
                                      {"e", ""},
                                      {"12", ""},
                                      {"", ""},
                                      {"дe", ""}})
    EXPECT_EQ(language_of_tag(tag), language) << tag;
}

TEST(Language, BytesThatAreNoUtf8AreNothing) {
  EXPECT_EQ(settled("", "\xff\xfe\xff\xfe\xff\xfe\xff\xfe"), "");
  EXPECT_EQ(settled("", std::string(4'000, '\xd7')), "");
}

}  // namespace
}  // namespace pw::extract
