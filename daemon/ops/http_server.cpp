#include "ops/http_server.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "ops/clients.hpp"
#include "ops/socket_path.hpp"
#include "runtime/accept.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pw::ops {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Protocol = asio::generic::stream_protocol;

namespace {

Protocol::endpoint endpoint_of(const LocalAddress& address) {
  if (!address.path.empty()) return asio::local::stream_protocol::endpoint(address.path);
  return asio::ip::tcp::endpoint(asio::ip::make_address(address.host), address.port);
}

/// As bound: with the port that the kernel chose.
std::string url_of(const LocalAddress& address, const Protocol::endpoint& bound) {
  if (!address.path.empty()) return "unix:" + address.path;
  asio::ip::tcp::endpoint endpoint;
  std::memcpy(endpoint.data(), bound.data(), bound.size());
  endpoint.resize(bound.size());
  const bool is_v6 = endpoint.address().is_v6();
  return fmt::format("http://{}{}{}:{}", is_v6 ? "[" : "", address.host, is_v6 ? "]" : "", endpoint.port());
}

using Acceptor = asio::basic_socket_acceptor<Protocol, asio::any_io_executor>;

void bind_port(Acceptor& acceptor, const LocalAddress& address) {
  const Protocol::endpoint endpoint = endpoint_of(address);
  acceptor.open(endpoint.protocol());
  if (address.path.empty()) acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
}

std::runtime_error cannot_listen(const LocalAddress& address, const std::string& key,
                                 const boost::system::system_error& error) {
  const std::string shown = address.path.empty() ? fmt::format("{}:{}", address.host, address.port) : address.path;
  return std::runtime_error(fmt::format("{}: cannot listen on {}: {}; set it to a free port or another path", key,
                                        printable(shown), error.code().message()));
}

HttpReply refusal(unsigned status, std::string why) { return {status, HttpReply{}.content_type, std::move(why)}; }

HttpReply refusal(const boost::system::error_code& error) {
  if (error == http::error::header_limit) return refusal(431, "the header is too long\n");
  return refusal(400, "this is not an HTTP request\n");
}

asio::awaitable<HttpReply> answer(const HttpHandler& handler, std::string path) {
  HttpReply reply;
  try {
    reply = co_await handler(std::move(path));
  } catch (const std::exception& error) {
    log::say("monitoring-failed", "a request for metrics or health failed: {}", printable(error.what()));
    reply = refusal(500, "the daemon failed at it; its log says why\n");
  }
  co_return reply;
}

}  // namespace

/// Shared with the coroutines, which may outlive the server.
struct HttpServer::State {
  State(const asio::any_io_executor& executor, HttpHandler answers, HttpLimits most)
      : loop(executor), handler(std::move(answers)), limits(most), acceptor(executor) {}

  void bind(const LocalAddress& where, const std::string& key);
  void welcome(const std::shared_ptr<State>& self, Protocol::socket socket);
  static asio::awaitable<void> accept(std::shared_ptr<State> self);
  static asio::awaitable<void> serve(std::shared_ptr<State> self, Clients<Protocol>::Handle client);
  asio::awaitable<void> send(Client<Protocol>& client, HttpReply reply, bool is_head) const;

  asio::any_io_executor loop;
  HttpHandler handler;
  HttpLimits limits;
  Acceptor acceptor;
  std::string url;
  SocketFile file;
  Clients<Protocol> clients;  ///< in the order of arrival
};

void HttpServer::State::bind(const LocalAddress& where, const std::string& key) {
  if (!where.path.empty()) remove_stale_socket(where.path, key);
  try {
    bind_port(acceptor, where);
    if (!where.path.empty()) file.bound_at(where.path);
    acceptor.listen();
    url = url_of(where, acceptor.local_endpoint());
  } catch (const boost::system::system_error& error) {
    throw cannot_listen(where, key, error);
  }
}

