#include "extract/phrases.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace pw::extract {
namespace {

constexpr std::string_view kTeasers[]{
    "a lire",
    "además:",
    "also read",
    "approfondisci",
    "auch interessant",
    "ayrıca bakın",
    "baca juga",
    "baca:",
    "bekijk ook",
    "citeşte şi",
    "citește mai",
    "citește și",
    "click here",
    "continue reading",
    "czytaj także",
    "czytaj też",
    "czytaj więcej",
    "daha fazla",
    "das könnte sie",
    "devamını oku",
    "don't miss",
    "don’t miss",
    "editor's pick",
    "ez is érdekelheti",
    "full story",
    "go to:",
    "guarda anche",
    "hier geht es",
    "ilgili haber",
    "katso myös",
    "lasi arī",
    "lasīt vairāk",
    "le puede interesar",
    "lea más",
    "lea también",
    "lee también",
    "leer más",
    "lees meer",
    "lees ook",
    "lees verder",
    "leggi anche",
    "leggi pure",
    "leggi tutto",
    "leia mais",
    "leia também",
    "leia:",
    "les mer",
    "les også",
    "lesen sie",
    "lesen sie auch",
    "lies auch",
    "lihat juga",
    "lire aussi",
    "lire la suite",
    "lire plus",
    "lisez aussi",
    "listen:",
    "loe ka",
    "loe lisaks",
    "lue lisää",
    "lue myös",
    "läs mer",
    "läs också",
    "läs även",
    "læs mere",
    "læs også",
    "mehr dazu",
    "mehr lesen",
    "mehr zu",
    "mehr zum thema",
    "mira también",
    "more about",
    "more from",
    "more news",
    "more on this",
    "more:",
    "most read",
    "must read",
    "más información",
    "olvassa el",
    "polecamy",
    "potrebbe interessarti",
    "preberite",
    "prečítajte si",
    "pročitajte",
    "przeczytaj",
    "přečtěte si",
    "read also",
    "read more",
    "read next",
    "read:",
    "recommended",
    "related article",
    "related stories",
    "related story",
    "related:",
    "saiba mais",
    "see also",
    "see more",
    "siehe auch",
    "simak juga",
    "skaitykite",
    "sur le même sujet",
    "también puedes leer",
    "te puede interesar",
    "trending",
    "up next",
    "vedi anche",
    "veja mais",
    "veja também",
    "ver también",
    "vezi și",
    "voir aussi",
    "watch also",
    "watch:",
    "weiterlesen",
    "xem thêm",
    "you may also",
    "you might also",
    "zobacz także",
    "zobacz też",
    "zum thema",
    "à lire",
    "à voir",
    "čtěte také",
    "čtěte též",
    "čítajte aj",
    "đọc thêm",
    "δείτε",
    "διαβάστε",
    "дивіться також",
    "по теме",
    "подробнее",
    "прочетете",
    "прочитајте",
    "смотрите также",
    "читайте ещё",
    "читайте также",
    "читайте також",
    "читайте ще",
    "читати далі",
    "читать далее",
    "קרא עוד",
    "קראו גם",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "اقرأ المزيد",
    "بیشتر بخوانید",
    "شاهد أيضا",
    "قراءة المزيد",
    "مزید پڑھیں",
    "अधिक पढ़ें",
    "यह भी पढ़",
    "ये भी पढ़",
    "আরও পড়ুন",
    "อ่านข่าว",
    "อ่านเพิ่มเติม",
    "あわせて読みたい",
    "延伸閱讀",
    "延伸阅读",
    "相关新闻",
    "相关阅读",
    "相關新聞",
    "看更多",
    "続きを読む",
    "関連記事",
    "관련기사",
};
static_assert(std::ranges::is_sorted(kTeasers));

constexpr std::string_view kAppeals[]{
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "sign up for",
    "sign up to",
    "sign up here",
    "newsletter",
    "support our",
    "support us",
    "donate",
    "make a donation",
    "one-time or monthly",
    "monthly contribution",
    "become a member",
    "become a subscriber",
    "become a patron",
    "appreciate your support",
    "follow us on",
    "follow us:",
    "join us on",
    "like us on",
    "join our",
    "download our app",
    "download the app",
    "get our app",
    "whatsapp channel",
    "telegram channel",
    "already a subscriber",
    "subscribers only",
    "to continue reading",
    "create a free account",
    "log in to",
    "sign in to",
    "register to",
    "click here to",
    "your inbox",
    "our app",
    "terms of use",
    "privacy policy",
    "contact us",
    "email us",
    "e-mail us",
    "send us",
    "get in touch",
    "have a story",
    "abonnieren",
    "jetzt anmelden",
    "newslettern",
    "folgen sie uns",
    "unterstützen sie",
    "hier anmelden",
    "abonnez-vous",
    "inscrivez-vous",
    "suivez-nous",
    "suivez nous",
    "faire un don",
    "soutenez",
    "téléchargez",
    "suscríbete",
    "suscribirse",
    "suscríbase",
    "síguenos",
    "síganos",
    "haz clic",
    "únete a",
    "apóyanos",
    "inscreva-se",
    "assine",
    "siga-nos",
    "siga o",
    "clique aqui",
    "participe do canal",
    "iscriviti",
    "seguici",
    "clicca qui",
    "abbonati",
    "meld je aan",
    "schrijf je in",
    "nieuwsbrief",
    "volg ons",
    "prenumerera",
    "nyhetsbrev",
    "nyhedsbrev",
    "tilmeld",
    "abonner",
    "tilaa",
    "uutiskirje",
    "zapisz się",
    "subskrybuj",
    "obserwuj nas",
    "odebírejte",
    "sledujte nás",
    "iratkozzon fel",
    "feliratkoz",
    "abonează",
    "urmărește-ne",
    "подпишитесь",
    "подписывайтесь",
    "подписаться",
    "підпишіться",
    "підписуйтесь",
    "підписатися",
    "абонирайте",
    "εγγραφείτε",
    "ακολουθήστε",
    "abone ol",
    "bizi takip",
    "ikuti kami",
    "dapatkan update",
    "berlangganan",
    "theo dõi chúng tôi",
    "اشترك",
    "تابعونا",
    "تابعنا",
    "הירשמו",
    "订阅",
    "關注我們",
    "メルマガ",
    "会員登録",
    "구독",
};

constexpr std::string_view kSmallPrint[]{
    "(c) 20",
    "advertisement",
    "all rights reserved",
    "alle angaben ohne gewähr",
    "alle rechte vorbehalten",
    "annons",
    "anzeige",
    "bild:",
    "bron:",
    "commentaires",
    "comments",
    "compartir",
    "condividi",
    "copyright",
    "credit:",
    "crédit photo",
    "crédits photo",
    "filed under",
    "first published",
    "fonte:",
    "forrás:",
    "foto ©",
    "foto:",
    "fotografía:",
    "fuente:",
    "image courtesy",
    "image credit",
    "image:",
    "kaynak:",
    "kilde:",
    "kommentare",
    "källa:",
    "last updated",
    "leave a comment",
    "loading",
    "lähde:",
    "mainos",
    "may not be reproduced",
    "partager",
    "photo by",
    "photo courtesy",
    "photo credit",
    "photo:",
    "photograph by",
    "posted in",
    "print this",
    "pubblicità",
    "publicidad",
    "publicité",
    "quelle:",
    "reklam",
    "reklama",
    "reprinted with permission",
    "share on",
    "share this",
    "source:",
    "sumber:",
    "sursa:",
    "tags:",
    "teilen",
    "this material may not be published",
    "todos los derechos",
    "todos os direitos",
    "topics:",
    "tous droits réservés",
    "tutti i diritti",
    "werbung",
    "wszelkie prawa",
    "zdroj:",
    "©",
    "źródło:",
    "πηγή:",
    "все права защищены",
    "джерело:",
    "источник:",
    "реклама",
};
static_assert(std::ranges::is_sorted(kSmallPrint));

constexpr std::string_view kForeignHeadings[]{
    "about author",
    "about the author",
    "also on",
    "auch interessant",
    "baca juga",
    "comentarios",
    "commentaires",
    "commenti",
    "comments",
    "correlati",
    "czytaj",
    "das könnte",
    "don't miss",
    "editors' picks",
    "follow us",
    "further reading",
    "kommentare",
    "latest",
    "leave a",
    "lees ook",
    "leggi anche",
    "leia também",
    "les også",
    "les plus lus",
    "lesen sie auch",
    "lire aussi",
    "lo más",
    "lue myös",
    "läs mer",
    "læs også",
    "mais lidas",
    "meest gelezen",
    "mehr aus",
    "mehr zum",
    "meistgelesen",
    "mest läst",
    "more from",
    "more on",
    "more stories",
    "most popular",
    "most read",
    "más noticias",
    "najpopularniejsze",
    "newsletter",
    "notícias relacionadas",
    "più letti",
    "polecane",
    "read more",
    "recommended",
    "relacionad",
    "related",
    "see also",
    "share",
    "sign up",
    "subscribe",
    "support",
    "sur le même",
    "tags",
    "te puede",
    "terpopuler",
    "top stories",
    "topics",
    "trending",
    "weitere",
    "you may",
    "you might",
    "à lire",
    "комментарии",
    "по теме",
    "популярное",
    "популярні",
    "читайте также",
    "читайте також",
    "ランキング",
    "推荐",
    "熱門",
    "相关",
    "相關",
    "関連",
};
static_assert(std::ranges::is_sorted(kForeignHeadings));

/// Picture agencies and archives, as named in credits.
constexpr std::string_view kPictureAgencies[]{
    "getty images", "shutterstock", "picture alliance", "picture-alliance", "istock", "adobe stock",
    "stock.adobe",  "imago images", "unsplash",         "pixabay",          "alamy",  "depositphotos",
};

/// `phrases` must be sorted. Compares only phrases with the same first byte.
bool starts_with_any(std::string_view text, std::span<const std::string_view> phrases) {
  if (text.empty()) return false;
  const std::string_view first = text.substr(0, 1);
  for (auto it = std::ranges::lower_bound(phrases, first); it != phrases.end() && it->starts_with(first); ++it)
    if (text.starts_with(*it)) return true;
  return false;
}

/// Phrases by their first byte.
class PhraseIndex {
 public:
  explicit PhraseIndex(std::span<const std::string_view> phrases) : phrases_(phrases.begin(), phrases.end()) {
    std::ranges::sort(phrases_);
    for (const std::string_view phrase : phrases_) ++begins_[static_cast<unsigned char>(phrase.front()) + 1U];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  }

