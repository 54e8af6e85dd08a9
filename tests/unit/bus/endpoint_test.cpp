#include "bus/endpoint.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace pw::bus {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string refusal(const std::string& endpoint) {
  const auto free = check_free(endpoint, "live");
  return free ? "" : free.error().message;
}

/// Listens on a port of its own, or on a path.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  explicit Listener(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(path, address.sun_path);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

TEST(Endpoint, ABadAddressSaysWhatIsBad) {
  EXPECT_THAT(refusal("tcp://127.0.0.1"), HasSubstr("needs an address and a port from 1 to 65535"));
  EXPECT_THAT(refusal("tcp://127.0.0.1:99999"), HasSubstr("needs an address and a port"));
  EXPECT_THAT(refusal("tcp://127.0.0.nine:1"), HasSubstr("only loopback"));
  EXPECT_THAT(refusal("7701"), HasSubstr("is no address of a bus; use tcp://127.0.0.1:PORT or ipc:///PATH"));
  EXPECT_THAT(refusal("ipc://" + std::string(200, 'x')), HasSubstr("too long"));
}

TEST(Endpoint, APortInUseIsFoundAndAFreeOneIsNot) {
  std::string endpoint;
  {
    const Listener other;
    endpoint = "tcp://127.0.0.1:" + std::to_string(other.port());
    EXPECT_THAT(refusal(endpoint), HasSubstr("cannot listen on " + endpoint + ": Address already in use"));
    EXPECT_THAT(refusal(endpoint), HasSubstr("set bus.live"));
  }
  EXPECT_EQ(refusal(endpoint), "");
}

TEST(Endpoint, APathIsUsableIfNobodyListensThere) {
  const fs::path folder = fs::temp_directory_path() / ("pw-endpoint-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::string endpoint = "ipc://" + (folder / "live").string();
  EXPECT_EQ(refusal(endpoint), "");
  {
    const Listener other((folder / "live").string());
    EXPECT_THAT(refusal(endpoint), HasSubstr("Address already in use"));
  }
  EXPECT_EQ(refusal(endpoint), "") << "a dead daemon left it";
  fs::remove(folder / "live");
  std::ofstream(folder / "live") << "x";
  EXPECT_THAT(refusal(endpoint), HasSubstr("a file that is no socket"));
  EXPECT_THAT(refusal("ipc://" + (folder / "nowhere" / "live").string()), HasSubstr("No such file"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace pw::bus
