#include "extract/page_kind.hpp"

#include "extract/extract.hpp"
#include "extract/page_phrases.hpp"
#include "pages.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::extract {
namespace {

constexpr Time kNow = from_ms(1'795'000'000'000);
constexpr std::string_view kUrl = "https://paper.example/2026/11/harbour-works";

PageVerdict judge(const std::string& html, std::string_view asked = kUrl, std::string_view found = kUrl) {
  const auto article = extract_article({html, found, kNow});
  return judge_page(html, *article, asked, found);
}

std::string_view kind_of_page(const std::string& html, std::string_view asked = kUrl, std::string_view found = kUrl) {
  return page_kind_name(judge(html, asked, found).kind);
}

std::string titled(std::string_view title, std::string_view body) {
  return fmt::format("<!doctype html><html><head><meta charset=utf-8><title>{}</title></head><body>{}</body></html>",
                     title, body);
}

/// A page whose title is also its heading, as is common.
std::string notice(std::string_view title, std::string_view text) {
  return titled(fmt::format("{} | The Paper", title),
                fmt::format("<nav><a href=/>Home</a> <a href=/news>News</a></nav><main><h1>{}</h1><p>{}</p></main>"
                            "<footer><p>© The Paper</p></footer>",
                            title, text));
}

/// Distinct paragraphs, because repeated ones are dropped from the text.
std::string long_story(int paragraphs = 15) {
  std::string out;
  for (int i = 1; i <= paragraphs; ++i) {
    out += fmt::format(
        "<p>In year {} of the works, {} engineers measured the river at pier {}, and wrote down how far "
        "the water had risen since the flood before; {} of the {} beams were safe.</p>",
        1900 + i, 7 * i, i, 3 * i, 11 * i);
  }
  return out;
}

TEST(PageKind, NotFoundInManyLanguages) {
  for (const auto& [title, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Page not found", "Sorry, the page that you asked for is not here any more, or it never was."},
           {"404", "Try the search."},
           {"Error 404 - Not Found", "The link may be old."},
           {"Oops! That page can’t be found.", "It looks like nothing was found at this location."},
           {"Seite nicht gefunden", "Die Adresse ist falsch geschrieben, oder es gibt den Artikel nicht mehr."},
           {"Page introuvable", "La page que vous demandez a été déplacée ou supprimée."},
           {"Página no encontrada", "Lo sentimos, la dirección no es correcta."},
           {"Página não encontrada", "Verifique o endereço."},
           {"Pagina non trovata", "Torna alla pagina iniziale."},
           {"Pagina niet gevonden", "Ga naar de voorpagina."},
           {"Nie znaleziono strony", "Wróć na stronę główną."},
           {"Stránka nenalezena", "Zkuste hledání."},
           {"Страница не найдена", "Возможно, она была удалена или перемещена."},
           {"Сторінку не знайдено", "Спробуйте пошук."},
           {"Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir."},
           {"Səhifə tapılmadı", "Ana səhifəyə qayıdın."},
           {"صفحه مورد نظر یافت نشد", "به صفحه اصلی بازگردید."},
           {"الصفحة غير موجودة", "عد إلى الصفحة الرئيسية."},
           {"הדף לא נמצא", "חזרו לעמוד הבית."},
           {"ページが見つかりません", "トップページへお戻りください。"},
           {"页面不存在", "请返回首页。"},
           {"페이지를 찾을 수 없습니다", "홈으로 돌아가십시오."}}) {
    EXPECT_EQ(kind_of_page(notice(title, text)), "not_found") << title;
  }
  EXPECT_EQ(judge(notice("Page not found", "Sorry.")).reason, "\"not found\" with status 200");
}

TEST(PageKind, NotFoundWithAListOfNewsBelow) {
  EXPECT_EQ(kind_of_page(notice("Page not found", "Read the latest news instead.</p>" + long_story())), "not_found");
}

TEST(PageKind, ChecksForRobots) {
  for (const auto& [title, body] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Just a moment...",
            "<h1>paper.example</h1><p>Your browser is being checked. This takes up to five seconds.</p>"},
           {"Just a moment...",
            "<script>window._cf_chl_opt={cvId:'3'};</script><noscript>Enable JavaScript and "
            "cookies to continue</noscript>"},
           {"paper.example",
            "<script>var dd={'rt':'c','cid':'x'}</script><script "
            "src='https://ct.captcha-delivery.com/c.js'></script>"},
           {"Access to this page has been denied",
            "<div id=px-captcha></div><p>Press &amp; Hold to confirm you are a "
            "human (and not a bot).</p>"},
           {"Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>Ray ID: 8f</p>"},
           {"",
            "<iframe src='/_Incapsula_Resource?SWUDNSAI=30'>Request unsuccessful. Incapsula incident ID: 7"
            "</iframe>"},
           {"Access Denied",
            "<h1>Access Denied</h1><p>You don't have permission to access this page on this server. "
            "Reference #18.2</p>"},
           {"Are you a robot?", "<p>To go on, please click the box below to let us know you're not a robot.</p>"},
           {"Human Verification", "<div class=awswafcaptcha></div>"},
           {"Making sure you're not a bot!", "<p>Loading...</p>"},
           {"Security check", "<p>Please solve the captcha to go on.</p><div class=g-recaptcha></div>"},
           {"Einen Moment bitte", "<p>Ihr Browser wird überprüft. Bitte warten Sie.</p>"},
           {"Vérification de sécurité", "<p>Confirmez que vous n'êtes pas un robot.</p>"},
           {"Вы не робот?", "<p>Нам очень жаль, но запросы с вашего устройства похожи на автоматические.</p>"},
           {"Доступ ограничен", "<p>Подтвердите, что вы человек.</p>"},
           {"Güvenlik kontrolü", "<p>Robot olmadığınızı doğrulayın.</p>"},
           {"בדיקת אבטחה", "<p>נא לאשר שאינך רובוט.</p>"},
           {"安全验证", "<p>请完成人机验证。</p>"}}) {
    EXPECT_EQ(kind_of_page(titled(title, body)), "robot_check") << title;
  }
  EXPECT_EQ(kind_of_page(titled("Paper", "<p>Please go on.</p>"), kUrl, "https://paper.example/showcaptcha?u=1"),
            "robot_check");
}

