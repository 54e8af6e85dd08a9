#include "ops/journal.hpp"

#include "core/log/format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::ops {
namespace {

using ::testing::ElementsAre;

const log::Message& row(log::MessageId id) { return id.row(); }

TEST(Journal, AMessageHasItsFields) {
  const log::Record record{&row("page-unreadable"), log::Level::warn, {"wire", "https://news.example/a"}, "two\nlines"};
  EXPECT_THAT(journal_fields(record),
              ElementsAre("MESSAGE=two\nlines", "PRIORITY=4", "SYSLOG_IDENTIFIER=presswatchd",
                          "MESSAGE_ID=" + log::message_uuid("page-unreadable"), "PRESSWATCH_MESSAGE=page-unreadable",
                          "PRESSWATCH_SOURCE=wire", "PRESSWATCH_URL=https://news.example/a"));
}

TEST(Journal, ALineWithoutARowHasNoEmptyFields) {
  EXPECT_THAT(journal_fields({nullptr, log::Level::info, {}, "watching"}),
              ElementsAre("MESSAGE=watching", "PRIORITY=6", "SYSLOG_IDENTIFIER=presswatchd"));
}

}  // namespace
}  // namespace pw::ops
