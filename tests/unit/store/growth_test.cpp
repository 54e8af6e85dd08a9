/// A hundred days of polls: no table grows without bound.
#include "fakes/fake_clock.hpp"
#include "samples.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <map>

namespace pw::store {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kDay = 24h;
constexpr int kPollsADay = 6;
constexpr int kChanging = 3;     // sources and watchlists of which one is replaced …
constexpr int kChangeEvery = 5;  // … after this many days
constexpr int kSources = kChanging + 1;
constexpr int kKept = 10;  // days

/// A folder in memory if possible, because thousands of commits would wait for a disk.
std::filesystem::path quick_folder() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

class GrowthTest : public ::testing::Test {
 protected:
  GrowthTest() {
    settings_.path = folder_.path() / "presswatch.db";
    settings_.retention_articles = kKept * kDay;
    settings_.retention_alerts = kKept * kDay;
    store_ = std::make_unique<Store>(settings_, clock_, Store::OnCommitted{});
  }

  /// The ids configured on a day: one that stays, and those removed after kChanging changes.
  static std::vector<std::string> configured(const char* kind, int day) {
    std::vector<std::string> out;
    for (int i = 0; i < kChanging; ++i) out.push_back(fmt::format("{}-{}", kind, day / kChangeEvery + i));
    out.push_back(fmt::format("{}-that-stays", kind));
    return out;
  }

  /// A poll of a source whose request URL contains the time, whose items have new names in each answer, and which has
  /// two new items.
  Batch poll(const std::string& source, int day, int number) {
    const std::string turn = fmt::format("{} {}", day, number);
    Batch batch;
    batch.source_state = SourceState{.id = source, .cursor = turn, .reason = {}};
    batch.subscription = Subscription{source, "topic", "hub", turn, "secret", clock_.now()};
    batch.requests = SourceRequests{source,
                                    derive_id({"options"}),
                                    {{derive_id({turn}), "\"1\"", "", "", "", clock_.now()},
                                     {derive_id({"steady"}), "\"1\"", "", "", "", clock_.now()}}};
    for (const char* which : {"first", "second"}) batch.items.push_back(new_item(source, turn + which, day));
    batch.items[0].suppressed = {{batch.items[0].alerts[0].channel, true}};
    if (number == 0) {
      batch.items.push_back(new_item(source, turn + "broken off", day));
      batch.items.back().portion = Portion::beginning;
    }
    for (const std::int64_t row : rows_of(source)) {
      batch.visits.push_back({row, {item_key("id", fmt::format("random {} {}", turn, row))}, std::nullopt});
      batch.listed.push_back(row);
    }
    return batch;
  }

  NewItem new_item(const std::string& source, const std::string& name, int day) const {
    NewItem item = sample::item(name, clock_.now());
    item.source = source;
    item.alerts.push_back(sample::alert(configured("list", day)[0], source + name));
    item.alerts.push_back(sample::held_alert(configured("list", day)[1], source + name));
    return item;
  }

  /// The first two items of a source, which it lists in every answer.
  std::vector<std::int64_t> rows_of(const std::string& source) {
    auto& rows = rows_[source];
    if (rows.empty() && first_.contains(source)) {
      const auto found = store_->find_items(source, first_[source]).value();
      for (const KeyMatch& one : found) rows.push_back(one.item.row);
    }
    return rows;
  }

  void poll_all(int day, int number) {
    std::vector<std::future<Result<Committed>>> answers;
    for (const std::string& source : configured("source", day)) {
      Batch batch = poll(source, day, number);
      first_.try_emplace(source, std::vector{batch.items[0].keys[0], batch.items[1].keys[0]});
      answers.push_back(sample::submit_later(*store_, std::move(batch)));
    }
    for (const std::string& list : configured("list", day)) {
      Batch release;
      release.release = list;
      answers.push_back(sample::submit_later(*store_, std::move(release)));
    }
    for (auto& answer : answers) ASSERT_TRUE(answer.get());
  }

