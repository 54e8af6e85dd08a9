#include "core/json/json_member.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace pw {
namespace {

const boost::json::object kRow =
    boost::json::parse(R"({"text":"a","empty":"","n":7,"half":0.5,"below":-1,"most":18446744073709551615,
                           "object":{"x":1},"list":[1],"null":null})")
        .as_object();

TEST(JsonMember, ATextOrWhatIsSaidInstead) {
  EXPECT_EQ(text_member(kRow, "text"), "a");
  EXPECT_EQ(text_member(kRow, "text", "-"), "a");
  EXPECT_EQ(text_member(kRow, "empty", "-"), "");
  for (const char* none : {"absent", "null", "n", "list"}) {
    EXPECT_EQ(text_member(kRow, none), "") << none;
    EXPECT_EQ(text_member(kRow, none, "-"), "-") << none;
  }
}

TEST(JsonMember, AWholeNumberThatIsNotNegative) {
  EXPECT_EQ(count_member(kRow, "n"), 7U);
  EXPECT_EQ(count_member(kRow, "most"), 18'446'744'073'709'551'615U);
  for (const char* none : {"absent", "null", "half", "below", "text"})
    EXPECT_EQ(count_member(kRow, none), std::nullopt);
}

TEST(JsonMember, AnObjectOrAList) {
  ASSERT_NE(object_member(kRow, "object"), nullptr);
  EXPECT_EQ(object_member(kRow, "object")->size(), 1U);
  ASSERT_NE(array_member(kRow, "list"), nullptr);
  EXPECT_EQ(array_member(kRow, "list")->size(), 1U);
  for (const char* none : {"absent", "null", "text"}) {
    EXPECT_EQ(object_member(kRow, none), nullptr);
    EXPECT_EQ(array_member(kRow, none), nullptr);
  }
}

}  // namespace
}  // namespace pw
