#include "text/token/tokens.hpp"

#include <gtest/gtest.h>

namespace pw::text {
namespace {

std::string words(std::string_view text) {
  Tokens tokens;
  tokens.read(text);
  std::string out;
  for (const Token& token : tokens.all()) {
    if (!out.empty()) out += ' ';
    out += tokens.text(token);
  }
  return out;
}

TEST(Tokens, CaseMarksAndLettersThatPeopleWriteWithout) {
  EXPECT_EQ(words("Bakı BAKÜ Zürich"), "baki baku zurich");
  EXPECT_EQ(words("Gəncə Gothenburg Straße"), "gence gothenburg strasse");
  EXPECT_EQ(words("آذربایجان"), words("آذربايجان"));
  EXPECT_EQ(words("e\u0301te\u0301"), "ete");
}

TEST(Tokens, PossessivesHyphensAndElisions) {
  EXPECT_EQ(words("Tehran’s envoy"), "tehran envoy");
  EXPECT_EQ(words("Aliyev's; officials' l'accord"), "aliyev officials l accord");
  EXPECT_EQ(words("vice-chair won't"), "vice chair won t");
}

TEST(Tokens, ScriptsWithoutSpacesAreLetters) {
  EXPECT_EQ(words("伊朗外長"), "伊 朗 外 長");
  EXPECT_EQ(words("アゼルバイジャンの首都"), "アゼルバイジャン の 首 都");
  EXPECT_EQ(words("이란의"), "이란의");
}

TEST(Tokens, ComposedAndDecomposedAreOne) {
  EXPECT_EQ(words("\u30CF\u3099\u30AF\u30FC"), words("\u30D0\u30AF\u30FC"));
  EXPECT_EQ(words("\u1112\u1161\u11AB"), words("\uD55C"));
}

TEST(Tokens, SignsDoNotGlue) { EXPECT_EQ(words("Brand™ x²"), "brand x"); }

TEST(Tokens, PlacesAreBytesOfTheOriginal) {
  const std::string_view text = "«Баку’s» Öl";
  Tokens tokens;
  tokens.read(text);
  ASSERT_EQ(tokens.all().size(), 2U);
  const auto original = [&](const Token& token) { return text.substr(token.begin, token.end - token.begin); };
  EXPECT_EQ(original(tokens.all()[0]), "Баку");
  EXPECT_EQ(original(tokens.all()[1]), "Öl");
}

TEST(Tokens, MalformedBytesSeparate) {
  EXPECT_EQ(words("a\xff"
                  "b\xC3"),
            "a b");
}

}  // namespace
}  // namespace pw::text
