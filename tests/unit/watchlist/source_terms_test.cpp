#include "watchlist/source_terms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace pw::watchlist {
namespace {

using testing::AllOf;
using testing::HasSubstr;

config::Settings settings_with(const std::string& query, const std::string& dialect = "presswatch") {
  config::Settings out;
  config::SourceSettings source;
  source.id = "jns";
  source.tags = {"Wire"};
  out.sources.push_back(source);
  config::WatchlistSettings list;
  list.id = "w";
  list.query = query;
  list.dialect = dialect;
  list.query_place = {"a.toml", 3, 10};
  out.watchlists.push_back(std::make_shared<const config::WatchlistSettings>(list));
  return out;
}

std::string problems(const std::string& query, const std::string& dialect = "presswatch") {
  std::vector<config::Problem> found;
  check_source_terms(settings_with(query, dialect), found);
  std::string out;
  for (const config::Problem& one : found) out += one.text() + '\n';
  return out;
}

TEST(SourceTerms, ASourceThatExistsIsFine) {
  for (const char* query :
       {"oil AND source:jns", "oil AND tag:wire", "oil -source:jns", "oil AND source:[a TO z]", "source"}) {
    EXPECT_EQ(problems(query), "") << query;
  }
}

TEST(SourceTerms, OneThatDoesNotIsReportedWithItsPlace) {
  EXPECT_EQ(problems("oil AND source:jsn"),
            "a.toml:3:25: watchlist w: there is no source \"jsn\"; did you mean source:jns?\n");
  EXPECT_THAT(problems("oil AND\n(gas OR tag:agency)"),
              HasSubstr("a.toml:4:13: watchlist w: there is no source with the tag \"agency\""));
  EXPECT_THAT(problems("oil and source(jnz)", "lexis"), HasSubstr("there is no source \"jnz\""));
}

TEST(SourceTerms, QueriesThatCannotBeReadAreLeftToTheirOwnErrors) { EXPECT_EQ(problems("source:( AND"), ""); }

TEST(SourceTerms, APlaceInAQueryCountsLinesAndCharacters) {
  const config::Place begin{"a.toml", 3, 10};
  EXPECT_EQ(place_in_query(begin, "Баку AND", 9), (config::Place{"a.toml", 3, 15}));
  EXPECT_EQ(place_in_query(begin, "a\n б c", 5), (config::Place{"a.toml", 4, 3}));
  EXPECT_EQ(place_in_query(begin, "a", 99), (config::Place{"a.toml", 3, 11}));
}

}  // namespace
}  // namespace pw::watchlist
