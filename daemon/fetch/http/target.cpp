#include "fetch/http/target.hpp"

#include "core/text.hpp"
#include "text/url/url.hpp"

namespace pw::fetch {

namespace {

constexpr std::size_t kLongestUrl = 8'000;

Result<Target> target_of(const text::Url& url) {
  if (!url.is_web()) return fail(Errc::refused, "{}: only http and https are fetched", printable(url.href(), 120));
  if (url.host().empty()) return fail(Errc::invalid, "a URL without a host cannot be fetched");
  Target target;
  target.url = url.without_fragment();
  // Resolving and escaping can make the URL longer than the input.
  if (target.url.size() > kLongestUrl) {
    return fail(Errc::invalid, "a URL of {} bytes is too long to fetch", target.url.size());
  }
  const std::string& shown = url.host();
  target.host = shown.front() == '[' ? shown.substr(1, shown.size() - 2) : shown;
  target.port = url.effective_port();
  target.origin = url.origin();
  const bool usual = target.port == 80 || target.port == 443;
  target.visit = usual ? target.host : target.host + ":" + std::to_string(target.port);
  return target;
}

Result<Target> read(std::string_view text, const text::Url* base) {
  const auto url = text::parse_url(text, base);
  if (!url) return fail(Errc::invalid, "cannot fetch {}: {}", printable(text, 120), url.error().message);
  return target_of(*url);
}

}  // namespace

Result<Target> parse_target(std::string_view url) { return read(url, nullptr); }

Result<Target> resolve_target(const Target& base, std::string_view reference) {
  const auto page = text::parse_url(base.url);
  if (!page) return page.error();
  return read(reference, &*page);
}

}  // namespace pw::fetch
