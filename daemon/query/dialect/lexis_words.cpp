#include "query/dialect/lexis_words.hpp"

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::size_t kMaxForms = 16;

constexpr std::array kSegments{
    FieldName{"headline", "title"}, FieldName{"title", "title"},   FieldName{"hlead", kHeadField},
    FieldName{"lead", "lead"},      FieldName{"body", "text"},     FieldName{"text", "text"},
    FieldName{"byline", "author"},  FieldName{"author", "author"}, FieldName{"language", "lang"},
    FieldName{"source", "source"},
};
/// Segments for publications, which correspond to sources here.
constexpr std::array<std::string_view, 4> kPublications{"publication", "pub", "publication-name", "publisher"};
/// Segments whose terms are assigned by LexisNexis.
constexpr std::array<std::string_view, 14> kAssigned{"subject", "terms",    "company", "organization", "org",
                                                     "person",  "industry", "ticker",  "geographic",   "geo",
                                                     "city",    "state",    "country", "name"};
/// Segments for which articles have no data here.
constexpr std::array<std::string_view, 11> kOthers{
    "date",      "load-date", "section",          "length",        "dateline", "graphic",
    "highlight", "series",    "publication-type", "document-type", "copyright"};

/// Expands the truncation marks of a word to all its forms, in our wildcard syntax.
std::vector<std::string> forms_of(std::string_view word, std::size_t offset) {
  const std::size_t bang = word.find('!');
  if (bang != std::string_view::npos && bang + 1 < word.size()) {
    refuse(offset + bang, "! is only allowed at the end of a word", {std::string(word.substr(0, bang + 1))});
  }
  std::string_view stem = bang == std::string_view::npos ? word : word.substr(0, bang);
  std::size_t missing = 0;  // number of optional letters at the end
  while (bang == std::string_view::npos && stem.ends_with('*')) {
    stem.remove_suffix(1);
    ++missing;
  }
  if (missing == 1) {
    refuse(
        offset + stem.size(),
        "a single * at the end of a word means one letter in older LexisNexis products, and any ending in newer ones",
        {fmt::format("{}!", stem), fmt::format("({0} or {0}?)", stem)});
  }
  std::string plain(stem);
  std::ranges::replace(plain, '*', '?');
  if (bang != std::string_view::npos) return {plain + '*'};
  std::vector<std::string> out{plain};
  for (std::size_t i = 0; i < missing; ++i) out.push_back(out.back() + '?');
  return out;
}

/// All forms of a word, or of a phrase whose words have truncation marks.
std::vector<std::string> forms_of_text(std::string_view text, std::size_t offset) {
  std::vector<std::string> out{""};
  while (!text.empty()) {
    const std::size_t space = space_length(text);
    if (space > 0) {
      for (std::string& one : out) one += text.substr(0, space);
      text.remove_prefix(space);
      continue;
    }
    std::size_t end = 0;
    while (end < text.size() && space_length(text.substr(end)) == 0) ++end;
    const auto forms = forms_of(text.substr(0, end), offset);
    std::vector<std::string> more;
    for (const std::string& left : out) {
      for (const std::string& form : forms) more.push_back(left + form);
    }
    out = std::move(more);
    if (out.size() > kMaxForms)
      refuse(offset, fmt::format("the * at the ends of words expand to more than {} forms", kMaxForms));
    text.remove_prefix(end);
  }
  return out;
}

Lexeme with_field(Lexeme one, std::string_view field) {
  one.field = field;
  return one;
}

std::vector<Lexeme> forms_of_term(const Lexeme& one, const std::string& field) {
  std::vector<Lexeme> out;
  for (std::string& form : forms_of_text(one.text, one.offset)) {
    Lexeme alternative = one;
    if (form.find_first_of(" \t\n") != std::string::npos) alternative.kind = Kind::phrase;
    alternative.text = std::move(form);
    if (field == kHeadField) {
      out.push_back(with_field(alternative, "title"));
      out.push_back(with_field(alternative, "lead"));
    } else {
      out.push_back(std::move(alternative));
    }
  }
  return out;
}

