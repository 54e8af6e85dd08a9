#include "websub/callback_server.hpp"

#include "core/text.hpp"
#include "runtime/accept.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <stdexcept>
#include <utility>

namespace pw::websub {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint64_t kMaxBody = std::uint64_t{8} << 20U;
constexpr std::uint32_t kMaxHeader = 16 * 1024;
constexpr std::size_t kMaxConnections = 64;
constexpr std::chrono::seconds kPatience{15};

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

CallbackRequest request_of(http::request<http::string_body>&& message) {
  CallbackRequest out;
  out.post = message.method() == http::verb::post;
  const std::string target(message.target());
  const std::size_t mark = target.find('?');
  out.path = target.substr(0, mark);
  if (mark != std::string::npos) out.query = target.substr(mark + 1);
  out.content_type = std::string(message[http::field::content_type]);
  out.signature = std::string(message["X-Hub-Signature"]);
  out.body = std::move(message.body());
  return out;
}

}  // namespace

struct CallbackServer::State {
  State(const asio::any_io_executor& executor, Handler answer)
      : loop(executor), acceptor(executor), handler(std::move(answer)) {}
  asio::any_io_executor loop;
  tcp::acceptor acceptor;
  Handler handler;
  std::size_t connections = 0;
};

CallbackServer::CallbackServer(const asio::any_io_executor& loop, const std::string& listen, Handler handler)
    : state_(std::make_shared<State>(loop, std::move(handler))) {
  const tcp::endpoint endpoint = endpoint_of(listen);
  try {
    state_->acceptor.open(endpoint.protocol());
    state_->acceptor.set_option(tcp::acceptor::reuse_address(true));
    state_->acceptor.bind(endpoint);
    state_->acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error(
        fmt::format("cannot listen for WebSub callbacks on {}: {}; set websub.listen to an address "
                    "of this machine and a free port",
                    printable(listen), error.code().message()));
  }
}

CallbackServer::~CallbackServer() { stop(); }

void CallbackServer::start() {
  auto task = accept(state_);
  runtime::spawn(state_->loop, std::move(task), "websub");
}

void CallbackServer::stop() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

std::uint16_t CallbackServer::port() const { return state_->acceptor.local_endpoint().port(); }

asio::awaitable<void> CallbackServer::accept(std::shared_ptr<State> state) {
  auto serve_or_close = [&state](tcp::socket socket) {
    if (state->connections >= kMaxConnections) return;
    auto task = serve(state, std::move(socket));
    runtime::spawn(state->loop, std::move(task), "websub client");
  };
  co_await runtime::accept_clients(state->acceptor, "the WebSub callbacks", std::move(serve_or_close));
}

asio::awaitable<void> CallbackServer::serve(std::shared_ptr<State> state, tcp::socket socket) {
  struct Count {
    explicit Count(std::size_t& connections) : of(connections) { ++of; }
    ~Count() { --of; }
    Count(const Count&) = delete;
    Count& operator=(const Count&) = delete;
    std::size_t& of;
  };
  const Count count(state->connections);
  beast::basic_stream<tcp, asio::any_io_executor> stream(std::move(socket));
  stream.expires_after(kPatience);
  beast::flat_buffer buffer;
  http::request_parser<http::string_body> parser;
  parser.body_limit(kMaxBody);
  parser.header_limit(kMaxHeader);
  boost::system::error_code error;
  co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  CallbackReply reply{400, ""};
  const auto method = parser.get().method();
  if (error == http::error::body_limit) {
    reply.status = 413;
  } else if (!error && method != http::verb::get && method != http::verb::post) {
    reply.status = 405;
  } else if (!error) {
    reply = state->handler(request_of(parser.release()));
  } else if (error == http::error::end_of_stream || error == beast::error::timeout) {
    co_return;
  }
  http::response<http::string_body> message{static_cast<http::status>(reply.status), 11, std::move(reply.body)};
  message.set(http::field::content_type, "text/plain; charset=utf-8");
  message.keep_alive(false);
  message.prepare_payload();
  co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
  stream.socket().shutdown(tcp::socket::shutdown_send, error);
}

}  // namespace pw::websub
