#pragma once
/// The database of the daemon: articles, source state and the alert log in one SQLite file in WAL mode.

#include "core/clock_check.hpp"
#include "core/histogram.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "store/damaged_error.hpp"
#include "store/page_check.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::store {

/// The file in the state folder of the daemon.
inline constexpr const char* kDatabaseName = "presswatch.db";

struct SearchHit {
  std::string source;
  std::string item_id;
  std::string url;
  std::string title;
  std::string snippet;
  Time seen{};
};

struct Counts {
  std::uint64_t articles = 0;
  std::uint64_t alerts = 0;
  std::uint64_t sources = 0;
  std::uint64_t head = 0;
};

struct StoreStats {
  std::size_t queued = 0;  ///< batches that wait for the writer
  Distribution commits;    ///< how long groups of batches took to write, including the wait for the disk
};

struct StoreSettings {
  std::string path;
  Milliseconds retention_articles{};                   ///< 0: kept forever
  Milliseconds retention_alerts{};                     ///< 0: kept forever
  std::size_t queue_capacity = 1024;                   ///< batches
  std::uintmax_t max_wal = std::uintmax_t{16} << 20U;  ///< bytes; a larger write-ahead log is emptied
  PageCheckSettings check{};
};

/// Owns the file (readable only by its owner), one writer thread and one connection for reading. Every member may be
/// called from any thread.
///
/// After an unclean stop, the file is checked while the daemon starts. Until the check is complete, nothing is written,
/// the log cannot be read, and trouble() says so. While the daemon runs, the file is read slowly from end to end, again
/// and again. If it turns out to be damaged, or is deleted or replaced, the store's thread ends, so that nothing more
/// is written.
class Store final : public Storage {
 public:
  /// Called on the store thread, in order of seq, after the commit has reached the disk.
  using OnCommitted = std::function<void(std::vector<StoredAlert>)>;
  /// Called once, on the store thread, if that thread ends for a reason other than close(), with a message for people.
  /// Batches still queued fail with Errc::cancelled.
  using OnFailed = std::function<void(const std::string&)>;

  /// Opens or creates the database and migrates it to the current schema. Throws DamagedError if the file is damaged,
  /// and std::runtime_error with advice if it is locked by another daemon, read-only, or from a newer presswatch.
  /// `clock` must outlive the store.
  Store(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed = {});
  ~Store() override;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Batches queued together share a transaction (at most 100 alerts or 5 ms); one that fails leaves no trace and does
  /// not affect the others.
  void submit(Batch batch, Done done) override;

  Result<std::vector<KeyMatch>> find_items(std::string_view source, std::span<const Id> keys) override;
  Result<std::optional<Id>> unfinished_story(std::string_view source, std::string_view item_id,
                                             const Id& content) override;
  Result<std::vector<RequestState>> load_requests(std::string_view source, const Id& options) override;
  Result<std::vector<SourceState>> load_sources() override;
  Result<std::vector<Subscription>> load_subscriptions() override;
  Result<std::vector<WatchlistCounts>> load_watchlist_counts() override;
  Result<void> visit_articles(Time since, std::size_t limit,
                              const std::function<void(const StoryArticle&)>& visit) override;
  /// Articles that contain all words of `text`, newest first.
  Result<std::vector<SearchHit>> search(std::string_view text, std::size_t limit);
  Result<Counts> counts();

  void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) override;

  /// The seq up to which alerts were sent on the bus. set_published queues a write; losing it only repeats alerts.
  [[nodiscard]] std::uint64_t published_seq() const;
  void set_published(std::uint64_t seq);
  [[nodiscard]] Id log_id() const;
  /// Opens the alert log through a separate connection. Throws std::runtime_error if that fails.
  [[nodiscard]] std::unique_ptr<LogSource> open_log() const;

  [[nodiscard]] ClockCheck& clock_check() override;
  [[nodiscard]] std::optional<std::string> trouble() const override;
  [[nodiscard]] StoreStats stats() const;
  /// The state of the check of all pages, for people.
  [[nodiscard]] std::string check_report() const;
  /// True after the store's thread ended because the file is damaged.
  [[nodiscard]] bool damaged() const;
  /// True if any retention is configured.
  [[nodiscard]] bool forgets() const;

  /// Commits what is queued, ends the thread, marks a clean stop and empties the write-ahead log. Batches queued while
  /// the file is still being checked fail with Errc::cancelled, as do later submits.
  void close();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::store
