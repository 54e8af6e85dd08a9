#pragma once
/// An in-memory web: answers by URL, requests that the test can hold back, and a record of all requests.

#include "core/time.hpp"
#include "fetch/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::test {

/// A response with this body and headers; `etag`, `last_modified` and `content_type` are taken from the headers.
fetch::FetchResponse web_answer(int status, std::string body = "", fetch::Headers headers = {});

/// Loop thread only. URLs are compared literally. Unknown URLs return 404.
///
/// Behaves like the fetcher in everything a caller can observe: matching validators give a 304, `max_body` and
/// `keep_prefix` are respected, redirects are followed, and cancel_all() cancels pending requests and all later ones.
class FakeWeb final : public fetch::HttpClient {
 public:
  using Answer = std::function<Result<fetch::FetchResponse>(const fetch::FetchRequest&)>;

  FakeWeb(boost::asio::any_io_executor executor, const Clock& clock);

  /// Sets the answer of the URL from now on.
  void on(const std::string& url, fetch::FetchResponse response);
  void on(const std::string& url, Error error);
  void on(const std::string& url, Answer answer);
  /// `status` 301 and 308 are reported as FetchResponse::permanent_url.
  void redirect(const std::string& url, std::string target, int status = 302);
  /// Sets the answer of URLs without their own answer, instead of 404.
  void otherwise(Answer answer);

  /// Requests to the URL wait from now on until open() is called.
  void close(const std::string& url);
  void open(const std::string& url);
  /// Requests to the URL take this long, by the loop's timers, unless open() releases them earlier.
  void delay(const std::string& url, Milliseconds time);

  boost::asio::awaitable<Result<fetch::FetchResponse>> fetch(fetch::FetchRequest request) override;
  void forget_owner(const std::string& owner) override;
  void cancel_all() override;

  /// All requests in order; redirects do not count as requests.
  [[nodiscard]] const std::vector<fetch::FetchRequest>& requests() const noexcept { return requests_; }
  [[nodiscard]] std::size_t count(std::string_view url) const;
  [[nodiscard]] const std::vector<std::string>& forgotten() const noexcept { return forgotten_; }
  /// Pending requests: the current number, and the maximum so far.
  [[nodiscard]] std::size_t active() const noexcept { return active_; }
  [[nodiscard]] std::size_t most_active() const noexcept { return most_active_; }

 private:
  struct Redirect {
    std::string target;
    bool permanent = false;
  };
  boost::asio::awaitable<bool> wait(std::string url);
  Result<fetch::FetchResponse> answer(const fetch::FetchRequest& request);

  boost::asio::any_io_executor executor_;
  const Clock& clock_;
  std::map<std::string, Answer> answers_;
  std::map<std::string, Redirect> redirects_;
  Answer otherwise_;
  std::map<std::string, Milliseconds> delays_;
  std::set<std::string> closed_;
  std::set<std::pair<std::string, boost::asio::steady_timer*>> waiting_;  ///< timers of coroutine frames
  std::vector<fetch::FetchRequest> requests_;
  std::vector<std::string> forgotten_;
  std::size_t active_ = 0;
  std::size_t most_active_ = 0;
  bool cancelled_ = false;
};

}  // namespace pw::test
