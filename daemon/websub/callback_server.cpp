#include "websub/callback_server.hpp"

#include "core/descriptors.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "runtime/accept.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pw::websub {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint32_t kMaxHeader = 16 * 1024;
constexpr std::chrono::seconds kRetryAfter{15};
constexpr std::chrono::minutes kTellEvery{1};

using Stream = beast::basic_stream<tcp, asio::any_io_executor>;
using Parser = http::request_parser<http::string_body>;

tcp::endpoint endpoint_of(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, std::min(colon, listen.size()));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* end = listen.data() + listen.size();
  const char* begin = colon == std::string::npos ? end : listen.data() + colon + 1;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  const auto [stop, bad] = std::from_chars(begin, end, port);
  if (begin == end || stop != end || bad != std::errc{} || error) {
    throw std::runtime_error(fmt::format("websub.listen: \"{}\" is not ADDRESS:PORT", printable(listen)));
  }
  return {address, port};
}

std::runtime_error cannot_listen(const std::string& listen, const boost::system::system_error& error) {
  return std::runtime_error(
      fmt::format("cannot listen for WebSub callbacks on {}: {}; set websub.listen to an address "
                  "of this machine and a free port",
                  printable(listen), error.code().message()));
}

void bind(tcp::acceptor& acceptor, const std::string& listen) {
  const tcp::endpoint endpoint = endpoint_of(listen);
  try {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
  } catch (const boost::system::system_error& error) {
    throw cannot_listen(listen, error);
  }
}

std::string path_of(std::string_view target) { return std::string(target.substr(0, target.find('?'))); }

CallbackRequest request_of(http::request<http::string_body>&& message) {
  CallbackRequest out;
  out.post = message.method() == http::verb::post;
  const std::string_view target(message.target().data(), message.target().size());
  out.path = path_of(target);
  if (out.path.size() < target.size()) out.query = target.substr(out.path.size() + 1);
  out.content_type = std::string(message[http::field::content_type]);
  out.signature = std::string(message["X-Hub-Signature"]);
  out.body = std::move(message.body());
  return out;
}

/// A share that one request holds of a limited total; released when destroyed.
class Share {
 public:
  explicit Share(std::size_t& taken) : taken_(taken) {}
  ~Share() { taken_ -= mine_; }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  /// False, without any change, if that would exceed the limit.
  bool grow_to(std::size_t size, std::size_t most) {
    if (size <= mine_) return true;
    if (taken_ + (size - mine_) > most) return false;
    taken_ += size - mine_;
    mine_ = size;
    return true;
  }

 private:
  std::size_t& taken_;
  std::size_t mine_ = 0;
};

/// One connection.
struct Exchange {
  explicit Exchange(tcp::socket socket) : stream(std::move(socket)) {}
  Stream stream;
  beast::flat_buffer buffer;
  Parser parser;
};

/// Closing a connection with unread input resets it, and the reply may be lost. So the rest is read and discarded.
asio::awaitable<void> discard_rest(Exchange& exchange, std::size_t most) {
  std::array<char, 16 * 1024> bytes{};
  boost::system::error_code error;
  for (std::size_t got = 0; !error && got < most;) {
    got +=
        co_await exchange.stream.async_read_some(asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
  }
}

asio::awaitable<void> send(Exchange& exchange, CallbackReply reply, std::size_t discard) {
  http::response<http::string_body> message{static_cast<http::status>(reply.status), 11, std::move(reply.body)};
  message.set(http::field::content_type, "text/plain; charset=utf-8");
  if (reply.status == 503) message.set(http::field::retry_after, std::to_string(kRetryAfter.count()));
  message.keep_alive(false);
  message.prepare_payload();
  boost::system::error_code error;
  co_await http::async_write(exchange.stream, message, asio::redirect_error(asio::use_awaitable, error));
  exchange.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  if (!exchange.parser.is_done()) co_await discard_rest(exchange, discard);
}

}  // namespace

/// Shared with the coroutines, which may end after the server.
struct CallbackServer::State {
  State(const asio::any_io_executor& executor, Handler answer, Known ours, CallbackLimits most)
      : loop(executor), acceptor(executor), handler(std::move(answer)), known(std::move(ours)), limits(most) {}

  static asio::awaitable<void> accept(std::shared_ptr<State> self);
  static asio::awaitable<void> serve(std::shared_ptr<State> self, tcp::socket socket);
  asio::awaitable<CallbackReply> reply_to(Exchange& exchange);
  asio::awaitable<unsigned> read_body(Exchange& exchange, Share& memory);
  unsigned look_at_header(const Parser& parser) const;
  void tell_refusal(std::string_view why);

