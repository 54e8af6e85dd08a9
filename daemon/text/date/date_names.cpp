#include "text/date/date_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace pw::text::date {
namespace {

/// Per language, twelve groups separated by '|', each with the names of one month separated by ','. Where languages
/// conflict (hr "listopad" is October, cs and pl November), the language listed first wins.
constexpr const char* kMonths[] = {
    /* en */
    "january,jan|february,feb,febr|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sep,sept|"
    "october,oct|november,nov|december,dec",
    /* de */
    "januar,jänner,jan,jän|februar,feber,feb|märz,maerz,mär,mrz|april|mai|juni|juli|august|september|oktober,okt|"
    "november|dezember,dez",
    /* fr */
    "janvier,janv|février,fevr,fév|mars|avril,avr|mai|juin|juillet,juil|août,aout|septembre|octobre|novembre|"
    "décembre,déc",
    /* es */
    "enero,ene|febrero|marzo|abril,abr|mayo|junio|julio|agosto,ago|septiembre,setiembre,set|octubre|noviembre|"
    "diciembre,dic",
    /* it */
    "gennaio,gen,genn|febbraio,febbr|marzo|aprile|maggio,mag|giugno,giu|luglio,lug|agosto|settembre,sett|ottobre,ott|"
    "novembre|dicembre",
    /* pt */
    "janeiro|fevereiro,fev|março|abril|maio|junho|julho|agosto|setembro|outubro,out|novembro|dezembro",
    /* ca */ "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
    /* nl */ "januari|februari|maart,mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    /* ru */
    "январь,января,янв|февраль,февраля,фев,февр|март,марта,мар|апрель,апреля,апр|май,мая|июнь,июня,июн|"
    "июль,июля,июл|август,августа,авг|сентябрь,сентября,сен,сент|октябрь,октября,окт|ноябрь,ноября,ноя,нояб|"
    "декабрь,декабря,дек",
    /* uk */
    "січень,січня,січ|лютий,лютого,лют|березень,березня,бер|квітень,квітня,квіт,кві|травень,травня,трав,тра|"
    "червень,червня,черв,чер|липень,липня,лип|серпень,серпня,серп,сер|вересень,вересня,вер,верес|"
    "жовтень,жовтня,жовт,жов|листопад,листопада,лист,лис|грудень,грудня,груд,гру",
    /* be */
    "студзень,студзеня,сту|люты,лютага|сакавік,сакавіка,сак|красавік,красавіка,кра|травень,траўня,май,мая|"
    "чэрвень,чэрвеня,чэр|ліпень,ліпеня,ліп|жнівень,жніўня,жні|верасень,верасня|кастрычнік,кастрычніка,кас|"
    "лістапад,лістапада,ліс|снежань,снежня,сне",
    /* bg */ "януари,яну|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
    /* mk/sr */
    "јануар,јануари,јан|фебруар,фебруари,феб|март|април|мај|јун,јуни|јул,јули|август,август|септембар,септември|"
    "октобар,октомври|новембар,ноември|децембар,декември,декември",
    /* sr-latn */ "januar|februar|mart|april|maj|jun|jul|avgust,avg|septembar|oktobar|novembar|decembar",
    /* az */ "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr",
    /* tr */
    "ocak,oca|şubat,şub|mart|nisan,nis|mayıs|haziran,haz|temmuz,tem|ağustos,ağu|eylül,eyl|ekim,eki|kasım,kas|"
    "aralık,ara",
    /* kk */
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан",
    /* cs */
    "leden,ledna,led|únor,února,úno|březen,března,bře|duben,dubna,dub|květen,května,kvě|červen,června,čer,čvn|"
    "červenec,července,čvc|srpen,srpna,srp|září,zář|říjen,října,říj|listopad,listopadu,lis|prosinec,prosince,pro",
    /* pl */
    "styczeń,stycznia,sty|luty,lutego,lut|marzec,marca|kwiecień,kwietnia,kwi|maj,maja|czerwiec,czerwca,cze|"
    "lipiec,lipca,lip|sierpień,sierpnia,sie|wrzesień,września,wrz|październik,października,paź|"
    "listopad,listopada|grudzień,grudnia,gru",
    /* sk */
    "január,januára|február,februára|marec,marca|apríl|máj,mája|jún,júna|júl,júla|august|september,septembra|"
    "október,októbra|november,novembra|"
    "december,decembra",
    /* sl */ "januar|februar|marec|april|maj|junij|julij|avgust|september|oktober|november|december",
    /* hr */
    "siječanj,siječnja,sij|veljača,veljače,velj|ožujak,ožujka,ožu|travanj,travnja,tra|svibanj,svibnja,svi|"
    "lipanj,lipnja|srpanj,srpnja|kolovoz,kolovoza,kol|rujan,rujna,ruj|listopada|studeni,studenog,studenoga,stu|"
    "prosinac,prosinca",
    /* hu */
    "január|február,febr|március,márc|április,ápr|május,máj|június,jún|július,júl|augusztus|szeptember,szept|"
    "október|november|december",
    /* ro */
    "ianuarie,ian|februarie|martie|aprilie|mai|iunie,iun|iulie,iul|august|septembrie|octombrie|noiembrie,noi|"
    "decembrie",
    /* el */
    "ιανουάριος,ιανουαρίου,ιαν|φεβρουάριος,φεβρουαρίου,φεβ|μάρτιος,μαρτίου,μαρ,μάρ|απρίλιος,απριλίου,απρ|"
    "μάιος,μαΐου,μαι,μαϊ|ιούνιος,ιουνίου,ιουν|ιούλιος,ιουλίου,ιουλ|αύγουστος,αυγούστου,αυγ|"
    "σεπτέμβριος,σεπτεμβρίου,σεπ,σεπτ|οκτώβριος,οκτωβρίου,οκτ|νοέμβριος,νοεμβρίου,νοε|δεκέμβριος,δεκεμβρίου,δεκ",
    /* sv */ "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    /* da, no */ "januar|februar|marts,mars|april|maj,mai|juni|juli|august|september|oktober|november|december,des",
    /* is */ "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember",
    /* fi */
    "tammikuu,tammi|helmikuu,helmi|maaliskuu,maalis|huhtikuu,huhti|toukokuu,touko|kesäkuu,kesä|heinäkuu,heinä|"
    "elokuu,elo|syyskuu,syys|lokakuu,loka|marraskuu,marras|joulukuu,joulu",
    /* et */
    "jaanuar,jaan|veebruar,veebr|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember,dets",
    /* lt */
    "sausis,sausio|vasaris,vasario|kovas,kovo|balandis,balandžio|gegužė,gegužės|birželis,birželio|liepa,liepos|"
    "rugpjūtis,rugpjūčio|rugsėjis,rugsėjo|spalis,spalio|lapkritis,lapkričio|gruodis,gruodžio",
    /* lv */
    "janvāris,janvārī|februāris,februārī|marts,martā|aprīlis,aprīlī|maijs,maijā|jūnijs,jūnijā|jūlijs,jūlijā|"
    "augusts,augustā|septembris,septembrī|oktobris,oktobrī|novembris,novembrī|decembris,decembrī",
    /* sq */ "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
    /* id, ms */
    "januari|februari|maret,mac|april|mei|juni,jun|juli,julai|agustus,agu,ogos|september|oktober|november|"
    "desember,disember,dis",
    /* fil */ "enero|pebrero,peb|marso|abril|mayo|hunyo,hun|hulyo,hul|agosto|setyembre|oktubre|nobyembre,nob|disyembre",
    /* sw */ "januari|februari|machi|aprili|mei|juni|julai|agosti|septemba|oktoba|novemba|desemba",
    /* vi */
    "tháng một,tháng giêng|tháng hai|tháng ba|tháng tư|tháng năm|tháng sáu|tháng bảy|tháng tám|tháng chín|"
    "tháng mười|tháng mười một|tháng mười hai,tháng chạp",
    /* ar */
    "يناير,جانفي,كانون الثاني|فبراير,فيفري,شباط|مارس,آذار|أبريل,إبريل,أفريل,نيسان|مايو,ماي,أيار|يونيو,جوان,حزيران|"
    "يوليو,جويلية,تموز|أغسطس,أوت,آب|سبتمبر,أيلول|أكتوبر,تشرين الأول|نوفمبر,تشرين الثاني|ديسمبر,كانون الأول",
    /* fa */ "ژانویه|فوریه|مارس|آوریل|مه,می|ژوئن|ژوئیه,جولای|اوت,آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
    /* ur */ "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    /* he */
    "ינואר,ינו|פברואר,פבר|מרץ,מרס|אפריל,אפר|מאי|יוני,יונ|יולי,יול|אוגוסט,אוג|ספטמבר,ספט|אוקטובר,אוק|נובמבר,נוב|דצמבר,"
    "דצמ",
    /* th */
    "มกราคม,มค|กุมภาพันธ์,กพ|มีนาคม,มีค|เมษายน,เมย|พฤษภาคม,พค|มิถุนายน,มิย|กรกฎาคม,กค|สิงหาคม,สค|กันยายน,กย|ตุลาคม,ตค|"
    "พฤศจิกายน,พย|ธันวาคม,ธค",
    /* hi */
    "जनवरी,जन|फ़रवरी,फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर,सितम्बर|अक्टूबर,अक्तूबर|नवंबर,नवम्बर|दिसंबर,दिसम्बर",
    /* mr, ne */
    "जानेवारी,जनवरी|फेब्रुवारी,फेब्रुअरी|मार्च|एप्रिल,अप्रिल|मे|जून|जुलै|ऑगस्ट,अगस्ट|सप्टेंबर,सेप्टेम्बर|ऑक्टोबर,अक्टोबर|"
    "नोव्हेंबर,नोभेम्बर|डिसेंबर,डिसेम्बर",
    /* bn */
    "জানুয়ারি,জানুয়ারী|ফেব্রুয়ারি,ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট,অগাস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
    /* ta */ "ஜனவரி|பிப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்|செப்டம்பர்|அக்டோபர்|நவம்பர்|டிசம்பர்",
    /* ka */
    "იანვარი,იანვარს,იან|თებერვალი,თებერვალს,თებ|მარტი,მარტს,მარ|აპრილი,აპრილს,აპრ|მაისი,მაისს,მაი|ივნისი,ივნისს,ივნ|"
    "ივლისი,ივლისს,ივლ|აგვისტო,აგვ|სექტემბერი,სექტემბერს,სექ|ოქტომბერი,ოქტომბერს,ოქტ|ნოემბერი,ნოემბერს,ნოე|"
    "დეკემბერი,დეკემბერს,დეკ",
    /* hy */
    "հունվար,հունվարի,հնվ|փետրվար,փետրվարի,փտվ|մարտ,մարտի,մրտ|ապրիլ,ապրիլի|մայիս,մայիսի,մյս|հունիս,հունիսի,հնս|"
    "հուլիս,հուլիսի,հլս|օգոստոս,օգոստոսի,օգս|սեպտեմբեր,սեպտեմբերի|հոկտեմբեր,հոկտեմբերի|նոյեմբեր,նոյեմբերի|դեկտեմբեր,"
    "դեկտեմբերի",
    /* te */
    "జనవరి,జన|ఫిబ్రవరి,ఫిబ్ర|మార్చి|ఏప్రిల్,ఏప్రి|మే|జూన్|జులై,జూలై|ఆగస్టు,ఆగ|సెప్టెంబర్,సెప్టెం|అక్టోబర్,అక్టో|నవంబర్,నవం|డిసెంబర్,డిసెం",
    /* ml */
    "ജനുവരി,ജനു|ഫെബ്രുവരി,ഫെബ്രു|മാർച്ച്,മാർ|ഏപ്രിൽ,ഏപ്രി|മേയ്,മെയ്|ജൂൺ|ജൂലൈ|ഓഗസ്റ്റ്,ഓഗ|സെപ്റ്റംബർ,സെപ്റ്റം|ഒക്ടോബർ,ഒക്ടോ|നവംബർ,നവം|ഡിസംബർ,"
    "ഡിസം",
    /* gu */
    "જાન્યુઆરી,જાન્યુ|ફેબ્રુઆરી,ફેબ્રુ|માર્ચ|એપ્રિલ|મે|જૂન|જુલાઈ|ઑગસ્ટ,ઓગસ્ટ|સપ્ટેમ્બર,સપ્ટે|ઑક્ટોબર,ઑક્ટો,ઓક્ટોબર|નવેમ્બર,નવે|ડિસેમ્બર,ડિસે",
    /* kn */
    "ಜನವರಿ,ಜನ|ಫೆಬ್ರವರಿ,ಫೆಬ್ರ|ಮಾರ್ಚ್|ಏಪ್ರಿಲ್,ಏಪ್ರಿ|ಮೇ|ಜೂನ್|ಜುಲೈ|ಆಗಸ್ಟ್,ಆಗ|ಸೆಪ್ಟೆಂಬರ್,ಸೆಪ್ಟೆಂ|ಅಕ್ಟೋಬರ್,ಅಕ್ಟೋ|ನವೆಂಬರ್,ನವೆಂ|ಡಿಸೆಂಬರ್,ಡಿಸೆಂ",
    /* pa */ "ਜਨਵਰੀ,ਜਨ|ਫ਼ਰਵਰੀ,ਫ਼ਰ,ਫਰਵਰੀ|ਮਾਰਚ|ਅਪ੍ਰੈਲ,ਅਪ੍ਰੈ|ਮਈ|ਜੂਨ|ਜੁਲਾਈ,ਜੁਲਾ|ਅਗਸਤ,ਅਗ|ਸਤੰਬਰ,ਸਤੰ|ਅਕਤੂਬਰ,ਅਕਤੂ|ਨਵੰਬਰ,ਨਵੰ|ਦਸੰਬਰ,ਦਸੰ",
    /* mn */
    "нэгдүгээр сарын|хоёрдугаар сарын|гуравдугаар сарын|дөрөвдүгээр сарын|тавдугаар сарын|зургаадугаар сарын,"
    "зургадугаар сарын|долоодугаар сарын,долдугаар сарын|наймдугаар сарын|есдүгээр сарын|аравдугаар сарын|"
    "арван нэгдүгээр сарын|арван хоёрдугаар сарын",
    /* km */ "មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា|ធ្នូ",
    /* lo */ "ມັງກອນ,ມກ|ກຸມພາ,ກພ|ມີນາ,ມນ|ເມສາ,ມສ|ພຶດສະພາ,ພພ|ມິຖຸນາ,ມິຖ|ກໍລະກົດ,ກລ|ສິງຫາ,ສຫ|ກັນຍາ,ກຍ|ຕຸລາ,ຕລ|ພະຈິກ,ພຈ|ທັນວາ,ທວ",
    /* my */ "ဇန်နဝါရီ,ဇန်|ဖေဖော်ဝါရီ,ဖေ|မတ်|ဧပြီ|မေ|ဇွန်|ဇူလိုင်,ဇူ|ဩဂုတ်|စက်တင်ဘာ,စက်|အောက်တိုဘာ,အောက်|နိုဝင်ဘာ,နို|ဒီဇင်ဘာ,ဒီ",
    // clang-format is not idempotent on the invisible joiners below.
    // clang-format off
    /* si */ "ජනවාරි,ජන|පෙබරවාරි,පෙබ|මාර්තු|අප්‍රේල්|මැයි|ජූනි|"
    "ජූලි|අගෝස්තු|සැප්තැම්බර්,සැප්|ඔක්තෝබර්,ඔක්|නොවැම්බර්,නොවැ|දෙසැම්බර්,දෙසැ",
    // clang-format on
    /* am */ "ጃንዋሪ,ጃን,ጃንዩወሪ|ፌብሩዋሪ,ፌብ,ፌብሩወሪ|ማርች|ኤፕሪል,ኤፕሪ|ሜይ|ጁን|ጁላይ|ኦገስት,ኦገስ|ሴፕቴምበር,ሴፕቴ|ኦክቶበር,ኦክቶ|ኖቬምበር,ኖቬም|ዲሴምበር,ዲሴም",
    /* eu */
    "urtarrila,urtarril,urt|otsaila,otsail,ots|martxoa,martxo|apirila,apiril,api|maiatza,maiatz|ekaina,ekain,eka|"
    "uztaila,uztail,uzt|abuztua,abuztu,abu|iraila,irail,ira|urria,urri,urr|azaroa,azaro,aza|abendua,abendu,abe",
    /* gl */
    "xaneiro,xan|febreiro|marzo|abril|maio|xuño|xullo,xul|agosto|setembro|outubro|novembro|decembro",
    /* ga */
    "eanáir|feabhra|márta|aibreán|bealtaine|meitheamh|iúil|lúnasa|meán fómhair|deireadh fómhair|samhain,samh|"
    "nollaig,noll",
    /* cy */
    "ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd,tach|rhagfyr,rhag",
    /* mt */ "jannar|frar|marzu|april|mejju|ġunju,ġun|lulju,lul|awwissu,aww|settembru|ottubru|novembru|diċembru",
    /* af */ "januarie|februarie|maart|april|mei|junie|julie|augustus|september|oktober|november|desember",
    /* uz, tk, and what az writes short */
    "yanvar,ýanwar,ýan|fevral,fewral,few|mart|aprel|may,maý|iyun,iyn,ýiun,iýun|iyul,iyl,iýul|avgust,awgust,awg,avq|"
    "sentabr,sentýabr|oktabr,oktýabr|noyabr,noýabr,noý|dekabr",
    /* ne */
    "जनवरी|फेब्रुअरी|मार्च|अप्रिल|मे|जुन|जुलाई|अगस्ट|सेप्टेम्बर|अक्टोबर|नोभेम्बर|डिसेम्बर",
    /* ps */ "جنوري|فبروري|مارچ|اپریل|مۍ|جون|جولای|اګست|سپتمبر|اکتوبر|نومبر|دسمبر",
};

using NameMap = std::map<std::string, int, std::less<>>;

void split(std::string_view text, char separator, auto&& each) {
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    each(text.substr(start, end - start));
    start = end + 1;
  }
}

