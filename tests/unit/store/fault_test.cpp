#include "damage.hpp"
#include "fixture.hpp"
#include "store/database.hpp"
#include "store/log_reader.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

namespace pw::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class StoreFaultTest : public StoreTest {
 protected:
  /// Runs SQL on another connection, like another program.
  void execute(const char* sql) const { Database(settings_.path, Access::read_write).execute(sql); }

  /// Blocks the store thread in the callback of a first batch until the returned promise is set.
  std::shared_ptr<std::promise<void>> hold_writer() {
    auto release = std::make_shared<std::promise<void>>();
    auto held = std::make_shared<std::promise<void>>();
    store_->submit(batch("held"), [release, held](Result<Committed>) {
      held->set_value();
      release->get_future().wait();
    });
    held->get_future().wait();
    return release;
  }
};

TEST_F(StoreFaultTest, AFailingBatchLeavesNoTraceAndItsNeighboursGoOn) {
  open();
  execute("CREATE TRIGGER refuse BEFORE INSERT ON alerts WHEN new.body = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");
  const auto release = hold_writer();
  Batch bad = batch("bad", {alert("a", "2"), alert("a", "3", "bad")});
  bad.source_state = SourceState{.id = "wire", .cursor = "lost", .reason = {}};
  auto first = submit_later(batch("one", {alert("a", "1")}));
  auto second = submit_later(bad);
  auto third = submit_later(batch("three", {alert("a", "4")}));
  release->set_value();
  ASSERT_TRUE(first.get());
  const auto failed = second.get();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::io);
  const auto after = third.get();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->alerts.at(0).seq, 2u);
  EXPECT_EQ(after->alerts.at(0).cseq, 2u);
  EXPECT_FALSE(known_item("bad"));
  EXPECT_TRUE(store_->load_sources()->empty());
  EXPECT_THAT(committed(), SizeIs(2));
}

TEST_F(StoreFaultTest, ALostTransactionFailsItsBatchesAndTheNextGoesOn) {
  open();
  execute(
      "CREATE TRIGGER refuse BEFORE INSERT ON alerts WHEN new.body = 'bad' BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
  const auto release = hold_writer();
  auto first = submit_later(batch("one", {alert("a", "1")}));
  auto second = submit_later(batch("bad", {alert("a", "2", "bad")}));
  release->set_value();
  EXPECT_FALSE(second.get());
  const auto lost = first.get();
  EXPECT_EQ(known_item("one").has_value(), lost.has_value());
  const auto after = submit(batch("three", {alert("a", "3")}));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->alerts.at(0).seq, committed().size());
  EXPECT_EQ(store_->counts()->alerts, committed().size());
}

TEST_F(StoreFaultTest, AFullQueueRefusesOnTheCallersThread) {
  settings_.queue_capacity = 1;
  open();
  const auto release = hold_writer();
  auto queued = submit_later(batch("one"));
  auto refused = submit_later(batch("two"));
  ASSERT_EQ(refused.wait_for(std::chrono::seconds::zero()), std::future_status::ready);
  EXPECT_EQ(refused.get().error().code, Errc::busy);
  release->set_value();
  EXPECT_TRUE(queued.get());
  EXPECT_FALSE(known_item("two"));
}

TEST_F(StoreFaultTest, AFailingDiskFailsBatchesAndIsSurvived) {
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  const rlimit tight{std::filesystem::file_size(settings_.path + "-wal") + 8192, old_limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto failed = submit(batch("two", {alert("a", "2", std::string(1 << 20, 'x'))}));
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  ::signal(SIGXFSZ, old_handler);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::io);
  EXPECT_THAT(failed.error().message, HasSubstr("the disk of the database"));
  const auto after = submit(batch("three", {alert("a", "3")}));
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->alerts.at(0).seq, 2u);
  open();
  EXPECT_EQ(store_->counts()->alerts, 2u);
  EXPECT_FALSE(known_item("two"));
}

