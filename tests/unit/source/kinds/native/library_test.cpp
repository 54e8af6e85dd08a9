#include "unit/source/kinds/native/loaded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace pw::native {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(NativeLibrary, WhatCannotBeLoadedIsRefusedAndSaysWhy) {
  EXPECT_EQ(Loaded("obedient").refusal(), "");
  EXPECT_THAT(Loaded("other_major").refusal(),
              HasSubstr("needs version 2.0 of the plugin ABI; this presswatch has 1.0"));
  EXPECT_THAT(Loaded("newer_minor").refusal(), HasSubstr("needs version 1.999 of the plugin ABI"));
  EXPECT_THAT(Loaded("short_descriptor").refusal(),
              HasSubstr("has a descriptor of 16 bytes, but version 1.0 requires"));
  EXPECT_THAT(Loaded("huge_descriptor").refusal(), HasSubstr("a descriptor of 1000000 bytes"));
  EXPECT_THAT(Loaded("no_parse").refusal(), HasSubstr("lacks the function parse"));
  EXPECT_THAT(Loaded("no_descriptor").refusal(), HasSubstr("returned NULL from pw_plugin_get()"));
  EXPECT_THAT(Loaded("no_symbol").refusal(), HasSubstr("does not export pw_plugin_get()"));
  EXPECT_THAT(Loaded("unresolved").refusal(), AllOf(HasSubstr("cannot load"), HasSubstr("no_such_function")));
}

TEST(NativeLibrary, AFileThatIsNoSharedObjectIsRefused) {
  const Loaded loaded("obedient");
  std::ofstream(loaded.file()) << "#!/bin/sh\necho hello\n";
  EXPECT_THAT(loaded.refusal(), AllOf(HasSubstr("wire.so"), HasSubstr("cannot load")));
  std::ofstream(loaded.file(), std::ios::trunc).flush();
  EXPECT_THAT(loaded.refusal(), HasSubstr("cannot load"));
}

TEST(NativeLibrary, AFileThatIsWrittenOverDisturbsNobody) {
  const Loaded loaded("obedient");
  const auto source = loaded.source("emit");
  const auto size = std::filesystem::file_size(loaded.file());
  std::ofstream(loaded.file(), std::ios::in) << std::string(size, '\xCC');
  const auto polled = source->poll({"c", kNow});
  ASSERT_TRUE(polled);
  EXPECT_EQ(polled->cursor, "c");
  loaded.install(std::filesystem::path(PW_TEST_PLUGINS) / "throwing.so");
  EXPECT_FALSE(loaded.source("poll", "where")->poll({"c", kNow})) << "the new file is another plugin";
  EXPECT_TRUE(source->poll({"c", kNow})) << "the old one goes on";
}

TEST(NativeLibrary, WhatIsThrownEndsNothingButTheCall) {
  const Loaded loaded("throwing");
  EXPECT_THROW(loaded.source("create", "where"), std::invalid_argument);
  EXPECT_THROW(loaded.source("number", "where"), std::invalid_argument);
  const auto poll = loaded.source("poll", "where")->poll({"", kNow});
  ASSERT_FALSE(poll);
  EXPECT_EQ(poll.error().code, Errc::plugin);
  EXPECT_EQ(poll.error().message, "poll() of the plugin wire threw an exception: out of cheese");
  EXPECT_FALSE(loaded.source("parse", "where")->parse({"", "", "", "", "", kNow}));
  EXPECT_FALSE(loaded.source("extract", "where")->extract({"", "", kNow}));
  const CaughtLog log;
  loaded.source("stored", "where")->stored("c");
  EXPECT_THAT(log.text(), HasSubstr("stored() of the plugin wire threw"));
  loaded.source("destroy", "where").reset();
  EXPECT_THAT(log.text(), HasSubstr("from destroy()"));
}

}  // namespace
}  // namespace pw::native