void HttpServer::State::welcome(const std::shared_ptr<State>& self, Protocol::socket socket) {
  auto task = serve(self, clients.admit(std::move(socket), limits.clients));
  runtime::spawn(loop, std::move(task), "metrics client");
}

asio::awaitable<void> HttpServer::State::accept(std::shared_ptr<State> self) {
  auto on_client = [&self](Protocol::socket socket) { self->welcome(self, std::move(socket)); };
  co_await runtime::accept_clients(self->acceptor, "the metrics", std::move(on_client));
}

asio::awaitable<void> HttpServer::State::serve(std::shared_ptr<State> self, Clients<Protocol>::Handle client) {
  const Clients<Protocol>::Stay stay(self->clients, client);
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(self->limits.header_bytes));
  beast::flat_buffer buffer(self->limits.header_bytes * 2);
  boost::system::error_code error;
  client->stream.expires_after(self->limits.request_within);
  co_await http::async_read_header(client->stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  const bool is_gone = error == http::error::end_of_stream || error == beast::error::timeout ||
                       (error && error.category() == boost::system::system_category());
  if (is_gone) co_return;
  // No deadline while the answer is made.
  client->stream.expires_never();
  HttpReply reply;
  const http::verb method = parser.get().method();
  if (error) {
    reply = refusal(error);
  } else if (method != http::verb::get && method != http::verb::head) {
    reply = refusal(405, "only GET and HEAD are served\n");
  } else {
    client->waits = true;
    const std::string_view target(parser.get().target().data(), parser.get().target().size());
    reply = co_await answer(self->handler, std::string(target.substr(0, target.find('?'))));
  }
  co_await self->send(*client, std::move(reply), method == http::verb::head);
}

asio::awaitable<void> HttpServer::State::send(Client<Protocol>& client, HttpReply reply, bool is_head) const {
  http::response<http::string_body> message{static_cast<http::status>(reply.status), 11};
  message.set(http::field::content_type, reply.content_type);
  message.set(http::field::cache_control, "no-store");
  if (reply.status == 405) message.set(http::field::allow, "GET, HEAD");
  message.keep_alive(false);
  message.content_length(reply.body.size());
  if (!is_head) message.body() = std::move(reply.body);
  boost::system::error_code error;
  client.stream.expires_after(limits.reply_within);
  co_await http::async_write(client.stream, message, asio::redirect_error(asio::use_awaitable, error));
  // Closing a connection with unread input resets it, and the reply may be lost: so the rest is read first.
  client.stream.socket().shutdown(Protocol::socket::shutdown_send, error);
  std::array<char, 1024> rest{};
  for (std::size_t left = limits.header_bytes * 8; !error && left > 0; left -= std::min(left, rest.size())) {
    co_await client.stream.async_read_some(asio::buffer(rest), asio::redirect_error(asio::use_awaitable, error));
  }
}

void try_listen(const LocalAddress& address, const std::string& key) {
  if (!address.path.empty()) {
    (void)is_stale_socket(address.path, key);
    return;
  }
  asio::io_context loop;
  Acceptor acceptor(loop);
  try {
    bind_port(acceptor, address);
  } catch (const boost::system::system_error& error) {
    throw cannot_listen(address, key, error);
  }
}

HttpServer::HttpServer(const asio::any_io_executor& loop, const LocalAddress& address, const std::string& key,
                       HttpHandler handler, HttpLimits limits)
    : state_(std::make_shared<State>(loop, std::move(handler), limits)) {
  state_->bind(address, key);
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::start() {
  auto task = State::accept(state_);
  runtime::spawn(state_->loop, std::move(task), "metrics");
}

void HttpServer::stop() {
  if (!state_->acceptor.is_open()) return;
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  state_->clients.close_all();
  state_->file.remove();
}

const std::string& HttpServer::address() const { return state_->url; }

std::size_t HttpServer::clients() const { return state_->clients.size(); }

}  // namespace pw::ops
