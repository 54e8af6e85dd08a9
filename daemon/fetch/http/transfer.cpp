#include "fetch/http/transfer.hpp"

#include "core/text.hpp"
#include "fetch/encoding/unpackers.hpp"
#include "fetch/http/curl_failure.hpp"
#include "fetch/http/response_headers.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/socket.h>

#include <algorithm>

namespace pw::fetch {

namespace {

long whole_seconds(Milliseconds duration) {
  return std::max(1L, static_cast<long>(std::chrono::ceil<std::chrono::seconds>(duration).count()));
}

}  // namespace

Transfer::Transfer(const Policy& policy, const Exchange& what)
    : policy_(policy), what_(what), body_(what, policy.settings), easy_(curl_easy_init()) {
  if (!easy_) return;
  set_limits();
  set_request();
  set_callbacks();
}

void Transfer::set_limits() {
  const FetchSettings& settings = policy_.settings;
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  // An empty string disables the proxies of the environment (http_proxy, no_proxy).
  curl_easy_setopt(easy, CURLOPT_PROXY, settings.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(settings.low_speed_bytes));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, whole_seconds(settings.low_speed_time));
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  // libcurl keeps the certificates of authorities in memory only if they come from nothing but a file. Otherwise it
  // would read and parse them for each connection, some 20 ms on the loop.
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_slist* list = nullptr;
  for (const std::string& entry : settings.resolve) list = curl_slist_append(list, entry.c_str());
  resolve_list_.reset(list);
  if (list != nullptr) curl_easy_setopt(easy, CURLOPT_RESOLVE, list);
}

void Transfer::add_line(const std::string& line) {
  curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
  if (longer == nullptr) return;
  (void)header_list_.release();
  header_list_.reset(longer);
}

void Transfer::set_request() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, what_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, policy_.settings.user_agent.c_str());
  if (what_.method == "HEAD") curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  if (what_.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, what_.body.data());
    add_line("Expect:");
  }
  // Not set with CURLOPT_ACCEPT_ENCODING, which makes curl decode, and fail on unknown codings.
  add_line(fmt::format("Accept-Encoding: {}", kAcceptedEncodings));
  for (const auto& [name, value] : what_.headers) {
    add_line(value.empty() ? name + ';' : fmt::format("{}: {}", name, value));
  }
  if (!what_.etag.empty()) add_line("If-None-Match: " + what_.etag);
  if (!what_.last_modified.empty()) add_line("If-Modified-Since: " + what_.last_modified);
  if (header_list_) curl_easy_setopt(easy, CURLOPT_HTTPHEADER, header_list_.get());
}

void Transfer::set_callbacks() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail_);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_prereq);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

bool Transfer::take_body(const char* data, std::size_t size) {
  if (body_.write({data, size}, status(), response_.headers)) return true;
  stopped_ = body_.error();
  return false;
}

int Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

bool Transfer::take_header(const char* data, std::size_t size) {
  header_bytes_ += size;
  if (header_bytes_ > policy_.settings.max_headers) {
    stopped_ = fail(Errc::too_large, "{}: the headers are larger than {} bytes (max_headers)", printable(what_.host),
                    policy_.settings.max_headers);
    return false;
  }
  add_header_line(response_.headers, {data, size});
  return true;
}

bool Transfer::may_connect(const IpAddress& address, std::uint16_t port) {
  // With a proxy, the socket connects to the configured proxy; the target was checked before.
  if (!policy_.settings.proxy.empty()) return true;
  refused_ = policy_.guard.check(address, what_.host, port);
  return !refused_;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_body(data, size * count) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_header(data, size * count) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

curl_socket_t Transfer::on_open(void* data, curlsocktype purpose, curl_sockaddr* address) noexcept {
  try {
    const auto ip = ip_of(address->addr);
    if (purpose != CURLSOCKTYPE_IPCXN || !ip) return CURL_SOCKET_BAD;
    auto& self = *static_cast<Transfer*>(data);
    if (!self.may_connect(*ip, port_of(address->addr))) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
  } catch (...) {
    return CURL_SOCKET_BAD;
  }
}

int Transfer::on_prereq(void* data, char* remote, char*, int remote_port, int) noexcept {
  try {
    auto& self = *static_cast<Transfer*>(data);
    const auto ip = parse_ip(remote);
    const bool may = ip && self.may_connect(*ip, static_cast<std::uint16_t>(remote_port));
    if (!may && self.refused_) self.stopped_ = self.refused_;
    return may ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  } catch (...) {
    return CURL_PREREQFUNC_ABORT;
  }
}

Error Transfer::failure(CURLcode code) const {
  if (stopped_) return *stopped_;
  if (refused_ && code == CURLE_COULDNT_CONNECT) return *refused_;
  return curl_failure(code, what_.host, detail_);
}

std::size_t Transfer::undecoded(CURLcode code) const noexcept {
  return code == CURLE_OK || body_.is_cut() ? body_.undecoded() : 0;
}

Result<FetchResponse> Transfer::finish(CURLcode code, const Clock& clock) {
  if (code != CURLE_OK && !body_.is_cut()) return failure(code);
  response_.status = status();
  if (body_.error()) return *body_.error();
  body_.move_into(response_);
  response_.final_url = what_.url;
  response_.fetched = clock.now();
  const auto copy = [this](std::string_view name, std::string& to) {
    if (const std::string* value = response_.header(name)) to = *value;
  };
  copy("content-type", response_.content_type);
  copy("etag", response_.etag);
  copy("last-modified", response_.last_modified);
  response_.not_modified = response_.status == 304;
  curl_off_t micros = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &micros);
  response_.took = Milliseconds{micros / 1'000};
  response_.max_age = freshness(response_, response_.fetched);
  if (const std::string* pause = response_.header("retry-after")) {
    response_.retry_after = parse_retry_after(*pause, sent_at(response_, response_.fetched));
  }
  return std::move(response_);
}

}  // namespace pw::fetch