  /// True if the text has a phrase that does not begin inside a word.
  [[nodiscard]] bool is_in(std::string_view text) const {
    char before = ' ';
    for (std::size_t at = 0; at < text.size(); before = text[at++]) {
      if (before >= 'a' && before <= 'z') continue;
      const auto first = static_cast<unsigned char>(text[at]);
      for (std::size_t i = begins_[first]; i < begins_[first + 1U]; ++i)
        if (text.substr(at).starts_with(phrases_[i])) return true;
    }
    return false;
  }

 private:
  std::vector<std::string_view> phrases_;
  std::array<std::size_t, 257> begins_{};
};

}  // namespace

bool starts_like_teaser(std::string_view text) {
  while (!text.empty() && (text[0] == '>' || text[0] == '-' || text[0] == '*' || text[0] == '[' || text[0] == '('))
    text = trim(text.substr(1));
  for (const std::string_view mark : {"→", "►", "▶", "»", "•", "👉", "➡️", "–", "|"})
    if (text.starts_with(mark)) text = trim(text.substr(mark.size()));
  return starts_with_any(lower_words(utf8_prefix(text, 80)), kTeasers);
}

bool is_appeal(std::string_view text) {
  static const PhraseIndex kIndex(kAppeals);
  return kIndex.is_in(lower_words(utf8_prefix(text, 600)));
}
bool is_small_print(std::string_view text) { return starts_with_any(lower_words(utf8_prefix(text, 80)), kSmallPrint); }
bool is_picture_credit(std::string_view text) {
  static const PhraseIndex kIndex(kPictureAgencies);
  return kIndex.is_in(lower_words(utf8_prefix(text, 120)));
}
bool is_foreign_heading(std::string_view text) {
  return starts_with_any(lower_words(utf8_prefix(text, 80)), kForeignHeadings);
}

std::string lower_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    out.append(text, start, i - start);
    if (i == text.size()) break;
    char32_t c = next_code_point(text, i);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) c += 32;
    if (c >= 0x400 && c <= 0x40F) c += 80;
    if (c >= 0x100 && c <= 0x17F && (c < 0x138 || c > 0x148) && c < 0x178) c |= 1;
    append_utf8(out, c);
  }
  std::ranges::transform(out, out.begin(), [](char c) { return ascii_lower(c); });
  return out;
}

}  // namespace pw::extract
