#include "extract/stop_words.hpp"

#include "text/token/tokens.hpp"

#include <array>
#include <string>
#include <unordered_set>

namespace pw::extract {
namespace {

// As written; some occur in several languages. Includes words of headlines that could be about anything.
// clang-format off
constexpr std::array kStopWords{
    "about after again against all also among because been before being between both could does during each even every "
    "first from have having here into just know last like made make many more most much must near news only other over "
    "part said says same should since some still such than that their them then there these they this those through "
    "time today under until update updated very video watch well were what when where which while will with within "
    "without would year years your live latest report reports breaking",
    "aber alle allem allen aller alles also andere anderen auch beim bereits damit dann dass dazu denn deren dessen "
    "deutlich diese diesem diesen dieser dieses doch dort durch eine einem einen einer eines etwa gegen geht gibt haben "
    "hatte hier ihre ihrem ihren ihrer immer jetzt kann kein keine können mehr muss nach nicht noch oder ohne schon sehr "
    "sein seine seinem seinen seiner sich sind sollen sollte über unter viel viele vielen warum wegen weil welche wenn "
    "werden wieder will wird wurde wurden zwei zwischen heute neue neuen neuer neues",
    "alors après aussi autre autres avant avec avoir bien cela celle celui ceux chez comme comment contre dans depuis "
    "deux dont elle elles encore entre être fait faire jusqu leur leurs lors mais même moins nous notre nouveau nouvelle "
    "parce peut plus pour pourquoi quand quel quelle quoi sans selon sera seront sont sous sur tous tout toute toutes "
    "très trois vers voici votre vous",
    "ante aunque cada como cómo contra cual cuando cuándo desde donde dónde durante ella ellos entre esta este esto "
    "estos está están hace hacia hasta hay había luego menos mientras mismo mucho nada nueva nuevo otra otro otros para "
    "pero poco porque puede puso pues quien qué según será siempre sido sobre solo sólo también tanto tiene tienen todo "
    "todos tras tres una unos usted años",
    "ainda além antes apenas aquele assim através até cada como contra depois desde deve disse durante ela eles ele em "
    "entre era essa esse esta estão este está foi foram fazer havia isso isto já mais mas mesmo muito nova novo onde "
    "outra outro outros para pela pelo pode porque pois por quando qual quem são sem sobre sua suas também tem toda todo "
    "todos três uma você anos",
    "alla alle allo anche ancora anni avere aveva bene che chi come con contro così cosa cui dal dalla dalle dai degli "
    "dei del della delle dello dopo dove due durante era erano essere fare fatto fino gli già hanno loro mentre molto "
    "negli nei nel nella nelle nello non nuova nuovo ogni oltre ora per però perché più poi prima qual quale quando "
    "quanto quella quello questa queste questi questo sarà senza sia solo sono sopra sotto stata stato sua sue sugli sul "
    "sulla sulle suo tra tre tutte tutti tutto una verso",
    "alleen alles andere anders door echter eens eerste gaat geen gewoon haar hebben heeft hier hoe hun ieder jaar kan "
    "komt kunnen maar meer moet moeten naar niet nieuw nieuwe nog omdat onder ons ook over toch toen tegen tijdens tot "
    "tussen twee uit vaak van vanaf veel volgens voor waar waarom want waren was wat weer welke werd wie wordt worden "
    "zal zich zijn zoals zonder zou",
    "aby albo ale bardzo będzie był była było były być choć czy dla dlaczego dnia dwa gdy gdzie inne jak jaki jako jest "
    "jego jej jednak jeszcze jeśli już kiedy kto która które którego której który którzy lat lub może można nad nawet "
    "nich niego nie niż oraz pod podczas poza przed przez przy roku rok się sobie swoje także tak tam tego tej też tylko "
    "tym wszystko wśród więcej zostać został została ponad nowe nowy",
    "která které který jsou jsem není jako jeho jejich však také proto když nebo bude byla bylo byly před přes podle "
    "tento tato toto více může mezi proti kvůli",
    "bazı bile birçok biri bunu bunun çok daha değil diye gibi göre hangi hem hep için ile ilgili ilk işte kadar karşı "
    "kendi nasıl neden olan olarak oldu olduğu olduğunu olması onun onlar önce sonra şimdi tüm üzere var veya yeni yok "
    "yüzde bunlar böyle şöyle arasında dedi etti edildi son dakika",
    "более больше будет будут была были было быть ведь весь взял вместо во время всего всех года году годы даже для дней "
    "его ещё если есть здесь из-за или именно каждый как какой когда которая которого которое которой который которые "
    "которых кто куда либо лишь между менее меня может можно надо наиболее нас него нельзя них ничего однако около они "
    "после потом почему почти перед при против раз свои своих своей себя сейчас сегодня снова стал стала стали стало "
    "также таким такой там тебя теперь того тоже только тому уже хотя чего чем через что чтобы эта эти этих это этого "
    "этом этот заявил сообщил рассказал новости",
    "адже або або-ж більше буде були було бути вже вони все всіх для його йому його інші інших коли кого крім лише "
    "можна може між мають над нам нас них після перед под при про проти році роки року свої своїх себе також тільки "
    "тому тут хто цей цього цьому через чому щоб щодо якого якому який яка яких якщо заявив повідомив новини",
    "mais också alla andra bara blev blir därför efter eller från hade hans hennes hela hur han här inte inför kan ligger "
    "måste mellan mot många någon några nära och över sedan säger ska skulle som sina sitt till under utan var varit "
    "vara vill efter etter eller fra hadde hvor ikke også mellom mellem være været blev blevet efter mange siden skal",
    "acest această acestea care către când cele cel celor dacă deci deja despre din dintre după este fiind fost fără "
    "iar între lor mai mult nici numai nou noua noul peste pentru prin sau spre sunt toate totul unei unor unui",
    "שלא אבל אחר אחרי אין אולי אותו אותה אחד אחת איך אלא אלה אמר בין ביותר גם היא היה היו הוא הזה הזאת הם זאת חדש חדשות "
    "יותר יהיה כבר כדי כיום כמה כמו לאחר לא לפני למה מאוד מדוע מתוך עוד עכשיו על־פי עם פחות רק שהוא שהיא שזה שלו שלה שלהם תחת",
    "ال إلى أن أنه أنها أو أي إن إذا الا التي الذي الذين الآن اليوم بعد بين تحت تكون ثم حتى حول حيث خلال ذلك عام عبر عدم على "
    "عليه عليها عن عند غير فقط في فيه فيها قال قالت قبل قد كان كانت كل كما لا لدى لقد لكن لم لن له لها ليس ليست ما مع من منذ "
    "منه منها نحو هذا هذه هناك هو هي وقال وقد وكان ولا ولم وهو وهي يكون يمكن",
    "است این آن که برای با را شد شده شود کرد کند کرده کنند بود بوده باشد باید بر تا پس پیش چه چرا خود دارد دارند دیگر روز "
    "سال سوی گفت نیز نیست هم همه هر یا یک وی های می‌شود می‌کند است"};
// clang-format on

std::unordered_set<std::string> folded_words() {
  std::unordered_set<std::string> out;
  text::Tokens tokens;
  for (const char* language : kStopWords) {
    tokens.read(language);
    for (const text::Token& token : tokens.all()) out.emplace(tokens.text(token));
  }
  return out;
}

}  // namespace

bool is_stop_word(std::string_view folded) {
  static const std::unordered_set<std::string> kWords = folded_words();
  return kWords.contains(std::string(folded));
}

}  // namespace pw::extract
