#include "extract/hints.hpp"

#include <gtest/gtest.h>

namespace pw::extract {
namespace {

Article article(std::string title, std::string text, std::string language = "") {
  Article out;
  out.title = std::move(title);
  out.text = std::move(text);
  out.language = std::move(language);
  return out;
}

const char* const kHarbour =
    "The harbour of the northern town will be closed for two weeks while divers look for the wreck of a ferry.\n"
    "Works on the pier, which began in spring, are late because of storms, the council told its members on Monday.";

TEST(MissingText, WhatThePageHoldsIsLeftOut) {
  const Article page = article("Harbour closed for two weeks", kHarbour);
  EXPECT_EQ(missing_text(article("HARBOUR closed, for two weeks!",
                                 "Works on the pier, which began in spring, are late "
                                 "because of storms."),
                         page),
            "");
  EXPECT_EQ(missing_text(article("", ""), page), "");
  EXPECT_EQ(missing_text(article("Ferry", "the wreck of a ferry"), page), "");
}

TEST(MissingText, WhatOnlyTheHintsSayIsKeptInOrder) {
  const Article page = article("Harbour closed for two weeks", kHarbour);
  const Article hints =
      article("Sturgeon delays harbour works",
              "short\n\nThe harbour of the northern town will be closed for two weeks while divers look "
              "for the wreck.\n  A sturgeon of four metres is named as the reason by the council.  ");
  EXPECT_EQ(missing_text(hints, page),
            "Sturgeon delays harbour works\nshort\nA sturgeon of four metres is named as the reason by the council.");
  EXPECT_EQ(missing_text(hints, article("", "")),
            hints.title +
                "\nshort\nThe harbour of the northern town will be closed for two "
                "weeks while divers look for the wreck.\nA sturgeon of four metres "
                "is named as the reason by the council.");
}

TEST(MissingText, AShortParagraphMustStandInOnePlace) {
  const Article page = article("", kHarbour);
  EXPECT_EQ(missing_text(article("closed wreck", ""), page), "closed wreck");
  EXPECT_EQ(missing_text(article("two weeks while divers", ""), page), "");
}

TEST(MissingText, AFewChangedWordsAreNoDifference) {
  std::string text = kHarbour;
  text.replace(text.find("Monday"), 6, "Tuesday");
  EXPECT_EQ(missing_text(article("", text), article("", kHarbour)), "");
}

TEST(MissingText, ScriptsWithoutSpacesGoByCharacters) {
  const Article page =
      article("", "北部の町の港は、沈んだフェリーを潜水士が捜す間、二週間閉鎖されると町議会が月曜日に発表した。");
  EXPECT_EQ(missing_text(article("北部の町の港は二週間閉鎖", ""), page), "");
  EXPECT_EQ(missing_text(article("町議会", ""), page), "");
  EXPECT_EQ(missing_text(article("チョウザメで工事が遅れる見通しと首相が表明", ""), page),
            "チョウザメで工事が遅れる見通しと首相が表明");
}

TEST(Disagree, APageAboutSomethingElse) {
  EXPECT_TRUE(disagree(article("Sturgeon caught below bridge", ""), article("Harbour closed", kHarbour)));
  EXPECT_TRUE(disagree(article("Осётр пойман рыбаками возле моста", "", "ru"),
                       article("Порт закрыт",
                               "Порт северного города будет закрыт на две недели, пока водолазы ищут затонувший паром. "
                               "Работы на пристани начались весной и задержались из-за бурь, сообщил городской совет.",
                               "ru")));
}

TEST(Disagree, OneWordInAnotherFormIsEnough) {
  EXPECT_FALSE(disagree(article("Sturgeon caught by harbours", ""), article("Harbour closed", kHarbour)));
  EXPECT_FALSE(disagree(article("Storm damages bridge cable", ""), article("Closed", kHarbour)));
  EXPECT_FALSE(
      disagree(article("נמל חיפה נסגר הבוקר", "", "he"),
               article("עדכון",
                       "הצוללנים מחפשים את המעבורת שטבעה בחיפה בשבוע שעבר, והעבודות על הרציף מתעכבות בגלל הסערות "
                       "שפקדו את האזור במשך כמה ימים, כך נמסר מן העירייה.",
                       "he")));
}

TEST(Disagree, NotWhereTheyCannotBeCompared) {
  const Article page = article("Harbour closed", kHarbour, "en");
  EXPECT_FALSE(disagree(article("Sturgeon caught", ""), page)) << "too few words";
  EXPECT_FALSE(disagree(article("What they said about this and that", ""), page)) << "no significant words";
  EXPECT_FALSE(disagree(article("Осётр пойман рыбаками возле моста", ""), page)) << "another script";
  EXPECT_FALSE(disagree(article("Stör unter Brücke gefangen", "", "de-AT"), page)) << "another language";
  EXPECT_FALSE(disagree(article("Sturgeon caught below bridge", ""), article("The Paper", ""))) << "says nothing";
  EXPECT_FALSE(disagree(article("", ""), page));
}

TEST(Disagree, HanGoesByTwoCharacters) {
  const Article page =
      article("港口關閉",
              "北部城市的港口將關閉兩星期，潛水員正在尋找沉沒的渡輪。碼頭工程因風暴而延誤，市議會星期一表示。", "zh");
  EXPECT_TRUE(disagree(article("總統訪問農場", "", "zh"), page));
  EXPECT_FALSE(disagree(article("渡輪沉沒調查報告", "", "zh"), page));
}

}  // namespace
}  // namespace pw::extract