const NameMap& months() {
  static const NameMap map = [] {
    NameMap built;
    for (const char* language : kMonths) {
      int number = 0;
      split(language, '|', [&](std::string_view group) {
        ++number;
        split(group, ',', [&](std::string_view name) { built.emplace(fold(name), number); });
      });
    }
    return built;
  }();
  return map;
}

/// A truncated name ("novem"), if all names with this prefix mean the same month.
std::optional<int> cut_name(std::string_view word) {
  const NameMap& map = months();
  std::optional<int> found;
  for (auto it = map.lower_bound(word); it != map.end() && it->first.starts_with(word); ++it) {
    if (found && *found != it->second) return std::nullopt;
    found = it->second;
  }
  return found;
}

/// An inflected name ("maaliskuuta").
std::optional<int> long_name(std::string_view word) {
  for (std::size_t size = word.size() - 1; size >= 4; --size) {
    const bool ascii = static_cast<unsigned char>(word[0]) < 0x80;
    if (size < (ascii ? 5U : 8U) || word.size() - size > (ascii ? 4U : 8U)) break;
    if (const auto it = months().find(word.substr(0, size)); it != months().end()) return it->second;
  }
  return std::nullopt;
}

/// Prefixes attached to a month without a space: Hebrew "in" and "to", Thai "month".
constexpr std::array<std::string_view, 3> kPrefixes{"ב", "ל", "เดือน"};

