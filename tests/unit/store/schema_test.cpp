/// Files created by older versions.
#include "store/schema.hpp"

#include "fixture.hpp"
#include "store/database.hpp"
#include "store/schema_steps.hpp"

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

namespace pw::store {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class SchemaTest : public StoreTest {
 protected:
  /// A database of an older version, with its own log.
  Database& make_old(int version) {
    old_ = std::make_unique<Database>(settings_.path, Access::read_write);
    for (int i = 0; i < version; ++i) old_->execute(schema_steps()[static_cast<std::size_t>(i)].sql);
    old_->query("INSERT INTO meta VALUES ('log_id', ?)").bind(log_).run();
    old_->execute(fmt::format("PRAGMA user_version = {}", version).c_str());
    return *old_;
  }

  void add_article(const std::string& source, const std::string& name, const std::string& url_key,
                   const std::string& text, int revision = 1) {
    old_->query(
            "INSERT INTO articles(source, item_id, url_key, content, revision, first_seen, seen, story, url, "
            "canonical_url, title, text, authors, language, site, section, image, method, partial) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6 - 1000, ?6, ?4, 'https://' || ?3, '', 'About ' || ?2, ?7, '', '', '', '', "
            "'', '', 0)")
        .bind(source)
        .bind(name)
        .bind(url_key)
        .bind(derive_id({text}))
        .bind(std::int64_t{revision})
        .bind(to_ms(clock_.now()))
        .bind(text)
        .run();
  }

  void open_old() {
    old_.reset();
    open();
  }

  std::optional<KeyMatch> find(const std::string& kind, const std::string& value) {
    const auto found = store_->find_items("wire", std::vector{item_key(kind, value)}).value();
    return found.empty() ? std::nullopt : std::optional(found[0]);
  }

