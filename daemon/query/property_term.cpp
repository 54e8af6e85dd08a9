#include "query/property_term.hpp"

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/languages.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

bool is_word_of(std::string_view text, std::size_t least, std::size_t most) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, letter);
}

bool has_space(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (space_length(text.substr(at)) > 0) return true;
  }
  return false;
}

std::string language(const Lexeme& one, const std::string& value) {
  if (!is_word_of(value, 2, 3)) refuse(one.offset, "lang: needs a two- or three-letter language code, as in lang:en");
  const auto code = language_code_of(value);
  if (!code) refuse(one.offset, fmt::format("unknown language {}", value));
  return *code;
}

std::string country(const Lexeme& one, const std::string& value) {
  if (!is_word_of(value, 2, 2)) {
    refuse(one.offset, "country: needs a country code of two letters (ISO 3166), as in country:az");
  }
  if (value == "xk") return value;  // Kosovo, which is not in ISO 3166
  const auto code = country_code(value);
  if (!code) refuse(one.offset, fmt::format("unknown country {}", value));
  return *code;
}

/// Extracts the host from text that may be pasted from an address bar.
std::string site(const Lexeme& one, std::string host) {
  const std::size_t scheme = host.find("://");
  if (scheme != std::string::npos) host.erase(0, scheme + 3);
  const std::size_t path = host.find_first_of("/?#");
  if (path != std::string::npos && path + 1 < host.size()) {
    refuse(one.offset, "site: needs a host; for a part of the URL, use url:",
           {fmt::format("url:\"{}\"", host), fmt::format("site:{}", host.substr(0, path))});
  }
  host.resize(std::min(host.find_first_of("/?#:"), host.size()));
  if (host.starts_with("www.")) host.erase(0, 4);
  while (host.starts_with('.')) host.erase(0, 1);
  while (host.ends_with('.')) host.pop_back();
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80U;
  };
  if (host.empty() || !std::ranges::all_of(host, allowed) || has_space(host)) {
    refuse(one.offset, "site: needs a host, as in site:example.org");
  }
  return host;
}

std::string source(const Lexeme& one, const std::string& value) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  if (!std::ranges::all_of(value, allowed)) {
    refuse(one.offset,
           "source: needs the id of a source, which consists of a-z 0-9 . _ -; for a publisher's pages, use site:");
  }
  return value;
}

/// The property with every value that stands for the same.
Node with_values(Node node, const std::vector<std::string>& values) {
  if (values.size() == 1) return node;
  Node out;
  out.kind = Node::Kind::any;
  for (const std::string& value : values) {
    out.children.push_back(node);
    out.children.back().value = value;
  }
  return out;
}

void read_value(Node& node, const Lexeme& one) {
  if (node.name == "lang") node.value = language(one, node.value);
  if (node.name == "country") node.value = country(one, node.value);
  if (node.name == "site") node.value = site(one, node.value);
  if (node.name == "source") node.value = source(one, node.value);
  if (node.name == "url" && has_space(node.value)) refuse(one.offset, "url: a URL cannot contain white space");
  if (node.name == "author") {
    node.tokens = tokens_of(one.text);
    if (node.tokens.empty()) refuse(one.offset, "this name has no letters or digits");
  }
}

void read_range(const Node& node, const Lexeme& one) {
  if (node.value.empty() || node.until.empty()) refuse(one.offset, "a range needs two values, as in [az TO ge]");
  if (node.name == "author") refuse(one.offset, "author: needs a name, as in author:\"Jane Smith\"");
  if (node.name == "site" || node.name == "url") {
    refuse(one.offset, fmt::format("{}: needs a single value, not a range", node.name));
  }
  const bool is_lang = node.name == "lang";
  if (is_lang && !(is_word_of(node.value, 1, 3) && is_word_of(node.until, 1, 3))) {
    refuse(one.offset, "lang: needs two- or three-letter language codes, as in lang:[en TO fr]");
  }
  if (node.name == "country" && !(is_word_of(node.value, 1, 2) && is_word_of(node.until, 1, 2))) {
    refuse(one.offset, "country: needs country codes of two letters (ISO 3166), as in country:[am TO az]");
  }
  if (node.value > node.until) {
    refuse(one.offset, "this range starts after its end",
           {fmt::format("{}:[{} TO {}]", node.name, node.until, node.value)});
  }
}

}  // namespace

Node read_property(const Lexeme& one) {
  Node node;
  node.kind = Node::Kind::property;
  node.name = one.field;
  node.value = ascii_lower(trim(one.text));
  node.until = ascii_lower(trim(one.until));
  node.term = one.field + ':' + one.text;
  if (one.weight != 1)
    refuse(one.offset,
           fmt::format("^ is only allowed for terms of the text; {}: does not affect the score", one.field));
  if (one.has_slop)
    refuse(one.offset, fmt::format("~ is only allowed after a phrase of the text; {}: needs a value", one.field));
  if (node.value.find_first_of("*?") != std::string::npos && node.name != "url") {
    refuse(one.offset, fmt::format("{}: needs the whole value, without * and ?", one.field));
  }
  if (node.value.find('*') != std::string::npos) refuse(one.offset, "url: needs a part of the URL, without *");
  if (one.kind == Kind::range) {
    read_range(node, one);
    return node;
  }
  if (node.value.empty()) refuse(one.offset, fmt::format("{}: needs a value", one.field));
  read_value(node, one);
  if (node.name == "lang") return with_values(node, accepted_languages(node.value));
  return node;
}

}  // namespace pw::query
