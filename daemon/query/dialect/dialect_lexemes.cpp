#include "query/dialect/dialect_lexemes.hpp"

#include "core/text.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

/// The words of a phrase as written if each is a single token, otherwise its folded tokens.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  bool plain = true;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && text[end] != '-' && space_length(text.substr(end)) == 0) ++end;
    const std::string_view word = text.substr(0, end);
    const auto tokens = tokens_of(word);
    if (!tokens.empty()) out.emplace_back(word);
    plain = plain && tokens.size() <= 1;
    const std::string_view rest = text.substr(end);
    text.remove_prefix(std::min(text.size(), end + std::max<std::size_t>(1, space_length(rest))));
  }
  return out.size() <= 2 && plain ? out : std::vector<std::string>{};
}

Lexeme word_at(std::string text, const Lexeme& phrase) {
  Lexeme one = phrase;
  one.kind = Kind::phrase;
  one.text = std::move(text);
  one.has_slop = false;
  return one;
}

std::string english_name(const char* locale, bool of_country) {
  icu::UnicodeString name;
  UErrorCode status = U_ZERO_ERROR;
  UChar* const room = name.getBuffer(100);
  const int length = of_country ? uloc_getDisplayCountry(locale, "en", room, 100, &status)
                                : uloc_getDisplayLanguage(locale, "en", room, 100, &status);
  name.releaseBuffer(U_SUCCESS(status) ? length : 0);
  std::string out;
  return name.toUTF8String(out);
}

std::string value_code(const Lexeme& one, const std::string& field) {
  const bool is_language = field == "lang";
  const auto code = is_language ? language_code(one.text) : country_code(one.text);
  if (!code) {
    refuse(one.offset, fmt::format("unknown {} \"{}\"", is_language ? "language" : "country", printable(one.text)));
  }
  return *code;
}

[[noreturn]] void refuse_field(const Lexeme& one, std::string_view product, std::span<const FieldName> fields) {
  if (is_date_field(one.field)) {
    refuse(one.offset, fmt::format("{}: only new articles are matched, so there is no date to search for", one.field));
  }
  std::vector<std::string_view> known;
  for (const FieldName& field : fields) known.push_back(field.theirs);
  const std::string_view near = nearest_name(one.field, known);
  std::string message = fmt::format("articles have no data here for {}'s {}:", product, printable(one.field));
  if (near.empty()) {
    message += fmt::format("; supported fields: {}", fmt::join(known, ", "));
  } else {
    message += fmt::format("; did you mean {}:?", near);
  }
  refuse(one.offset, std::move(message));
}

}  // namespace

Lexeme mark(Kind kind, const Lexeme& at) {
  Lexeme one;
  one.kind = kind;
  one.offset = at.offset;
  one.end = at.end;
  return one;
}

Lexeme near_mark(std::uint32_t n, bool ordered, const Lexeme& at) {
  Lexeme one = mark(Kind::near, at);
  one.n = n;
  one.ordered = ordered;
  return one;
}

void append_any(std::vector<Lexeme>& out, std::vector<Lexeme> alternatives) {
  if (alternatives.size() == 1) {
    out.push_back(std::move(alternatives.front()));
    return;
  }
  const Lexeme at = alternatives.front();
  out.push_back(mark(Kind::open, at));
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (i > 0) out.push_back(mark(Kind::or_, at));
    out.push_back(std::move(alternatives[i]));
  }
  out.push_back(mark(Kind::close, at));
}

void append_sloppy(std::vector<Lexeme>& out, const Lexeme& phrase) {
  if (phrase.n == 0 || tokens_of(phrase.text).size() < 2) {
    out.push_back(word_at(phrase.text, phrase));
    return;
  }
  auto words = words_of(phrase.text);
  if (words.empty()) words = tokens_of(phrase.text);
  if (words.size() > 2) {
    refuse(phrase.offset,
           fmt::format("with three or more words, ~{} counts moves, which is not supported; dialect = \"presswatch\" "
                       "counts the words in between",
                       phrase.n),
           {fmt::format("\"{}\"~{}", phrase.text, phrase.n), '"' + phrase.text + '"'});
  }
  const Lexeme left = word_at(words[0], phrase);
  const Lexeme right = word_at(words[1], phrase);
  const bool may_swap = phrase.n >= 2;
  out.push_back(mark(Kind::open, phrase));
  out.insert(out.end(), {left, near_mark(phrase.n, true, phrase), right});
  if (may_swap) {
    out.push_back(mark(Kind::or_, phrase));
    out.insert(out.end(), {right, near_mark(phrase.n - 2, true, phrase), left});
  }
  out.push_back(mark(Kind::close, phrase));
}

std::optional<std::string> language_code(std::string_view text) {
  const std::string wanted = ascii_lower(trim(text));
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    if (wanted == *code || wanted == uloc_getISO3Language(*code) || wanted == ascii_lower(english_name(*code, false))) {
      return std::string(*code);
    }
  }
  return std::nullopt;
}

std::optional<std::string> country_code(std::string_view text) {
  const std::string wanted = ascii_lower(trim(text));
  if (wanted == "uk") return "gb";
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    const std::string lower = ascii_lower(*code);
    const std::string locale = std::string("und_") + *code;
    if (wanted == lower || wanted == ascii_lower(uloc_getISO3Country(locale.c_str())) ||
        wanted == ascii_lower(english_name(locale.c_str(), true))) {
      return lower;
    }
  }
  return std::nullopt;
}

void rename_fields(std::vector<Lexeme>& lexemes, std::string_view product, std::span<const FieldName> fields) {
  std::vector<std::string> brackets;  // field of each open bracket
  const auto inherited = [&] { return brackets.empty() ? std::string() : brackets.back(); };
  for (Lexeme& one : lexemes) {
    if (!one.field.empty()) {
      const auto found = std::ranges::find(fields, one.field, &FieldName::theirs);
      if (found == fields.end()) refuse_field(one, product, fields);
      one.field = found->ours;
    }
    const std::string field = one.field.empty() ? inherited() : one.field;
    if (one.kind == Kind::open) brackets.push_back(field);
    if (one.kind == Kind::close && !brackets.empty()) brackets.pop_back();
    const bool is_value = one.kind == Kind::word || one.kind == Kind::phrase;
    if (is_value && (field == "lang" || field == "country")) one.text = value_code(one, field);
  }
}

}  // namespace pw::query
