#include "text/markup/entities.hpp"

#include "core/codec/hex.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace pw::text {
namespace {

constexpr std::size_t kSlots = 8192;
constexpr std::size_t kLongestName = 31;
constexpr std::size_t kLongestLegacy = 6;

struct Entity {
  std::string_view name;
  std::string utf8;
  bool legacy = false;
};

std::uint32_t hash_name(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ^ (hash >> 15);
}

/// An open-addressing hash table of the 2125 names, built on first use.
class EntityMap {
 public:
  EntityMap() : slots_(kSlots) {
    for_each_word(detail::kEntityTable, [this](std::string_view word) { add(word); });
    for_each_word(detail::kLegacyEntities, [this](std::string_view name) { slots_[find_slot(name)].legacy = true; });
  }

  [[nodiscard]] const Entity* find(std::string_view name) const {
    const Entity& slot = slots_[find_slot(name)];
    return slot.name.empty() ? nullptr : &slot;
  }

  static const EntityMap& instance() {
    static const EntityMap map;
    return map;
  }

 private:
  template <class F>
  static void for_each_word(std::string_view words, F&& visit) {
    while (!words.empty()) {
      const std::size_t end = words.find(' ');
      visit(words.substr(0, end));
      words.remove_prefix(end + 1);
    }
  }

  void add(std::string_view word) {
    const std::size_t colon = word.find(':');
    Entity& slot = slots_[find_slot(word.substr(0, colon))];
    slot.name = word.substr(0, colon);
    const char* at = word.data() + colon;
    const char* const end = word.data() + word.size();
    while (at != end) {
      std::uint32_t code = 0;
      at = std::from_chars(at + 1, end, code, 16).ptr;
      append_utf8(slot.utf8, code);
    }
  }

  [[nodiscard]] std::size_t find_slot(std::string_view name) const {
    std::size_t at = hash_name(name) % kSlots;
    while (!slots_[at].name.empty() && slots_[at].name != name) at = (at + 1) % kSlots;
    return at;
  }

  std::vector<Entity> slots_;
};

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'); }

constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_number(std::string& out, std::uint32_t code) {
  if (code >= 0x80 && code < 0xA0) code = kWindows1252[code - 0x80];
  if (code < 0x20 && code != '\t' && code != '\n' && code != '\r') return;
  append_utf8(out, code);
}

/// `text` starts after "&#". Returns the number of bytes consumed, 0 if it is not a reference.
std::size_t append_numeric(std::string& out, std::string_view text) {
  const bool hex = !text.empty() && ascii_lower(text.front()) == 'x';
  const std::size_t start = hex ? 1 : 0;
  std::size_t end = start;
  std::uint32_t code = 0;
  constexpr std::uint32_t kTooLarge = 0x110000;
  for (; end < text.size(); ++end) {
    const int digit = hex_value(text[end]);
    if (digit < 0 || (!hex && digit > 9)) break;
    code = std::min(code * (hex ? 16U : 10U) + static_cast<std::uint32_t>(digit), kTooLarge);
  }
  if (end == start || code == 0) return 0;
  append_number(out, code);
  return end < text.size() && text[end] == ';' ? end + 1 : end;
}

std::string_view common_entity(std::string_view name) {
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "amp") return "&";
  if (name == "quot") return "\"";
  if (name == "apos") return "'";
  return {};
}

/// `text` starts after "&". Returns the number of bytes consumed, 0 if it is not a reference.
std::size_t append_named(std::string& out, std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end <= kLongestName && is_alnum(text[end])) ++end;
  if (end == 0) return 0;
  if (end < text.size() && text[end] == ';') {
    const std::string_view name = text.substr(0, end);
    if (const std::string_view common = common_entity(name); !common.empty()) {
      out += common;
      return end + 1;
    }
    const Entity* const entity = EntityMap::instance().find(name);
    if (entity == nullptr) return 0;
    out += entity->utf8;
    return end + 1;
  }
  if (end > kLongestLegacy || (end < text.size() && text[end] == '=')) return 0;
  const Entity* const entity = EntityMap::instance().find(text.substr(0, end));
  if (entity == nullptr || !entity->legacy) return 0;
  out += entity->utf8;
  return end;
}

}  // namespace

void append_decoded(std::string& out, std::string_view text) {
  for (;;) {
    const std::size_t ampersand = text.find('&');
    out += text.substr(0, ampersand);
    if (ampersand == std::string_view::npos) return;
    text.remove_prefix(ampersand + 1);
    const bool numeric = !text.empty() && text.front() == '#';
    std::size_t used = numeric ? append_numeric(out, text.substr(1)) : append_named(out, text);
    if (used == 0) {
      out += '&';
      continue;
    }
    text.remove_prefix(used + (numeric ? 1 : 0));
  }
}

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_decoded(out, text);
  return out;
}

void replace_controls(std::string& text) {
  const auto is_c0 = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; };
  std::ranges::replace_if(text, is_c0, ' ');
  const auto is_c1 = [&](std::size_t at) {
    return at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xE0U) == 0x80U;
  };
  std::size_t at = text.find('\xC2');
  while (at != std::string::npos && !is_c1(at)) at = text.find('\xC2', at + 1);
  if (at == std::string::npos) return;
  std::string out = text.substr(0, at);
  for (; at < text.size(); ++at) {
    if (text[at] == '\xC2' && is_c1(at)) {
      append_utf8(out, kWindows1252[static_cast<unsigned char>(text[++at]) - 0x80U]);
    } else {
      out += text[at];
    }
  }
  text = std::move(out);
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
}

}  // namespace pw::text
