#include "source/runnable.hpp"

#include "unit/source/package_folder.hpp"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <string>

namespace pw::source {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RunnableTest : public testing::Test {
 protected:
  std::string refused(const std::string& command) {
    Package package;
    package.folder = folder_.path() / "wire";
    package.kind = PackageKind::exec;
    package.command = {command};
    const auto can = can_run(package);
    return can ? "" : can.error().message;
  }

  /// The start of a program for a machine that nobody has.
  static std::string foreign_program() {
    Elf64_Ehdr header{};
    std::memcpy(static_cast<void*>(header.e_ident), ELFMAG, SELFMAG);
    header.e_machine = EM_VAX;
    return {reinterpret_cast<const char*>(&header), sizeof header};
  }

  PackageFolder folder_;
};

TEST_F(RunnableTest, WhatIsHereCanRun) {
  folder_.write("wire/run", "#!/bin/sh\n");
  folder_.write("wire/run-env", "#!/usr/bin/env sh\n");
  EXPECT_EQ(refused("sh"), "");
  EXPECT_EQ(refused("./run"), "");
  EXPECT_EQ(refused("./run-env"), "");
}

TEST_F(RunnableTest, AProgramOrAnInterpreterThatIsMissing) {
  folder_.write("wire/run", "#!/opt/no-such/python9\nprint()\n");
  folder_.write("wire/run-env", "#!/usr/bin/env no-such-interpreter\n");
  EXPECT_THAT(refused("no-such-program"), HasSubstr("its program no-such-program is not here: install it"));
  EXPECT_THAT(refused("./gone"), HasSubstr("there is no such file in its folder"));
  EXPECT_THAT(refused("./run"), HasSubstr("needs the interpreter /opt/no-such/python9, which is not here"));
  EXPECT_THAT(refused("./run-env"), HasSubstr("needs the interpreter no-such-interpreter"));
}

TEST_F(RunnableTest, AProgramThatMayNotBeExecuted) {
  folder_.write("wire/run", "#!/bin/sh\n");
  fs::permissions(folder_.path() / "wire/run", fs::perms(0600));
  EXPECT_THAT(refused("./run"), HasSubstr("may not be executed; chmod +x "));
}

TEST_F(RunnableTest, AProgramOrALibraryForAnotherMachine) {
  folder_.write("wire/run", foreign_program());
  EXPECT_THAT(refused("./run"), HasSubstr("is for machine 75, and this machine is "));
  Package package;
  package.kind = PackageKind::native;
  package.library = folder_.path() / "wire" / "run";
  EXPECT_FALSE(can_run(package));
}

}  // namespace
}  // namespace pw::source