  void live_through(int day) {
    if (day % kChangeEvery == 0) store_->keep_only(configured("source", day), configured("list", day));
    for (int number = 0; number < kPollsADay; ++number) {
      clock_.pass(kDay / kPollsADay);
      poll_all(day, number);
    }
  }

  /// Returns when everything due has been deleted.
  void settle() {
    for (int turn = 0; turn < 300; ++turn) {
      clock_.pass(Milliseconds{61'000});
      ASSERT_TRUE(sample::submit(*store_, {}));
    }
  }

  std::map<std::string, std::int64_t> rows() const {
    Database db(settings_.path, Access::read_only);
    std::vector<std::pair<std::string, std::string>> tables;
    Query names = db.query(
        "SELECT name, 'SELECT count(*) FROM ' || name FROM sqlite_master WHERE type = 'table' AND rootpage > 0");
    while (names.step()) tables.emplace_back(names.text(0), names.text(1));
    std::map<std::string, std::int64_t> out;
    for (const auto& [table, sql] : tables) {
      Query count = db.query(sql.c_str());
      if (count.step()) out[table] = count.number(0);
    }
    return out;
  }

  sample::Folder folder_{quick_folder()};
  StoreSettings settings_;
  test::FakeClock clock_;
  std::unique_ptr<Store> store_;
  std::map<std::string, std::vector<Id>> first_;
  std::map<std::string, std::vector<std::int64_t>> rows_;
};

TEST_F(GrowthTest, AHundredDaysLeaveNoMoreThanIsKept) {
  constexpr int kDays = 100;
  for (int day = 0; day < kDays; ++day) live_through(day);
  settle();

  constexpr int kItemsADay = kSources * kPollsADay * 2;
  // One is removed at each change, and deleted a week later.
  constexpr int kIds = kSources + 1 + 7 / kChangeEvery + 1;
  constexpr int kAlertLists = kSources + kKept / kChangeEvery + 2;
  constexpr int kRequestsOfChanging = kChanging * kChangeEvery * kPollsADay + 1;
  const std::map<std::string, std::int64_t> bounds{
      {"items", kDays * kItemsADay},
      {"item_keys", kDays * kItemsADay * 2 + (kDays / kChangeEvery + kSources) * 2 * std::int64_t{kKeysAtMost}},
      {"articles", (kKept + 1) * kItemsADay},
      {"articles_text_docsize", (kKept + 1) * kItemsADay},
      {"articles_text_data", 500},
      {"articles_text_idx", 500},
      {"articles_text_config", 2},
      {"alerts", (kKept + 1) * (kItemsADay + kSources) * 2},
      {"unfinished", 31 * kSources},
      {"deferred", kItemsADay},
      {"channels", kAlertLists},
      {"suppressed", kAlertLists},
      {"sources", kIds},
      {"subscriptions", kIds},
      {"requests", (kIds - 1) * kRequestsOfChanging + 31 * kPollsADay},
      {"unconfigured", 2 * kAlertLists},
      {"meta", 7},
      {"sqlite_sequence", 1},
  };
  for (const auto& [table, count] : rows()) {
    ASSERT_TRUE(bounds.contains(table)) << table << " has no bound";
    EXPECT_LE(count, bounds.at(table)) << table;
    RecordProperty(table, static_cast<int>(count));
  }
}

TEST_F(GrowthTest, WhatIsNotListedForFourHundredDaysIsForgotten) {
  for (int day = 0; day < 5; ++day) live_through(day);
  clock_.pass(390 * kDay);
  live_through(5);
  EXPECT_GE(rows()["items"], 5 * kPollsADay * kSources * 2);
  clock_.pass(12 * kDay);
  live_through(6);
  settle();
  const auto left = rows();
  EXPECT_LE(left.at("items"), 3 * kPollsADay * kSources * 2);
  EXPECT_LE(left.at("item_keys"), 3 * kPollsADay * kSources * 2 * 2 + 10 * std::int64_t{kKeysAtMost});
}

}  // namespace
}  // namespace pw::store
