#include "core/id.hpp"

#include <gtest/gtest.h>

namespace pw {
namespace {

TEST(Id, PartsKeepTheirBounds) {
  EXPECT_EQ(derive_id({"a", "b"}), derive_id({"a", "b"}));
  EXPECT_NE(derive_id({"ab", "c"}), derive_id({"a", "bc"}));
  EXPECT_NE(derive_id({"a"}), derive_id({"a", ""}));
}

TEST(Id, HexGoesThereAndBack) {
  const Id id = random_id();
  EXPECT_EQ(id_from_hex(to_hex(id)), id);
  EXPECT_EQ(id_from_hex("00"), std::nullopt);
  EXPECT_EQ(id_from_hex("zz000000000000000000000000000000"), std::nullopt);
}

}  // namespace
}  // namespace pw
