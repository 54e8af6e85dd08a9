#include "cli/inspect/inspect.hpp"
#include "fetch/robots/robots.hpp"

namespace pw::cli {
namespace {

boost::json::object answer(const fetch::Robots& robots, std::string_view token, const std::optional<std::string>& url) {
  boost::json::object out;
  if (url) out["allowed"] = robots.allowed(token, *url);
  const auto delay = robots.crawl_delay(token);
  out["crawl_delay"] = delay ? boost::json::value(*delay) : boost::json::value();
  boost::json::array sitemaps;
  for (const auto& sitemap : robots.sitemaps()) sitemaps.emplace_back(sitemap);
  out["sitemaps"] = std::move(sitemaps);
  return out;
}

boost::json::object batch(const BatchCase& one, WorkClock& clock) {
  const auto text = one.text("robots_txt");
  const std::string body = text ? *text : one.base64("robots_txt_b64");
  const std::string token = one.text("product_token").value_or("presswatch");
  const auto url = one.text("url");
  return clock.time(body.size(), [&] { return answer(fetch::Robots::parse(body), token, url); });
}

boost::json::object single(const SingleInput& input) {
  const auto url = input.extra.empty() ? std::nullopt : std::optional(input.extra);
  return answer(fetch::Robots::parse(input.bytes), "presswatch", url);
}

}  // namespace

const InspectKind kInspectRobots{.name = "robots",
                                 .summary = "what a robots.txt allows presswatch to fetch",
                                 .input_is_text = false,
                                 .batch = batch,
                                 .single = single};

}  // namespace pw::cli
