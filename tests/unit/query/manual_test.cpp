/// presswatch-query(7) against the parser.
#include "query/manual.hpp"

#include "core/roff.hpp"
#include "query/dialect/dialect.hpp"
#include "query/fields.hpp"
#include "query/query.hpp"
#include "query/syntax.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <variant>

namespace pw::query {
namespace {

using testing::HasSubstr;

std::variant<Node, QueryError> parse(std::string_view query, Dialect dialect = Dialect::presswatch) {
  return parse_query(query, Names{}, dialect);
}

bool is_valid(std::string_view query, Dialect dialect = Dialect::presswatch) {
  return std::holds_alternative<Node>(parse(query, dialect));
}

/// The tree, or why there is none.
std::string reading(std::string_view query) {
  const auto parsed = parse(query);
  const auto* node = std::get_if<Node>(&parsed);
  return node != nullptr ? to_query(*node) : std::get<QueryError>(parsed).message;
}

void collect_kinds(const Node& node, std::set<Node::Kind>& out) {
  out.insert(node.kind);
  for (const Node& child : node.children) collect_kinds(child, out);
}

/// The operator of a row with a number in place of n.
std::string spelled(std::string_view written) {
  std::string out(written);
  const std::size_t n = out.find("/n");
  if (n != std::string::npos) out.replace(n + 1, 1, "7");
  return out;
}

TEST(QueryManual, IsTheFileOfTheProject) {
  std::ostringstream file;
  file << std::ifstream("docs/man/presswatch-query.7").rdbuf();
  EXPECT_EQ(file.str(), manual()) << "presswatch query manual >docs/man/presswatch-query.7";
}

TEST(QueryManual, EveryExampleIsAQuery) {
  for (const SyntaxRow& row : kOperators) EXPECT_TRUE(is_valid(row.example)) << reading(row.example);
  for (const SyntaxRow& row : kTerms) EXPECT_TRUE(is_valid(row.example)) << reading(row.example);
  for (const FieldRow& row : kFields) EXPECT_TRUE(is_valid(row.example)) << reading(row.example);
  for (const DialectRow& dialect : kDialects) {
    for (const Equivalent& one : equivalents_of(dialect.name)) {
      EXPECT_TRUE(is_valid(one.theirs, *dialect_named(dialect.name))) << dialect.name << ' ' << one.theirs;
    }
  }
}

TEST(QueryManual, TheExamplesHaveEveryKindOfNode) {
  std::set<Node::Kind> kinds;
  const auto add = [&](std::string_view example) {
    const auto parsed = parse(example);
    if (const auto* node = std::get_if<Node>(&parsed)) collect_kinds(*node, kinds);
  };
  for (const SyntaxRow& row : kOperators) add(row.example);
  for (const SyntaxRow& row : kTerms) add(row.example);
  constexpr auto kLast = static_cast<std::size_t>(Node::Kind::property);
  EXPECT_EQ(kinds.size(), kLast + 1) << "a kind of node that no example shows";
}

TEST(QueryManual, AnOperatorIsAcceptedIfAndOnlyIfItIsInThePage) {
  const std::string page = manual();
  std::set<std::string> listed;
  for (const SyntaxRow& row : kOperators) {
    listed.insert(spelled(row.written));
    EXPECT_THAT(page, HasSubstr(".BR " + roff_argument(row.written) + "\n"));
    EXPECT_TRUE(is_valid("oil " + spelled(row.written) + " gas")) << row.written;
  }
  for (const char* word :
       {"AND",    "OR",    "NOT", "AND NOT", "NEAR",       "NEAR/7", "NEAR/7f", "ONEAR", "ONEAR/7", "/s",
        "/p",     "&&",    "||",  "|",       "&",          "+",      "W/7",     "/7",    "PRE/7",   "ADJ",
        "ADJ7",   "SAME",  "XOR", "BUT NOT", "WITHIN/7",   "w/s",    "w/p",     "N7",    "BEFORE",  "NEXT",
        "ANDNOT", "NEAR7", "~7",  "NOTNEAR", "NOT NEAR/7", "OR NOT", "PHRASE"}) {
    EXPECT_EQ(is_valid("oil " + std::string(word) + " gas"), listed.contains(word))
        << word << ": " << reading("oil " + std::string(word) + " gas");
  }
}

TEST(QueryManual, AFieldIsAcceptedIfAndOnlyIfItIsInThePage) {
  const std::string page = manual();
  for (const FieldRow& row : kFields) {
    EXPECT_THAT(page, HasSubstr(".BR " + roff_argument(row.name) + "\n"));
    EXPECT_EQ(is_valid(std::string(row.name) + ":[am TO az]"), row.range) << row.name;
    EXPECT_EQ(is_valid(std::string(row.name) + ":(oil OR gas)"), row.in_text || row.name == "author" ||
                                                                     row.name == "source" || row.name == "tag" ||
                                                                     row.name == "url" || row.name == "site")
        << row.name;
  }
  for (const char* name :
       {"title",    "text", "lead",    "author",   "site",   "url",     "lang", "country", "source", "tag",
        "headline", "body", "ingress", "language", "domain", "content", "date", "section", "raw",    "subject"}) {
    EXPECT_EQ(is_valid(std::string(name) + ":az"), find_field(name) != nullptr) << name;
  }
}

TEST(QueryManual, EveryFieldOfADialectIsInItsExamples) {
  for (const DialectRow& dialect : kDialects) {
    if (dialect.fields == nullptr) continue;
    std::string examples;
    for (const Equivalent& one : equivalents_of(dialect.name))
      examples += std::string(one.theirs) + ' ' + std::string(one.note) + '\n';
    for (const FieldName& field : dialect.fields()) {
      if (find_field(field.theirs) != nullptr && field.theirs == field.ours) continue;
      EXPECT_THAT(examples, HasSubstr(std::string(field.theirs))) << dialect.name;
    }
  }
}

}  // namespace
}  // namespace pw::query