  asio::any_io_executor loop;
  tcp::acceptor acceptor;
  Handler handler;
  Known known;
  CallbackLimits limits;
  std::size_t connections = 0;
  std::size_t body_bytes = 0;
  std::size_t refused = 0;  ///< not reported yet
  std::optional<std::chrono::steady_clock::time_point> told;
};

std::optional<std::string> wrong_address(const std::string& listen) {
  try {
    (void)endpoint_of(listen);
    return std::nullopt;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

void try_listen(const std::string& listen) {
  asio::io_context loop;
  tcp::acceptor acceptor(loop);
  bind(acceptor, listen);
}

CallbackServer::CallbackServer(const asio::any_io_executor& loop, const std::string& listen, Handler handler,
                               Known known, CallbackLimits limits)
    : state_(std::make_shared<State>(loop, std::move(handler), std::move(known), limits)) {
  bind(state_->acceptor, listen);
  try {
    state_->acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw cannot_listen(listen, error);
  }
}

CallbackServer::~CallbackServer() { stop(); }

void CallbackServer::start() {
  auto task = State::accept(state_);
  runtime::spawn(state_->loop, std::move(task), "websub");
}

void CallbackServer::stop() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

std::uint16_t CallbackServer::port() const { return state_->acceptor.local_endpoint().port(); }

asio::awaitable<void> CallbackServer::State::accept(std::shared_ptr<State> self) {
  auto serve_or_close = [&self](tcp::socket socket) {
    if (self->connections >= self->limits.connections) return self->tell_refusal("too many connections at once");
    auto task = serve(self, std::move(socket));
    runtime::spawn(self->loop, std::move(task), "websub client");
  };
  co_await runtime::accept_clients(self->acceptor, "the WebSub callbacks", std::move(serve_or_close));
}

asio::awaitable<void> CallbackServer::State::serve(std::shared_ptr<State> self, tcp::socket socket) {
  Share place(self->connections);
  place.grow_to(1, self->limits.connections);
  Exchange exchange(std::move(socket));
  exchange.stream.expires_after(self->limits.patience);
  exchange.parser.body_limit(self->limits.body_bytes);
  exchange.parser.header_limit(kMaxHeader);
  CallbackReply reply = co_await self->reply_to(exchange);
  if (reply.status != 0) co_await send(exchange, std::move(reply), self->limits.body_bytes);
}

/// Status 0: the client is gone, so no reply is sent.
asio::awaitable<CallbackReply> CallbackServer::State::reply_to(Exchange& exchange) {
  boost::system::error_code error;
  co_await http::async_read_header(exchange.stream, exchange.buffer, exchange.parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error == http::error::end_of_stream || error == beast::error::timeout) co_return CallbackReply{0, ""};
  if (error) co_return CallbackReply{error == http::error::body_limit ? 413U : 400U, ""};
  unsigned status = look_at_header(exchange.parser);
  Share memory(body_bytes);
  if (status == 200) status = co_await read_body(exchange, memory);
  if (status != 200) co_return CallbackReply{status, ""};
  co_return handler(request_of(exchange.parser.release()));
}

/// 200: the body may be read.
unsigned CallbackServer::State::look_at_header(const Parser& parser) const {
  const auto& header = parser.get();
  const bool post = header.method() == http::verb::post;
  if (!post && header.method() != http::verb::get) return 405;
  if (known(path_of({header.target().data(), header.target().size()}))) return 200;
  return post ? 410 : 404;  // 410: a hub that still delivers may end the subscription
}

/// 200 if the body is complete.
asio::awaitable<unsigned> CallbackServer::State::read_body(Exchange& exchange, Share& memory) {
  const Parser& parser = exchange.parser;
  const std::size_t declared = parser.content_length().value_or(0);
  boost::system::error_code error;
  while (!parser.is_done()) {
    if (!memory.grow_to(std::max(declared, parser.get().body().capacity()), limits.all_body_bytes)) {
      tell_refusal("the bodies of all requests are too large together");
      co_return 503;
    }
    co_await http::async_read_some(exchange.stream, exchange.buffer, exchange.parser,
                                   asio::redirect_error(asio::use_awaitable, error));
    if (error == beast::error::timeout) co_return 0;
    if (error) co_return error == http::error::body_limit ? 413 : 400;
  }
  co_return 200;
}

void CallbackServer::State::tell_refusal(std::string_view why) {
  ++refused;
  const auto now = std::chrono::steady_clock::now();
  if (told && now - *told < kTellEvery) return;
  told = now;
  log::say("websub-refused", "WebSub: {} refused: {}",
           refused == 1 ? "a callback was" : fmt::format("{} callbacks were", refused), why);
  refused = 0;
}

}  // namespace pw::websub