std::string capitalised(std::string_view lower) {
  std::string out(lower);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 32);
  return out;
}

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string segment_field(std::string_view segment, std::string_view inner, std::size_t offset) {
  const auto found = std::ranges::find(kSegments, segment, &FieldName::theirs);
  if (found != kSegments.end()) return std::string(found->ours);
  const std::string words(inner);
  if (is_one_of(segment, kPublications)) {
    refuse(offset, fmt::format("{} names a publication; here a source is identified by its id or site", segment),
           {"source(ID)", "site:HOST in the default dialect"});
  }
  if (is_one_of(segment, kAssigned)) {
    refuse(offset, fmt::format("{} contains terms assigned by LexisNexis; articles have none here", segment),
           {words, fmt::format("hlead({})", words)});
  }
  if (is_one_of(segment, kOthers))
    refuse(offset, fmt::format("articles have no data here for the segment {}", segment));
  std::vector<std::string_view> known;
  known.reserve(kSegments.size());
  for (const FieldName& field : kSegments) known.push_back(field.theirs);
  const std::string_view near = nearest_name(segment, known);
  refuse(offset, near.empty()
                     ? fmt::format("unknown segment or command {}; supported segments: {}", printable(segment),
                                   fmt::join(known, ", "))
                     : fmt::format("unknown segment or command {}; did you mean {}?", printable(segment), near));
}

std::span<const FieldName> lexis_fields() { return kSegments; }

bool is_segment(std::string_view name) {
  const bool is_read = std::ranges::find(kSegments, name, &FieldName::theirs) != kSegments.end();
  return is_read || is_one_of(name, kPublications) || is_one_of(name, kAssigned) || is_one_of(name, kOthers);
}

bool is_spelling_command(std::string_view name) {
  constexpr std::array<std::string_view, 5> kCommands{"caps", "nocaps", "allcaps", "singular", "plural"};
  return is_one_of(name, kCommands);
}

std::vector<Lexeme> spelled(std::string_view command, std::string_view word, const Lexeme& at) {
  const bool is_word = !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == ' ';
  });
  if (!is_word)
    refuse(at.offset, fmt::format("{} needs a single word of the letters a to z, as in allcaps(AIDS)", command));
  const std::string lower = ascii_lower(word);
  if (command == "plural") {
    refuse(at.offset, "words only match as written, so write the plural", {lower + 's'});
  }
  if (command == "caps") {
    refuse(at.offset, "CAPS matches a word with a capital letter anywhere; here, list each spelling",
           {fmt::format("(allcaps({}) or …)", lower),
            fmt::format("({{{}}} OR {{{}}}) in the default dialect", capitalised(lower), upper(word))});
  }
  Lexeme one = at;
  if (command == "singular") {
    one.kind = Kind::phrase;
    one.text = lower;
  } else {
    one.kind = Kind::exact;
    one.text = command == "allcaps" ? upper(word) : lower;
  }
  return {one};
}

std::vector<Lexeme> expand_lexis_words(std::vector<Lexeme> lexemes) {
  std::vector<Lexeme> out;
  std::vector<std::string> brackets;
  for (Lexeme& one : lexemes) {
    const std::string field = !one.field.empty() || brackets.empty() ? one.field : brackets.back();
    if (one.kind == Kind::open) brackets.push_back(field);
    if (one.kind == Kind::close && !brackets.empty()) brackets.pop_back();
    const bool is_term = one.kind == Kind::word || one.kind == Kind::phrase;
    if (is_term && field == "lang") {
      const auto code = language_code(one.text);
      if (!code) refuse(one.offset, fmt::format("unknown language \"{}\"", printable(one.text)));
      one.text = *code;
      out.push_back(std::move(one));
    } else if (is_term) {
      append_any(out, forms_of_term(one, field));
    } else if (one.kind == Kind::exact && field == kHeadField) {
      append_any(out, {with_field(one, "title"), with_field(one, "lead")});
    } else {
      if (one.field == kHeadField) one.field.clear();
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace pw::query
