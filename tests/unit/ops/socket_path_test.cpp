#include "ops/socket_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace pw::ops {
namespace {

using testing::HasSubstr;

class SocketPathTest : public testing::Test {
 protected:
  SocketPathTest()
      : path_(std::filesystem::temp_directory_path() / ("pw-path-" + std::to_string(::getpid()) + ".sock")) {
    std::filesystem::remove(path_);
  }
  ~SocketPathTest() override {
    if (listener_ >= 0) ::close(listener_);
    std::filesystem::remove(path_);
  }

  void bind(bool listen) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(path_.string(), address.sun_path);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    if (listen) ::listen(listener_, 1);
  }
  std::string refusal() {
    try {
      remove_stale_socket(path_, "daemon.control");
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  std::filesystem::path path_;
  int listener_ = -1;
};

TEST_F(SocketPathTest, NothingThereIsFine) { EXPECT_EQ(refusal(), ""); }

TEST_F(SocketPathTest, ASocketThatNobodyListensOnIsRemoved) {
  bind(false);
  EXPECT_EQ(refusal(), "");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, ASocketThatSomebodyListensOnStays) {
  bind(true);
  EXPECT_THAT(refusal(), HasSubstr("another presswatchd answers on"));
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, APipeIsNamedAndStays) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(refusal(), HasSubstr("is a pipe"));
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, AFileIsKnownByWhatItIsNotByItsName) {
  EXPECT_EQ(identity_of(path_), FileIdentity{});
  std::ofstream(path_) << "one";
  const FileIdentity one = identity_of(path_);
  EXPECT_NE(one, FileIdentity{});
  EXPECT_EQ(identity_of(path_), one);
  const std::filesystem::path other = path_.string() + ".other";
  std::ofstream(other) << "two";
  std::filesystem::rename(other, path_);
  EXPECT_NE(identity_of(path_), one);
}

}  // namespace
}  // namespace pw::ops