  const Id log_ = derive_id({"log"});
  std::unique_ptr<Database> old_;
};

TEST_F(SchemaTest, AFileOfVersion1BecomesSearchable) {
  make_old(1);
  add_article("wire", "one", "news.example/one", "plain words");
  open_old();
  EXPECT_EQ(store_->log_id(), log_);
  EXPECT_THAT(store_->search("plain", 10).value(), ElementsAre(Field(&SearchHit::item_id, "one")));
  ASSERT_TRUE(submit(batch("two")));
  EXPECT_EQ(store_->search("plain", 10)->size(), 2U);
}

TEST_F(SchemaTest, TheArticlesOfVersion4BecomeItemsWithKeys) {
  make_old(4);
  add_article("wire", "one", "news.example/one", "plain words", 3);
  add_article("other", "one", "news.example/one", "plain words");
  open_old();
  const auto known = find("id", "one");
  ASSERT_TRUE(known);
  const KnownItem& item = known->item;
  EXPECT_EQ(item.item_id, "one");
  EXPECT_EQ(item.content, derive_id({"plain words"}));
  EXPECT_EQ(item.revision, 3U);
  EXPECT_EQ(item.first_seen, clock_.now() - Milliseconds{1000});
  EXPECT_EQ(item.seen, clock_.now());
  ItemMarks marks;
  marks.visited = clock_.now();
  EXPECT_EQ(item.marks, marks);
  const auto by_url = find("url", "news.example/one");
  ASSERT_TRUE(by_url);
  EXPECT_EQ(by_url->item, item);
  EXPECT_FALSE(by_url->shared) << "the other source's is another";

  NewItem changed = this->item("one", "fresh wording");
  changed.row = item.row;
  Batch made;
  made.items.push_back(changed);
  ASSERT_TRUE(submit(made));
  EXPECT_EQ(find("id", "one")->item.revision, 4U);
  EXPECT_THAT(store_->search("plain", 10).value(), ElementsAre(Field(&SearchHit::source, "other")));
  EXPECT_THAT(store_->search("fresh", 10).value(), ElementsAre(Field(&SearchHit::item_id, "one")));
}

TEST_F(SchemaTest, OneArticleThatVersion4TookForSeveralIsOne) {
  make_old(4);
  add_article("wire", "random-1", "news.example/one", "plain words");
  add_article("wire", "random-2", "news.example/one", "plain words");
  add_article("wire", "live-1", "news.example/live", "first");
  add_article("wire", "live-2", "news.example/live", "second");
  open_old();
  EXPECT_EQ(find("id", "random-2")->item, find("id", "random-1")->item);
  EXPECT_FALSE(find("url", "news.example/one")->shared);
  EXPECT_NE(find("id", "live-2")->item, find("id", "live-1")->item);
  EXPECT_TRUE(find("url", "news.example/live")->shared) << "two entries of one page";
}

TEST_F(SchemaTest, TheRestOfVersion4IsKept) {
  make_old(4).execute(
      "INSERT INTO sources(id, cursor, next_due, last_ok, failures, state, reason, interval_ms, items_seen, alerts) "
      "VALUES ('wire', 'cursor-7', 1, 2, 0, 'ok', '', 60000, 5, 6);"
      "INSERT INTO validators VALUES ('https://news.example/', '\"1\"', '', '');"
      "INSERT INTO subscriptions VALUES ('wire', 'topic', 'hub', 'token', 'secret', 9);"
      "INSERT INTO alerts VALUES (1, 'x', 1, 3, x'01', 'wire', '{}');"
      "INSERT INTO channels VALUES ('x', 1);"
      "INSERT INTO held VALUES (1, 'x', x'02', 'wire', '{}');"
      "INSERT INTO silent VALUES ('x', 3, 4);"
      "INSERT INTO meta VALUES ('unfinished 00', x'03');"
      "UPDATE meta SET value = 1 WHERE key IN ('head', 'published')");
  open_old();
  EXPECT_THAT(store_->load_sources().value(), ElementsAre(Field(&SourceState::cursor, "cursor-7")));
  EXPECT_THAT(store_->load_subscriptions().value(), ElementsAre(Field(&Subscription::token, "token")));
  EXPECT_THAT(store_->load_watchlist_counts().value(), ElementsAre(WatchlistCounts{"x", 1, from_ms(3), 1, 3, 4}));
  EXPECT_EQ(store_->published_seq(), 1U);
  EXPECT_EQ(store_->counts()->head, 1U);
  store_.reset();
  Database db(settings_.path, Access::read_only);
  EXPECT_FALSE(db.query("SELECT 1 FROM meta WHERE key LIKE 'unfinished%'").step());
}

TEST_F(SchemaTest, AFileOfVersion6KnowsWhenASourceLastBroughtSomething) {
  make_old(6).execute(
      "INSERT INTO sources(id, cursor, next_due, last_ok, failures, state, reason, interval_ms, items_seen, alerts) "
      "VALUES ('wire', '', 1, 2, 0, 'ok', '', 60000, 5, 6), ('new', '', 1, 2, 0, 'ok', '', 60000, 0, 0);"
      "INSERT INTO items(source, item_id, content, revision, first_seen, seen, hints, title, published, modified, "
      "visited, etag, last_modified, answered_by) VALUES "
      "('wire', 'a', x'', 1, 7, 900, x'', x'', 0, 0, 0, '', '', ''), "
      "('wire', 'b', x'', 1, 5, 800, x'', x'', 0, 0, 0, '', '', '')");
  open_old();
  EXPECT_THAT(store_->load_sources().value(),
              UnorderedElementsAre(AllOf(Field(&SourceState::id, "wire"), Field(&SourceState::last_item, from_ms(7))),
                                   AllOf(Field(&SourceState::id, "new"), Field(&SourceState::last_item, Time{}),
                                         Field(&SourceState::rhythm, ""))));
}

TEST_F(SchemaTest, AFileOfANewerSchemaIsLeftAlone) {
  make_old(4).execute("PRAGMA user_version = 99");
  old_.reset();
  EXPECT_THAT(open_failure(), HasSubstr("newer presswatch (schema 99"));
}

TEST_F(SchemaTest, ALogWithoutItsNumbersIsNotBegunAgain) {
  for (const char* key : {"head", "published", "log_id"}) {
    open();
    store_.reset();
    Database(settings_.path, Access::read_write).query("DELETE FROM meta WHERE key = ?").bind(key).run();
    EXPECT_THAT(open_failure(), HasSubstr("presswatch.db: the database is damaged")) << key;
    std::filesystem::remove(settings_.path);
    std::filesystem::remove(settings_.path + ".instance");
  }
}

}  // namespace
}  // namespace pw::store