TEST(PageKind, ConsentForms) {
  for (
      const auto& [title, text, button] : std::initializer_list<std::array<const char*, 3>>{
          {"Before you go on",
           "We and our 700 partners store and read information on your device, such as cookies, and use what we learn "
           "for adverts.</p><p>You can accept or refuse, and change your mind at any time in the settings of your "
           "account, under privacy.",
           "Accept all"},
          {"We value your privacy",
           "We and our partners use cookies to process personal data. You may accept or manage your choices.", "Agree"},
          {"Bevor Sie fortfahren",
           "Wir und unsere Partner speichern Informationen auf Ihrem Gerät, etwa Cookies, und verarbeiten "
           "personenbezogene Daten für personalisierte Werbung. Ihre Einwilligung können Sie jederzeit widerrufen.",
           "Alle akzeptieren"},
          {"Le respect de votre vie privée",
           "Avec votre accord, nous et nos 312 partenaires utilisons des cookies pour stocker et accéder à des données "
           "personnelles sur votre appareil. Vous pouvez refuser ou retirer votre consentement.",
           "Accepter et fermer"},
          {"Tu privacidad",
           "Nosotros y nuestros socios utilizamos cookies en tu dispositivo para publicidad y datos "
           "personales. Puedes aceptar o rechazar.",
           "Aceptar todo"},
          {"La tua privacy",
           "Noi e i nostri partner archiviamo cookie sul dispositivo e trattiamo dati personali per "
           "annunci. Puoi accettare o rifiutare il consenso.",
           "Accetta tutto"},
          {"Voordat je verdergaat",
           "Wij en onze partners plaatsen cookies op je apparaat voor gepersonaliseerde "
           "advertenties. Geef toestemming of wijzig de instellingen.",
           "Akkoord"},
          {"Szanowny Użytkowniku",
           "My i nasi partnerzy przechowujemy pliki cookie na urządzeniu i przetwarzamy dane "
           "osobowe na potrzeby reklam. Zgoda jest dobrowolna.",
           "Przejdź do serwisu"},
          {"Прежде чем продолжить",
           "Мы и наши партнеры храним файлы cookie на вашем устройстве для рекламы. Вы можете "
           "принять или отклонить обработку персональных данных.",
           "Принять все"},
          {"Devam etmeden önce",
           "Biz ve iş ortaklarımız reklam için cihazınızda çerezler saklıyoruz. Kabul edebilir "
           "veya ayarlar bölümünden reddedebilirsiniz; gizlilik önemlidir.",
           "Kabul et"},
          {"לפני שממשיכים",
           "אנו והשותפים שלנו משתמשים בעוגיות במכשיר לצורך פרסום. ניתן לשנות את ההגדרות ולבטל את "
           "ההסכמה; פרטיות חשובה לנו.",
           "אישור"}}) {
    const std::string page =
        titled(title, fmt::format("<main><h1>{}</h1><p>{}</p><button>{}</button></main>", title, text, button));
    EXPECT_EQ(kind_of_page(page), "consent") << title;
  }
  EXPECT_EQ(kind_of_page(titled("Paper", "<p>Choose.</p>"), kUrl, "https://consent.paper.example/collectConsent?id=1"),
            "consent");
}

