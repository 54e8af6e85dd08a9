#include "fakes/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cctype>
#include <deque>
#include <mutex>
#include <thread>

namespace pw::test {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

Script answer(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (status != 304) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  Script script;
  script.chunks.push_back({text + "\r\n" + std::move(body), {}});
  return script;
}

struct HttpServer::State {
  State() : acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}

  asio::awaitable<void> listen();
  asio::awaitable<void> serve(tcp::socket socket, int connection);
  asio::awaitable<bool> play(tcp::socket& socket, Script script);
  Script record(const http::request<http::string_body>& request, int connection);

  asio::io_context context;
  tcp::acceptor acceptor;
  mutable std::mutex mutex;
  std::map<std::string, std::deque<Script>> scripts;
  std::vector<SeenRequest> requests;
  std::thread thread;
};

asio::awaitable<void> HttpServer::State::listen() {
  for (int connection = 1;; ++connection) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    auto served = serve(std::move(socket), connection);
    asio::co_spawn(context, std::move(served), asio::detached);
  }
}

asio::awaitable<void> HttpServer::State::serve(tcp::socket socket, int connection) {
  boost::beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    boost::system::error_code error;
    co_await http::async_read(socket, buffer, request, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    Script script = record(request, connection);
    const bool stays = co_await play(socket, std::move(script));
    if (!stays) co_return;
  }
}

asio::awaitable<bool> HttpServer::State::play(tcp::socket& socket, Script script) {
  asio::steady_timer pause(context);
  for (std::size_t i = 0; i < script.chunks.size(); ++i) {
    const Script::Chunk& chunk = script.chunks[i];
    if (chunk.delay.count() > 0) {
      pause.expires_after(chunk.delay);
      co_await pause.async_wait(asio::use_awaitable);
    }
    boost::system::error_code error;
    co_await asio::async_write(socket, asio::buffer(chunk.bytes), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    if (script.endless && i + 1 == script.chunks.size()) --i;
  }
  co_return !script.close;
}

Script HttpServer::State::record(const http::request<http::string_body>& request, int connection) {
  SeenRequest seen;
  seen.method = std::string(request.method_string());
  seen.target = std::string(request.target());
  seen.body = request.body();
  seen.connection = connection;
  seen.at = std::chrono::steady_clock::now();
  for (const auto& field : request) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    seen.headers[name] = std::string(field.value());
  }
  const std::lock_guard lock(mutex);
  requests.push_back(seen);
  const auto it = scripts.find(seen.target);
  if (it == scripts.end()) return answer(404, "not here");
  Script script = it->second.front();
  if (it->second.size() > 1) it->second.pop_front();
  return script;
}

HttpServer::HttpServer() : state_(std::make_unique<State>()) {
  asio::co_spawn(state_->context, state_->listen(), asio::detached);
  state_->thread = std::thread([this] { state_->context.run(); });
}

HttpServer::~HttpServer() {
  state_->context.stop();
  state_->thread.join();
}

std::uint16_t HttpServer::port() const noexcept { return state_->acceptor.local_endpoint().port(); }

std::string HttpServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}

void HttpServer::on(const std::string& path, Script script) {
  const std::lock_guard lock(state_->mutex);
  state_->scripts[path].push_back(std::move(script));
}

std::vector<SeenRequest> HttpServer::seen(const std::string& path) const {
  const std::lock_guard lock(state_->mutex);
  std::vector<SeenRequest> out;
  for (const SeenRequest& request : state_->requests) {
    if (path.empty() || request.target == path) out.push_back(request);
  }
  return out;
}

}  // namespace pw::test