std::optional<int> one_word(std::string_view word) {
  if (const auto it = months().find(word); it != months().end()) return it->second;
  for (const std::string_view prefix : kPrefixes) {
    if (!word.starts_with(prefix)) continue;
    if (const auto it = months().find(word.substr(prefix.size())); it != months().end()) return it->second;
  }
  const bool ascii = !word.empty() && static_cast<unsigned char>(word[0]) < 0x80;
  if (word.size() > 64 || word.size() < (ascii ? 3U : 6U)) return std::nullopt;
  if (const auto found = cut_name(word)) return found;
  return word.size() > 5 ? long_name(word) : std::nullopt;
}

struct Zone {
  std::string_view name;
  int minutes;
};

/// For ambiguous abbreviations, the meaning most common in news: IST is India, CST and EST are America.
constexpr Zone kZones[] = {
    {"z", 0},       {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"wet", 0},    {"west", 60},  {"bst", 60},
    {"cet", 60},    {"cest", 120}, {"met", 60},   {"mez", 60},   {"mest", 120}, {"mesz", 120}, {"eet", 120},
    {"eest", 180},  {"msk", 180},  {"мск", 180},  {"msd", 240},  {"trt", 180},  {"ist", 330},  {"pkt", 300},
    {"npt", 345},   {"ict", 420},  {"wib", 420},  {"wita", 480}, {"wit", 540},  {"sgt", 480},  {"hkt", 480},
    {"pht", 480},   {"awst", 480}, {"jst", 540},  {"kst", 540},  {"acst", 570}, {"acdt", 630}, {"aest", 600},
    {"aedt", 660},  {"nzst", 720}, {"nzdt", 780}, {"sast", 120}, {"cat", 120},  {"eat", 180},  {"wat", 60},
    {"brt", -180},  {"art", -180}, {"clt", -240}, {"at", -240},  {"ast", -240}, {"adt", -180}, {"nst", -210},
    {"ndt", -150},  {"est", -300}, {"edt", -240}, {"et", -300},  {"cst", -360}, {"cdt", -300}, {"ct", -360},
    {"mst", -420},  {"mdt", -360}, {"mt", -420},  {"pst", -480}, {"pdt", -420}, {"pt", -480},  {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"idt", 180},  {"gst", 240},  {"azt", 240},  {"amt", 240},  {"get", 240},
    {"uzt", 300},
};

