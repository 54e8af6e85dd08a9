#include "query/names.hpp"

#include "core/text.hpp"
#include "query/attach.hpp"
#include "query/lexer.hpp"
#include "query/refusal.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>

namespace pw::query {
namespace {

void set_alias_of(Node& node, const std::string& name) {
  if (node.children.empty()) node.alias_of = name;
  for (Node& child : node.children) set_alias_of(child, name);
}

/// An alias is parsed like a quoted phrase, so each of its words may end in *; in { } it is an exact form.
Node read_alias(std::string_view text) {
  text = trim(text);
  const bool exact = text.size() > 2 && text.front() == '{' && text.back() == '}';
  Lexeme one;
  one.kind = exact ? Lexeme::Kind::exact : Lexeme::Kind::phrase;
  one.text = std::string(exact ? trim(text.substr(1, text.size() - 2)) : text);
  return read_term(one);
}

/// An exact form with a capital letter is also found in a headline in capitals: {Baku} and {BAKU}.
std::vector<std::string> with_capitals(const std::string& alias) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(alias);
  const bool has_capital = icu::UnicodeString(text).toLower(icu::Locale::getRoot()) != text;
  std::string capitals;
  icu::UnicodeString(text).toUpper(icu::Locale::getRoot()).toUTF8String(capitals);
  return has_capital && capitals != alias ? std::vector{alias, capitals} : std::vector{alias};
}

std::vector<std::string> all_forms(const Alias& alias) {
  return alias.text.starts_with('{') ? with_capitals(alias.text) : attached_forms(alias.text, alias.language);
}

/// Spellings that fold to the same words count as one alias.
std::string key_of(const Node& alias) {
  const bool is_plain = alias.children.empty() && alias.value.empty();
  const std::string text = is_plain ? fmt::format("{}", fmt::join(alias.tokens, " ")) : to_query(alias);
  return fmt::format("{}|{}", static_cast<int>(alias.kind), text);
}

}  // namespace

NameTable::NameTable(const Names& names, std::shared_ptr<const NameTable> base) : base_(std::move(base)) {
  for (const Name& name : names) {
    const auto tokens = tokens_of(name.name);
    if (tokens.empty()) {
      problems_.push_back({name.name, "has no letters or digits"});
      continue;
    }
    const auto [place, is_new] = entries_.try_emplace(tokens);
    if (is_new) place->second = read_name(name, tokens);
  }
}

NameTable::Entry NameTable::read_name(const Name& name, const Words& tokens) {
  Entry entry{name.name, {}, {}};
  entry.itself.term = name.name;
  entry.itself.tokens = tokens;
  entry.itself.alias_of = name.name;
  std::set<std::string> known;
  for (const Alias& alias : name.aliases) {
    for (const std::string& form : all_forms(alias)) {
      try {
        Node node = read_alias(form);
        set_alias_of(node, name.name);
        entry.as_written = entry.as_written || (node.kind == Node::Kind::exact && node.tokens == tokens);
        if (alias.language == "en" && node.kind == Node::Kind::phrase) english_.try_emplace(node.tokens, tokens);
        if (known.insert(key_of(node)).second) entry.aliases.push_back(std::move(node));
      } catch (const Refusal& refusal) {
        problems_.push_back({name.name, fmt::format("alias \"{}\": {}", printable(alias.text), refusal.error.message)});
        break;
      }
    }
  }
  return entry;
}

const NameTable::Entry* NameTable::find(const Words& tokens) const {
  const auto found = entries_.find(tokens);
  if (found != entries_.end()) return &found->second;
  const auto english = english_.find(tokens);
  if (english != english_.end()) return &entries_.find(english->second)->second;
  return base_ ? base_->find(tokens) : nullptr;
}

}  // namespace pw::query