TEST(PageKind, EmptyApplications) {
  for (const char* body :
       {"<div id=root></div>", "<div id=app></div><script src=/main.js></script>", "<div id='__next'></div>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=page></div>",
        "<paper-app></paper-app><script src=/a.js></script>", "<p>Bitte aktivieren Sie JavaScript.</p>",
        "<p>Для работы сайта включите JavaScript.</p>", "<script>render()</script>"}) {
    EXPECT_EQ(kind_of_page(titled("The Paper", body)), "script_only") << body;
  }
}

TEST(PageKind, ScriptsThatLeadElsewhere) {
  const auto verdict = judge(titled("", "<p>One moment.</p><script>location.replace('/real')</script>"));
  EXPECT_EQ(verdict.kind, PageKind::script_redirect);
  EXPECT_EQ(verdict.target, "https://paper.example/real");
  EXPECT_EQ(kind_of_page(titled("Harbour", long_story() + "<script>location.replace('/real')</script>")), "article");
}

TEST(PageKind, Logins) {
  EXPECT_EQ(kind_of_page(titled("Log in | The Paper",
                                "<h1>Log in</h1><form><input type=email><input type=password>"
                                "<button>Go</button></form>")),
            "login");
  EXPECT_EQ(kind_of_page(titled("Anmelden - Die Zeitung", "<p>Bitte melden Sie sich an.</p><input type=password>")),
            "login");
  EXPECT_EQ(kind_of_page(titled("Вход", "<form><input type=password></form>")), "login");
  EXPECT_EQ(kind_of_page(titled("The Paper", "<p>Welcome back.</p><input type=password>"), kUrl,
                         "https://paper.example/account/login?next=%2F2026"),
            "login");
}

TEST(PageKind, NoticesThatTheSiteIsDown) {
  EXPECT_EQ(kind_of_page(notice("Under maintenance", "We will be back soon.")), "unavailable");
  EXPECT_EQ(kind_of_page(titled("", "<p>This content is not available in your region.</p>")), "unavailable");
  EXPECT_EQ(kind_of_page(notice("Технические работы", "Сайт временно недоступен.")), "unavailable");
}

TEST(PageKind, TheFrontPage) {
  const std::string front = titled("The Paper", "<h1>The Paper</h1>" + test::story());
  EXPECT_EQ(kind_of_page(front, kUrl, "https://www.paper.example/"), "front_page");
  EXPECT_EQ(kind_of_page(front, kUrl, "https://paper.example/en/index.html"), "front_page");
  EXPECT_EQ(kind_of_page(front, "https://paper.example/", "https://www.paper.example/"), "article");
  EXPECT_EQ(kind_of_page(front, "https://short.example/x1", "https://product.example/"), "article");
  EXPECT_EQ(kind_of_page(front, kUrl, "https://paper.example/2026/harbour"), "article");
}

