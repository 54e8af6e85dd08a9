#include "cli/inspect/inspect.hpp"
#include "text/url/url.hpp"

namespace pw::cli {
namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value() : boost::json::value(text);
}

boost::json::object batch(const BatchCase& one, WorkClock& clock) {
  const std::string input = one.text("input").value_or("");
  const std::string base = one.text("base").value_or("");
  const std::string kind = one.text("kind").value_or("resolve");
  const std::string page = one.text("page_or_site").value_or("");
  return clock.time(input.size(), [&]() -> boost::json::object {
    if (kind == "clean") return {{"href", text::clean_url(input, page)}};
    return {{"href", text_or_null(text::resolve_url(input, base))}};
  });
}

boost::json::object single(const SingleInput& input) {
  const auto base = text::parse_url(input.url);
  const auto url = text::parse_url(input.bytes, base ? &*base : nullptr);
  if (!url) return {{"error", url.error().message}};
  return {{"href", url->href()},
          {"origin", url->origin()},
          {"host", url->host()},
          {"path", url->path()},
          {"query", url->query()},
          {"fragment", url->fragment()},
          {"clean", text::clean_url(url->href(), input.url)},
          {"article_key", text::article_key(url->href())}};
}

}  // namespace

const InspectKind kInspectUrl{.name = "url",
                              .summary = "resolve a URL (against --url), its clean form and its article key",
                              .input_is_text = true,
                              .batch = batch,
                              .single = single};

}  // namespace pw::cli
