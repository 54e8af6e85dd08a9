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
/// Segments of publications, which are sources here.
constexpr std::array<std::string_view, 4> kPublications{"publication", "pub", "publication-name", "publisher"};
/// Segments with terms that the product's indexers assign.
constexpr std::array<std::string_view, 14> kAssigned{"subject", "terms",    "company", "organization", "org",
                                                     "person",  "industry", "ticker",  "geographic",   "geo",
                                                     "city",    "state",    "country", "name"};
/// Segments that an article has nothing of here.
constexpr std::array<std::string_view, 11> kOthers{
    "date",      "load-date", "section",          "length",        "dateline", "graphic",
    "highlight", "series",    "publication-type", "document-type", "copyright"};

/// One written word in every form that its marks allow, in our marks.
std::vector<std::string> forms_of(std::string_view word, std::size_t offset) {
  const std::size_t bang = word.find('!');
  if (bang != std::string_view::npos && bang + 1 < word.size()) {
    refuse(offset + bang, "a ! stands only at the end of a word", {std::string(word.substr(0, bang + 1))});
  }
  std::string_view stem = bang == std::string_view::npos ? word : word.substr(0, bang);
  std::size_t missing = 0;  // letters that may be missing at the end
  while (bang == std::string_view::npos && stem.ends_with('*')) {
    stem.remove_suffix(1);
    ++missing;
  }
  if (missing == 1) {
    refuse(offset + stem.size(),
           "one * at the end of a word is one letter more in older LexisNexis products, and any ending in newer ones",
           {fmt::format("{}!", stem), fmt::format("({0} or {0}?)", stem)});
  }
  std::string plain(stem);
  std::ranges::replace(plain, '*', '?');
  if (bang != std::string_view::npos) return {plain + '*'};
  std::vector<std::string> out{plain};
  for (std::size_t i = 0; i < missing; ++i) out.push_back(out.back() + '?');
  return out;
}

/// Every form of a word, or of a phrase whose words have marks.
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
      refuse(offset, fmt::format("the * at the ends stand for more than {} forms", kMaxForms));
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
    refuse(offset, fmt::format("{} names a publication; here a source has an id and a site", segment),
           {"source(ID)", "site:HOST in the default dialect"});
  }
  if (is_one_of(segment, kAssigned)) {
    refuse(offset, fmt::format("{} holds terms that LexisNexis assigns; an article has none here", segment),
           {words, fmt::format("hlead({})", words)});
  }
  if (is_one_of(segment, kOthers))
    refuse(offset, fmt::format("the segment {} is not known of an article here", segment));
  std::vector<std::string_view> known;
  known.reserve(kSegments.size());
  for (const FieldName& field : kSegments) known.push_back(field.theirs);
  const std::string_view near = nearest_name(segment, known);
  refuse(offset, near.empty()
                     ? fmt::format("there is no segment or command {}; of segments there are {}", printable(segment),
                                   fmt::join(known, ", "))
                     : fmt::format("there is no segment or command {}; did you mean {}?", printable(segment), near));
}

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
  if (!is_word) refuse(at.offset, fmt::format("{} wants one word of the letters a to z, as in allcaps(AIDS)", command));
  const std::string lower = ascii_lower(word);
  if (command == "plural") {
    refuse(at.offset, "a word is found as it is written, so the plural must be written", {lower + 's'});
  }
  if (command == "caps") {
    refuse(at.offset, "CAPS finds a word with a capital anywhere in it; here each spelling is written",
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
      if (!code) refuse(one.offset, fmt::format("there is no language \"{}\"", printable(one.text)));
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
