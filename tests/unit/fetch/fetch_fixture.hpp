#pragma once
#include "fakes/fetch_settings.hpp"
#include "fakes/http_server.hpp"
#include "fetch/fetcher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace pw::fetch {

/// A local server, a loop, and settings that allow loopback and have no delays.
class FetchTest : public testing::Test {
 protected:
  Fetcher& fetcher() {
    if (!fetcher_) fetcher_.emplace(loop.get_executor(), settings, clock, pool_);
    return *fetcher_;
  }

  /// Must be called before the first fetch.
  void use_pool(runtime::Pool& pool) { pool_ = &pool; }

  Result<FetchResponse> fetch(FetchRequest request) {
    std::optional<Result<FetchResponse>> result;
    start(std::move(request), result);
    loop.restart();
    while (!result && loop.run_one() != 0) {
    }
    return result ? std::move(*result) : Result<FetchResponse>(fail(Errc::internal, "the fetch never ended"));
  }
  Result<FetchResponse> get(const std::string& url) {
    FetchRequest request;
    request.url = url;
    return fetch(std::move(request));
  }

  /// Starts a fetch and stores its result in `result` while the loop runs.
  void start(FetchRequest request, std::optional<Result<FetchResponse>>& result) {
    boost::asio::co_spawn(loop, fetcher().fetch(std::move(request)),
                          [&result](const std::exception_ptr& error, Result<FetchResponse> answer) {
                            if (error) std::rethrow_exception(error);
                            result.emplace(std::move(answer));
                          });
  }

  /// Runs the loop until the predicate is true; false after ten seconds.
  template <class Predicate>
  bool comes_true(Predicate is_true) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    loop.restart();
    while (!is_true() && std::chrono::steady_clock::now() < end) loop.run_one_for(Milliseconds{20});
    loop.restart();
    return is_true();
  }

  test::HttpServer server;
  SystemClock clock;
  boost::asio::io_context loop;
  FetchSettings settings = test::loopback_settings();

 private:
  runtime::Pool* pool_ = nullptr;
  std::optional<Fetcher> fetcher_;
};

}  // namespace pw::fetch