struct Part {
  std::string_view name;
  DayPart part;
};
constexpr Part kParts[] = {
    {"am", DayPart::am},
    {"pm", DayPart::pm},
    {"ap", DayPart::am},
    {"pd", DayPart::am},
    {"md", DayPart::pm},
    {"pg", DayPart::am},
    {"ptg", DayPart::pm},
    {"ip", DayPart::pm},
    {"上午", DayPart::am},
    {"下午", DayPart::pm},
    {"午前", DayPart::am},
    {"午後", DayPart::pm},
    {"午后", DayPart::pm},
    {"凌晨", DayPart::am},
    {"早上", DayPart::am},
    {"晚上", DayPart::pm},
    {"晚", DayPart::pm},
    {"晚間", DayPart::pm},
    {"晚间", DayPart::pm},
    {"傍晚", DayPart::pm},
    {"오전", DayPart::am},
    {"오후", DayPart::pm},
    {"पूर्वाह्न", DayPart::am},
    {"अपराह्न", DayPart::pm},
    {"πμ", DayPart::am},
    {"μμ", DayPart::pm},
    {"ص", DayPart::am},
    {"م", DayPart::pm},
    {"صباحا", DayPart::am},
    {"مساء", DayPart::pm},
    {"noon", DayPart::noon},
    {"midday", DayPart::noon},
    {"midi", DayPart::noon},
    {"mediodia", DayPart::noon},
    {"podne", DayPart::noon},
    {"mittag", DayPart::noon},
    {"midnight", DayPart::midnight},
    {"minuit", DayPart::midnight},
    {"mitternacht", DayPart::midnight},
    {"medianoche", DayPart::midnight},
    {"ponoc", DayPart::midnight},
};

