#include "core/result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

namespace pw {
namespace {

struct Counted {
  std::string name;
};

Result<std::unique_ptr<Counted>> make(bool good) {
  if (!good) return fail(Errc::not_found, "{} of {}", "none", 3);
  return std::make_unique<Counted>(Counted{"it"});
}

TEST(Result, HoldsAValueOrAnError) {
  const auto good = make(true);
  ASSERT_TRUE(good);
  EXPECT_TRUE(good.has_value());
  EXPECT_EQ((*good)->name, "it");
  EXPECT_EQ(good->get()->name, "it");
  const auto bad = make(false);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, Errc::not_found);
  EXPECT_EQ(bad.error().message, "none of 3");
}

TEST(Result, AskingForTheValueOfAFailureThrowsItsMessage) {
  try {
    make(false).value();
    FAIL() << "there is no value";
  } catch (const BadResult& bad) {
    EXPECT_STREQ(bad.what(), "none of 3");
  }
  EXPECT_THROW(Result<void>(fail(Errc::io, "no")).value(), BadResult);
}

TEST(Result, GivesItsValueAwayAndIsCopiedAsItsValueIs) {
  const std::unique_ptr<Counted> taken = *make(true);
  EXPECT_EQ(taken->name, "it");
  EXPECT_EQ(make(true).value()->name, "it");
  Result<std::string> first = std::string("text");
  Result<std::string> copy = first;
  *copy += "s";
  first = fail(Errc::busy, "later");
  EXPECT_EQ(copy.value(), "texts");
  EXPECT_EQ(first.error().message, "later");
  first = copy;
  EXPECT_EQ(*first, "texts");
  static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);
  static_assert(!std::is_convertible_v<Result<std::string>, bool>, "only where a condition is asked for");
}

TEST(Result, WithoutAWordItIsDoneOrADefaultValue) {
  EXPECT_TRUE(Result<void>{});
  EXPECT_EQ(*Result<int>{}, 0);
  EXPECT_FALSE(Result<void>(fail(Errc::io, "no")));
  EXPECT_EQ(std::move(Result<void>(fail(Errc::io, "no"))).error().message, "no");
}

}  // namespace
}  // namespace pw
