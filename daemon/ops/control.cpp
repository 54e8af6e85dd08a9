#include "ops/control.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"
#include "ops/control_path.hpp"
#include "runtime/accept.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <istream>
#include <list>
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

/// One connection. Kept in the order of last activity.
struct Client {
  explicit Client(Protocol::socket socket) : stream(std::move(socket)) {}
  boost::beast::basic_stream<Protocol, asio::any_io_executor> stream;
  bool waits = false;  ///< for the reply to its request
};
using Clients = std::list<std::shared_ptr<Client>>;

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
  static asio::awaitable<void> serve(std::shared_ptr<State> self, std::shared_ptr<Client> client);

  asio::any_io_executor loop;
  std::filesystem::path path;
  ControlHandler handler;
  ControlLimits limits;
  Protocol::acceptor acceptor;
  FileIdentity file;
  Clients clients;  ///< least recently active first
};

void Control::State::bind() {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  remove_stale_socket(path);
  try {
    using std::filesystem::perms;
    acceptor.open();
    acceptor.bind(Protocol::endpoint(path.string()));
    file = identity_of(path);
    std::filesystem::permissions(path, perms::owner_read | perms::owner_write | perms::group_read | perms::group_write);
    acceptor.listen();
  } catch (const std::exception& error) {
    throw std::runtime_error(
        fmt::format("the control socket {} cannot be made: {}", printable(path.string()), message_of(error)));
  }
}

void Control::State::welcome(const std::shared_ptr<State>& self, Protocol::socket socket) {
  while (clients.size() >= limits.clients) {
    const auto idle = std::ranges::find(clients, false, &Client::waits);
    const auto leaving = idle != clients.end() ? idle : clients.begin();
    (*leaving)->stream.close();
    clients.erase(leaving);
  }
  const auto client = std::make_shared<Client>(std::move(socket));
  clients.push_back(client);
  auto task = serve(self, client);
  runtime::spawn(loop, std::move(task), "control client");
}

asio::awaitable<void> Control::State::accept(std::shared_ptr<State> self) {
  auto on_client = [&self](Protocol::socket socket) { self->welcome(self, std::move(socket)); };
  co_await runtime::accept_clients(self->acceptor, "the control socket", std::move(on_client));
}

asio::awaitable<void> Control::State::serve(std::shared_ptr<State> self, std::shared_ptr<Client> client) {
  struct Leave {
    Clients& from;
    const std::shared_ptr<Client>& who;
    ~Leave() { from.remove(who); }
  };
  const Leave leave{self->clients, client};
  auto& stream = client->stream;
  asio::streambuf buffer(self->limits.request_bytes);
  boost::system::error_code error;
  bool more = true;
  while (more) {
    stream.expires_after(self->limits.request_within);
    co_await asio::async_read_until(stream, buffer, '\n', asio::redirect_error(asio::use_awaitable, error));
    more = error != asio::error::not_found;
    if (error && more) co_return;
    const auto place = std::ranges::find(self->clients, client);
    if (place == self->clients.end()) co_return;
    self->clients.splice(self->clients.end(), self->clients, place);
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
  for (const auto& client : state_->clients) client->stream.close();
  std::error_code also_ignored;
  if (identity_of(state_->path) == state_->file) std::filesystem::remove(state_->path, also_ignored);
}

std::size_t Control::clients() const { return state_->clients.size(); }

}  // namespace pw::ops
