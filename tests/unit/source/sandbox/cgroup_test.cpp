#include "source/sandbox/cgroup.hpp"

#include <gtest/gtest.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace pw::sandbox {
namespace {

namespace fs = std::filesystem;

/// A copy of the kernel's files for a service, in which written data can be read back.
class Tree {
 public:
  Tree() {
    std::string name = (fs::temp_directory_path() / "pw-cgroup-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    places.root = name;
    places.own = places.root / "own";
    fs::create_directories(group());
    write("own", "9:name=systemd:/other\n0::/system.slice/presswatch.service\n");
    write("system.slice/presswatch.service/cgroup.controllers", "cpu memory pids\n");
  }
  ~Tree() { fs::remove_all(places.root); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  [[nodiscard]] bool delegate() const { return setxattr(group().c_str(), "user.delegate", "1", 1, 0) == 0; }
  [[nodiscard]] fs::path group() const { return places.root / "system.slice/presswatch.service"; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(places.root / name) << text; }
  static std::string read(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  CgroupPlaces places;
};

TEST(Cgroup, WithoutDelegationNothingIsTouched) {
  const Tree tree;
  EXPECT_FALSE(Cgroups::adopt(tree.places));
  EXPECT_FALSE(fs::exists(tree.group() / "daemon"));
}

TEST(Cgroup, ADelegatedSubtreeIsPreparedAndChildrenAreLimited) {
  const Tree tree;
  if (!tree.delegate()) GTEST_SKIP() << "this file system keeps no extended attributes";
  const auto groups = Cgroups::adopt(tree.places);
  ASSERT_TRUE(groups);
  EXPECT_EQ(Tree::read(tree.group() / "daemon/cgroup.procs"), std::to_string(getpid()));
  EXPECT_EQ(Tree::read(tree.group() / "cgroup.subtree_control"), "+memory +pids");
  const auto made = groups->make("wire", 1000, 9);
  const auto second = groups->make("wire", 1000, 9);
  ASSERT_TRUE(made && second);
  EXPECT_NE(*made, *second);
  EXPECT_EQ(Tree::read(*made / "memory.max"), "1000");
  EXPECT_EQ(Tree::read(*made / "memory.swap.max"), "0");
  EXPECT_EQ(Tree::read(*made / "pids.max"), "9");
  ASSERT_TRUE(join_cgroup(*made));
  EXPECT_EQ(Tree::read(*made / "cgroup.procs"), std::to_string(getpid()));
}

TEST(Cgroup, WhatCannotBeJoinedIsSaid) {
  const auto joined = join_cgroup("/nowhere/at/all");
  ASSERT_FALSE(joined);
  EXPECT_NE(joined.error().message.find("/nowhere/at/all"), std::string::npos);
  EXPECT_TRUE(join_cgroup(""));
}

}  // namespace
}  // namespace pw::sandbox