constexpr const char* kChange[] = {
    "updated",     "modified",   "changed",    "aktualisiert",  "geandert",     "mis",       "modifie",
    "actualizado", "aggiornato", "atualizado", "bijgewerkt",    "обновлено",    "изменено",  "güncellendi",
    "uppdaterad",  "opdateret",  "oppdatert",  "aktualizovano", "aktualizacja", "frissitve", "更新"};

/// Vietnamese numbers its months: "tháng 1", "thg 1".
std::optional<Month> counted_month(std::span<const Token> tokens) {
  if (tokens.empty() || !(tokens[0].is("thang") || tokens[0].is("thg"))) return std::nullopt;
  const std::size_t at = tokens.size() > 1 && tokens[1].is(".") ? 2 : 1;
  if (at >= tokens.size() || tokens[at].kind != Kind::number || tokens[at].used) return std::nullopt;
  if (tokens[at].digits() > 2 || tokens[at].value < 1 || tokens[at].value > 12) return std::nullopt;
  return Month{static_cast<int>(tokens[at].value), at + 1};
}

}  // namespace

std::optional<Month> find_month(std::span<const Token> tokens) {
  if (const auto counted = counted_month(tokens)) return counted;
  std::array<std::string, 3> joined;
  std::size_t count = 0;
  for (; count < 3 && count < tokens.size() && tokens[count].kind == Kind::word && !tokens[count].used; ++count) {
    if (tokens[count].text.size() > 64) break;
    joined[count] = count == 0 ? tokens[0].text : joined[count - 1] + ' ' + tokens[count].text;
  }
  for (std::size_t words = count; words > 1; --words) {
    if (const auto it = months().find(joined[words - 1]); it != months().end()) return Month{it->second, words};
  }
  if (count == 0) return std::nullopt;
  if (const auto number = one_word(joined[0])) return Month{*number, 1};
  return std::nullopt;
}

DayPart find_day_part(std::string_view word) {
  static const auto map = [] {
    std::map<std::string, DayPart, std::less<>> built;
    for (const Part& part : kParts) built.emplace(fold(part.name), part.part);
    return built;
  }();
  const auto it = map.find(word);
  return it == map.end() ? DayPart::none : it->second;
}

std::optional<int> find_zone(std::string_view word) {
  const auto* it = std::ranges::find(kZones, word, &Zone::name);
  if (it == std::end(kZones)) return std::nullopt;
  return it->minutes;
}

bool announces_change(std::string_view word) {
  static const auto words = [] {
    std::vector<std::string> built;
    for (const char* name : kChange) built.push_back(fold(name));
    return built;
  }();
  return std::ranges::find(words, word) != words.end();
}

}  // namespace pw::text::date
