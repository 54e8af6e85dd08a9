#include "cli/query/query_input.hpp"

#include "cli/fetch_once.hpp"
#include "config/load.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "extract/extract.hpp"
#include "source/loader/loader.hpp"
#include "text/charset/charset.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

namespace pw::cli {
namespace {

namespace json = boost::json;

std::vector<std::string> members(const json::object& row, std::string_view key) {
  std::vector<std::string> out;
  const json::array* list = array_member(row, key);
  if (list == nullptr) return out;
  for (const json::value& one : *list) {
    if (one.is_string()) out.emplace_back(one.get_string());
  }
  return out;
}

SavedArticle article_of(const json::object& row) {
  SavedArticle out;
  out.id = text_member(row, "id");
  out.title = text_member(row, "title");
  out.text = text_member(row, "text");
  out.language = text_member(row, "language");
  out.source = text_member(row, "source");
  out.url = text_member(row, "url");
  out.country = text_member(row, "country");
  out.authors = members(row, "authors");
  out.tags = members(row, "tags");
  return out;
}

Result<std::vector<SavedArticle>> read_json(const std::string& bytes, const std::filesystem::path& file) {
  std::vector<SavedArticle> out;
  json::stream_parser parser;
  std::size_t at = 0;
  while (!trim(std::string_view(bytes).substr(at)).empty()) {
    boost::system::error_code bad;
    at += parser.write_some(bytes.data() + at, bytes.size() - at, bad);
    if (!bad && !parser.done()) parser.finish(bad);
    if (bad) return fail(Errc::parse, "{}: not JSON: {}", file.string(), bad.message());
    const json::value value = parser.release();
    parser.reset();
    if (!value.is_object())
      return fail(Errc::parse, "{}: not a JSON object with \"title\" and \"text\"", file.string());
    out.push_back(article_of(value.get_object()));
  }
  if (out.empty()) return fail(Errc::parse, "{}: holds no article", file.string());
  return out;
}

Result<std::vector<SavedArticle>> read_page(const std::filesystem::path& file) {
  const auto page = read_saved(file.string(), "");
  if (!page) return page.error();
  const SystemClock clock;
  const text::Decoded html = text::decode_html(page->body, page->content_type);
  auto article = extract::extract_article({html.text, page->final_url, clock.now()});
  if (!article) return article.error();
  SavedArticle out;
  out.title = article->title;
  out.text = article->text;
  out.language = article->language;
  out.url = article->canonical_url;
  out.authors = article->authors;
  return std::vector{std::move(out)};
}

SavedArticle read_text(const std::string& bytes) {
  SavedArticle out;
  const std::string text = to_valid_utf8(bytes);
  const std::size_t line = text.find('\n');
  const bool has_title = line != std::string::npos && line + 1 < text.size() && text[line + 1] == '\n';
  if (has_title) out.title = std::string(trim(text.substr(0, line)));
  out.text = std::string(trim(has_title ? text.substr(line + 2) : text));
  return out;
}

}  // namespace

std::string query_text(const std::string& argument) {
  if (argument != "-") return argument;
  return std::string(trim(std::string(std::istreambuf_iterator<char>(std::cin), {})));
}

std::shared_ptr<const query::NameTable> names_of(const std::filesystem::path& config) {
  query::Names names;
  if (!config.empty()) {
    const config::Settings settings = config::load(config, loader::read_registry(config).options());
    for (const config::NameSettings& one : settings.names) {
      query::Name name{one.name, {}};
      for (const config::AliasSettings& alias : one.aliases) name.aliases.emplace_back(alias.text, alias.language);
      names.push_back(std::move(name));
    }
  }
  return std::make_shared<const query::NameTable>(names);
}

match::Document SavedArticle::document() const {
  match::Document out;
  out.title = title;
  out.text = text;
  out.language = language;
  out.source = source;
  out.source_tags = tags;
  out.url = url;
  out.authors = authors;
  out.country = country;
  return out;
}

Result<std::vector<SavedArticle>> read_articles(const std::filesystem::path& file) {
  const std::string extension = ascii_lower(file.extension().string());
  if (extension == ".html" || extension == ".htm") return read_page(file);
  std::string bytes;
  if (file == "-") {
    bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(Errc::io, "cannot open {}", file.string());
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (extension == ".json" || extension == ".jsonl") return read_json(bytes, file);
  return std::vector{read_text(bytes)};
}

}  // namespace pw::cli
