#include "query/languages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::query {
namespace {

using testing::ElementsAre;
using testing::Optional;
using testing::StrEq;

TEST(Languages, CodesAreThoseOfArticles) {
  EXPECT_THAT(language_code_of("EN"), Optional(StrEq("en")));
  EXPECT_THAT(language_code_of(" fas "), Optional(StrEq("fa")));
  EXPECT_THAT(language_code_of("iw"), Optional(StrEq("he")));
  EXPECT_THAT(language_code_of("ckb"), Optional(StrEq("ckb")));
  for (const char* wrong : {"", "x", "xx", "zzz", "und", "mul", "english", "en-US", "e1"}) {
    EXPECT_EQ(language_code_of(wrong), std::nullopt) << wrong;
  }
}

TEST(Languages, WhatMayHaveBeenMeantIsFound) {
  EXPECT_THAT(language_meant("English"), Optional(StrEq("en")));
  EXPECT_THAT(language_meant("pt-BR"), Optional(StrEq("pt")));
  EXPECT_EQ(language_meant("klingonish"), std::nullopt);
}

TEST(Languages, NorwegianIsOneLanguageWithTwoForms) {
  EXPECT_THAT(accepted_languages("no"), ElementsAre("no", "nb", "nn"));
  EXPECT_THAT(accepted_languages("nb"), ElementsAre("nb", "no"));
  EXPECT_THAT(accepted_languages("da"), ElementsAre("da"));
}

}  // namespace
}  // namespace pw::query
