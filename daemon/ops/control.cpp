#include "ops/control.hpp"

#include "core/log.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>

#include <istream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace pw::ops {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;

namespace {

constexpr std::size_t kMaxLine = 64 * 1024;

std::string answer(const ControlHandler& handler, const std::string& line) {
  boost::json::object out;
  try {
    boost::json::error_code bad;
    const boost::json::value request = boost::json::parse(line, bad);
    if (bad || !request.is_object()) {
      out = {{"error", "the request is not a JSON object"}};
    } else {
      out = handler(request.get_object());
    }
  } catch (const std::exception& error) {
    out = {{"error", error.what()}};
  }
  return boost::json::serialize(out) + '\n';
}

bool somebody_answers(const asio::any_io_executor& loop, const std::filesystem::path& path) {
  Protocol::socket probe(loop);
  boost::system::error_code error;
  probe.connect(Protocol::endpoint(path.string()), error);
  return !error;
}

}  // namespace

Control::Control(asio::any_io_executor loop, std::filesystem::path path, ControlHandler handler)
    : loop_(std::move(loop)), path_(std::move(path)), handler_(std::move(handler)), acceptor_(loop_) {
  if (somebody_answers(loop_, path_)) {
    throw std::runtime_error(
        fmt::format("another presswatchd answers on {}; stop it, or set daemon.control to another "
                    "path",
                    path_.string()));
  }
  std::error_code ignored;
  std::filesystem::create_directories(path_.parent_path(), ignored);
  std::filesystem::remove(path_, ignored);
  try {
    acceptor_.open();
    acceptor_.bind(Protocol::endpoint(path_.string()));
    std::filesystem::permissions(path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write |
                                            std::filesystem::perms::group_read | std::filesystem::perms::group_write);
    acceptor_.listen();
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("the control socket {} cannot be made: {}", path_.string(), error.what()));
  }
}

Control::~Control() { stop(); }

void Control::start() {
  auto task = accept();
  runtime::spawn(loop_, std::move(task), "control");
}

void Control::stop() {
  if (!acceptor_.is_open()) return;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  std::error_code also_ignored;
  std::filesystem::remove(path_, also_ignored);
}

asio::awaitable<void> Control::accept() {
  while (acceptor_.is_open()) {
    boost::system::error_code error;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    auto task = serve(std::move(socket), handler_);
    runtime::spawn(loop_, std::move(task), "control client");
  }
}

asio::awaitable<void> Control::serve(Protocol::socket socket, ControlHandler handler) {
  asio::streambuf buffer(kMaxLine);
  boost::system::error_code error;
  while (true) {
    co_await asio::async_read_until(socket, buffer, '\n', asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    std::string line;
    std::istream in(&buffer);
    std::getline(in, line);
    const std::string reply = answer(handler, line);
    co_await asio::async_write(socket, asio::buffer(reply), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
  }
}

}  // namespace pw::ops
