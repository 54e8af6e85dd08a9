#pragma once
/// A curl handle and the callbacks that supervise one exchange.

#include "fetch/http/exchange.hpp"
#include "fetch/http/response_body.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>

namespace pw::fetch {

/// Owns one easy handle and the data it receives. Must not move while curl uses it. Loop thread only, except decode().
class Transfer {
 public:
  Transfer(const Policy& policy, const Exchange& what);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// nullptr if the handle could not be created for lack of memory.
  [[nodiscard]] CURL* handle() const noexcept { return easy_.get(); }
  /// True once part of the response has arrived.
  [[nodiscard]] bool answers() const noexcept { return header_bytes_ > 0; }
  /// After curl has finished the transfer with `code`: how many received bytes decode() will read; 0 if there is
  /// nothing to decode.
  [[nodiscard]] std::size_t undecoded(CURLcode code) const noexcept;
  /// Decodes the body. Any thread, while the loop leaves the transfer alone.
  void decode() { body_.decode(status()); }
  /// The response or the error. Call it once, after curl has finished the transfer and the body is decoded.
  Result<FetchResponse> finish(CURLcode code, const Clock& clock);

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };

  void set_limits();
  void set_request();
  void set_callbacks();
  void add_line(const std::string& line);
  bool take_body(const char* data, std::size_t size);
  bool take_header(const char* data, std::size_t size);
  bool may_connect(const IpAddress& address, std::uint16_t port);
  [[nodiscard]] int status() const;
  [[nodiscard]] Error failure(CURLcode code) const;

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int on_prereq(void* self, char* remote, char* local, int remote_port, int local_port) noexcept;

  const Policy& policy_;
  const Exchange& what_;
  std::unique_ptr<curl_slist, ListDeleter> header_list_;
  std::unique_ptr<curl_slist, ListDeleter> resolve_list_;
  std::optional<Error> stopped_;  ///< why a callback aborted the transfer
  std::optional<Error> refused_;  ///< the last address refused by the guard
  std::size_t header_bytes_ = 0;
  FetchResponse response_;
  ResponseBody body_;
  char detail_[CURL_ERROR_SIZE] = "";
  std::unique_ptr<CURL, EasyDeleter> easy_;  ///< last member, so that it is destroyed first
};

}  // namespace pw::fetch
