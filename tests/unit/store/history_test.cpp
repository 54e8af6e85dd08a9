#include "fixture.hpp"
#include "store/database.hpp"
#include "store/log_reader.hpp"
#include "store/retention.hpp"

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

namespace pw::store {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using StoreHistoryTest = StoreTest;

TEST_F(StoreHistoryTest, SearchFindsAllWordsNewestFirstWithoutDiacritics) {
  open();
  Batch made;
  made.items = {item("one", "Der Präsident spricht über Brücken"), item("two", "Brucken und Strassen")};
  made.items[1].seen += Milliseconds{1};
  ASSERT_TRUE(submit(made));
  EXPECT_THAT(store_->search("brücken", 10).value(),
              ElementsAre(Field(&SearchHit::item_id, "two"), Field(&SearchHit::item_id, "one")));
  EXPECT_THAT(store_->search("brücken", 1).value(), ElementsAre(Field(&SearchHit::item_id, "two")));
  const auto both = store_->search("brucken  PRASIDENT", 10).value();
  ASSERT_THAT(both, ElementsAre(Field(&SearchHit::item_id, "one")));
  EXPECT_EQ(both[0].url, "https://news.example/one");
  EXPECT_THAT(both[0].snippet, HasSubstr("Brücken"));
  EXPECT_THAT(store_->search("brucken absent", 10).value(), IsEmpty());
}

TEST_F(StoreHistoryTest, SearchTextHasNoOperators) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  for (const char* text :
       {"", " ", "\"", "plain OR absent", "plain*x", "title:plain", "(", "NEAR(plain", "- ^", "\xff"}) {
    EXPECT_THAT(store_->search(text, 10).value(), IsEmpty()) << text;
  }
  EXPECT_EQ(store_->search("\"plain\" words", 10)->size(), 1u);
}

TEST_F(StoreHistoryTest, AChangedArticleIsFoundByItsNewWordsOnly) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  Batch changed;
  changed.items.push_back(item("one", "fresh wording"));
  changed.items[0].row = known_item("one")->row;
  ASSERT_TRUE(submit(changed));
  EXPECT_THAT(store_->search("plain", 10).value(), IsEmpty());
  EXPECT_EQ(store_->search("fresh", 10)->size(), 1u);
}

TEST_F(StoreHistoryTest, TheWordsOfABatchAreOneSegmentOfTheIndex) {
  open();
  Batch made;
  for (int i = 0; i < 10; ++i) made.items.push_back(item(fmt::format("item {}", i), fmt::format("plain word{}", i)));
  NewItem again = item("item 0", "fresh wording");
  again.row = 1;
  made.items.push_back(again);
  ASSERT_TRUE(submit(made));
  EXPECT_EQ(store_->search("plain", 10)->size(), 9U);
  EXPECT_EQ(store_->search("fresh", 10)->size(), 1U);
  store_.reset();
  Database db(settings_.path, Access::read_write);
  Query segments = db.query("SELECT count(DISTINCT segid) FROM articles_text_idx");
  ASSERT_TRUE(segments.step());
  EXPECT_EQ(segments.number(0), 1);
  EXPECT_NO_THROW(db.execute("INSERT INTO articles_text(articles_text, rank) VALUES ('integrity-check', 1)"));
}

TEST_F(StoreHistoryTest, AFailedBatchLeavesNoWords) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  store_.reset();
  Database(settings_.path, Access::read_write)
      .execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON items WHEN new.item_id = 'bad' BEGIN SELECT raise(ABORT, 'no'); END");
  open();
  Batch bad;
  bad.items = {item("good", "fresh wording"), item("one", "other words"), item("bad")};
  bad.items[1].row = known_item("one")->row;
  EXPECT_FALSE(submit(bad));
  ASSERT_TRUE(submit(batch("two")));
  EXPECT_THAT(store_->search("fresh", 10).value(), IsEmpty());
  EXPECT_EQ(store_->search("plain", 10)->size(), 2U);
  store_.reset();
  Database db(settings_.path, Access::read_write);
  EXPECT_NO_THROW(db.execute("INSERT INTO articles_text(articles_text, rank) VALUES ('integrity-check', 1)"));
}

TEST_F(StoreHistoryTest, RetentionTakesAlertsFromTheFrontOnly) {
  open();
  const Time start = clock_.now();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  clock_.pass(std::chrono::hours{2});
  ASSERT_TRUE(submit(batch("two", {alert("a", "2")})));
  clock_.set(start);  // the clock steps back: number 3 is older than number 2
  ASSERT_TRUE(submit(batch("three", {alert("a", "3")})));
  store_.reset();
  settings_.retention_alerts = std::chrono::hours{1};
  {
    Database db(settings_.path, Access::read_write);
    apply_retention(db, settings_, start + std::chrono::minutes{150});
  }
  LogReader log(settings_.path);
  EXPECT_EQ(log.head()->first, 2u);
  EXPECT_THAT(log.page(std::nullopt, 0, std::nullopt, 10, 1000)->alerts,
              ElementsAre(Field(&StoredAlert::seq, 2u), Field(&StoredAlert::seq, 3u)));
}

TEST_F(StoreHistoryTest, NumbersGoOnAfterTheWholeLogWasForgotten) {
  settings_.retention_alerts = std::chrono::hours{1};
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1"), alert("a", "2")})));
  clock_.pass(std::chrono::hours{3});
  store_.reset();  // closing applies retention
  LogReader log(settings_.path);
  EXPECT_EQ(log.head()->first, 3u);
  EXPECT_EQ(log.head()->head, 2u);
  EXPECT_THAT(log.page(std::nullopt, 0, std::nullopt, 10, 1000)->alerts, IsEmpty());
  open();
  const auto next = submit(batch("two", {alert("a", "3")}));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->alerts.at(0).seq, 3u);
  EXPECT_EQ(next->alerts.at(0).cseq, 3u);
}

TEST_F(StoreHistoryTest, ThePublishedNumberIsKeptWithABatchAndWithoutOne) {
  open();
  store_->set_published(7);
  EXPECT_EQ(store_->published_seq(), 7u);
  ASSERT_TRUE(submit(batch("one")));
  open();
  EXPECT_EQ(store_->published_seq(), 7u);
  store_->set_published(8);
  open();
  EXPECT_EQ(store_->published_seq(), 8u);
}

TEST_F(StoreHistoryTest, RetentionDeletesOldArticlesAndTheirWords) {
  settings_.retention_articles = std::chrono::hours{1};
  open();
  ASSERT_TRUE(submit(batch("old")));
  clock_.pass(std::chrono::hours{2});
  ASSERT_TRUE(submit(batch("new")));
  open();
  store_->close();
  EXPECT_EQ(store_->counts()->articles, 1U);
  EXPECT_THAT(store_->search("plain", 10).value(), ElementsAre(Field(&SearchHit::item_id, "new")));
}

}  // namespace
}  // namespace pw::store