TEST_F(StoreFaultTest, ASecondDaemonIsTurnedAway) {
  open();
  try {
    const Store second(settings_, clock_, {});
    FAIL() << "two stores on one file";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("another presswatchd uses it"));
  }
}

TEST_F(StoreFaultTest, AMissingFolderIsNamed) {
  settings_.path = (folder_ / "absent" / "presswatch.db").string();
  EXPECT_THAT(open_failure(), HasSubstr("folder must exist"));
  EXPECT_THAT(open_failure(), HasSubstr("absent"));
}

TEST_F(StoreFaultTest, AFileThatIsNoDatabaseIsCalledDamaged) {
  std::ofstream(settings_.path) << std::string(8192, '?');
  EXPECT_THAT(open_failure(), HasSubstr("damaged"));
}

TEST_F(StoreFaultTest, WhatCannotBeReadAtTheStartIsAnError) {
  for (const char* name : {"meta", "articles_seen", "alerts_time"}) {
    open();
    ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
    store_.reset();
    sample::damage(settings_.path, name);
    EXPECT_THAT(open_failure(), AllOf(HasSubstr(settings_.path), HasSubstr("damaged"))) << name;
    std::filesystem::remove(settings_.path);
    std::filesystem::remove(settings_.path + ".instance");
  }
}

TEST_F(StoreFaultTest, AReadThatFailsIsAnErrorAndNotAnEmptyAnswer) {
  open();
  store_.reset();
  for (const char* table : {"item_keys", "unfinished", "requests", "sources", "subscriptions", "channels", "articles",
                            "articles_text_data"}) {
    sample::damage(settings_.path, table);
  }
  ASSERT_EQ(open_failure(), "");
  const std::vector keys{item_key("id", "one")};
  EXPECT_EQ(store_->find_items("wire", keys).error().code, Errc::corrupt);
  EXPECT_EQ(store_->unfinished_story("wire", "one", Id{}).error().code, Errc::corrupt);
  EXPECT_EQ(store_->load_requests("wire", Id{}).error().code, Errc::corrupt);
  EXPECT_EQ(store_->load_sources().error().code, Errc::corrupt);
  EXPECT_EQ(store_->load_subscriptions().error().code, Errc::corrupt);
  EXPECT_EQ(store_->load_watchlist_counts().error().code, Errc::corrupt);
  EXPECT_EQ(store_->counts().error().code, Errc::corrupt);
  EXPECT_EQ(store_->search("plain", 10).error().code, Errc::corrupt);
}

TEST_F(StoreFaultTest, ArticlesThatCannotBeReadAreAnError) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  store_.reset();
  sample::damage(settings_.path, "articles");
  ASSERT_EQ(open_failure(), "");
  EXPECT_EQ(store_->visit_articles({}, 10, [](const auto&) {}).error().code, Errc::corrupt);
}

TEST_F(StoreFaultTest, AFileThatCannotBeWrittenIsNamed) {
  namespace fs = std::filesystem;
  open();
  store_.reset();
  const fs::path file(settings_.path);
  // Root may write everything, so the attempt is made by an unprivileged process.
  constexpr uid_t kNobody = 65534;
  if (::geteuid() == 0) {
    ASSERT_EQ(::chown(file.parent_path().c_str(), kNobody, kNobody), 0);
  }
  fs::permissions(file.string() + ".lock", fs::perms::all);
  fs::permissions(file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  const auto attempt = [this] {
    if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) std::_Exit(1);
    std::cerr << open_failure();
    std::_Exit(0);
  };
  EXPECT_EXIT(attempt(), ::testing::ExitedWithCode(0), "cannot be written");
}

TEST_F(StoreFaultTest, LogReaderNeedsAStoresFile) { EXPECT_THROW(LogReader{settings_.path}, std::runtime_error); }

}  // namespace
}  // namespace pw::store
