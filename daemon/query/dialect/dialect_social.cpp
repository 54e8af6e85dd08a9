/// Meltwater and Brandwatch: close to the default dialect, except for fields, ~ and adjacent terms.

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/refusal.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;

constexpr std::array kMeltwaterFields{
    FieldName{"title", "title"},     FieldName{"headline", "title"},
    FieldName{"ingress", "lead"},    FieldName{"lead", "lead"},
    FieldName{"body", "text"},       FieldName{"text", "text"},
    FieldName{"author", "author"},   FieldName{"site", "site"},
    FieldName{"domain", "site"},     FieldName{"url", "url"},
    FieldName{"lang", "lang"},       FieldName{"language", "lang"},
    FieldName{"country", "country"}, FieldName{"source", "source"},
    FieldName{"tag", "tag"},         FieldName{"countrycode", "country"},
};

constexpr std::array kBrandwatchFields{
    FieldName{"title", "title"}, FieldName{"author", "author"},   FieldName{"site", "site"},
    FieldName{"url", "url"},     FieldName{"language", "lang"},   FieldName{"lang", "lang"},
    FieldName{"raw", "raw"},     FieldName{"country", "country"}, FieldName{"source", "source"},
    FieldName{"tag", "tag"},
};

void expand_sloppy(std::vector<Lexeme>& lexemes) {
  std::vector<Lexeme> out;
  for (Lexeme& one : lexemes) {
    if (one.has_slop) {
      append_sloppy(out, one);
    } else {
      out.push_back(std::move(one));
    }
  }
  lexemes = std::move(out);
}

/// raw:Google+ is an exact form.
void read_raw(std::vector<Lexeme>& lexemes) {
  for (Lexeme& one : lexemes) {
    if (one.field != "raw") continue;
    if (one.kind != Kind::word && one.kind != Kind::phrase) refuse(one.offset, "raw: needs a word or a phrase");
    if (one.text.find('}') != std::string::npos) refuse(one.offset, "raw: cannot contain a }");
    one.kind = Kind::exact;
    one.text = std::string(trim(one.text));
    one.field.clear();
  }
}

bool begins_operand(const Lexeme& one) {
  return one.kind == Kind::open || one.kind == Kind::word || one.kind == Kind::phrase || one.kind == Kind::exact ||
         one.kind == Kind::range || one.kind == Kind::at_least;
}

bool ends_operand(const Lexeme& one) {
  return one.kind == Kind::close || (begins_operand(one) && one.kind != Kind::open && one.kind != Kind::at_least);
}

/// "title: oil" would search for two words.
void refuse_field_apart(const Lexeme& one) {
  if (one.kind != Kind::word || one.text.size() < 2 || !one.text.ends_with(':')) return;
  refuse(one.offset, fmt::format("a field must be directly followed by its value, as in {}Baku", printable(one.text)),
         {'"' + one.text + '"'});
}

/// Adjacent terms are joined by AND.
void join_neighbours(std::vector<Lexeme>& lexemes) {
  std::vector<Lexeme> out;
  for (Lexeme& one : lexemes) {
    if (!out.empty() && ends_operand(out.back()) && begins_operand(one)) {
      refuse_field_apart(out.back());
      Lexeme both = mark(Kind::and_, one);
      both.end = both.offset;
      out.push_back(std::move(both));
    }
    out.push_back(std::move(one));
  }
  lexemes = std::move(out);
}

}  // namespace

std::span<const FieldName> meltwater_fields() { return kMeltwaterFields; }

std::span<const FieldName> brandwatch_fields() { return kBrandwatchFields; }

Read read_meltwater(std::string_view query) {
  std::vector<Lexeme> lexemes = lex(query, {true});
  rename_fields(lexemes, "Meltwater", kMeltwaterFields);
  expand_sloppy(lexemes);
  return {std::move(lexemes), &presswatch_grammar()};
}

Read read_brandwatch(std::string_view query) {
  std::vector<Lexeme> lexemes = lex(query, {true});
  rename_fields(lexemes, "Brandwatch", kBrandwatchFields);
  read_raw(lexemes);
  join_neighbours(lexemes);
  expand_sloppy(lexemes);
  return {std::move(lexemes), &presswatch_grammar()};
}

}  // namespace pw::query
