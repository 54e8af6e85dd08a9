#include "query/widen.hpp"

#include "query/spellings.hpp"

#include <gmock/gmock.h>

namespace pw::query {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> spellings(std::string_view term) {
  std::vector<std::string> out;
  for (const Spelling& one : other_spellings(term)) out.push_back(one.exact ? '{' + one.text + '}' : one.text);
  return out;
}

std::string widened(std::string_view query, const Widening& widening) {
  auto parsed = parse_query(query);
  auto& root = std::get<Node>(parsed);
  EXPECT_FALSE(widen(root, widening));
  return to_query(root);
}

TEST(Spellings, CodesAreJoinedAndParted) {
  EXPECT_THAT(spellings("F-35"), ElementsAre("F35"));
  EXPECT_THAT(spellings("F35"), ElementsAre("F 35"));
  EXPECT_THAT(spellings("7-UP jets"), ElementsAre("7UP jets", "7 U P jets"));
  EXPECT_THAT(spellings("Boeing 737"), IsEmpty());
  EXPECT_THAT(spellings("vice-chair"), IsEmpty());
}

TEST(Spellings, Thousands) {
  EXPECT_THAT(spellings("1,000"), ElementsAre("1000"));
  EXPECT_THAT(spellings("1\u202F000\u202F000 jobs"), ElementsAre("1000000 jobs"));
  EXPECT_THAT(spellings("12500 jobs"), ElementsAre("12 500 jobs"));
  EXPECT_THAT(spellings("1,00"), IsEmpty());
  EXPECT_THAT(spellings("1 000"), IsEmpty());
  EXPECT_THAT(spellings("100"), IsEmpty());
}

TEST(Spellings, InitialsAreOnlyFoundInCapitals) {
  EXPECT_THAT(spellings("U.S. Navy"), ElementsAre("{US Navy}"));
  EXPECT_THAT(spellings("U.S.A"), ElementsAre("{USA}"));
  EXPECT_THAT(spellings("US"), ElementsAre("U S"));
  EXPECT_THAT(spellings("us"), IsEmpty());
  EXPECT_THAT(spellings("UNESCO"), IsEmpty());
}

TEST(Widen, NothingIsWidenedUnasked) {
  EXPECT_EQ(widened("F-35 AND oil", {}), widened("F-35 AND oil", {{"he"}, false}));
}

TEST(Widen, SpellingsAreAlternativesOfTheirTerm) {
  const std::string query = widened("title:F-35 AND \"U.S.\"", {{}, true});
  EXPECT_THAT(query, HasSubstr("title:F35"));
  EXPECT_THAT(query, HasSubstr("{US}"));
}

TEST(Widen, FormsAreThoseOfTheWordsScript) {
  EXPECT_THAT(widened("הנפט", {{"he"}, false}), HasSubstr("והנפט"));
  EXPECT_THAT(widened("نفط", {{"he", "ar"}, false}), HasSubstr("ونفط"));
  EXPECT_THAT(widened("کتاب", {{"fa"}, false}), HasSubstr("کتابهای"));
  EXPECT_THAT(widened("서울", {{"ko"}, false}), HasSubstr("서울에서"));
  EXPECT_THAT(widened("თბილისი", {{"ka"}, false}), HasSubstr("თბილისთან"));
  EXPECT_EQ(widened("oil", {{"he", "ar", "fa", "ko", "ka", "hy"}, false}), "oil");
}

TEST(Widen, ExactFormsAndWildcardsStayAsTheyAre) {
  EXPECT_EQ(widened("{F-35} OR oil-35*", {{}, true}), widened("{F-35} OR oil-35*", {}));
}

TEST(Widen, ANearIsStillANear) { EXPECT_THAT(widened("F-35 NEAR/3 Iran", {{}, true}), HasSubstr("NEAR/3")); }

TEST(Widen, TooManyTermsAreAnError) {
  Node word;
  word.term = "서울";
  word.tokens = {"서울"};
  Node root;
  root.kind = Node::Kind::any;
  root.children.assign(6'000, word);
  const auto error = widen(root, {{"ko"}, false});
  ASSERT_TRUE(error);
  EXPECT_THAT(error->message, HasSubstr("200000 terms"));
}

}  // namespace
}  // namespace pw::query
