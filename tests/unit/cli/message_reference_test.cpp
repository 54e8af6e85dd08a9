#include "cli/message_reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace pw::cli {
namespace {

using testing::HasSubstr;

TEST(MessageReference, ThePageIsWhatTheTableSays) {
  std::ostringstream page;
  page << std::ifstream("docs/messages.md").rdbuf();
  EXPECT_EQ(page.str(), message_page()) << "presswatch messages --format markdown >docs/messages.md";
}

TEST(MessageReference, EachFormHasEachMessage) {
  const std::string texts = message_texts(log::kMessages);
  const std::string catalog = message_catalog();
  for (const log::Message& one : log::kMessages) {
    EXPECT_THAT(texts, HasSubstr(std::string(one.id) + " ("));
    EXPECT_THAT(catalog, HasSubstr("Subject: presswatch: " + std::string(one.id)));
  }
}

}  // namespace
}  // namespace pw::cli