TEST(PageKind, TheBeginningBeforeAPaywall) {
  const std::string free =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>)";
  EXPECT_EQ(kind_of_page(titled("Harbour works", free + "<article><h1>Harbour works</h1>" +
                                                     test::paragraph(test::kFirst) + "</article>")),
            "paywall");
  EXPECT_EQ(kind_of_page(titled("Harbour works", "<article><h1>Harbour works</h1>" + test::paragraph(test::kFirst) +
                                                     "<div class=offer><p>This article is for subscribers only.</p>"
                                                     "</div></article>")),
            "paywall");
  EXPECT_EQ(kind_of_page(titled("Hafen",
                                "<article><h1>Hafen</h1><p>Der Hafen der Stadt bleibt zwei Wochen lang "
                                "geschlossen, wie der Rat am Montag sagte.</p><p>Um diesen Artikel zu lesen, "
                                "brauchen Sie ein Abo.</p></article>")),
            "paywall");
  EXPECT_EQ(judge(titled("Harbour", free + test::story())).reason, "only the first paragraph before a paywall");
}

TEST(PageKind, ArticlesAboutSuchThingsAreArticles) {
  const std::string byline =
      "<meta name=author content='Jane Doe'><meta property=article:published_time "
      "content=2026-11-20T10:00:00Z>";
  for (const char* title : {"Page not found: how a library lost its archive", "Are you a robot? The end of the captcha",
                            "We value your privacy, say the firms that sell it", "Log in, burn out",
                            "Under maintenance: the bridge that never opened", "404 deaths on the roads"}) {
    const std::string body = fmt::format("<article><h1>{}</h1>{}</article>", title, long_story());
    EXPECT_EQ(kind_of_page(titled(title, body)), "article") << title;
    const std::string brief = fmt::format(
        "<html><head><title>{}</title>{}</head><body><article><h1>{}</h1>{}</article>"
        "</body></html>",
        title, byline, title, test::story());
    EXPECT_EQ(kind_of_page(brief), "article") << title;
  }
}

TEST(PageKind, AShortArticleOnCookiesUnderTheSitesOwnBannerIsAnArticle) {
  const std::string page = titled(
      "Court limits cookies",
      "<meta property=og:type content=article><article><h1>Court limits cookies</h1><p>Websites need consent before "
      "they "
      "store cookies on a device, the court said on Friday; personal data may not be used for advertising without it."
      "</p><p>Two firms had argued that users accept such tracking when they read on.</p></article>"
      "<div class=onetrust><p>We and our partners use cookies.</p><button>Accept all</button></div>");
  EXPECT_EQ(kind_of_page(page), "article");
}

TEST(PageKind, PlainArticlesAreArticles) {
  EXPECT_EQ(kind_of_page(titled("The bridge", "<article><h1>The bridge</h1>" + test::story() + "</article>")),
            "article");
  EXPECT_EQ(kind_of_page(titled("The bridge",
                                "<article><h1>The bridge</h1><p>It opened.</p></article>"
                                "<form><input type=password></form><div class=g-recaptcha></div>")),
            "article");
  EXPECT_EQ(judge(titled("The bridge", test::story())).reason, "");
}

TEST(PhraseText, FoldsAndCountsWords) {
  EXPECT_TRUE(PhraseText("Diese SEITE wurde nicht gefunden!").has(PhraseKind::not_found));
  EXPECT_TRUE(PhraseText::title_is("PÁGINA NO ENCONTRADA — El Diario", PhraseKind::not_found));
  EXPECT_FALSE(
      PhraseText::title_is("Why the page not found error has become a symbol of the web", PhraseKind::not_found));
  EXPECT_FALSE(PhraseText::title_is("", PhraseKind::not_found));
}

}  // namespace
}  // namespace pw::extract
