#pragma once
/// The database of the daemon: articles, source state and the alert log in one SQLite file in WAL mode.

#include "core/clock_check.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
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

struct StoreSettings {
  std::string path;
  Milliseconds retention_articles{};                   ///< 0: kept for ever
  Milliseconds retention_alerts{};                     ///< 0: kept for ever
  std::size_t queue_capacity = 1024;                   ///< batches
  std::uintmax_t max_wal = std::uintmax_t{16} << 20U;  ///< bytes of the write-ahead log above which it is emptied
};

/// Owns the file, which nobody but its owner may read, one writer thread and one connection for reading. Every member
/// may be called from any thread.
///
/// After a stop that was not clean, the file is checked while the daemon starts: until that is done nothing is written,
/// the log cannot be read, and trouble() says so.
class Store final : public Storage {
 public:
  /// Called on the store thread, in order of seq, after the commit has reached the disk.
  using OnCommitted = std::function<void(std::vector<StoredAlert>)>;
  /// Called once, on the store thread, when it ends for another reason than close(), with a message for people. What is
  /// queued then fails with Errc::cancelled.
  using OnFailed = std::function<void(const std::string&)>;

  /// Opens or makes the database and brings it to the current schema. Throws std::runtime_error, saying what to do,
  /// when the file is locked by another daemon, read-only, damaged, or of a newer presswatch.
  /// `clock` must outlive the store.
  Store(StoreSettings settings, const Clock& clock, OnCommitted on_committed, OnFailed on_failed = {});
  ~Store() override;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// What is queued together shares a transaction (at most 100 alerts or 5 ms); a batch that fails leaves no trace, its
  /// neighbours go on.
  void submit(Batch batch, Done done) override;
  [[nodiscard]] bool full() const;

  Result<std::vector<KeyMatch>> find_items(std::string_view source, std::span<const Id> keys) override;
  Result<std::optional<Id>> unfinished_story(std::string_view source, std::string_view item_id,
                                             const Id& content) override;
  Result<std::vector<RequestState>> load_requests(std::string_view source, const Id& options) override;
  Result<std::vector<SourceState>> load_sources() override;
  Result<std::vector<Subscription>> load_subscriptions() override;
  Result<std::vector<ChannelCounts>> load_channels() override;
  Result<void> visit_articles(Time since, std::size_t limit,
                              const std::function<void(const StoryArticle&)>& visit) override;
  /// Articles that hold all words of `text`, newest first.
  Result<std::vector<SearchHit>> search(std::string_view text, std::size_t limit);
  Result<Counts> counts();

  void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) override;

  /// The seq up to which alerts went out on the bus. set_published queues a write; a lost one costs only a repeat.
  [[nodiscard]] std::uint64_t published_seq() const;
  void set_published(std::uint64_t seq);
  [[nodiscard]] Id log_id() const;
  /// The alert log, through a connection of its own. Throws std::runtime_error when that cannot be opened.
  [[nodiscard]] std::unique_ptr<LogSource> open_log() const;

  [[nodiscard]] ClockCheck& clock_check() override;
  [[nodiscard]] std::optional<std::string> trouble() const override;
  /// Is anything deleted when it is old?
  [[nodiscard]] bool forgets() const;

  /// Commits what is queued, ends the thread and marks a clean stop. What is queued while the file is still being
  /// checked fails with Errc::cancelled, as later submits do.
  void close();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::store
