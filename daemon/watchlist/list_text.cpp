#include "watchlist/list_text.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace pw::watchlist {
namespace {

constexpr std::size_t kMostOfId = 48;  // leaves room for a number within the 64 bytes that an id may have

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }

std::string basic_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      default:
        if (is_control(c)) {
          out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string toml_list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& one : items) out += (out.empty() ? "[" : ", ") + toml_string(one);
  return out.empty() ? "[]" : out + ']';
}

std::string toml_owner(const config::OwnerSettings& owner) {
  if (owner.contact.empty()) return toml_string(owner.name);
  return fmt::format("{{ name = {}, contact = {} }}", toml_string(owner.name), toml_string(owner.contact));
}

std::string to_latin(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
  if (U_FAILURE(error) || latin == nullptr) return ascii_lower(text);
  icu::UnicodeString out = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 400))));
  latin->transliterate(out);
  std::string bytes;
  out.toUTF8String(bytes);
  return bytes;
}

}  // namespace

std::string toml_string(std::string_view text) {
  const bool literal = text.find('\'') == std::string_view::npos && std::ranges::none_of(text, is_control);
  const bool plain = literal && text.find_first_of("\"\\") == std::string_view::npos;
  if (plain) return fmt::format("\"{}\"", text);
  return literal ? fmt::format("'{}'", text) : basic_string(text);
}

std::string to_toml(const config::WatchlistSettings& list) {
  const config::WatchlistSettings usual;
  std::string out = "[[watchlist]]\n";
  const auto put = [&](std::string_view key, const std::string& value) { out += fmt::format("{} = {}\n", key, value); };
  const auto put_text = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) put(key, toml_string(value));
  };
  const auto put_list = [&](std::string_view key, const std::vector<std::string>& value) {
    if (!value.empty()) put(key, toml_list(value));
  };
  put_text("id", list.id);
  if (list.title != list.id) put_text("title", list.title);
  put_text("group", list.group);
  if (list.dialect != usual.dialect) put_text("dialect", list.dialect);
  put_text("query", list.query);
  put_list("keywords", list.keywords);
  if (list.priority != usual.priority) put_text("priority", list.priority);
  put_list("languages", list.languages);
  put_list("sources", list.sources);
  put_list("fields", list.fields);
  put_list("forms", list.forms);
  if (list.spellings) put("spellings", "true");
  if (list.owner != usual.owner) put("owner", toml_owner(list.owner));
  if (list.mute_until) put("mute_until", to_iso8601(*list.mute_until));
  if (list.min_score > usual.min_score) put("min_score", fmt::format("{}", list.min_score));
  if (list.min_mentions != usual.min_mentions) put("min_mentions", std::to_string(list.min_mentions));
  if (list.per_story) put("per_story", "true");
  if (!list.enabled) put("enabled", "false");
  put_text("notes", list.notes);
  return out;
}

std::string make_id(std::string_view title, const std::set<std::string, std::less<>>& taken) {
  std::string base;
  for (const char c : to_latin(title)) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keep) {
      base += c;
    } else if (!base.empty() && base.back() != '-') {
      base += '-';
    }
  }
  base.resize(std::min(base.size(), kMostOfId));
  while (base.ends_with('-')) base.pop_back();
  if (base.empty()) base = "list";
  std::string out = base;
  for (int number = 2; taken.contains(out); ++number) out = fmt::format("{}-{}", base, number);
  return out;
}

}  // namespace pw::watchlist
