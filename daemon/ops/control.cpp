#include "ops/control.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"
#include "ops/clients.hpp"
#include "ops/socket_path.hpp"
#include "runtime/accept.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>

#include <istream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace pw::ops {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;

namespace {

boost::json::object error_reply(std::string_view message) { return {{"error", message}}; }

std::string to_line(const boost::json::object& reply) { return boost::json::serialize(reply) + '\n'; }

std::optional<boost::json::object> parse_request(const std::string& line) {
  boost::json::error_code bad;
  boost::json::value request = boost::json::parse(line, bad);
  if (bad || !request.is_object()) return std::nullopt;
  return std::move(request.get_object());
}

asio::awaitable<std::string> answer(const ControlHandler& handler, std::string line) {
  boost::json::object reply;
  try {
    std::optional<boost::json::object> request = parse_request(line);
    if (request) {
      reply = co_await handler(std::move(*request));
    } else {
      reply = error_reply("the request is not a JSON object");
    }
  } catch (const std::exception& error) {
    reply = error_reply(message_of(error));
  }
  co_return to_line(reply);
}

std::string too_long(std::size_t most) {
  return to_line(error_reply(fmt::format("the request is longer than {} bytes", most)));
}

std::string take_line(asio::streambuf& buffer) {
  std::string line;
  std::istream in(&buffer);
  std::getline(in, line);
  return line;
}

}  // namespace

/// Shared with the coroutines, which may outlive the Control.
struct Control::State {
  State(const asio::any_io_executor& executor, std::filesystem::path where, ControlHandler answers, ControlLimits most)
      : loop(executor), path(std::move(where)), handler(std::move(answers)), limits(most), acceptor(executor) {}

  void bind();
  void welcome(const std::shared_ptr<State>& self, Protocol::socket socket);
  static asio::awaitable<void> accept(std::shared_ptr<State> self);
  static asio::awaitable<void> serve(std::shared_ptr<State> self, Clients<Protocol>::Handle client);

  asio::any_io_executor loop;
  std::filesystem::path path;
  ControlHandler handler;
  ControlLimits limits;
  Protocol::acceptor acceptor;
  SocketFile file;
  Clients<Protocol> clients;  ///< least recently active first
};

void Control::State::bind() {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  remove_stale_socket(path, "daemon.control");
  try {
    acceptor.open();
    acceptor.bind(Protocol::endpoint(path.string()));
    file.bound_at(path);
    acceptor.listen();
  } catch (const std::exception& error) {
    throw std::runtime_error(
        fmt::format("the control socket {} cannot be made: {}", printable(path.string()), message_of(error)));
  }
}

void Control::State::welcome(const std::shared_ptr<State>& self, Protocol::socket socket) {
  auto task = serve(self, clients.admit(std::move(socket), limits.clients));
  runtime::spawn(loop, std::move(task), "control client");
}

asio::awaitable<void> Control::State::accept(std::shared_ptr<State> self) {
  auto on_client = [&self](Protocol::socket socket) { self->welcome(self, std::move(socket)); };
  co_await runtime::accept_clients(self->acceptor, "the control socket", std::move(on_client));
}

asio::awaitable<void> Control::State::serve(std::shared_ptr<State> self, Clients<Protocol>::Handle client) {
  const Clients<Protocol>::Stay stay(self->clients, client);
  auto& stream = client->stream;
  asio::streambuf buffer(self->limits.request_bytes);
  boost::system::error_code error;
  bool more = true;
  while (more) {
    stream.expires_after(self->limits.request_within);
    co_await asio::async_read_until(stream, buffer, '\n', asio::redirect_error(asio::use_awaitable, error));
    more = error != asio::error::not_found;
    if (error && more) co_return;
    if (!self->clients.touch(client)) co_return;
    client->waits = more;
    // GCC 12 destroys the result twice if a conditional operator contains the co_await.
    std::string reply;
    if (more) {
      reply = co_await answer(self->handler, take_line(buffer));
    } else {
      reply = too_long(self->limits.request_bytes);
    }
    client->waits = false;
    stream.expires_after(self->limits.reply_within);
    co_await asio::async_write(stream, asio::buffer(reply), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
  }
}

Control::Control(const asio::any_io_executor& loop, std::filesystem::path path, ControlHandler handler,
                 ControlLimits limits)
    : state_(std::make_shared<State>(loop, std::move(path), std::move(handler), limits)) {
  state_->bind();
}

Control::~Control() { stop(); }

void Control::start() {
  auto task = State::accept(state_);
  runtime::spawn(state_->loop, std::move(task), "control");
}

void Control::stop() {
  if (!state_->acceptor.is_open()) return;
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  state_->clients.close_all();
  state_->file.remove();
}

std::size_t Control::clients() const { return state_->clients.size(); }

}  // namespace pw::ops
