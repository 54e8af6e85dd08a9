#include "damaged_feeds.hpp"
#include "feed/feed.hpp"
#include "text/charset/charset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace pw::feed {
namespace {

using test::number_of;

constexpr std::size_t kEntries = 12;
constexpr unsigned kSeeds = 25;

struct Tally {
  std::size_t expected = 0;
  std::size_t kept = 0;
};

/// An entry counts as kept if it appears exactly once, with its own id or link.
std::size_t kept_of(const Feed& feed) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < kEntries; ++i) {
    const std::string n = number_of(i);
    const auto named = [&](const FeedEntry& entry) {
      return entry.id == "urn:story:" + n || entry.url == "https://courier.example/story/" + n + "?a=1&b=2";
    };
    kept += std::ranges::count_if(feed.entries, named) == 1 ? 1U : 0U;
  }
  return kept;
}

Tally run(const test::Damage& damage, bool atom, unsigned seed) {
  test::Random random(seed);
  test::WrittenFeed written = test::write_feed(atom, kEntries);
  const std::size_t at = test::pick(random, kEntries);
  const std::size_t lost = damage.apply(written, at, random);
  const auto feed = parse_feed(text::decode_xml(written.text, "application/xml").text, "https://courier.example/feed",
                               from_ms(1'770'000'000'000));
  const std::size_t kept = feed ? kept_of(*feed) : 0;
  return {kEntries - lost, std::min(kept, kEntries - lost)};
}

TEST(FeedDamage, WhatIsStillThereIsKept) {
  const auto kinds = test::kinds_of_damage();
  ASSERT_GE(kinds.size(), 25U);
  Tally all;
  for (const test::Damage& damage : kinds) {
    Tally of_kind;
    for (unsigned seed = 0; seed < kSeeds; ++seed) {
      for (const bool atom : {false, true}) {
        const Tally one = run(damage, atom, seed);
        of_kind.expected += one.expected;
        of_kind.kept += one.kept;
      }
    }
    // Damage may cost one of the twelve entries, but not in every feed.
    EXPECT_GE(of_kind.kept * 100, of_kind.expected * 97)
        << damage.name << ": " << of_kind.kept << " of " << of_kind.expected;
    all.expected += of_kind.expected;
    all.kept += of_kind.kept;
  }
  RecordProperty("kept", static_cast<int>(all.kept));
  RecordProperty("expected", static_cast<int>(all.expected));
  EXPECT_GE(all.kept * 1000, all.expected * 990) << all.kept << " of " << all.expected;
}

TEST(FeedDamage, ASoundFeedIsNotCalledDamaged) {
  for (const bool atom : {false, true}) {
    const auto feed =
        parse_feed(test::write_feed(atom, kEntries).text, "https://courier.example/feed", from_ms(1'770'000'000'000));
    ASSERT_TRUE(feed);
    EXPECT_FALSE(feed->damaged);
    EXPECT_EQ(kept_of(*feed), kEntries);
  }
}

/// Unclosed markup with its own namespace must not swallow the following entries.
TEST(FeedDamage, MarkupThatIsNotClosedEndsWithItsEntry) {
  const std::string head = R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>)";
  const std::string good = "<entry><id>urn:2</id><title>Two</title></entry></feed>";
  for (const std::string_view content :
       {R"(<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p>)",
        R"(<content type="xhtml"><div xmlns="http://www.w3.org/19><p>One</p></div></content>)",
        R"(<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One</div></titel>)"}) {
    const auto feed = parse_feed(head + "<entry>" + std::string(content) + "<id>urn:1</id></entry>" + good, "",
                                 from_ms(1'770'000'000'000));
    ASSERT_TRUE(feed) << content;
    ASSERT_EQ(feed->entries.size(), 2U) << content;
    EXPECT_EQ(feed->entries[1].id, "urn:2") << content;
    EXPECT_TRUE(feed->damaged) << content;
  }
}

TEST(FeedDamage, AnUnknownNamespaceOfRdfItemsIsTheFeedsOwn) {
  const auto feed = parse_feed(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.example/rss/1.0/'>"
      "<channel><title>Courier</title></channel><item><title>One</title><link>https://a.example/1</link></item>"
      "</rdf:RDF>",
      "", from_ms(1'770'000'000'000));
  ASSERT_TRUE(feed);
  ASSERT_EQ(feed->entries.size(), 1U);
  EXPECT_EQ(feed->entries[0].title, "One");
}

TEST(FeedDamage, NoEntityOfADtdIsExpanded) {
  const auto feed = parse_feed(
      "<!DOCTYPE r [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
      "<rss><channel><item><title>&a;&f;</title><link>https://a.example/1</link></item></channel></rss>",
      "https://a.example/");
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->entries.at(0).title, "&a;&f;");
}

}  // namespace
}  // namespace pw::feed
