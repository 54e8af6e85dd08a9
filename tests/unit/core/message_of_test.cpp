#include "core/message_of.hpp"

#include "core/roff.hpp"

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace pw {
namespace {

constexpr boost::source_location kHere = BOOST_CURRENT_LOCATION;

TEST(MessageOf, AnErrorOfBoostDoesNotNameItsSource) {
  const boost::system::error_code denied(EACCES, boost::system::system_category(), &kHere);
  const boost::system::system_error error(denied);
  ASSERT_NE(std::string(error.what()).find("message_of_test.cpp"), std::string::npos);
  EXPECT_EQ(message_of(error), "Permission denied");
}

TEST(MessageOf, OthersSayWhatTheySayMadePrintable) {
  EXPECT_EQ(message_of(std::runtime_error("no\x1b[31m")), "no\\x1b[31m");
}

TEST(Roff, MarkupIsEscaped) {
  EXPECT_EQ(roff(".br"), "\\&.br");
  EXPECT_EQ(roff("'a'"), "\\&'a'");
  EXPECT_EQ(roff("a\\b --json"), "a\\eb \\-\\-json");
  EXPECT_EQ(roff_argument("\"a b\"~n"), "\"\\(dqa b\\(dq\\(tin\"");
}

}  // namespace
}  // namespace pw
