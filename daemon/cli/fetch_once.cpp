#include "cli/fetch_once.hpp"

#include "app/fetch_settings.hpp"
#include "fetch/fetcher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace pw::cli {

namespace asio = boost::asio;

bool is_url(const std::string& target) { return target.starts_with("http://") || target.starts_with("https://"); }

Result<fetch::FetchResponse> fetch_once(fetch::FetchRequest request, const config::FetchSettings& settings,
                                        bool allow_private) {
  asio::io_context loop;
  const SystemClock clock;
  fetch::FetchSettings how = app::to_fetch(settings);
  if (allow_private) how.allow_addresses = {"0.0.0.0/0", "::/0"};
  fetch::Fetcher fetcher(loop.get_executor(), how, clock);
  std::optional<Result<fetch::FetchResponse>> answer;
  asio::co_spawn(loop, fetcher.fetch(std::move(request)),
                 [&](const std::exception_ptr& error, Result<fetch::FetchResponse> result) {
                   if (error) {
                     answer.emplace(fail(Errc::internal, "the fetch failed"));
                   } else {
                     answer.emplace(std::move(result));
                   }
                   fetcher.cancel_all();
                   loop.stop();
                 });
  loop.run();
  return std::move(*answer);
}

Result<fetch::FetchResponse> read_saved(const std::string& file, const std::string& url) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Errc::io, "cannot open {}", file);
  fetch::FetchResponse out;
  out.status = 200;
  out.body.assign(std::istreambuf_iterator<char>(in), {});
  out.final_url = url;
  return out;
}

}  // namespace pw::cli
