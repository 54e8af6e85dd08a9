#include "cli/inspect/inspect.hpp"
#include "extract/extract.hpp"
#include "text/charset/charset.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace pw::cli {
namespace {

boost::json::value shown(const std::optional<StatedDate>& date) {
  if (!date) return nullptr;
  return boost::json::string(to_iso8601(std::chrono::floor<std::chrono::seconds>(date->time), date->zone));
}

boost::json::object shown(const Article& article) {
  boost::json::array authors;
  for (const std::string& name : article.authors) authors.emplace_back(name);
  return {{"title", article.title},       {"text", article.text},
          {"author", std::move(authors)}, {"published", shown(article.published)},
          {"lang", article.language},     {"url", article.canonical_url.empty() ? article.url : article.canonical_url},
          {"section", article.section},   {"image", article.image},
          {"method", article.method},     {"partial", article.partial}};
}

std::uint32_t rules_off(std::string_view names) {
  const auto rules = extract::read_rules(names);
  if (!rules) throw std::runtime_error(rules.error().message);
  return *rules;
}

Article extract(std::string_view bytes, std::string_view content_type, std::string_view url, std::string_view without) {
  std::string storage;
  const std::string_view html = text::html_as_utf8(bytes, content_type, storage);
  auto article = extract::extract_article({html, url, SystemClock{}.now(), nullptr, rules_off(without)});
  if (!article) throw std::runtime_error(article.error().message);
  return std::move(*article);
}

boost::json::object batch(const BatchCase& item, WorkClock& clock) {
  const std::string bytes = item.file("file");
  const std::string url = item.text("url").value_or("");
  const auto charset = item.text("charset");
  const std::string content_type = charset ? "text/html; charset=" + *charset : std::string{};
  return shown(clock.time(bytes.size(), [&] { return extract(bytes, content_type, url, item.without); }));
}

boost::json::object single(const SingleInput& input) {
  if (!input.explain) return shown(extract(input.bytes, input.content_type, input.url, input.without));
  std::string storage;
  const std::string_view html = text::html_as_utf8(input.bytes, input.content_type, storage);
  const auto explained =
      extract::explain_page({html, input.url, SystemClock{}.now(), nullptr, rules_off(input.without)});
  if (!explained) throw std::runtime_error(explained.error().message);
  return {{"explain", *explained}};
}

}  // namespace

const InspectKind kInspectPage{"page", "an article page, to its text and fields", false, batch, single};

}  // namespace pw::cli
