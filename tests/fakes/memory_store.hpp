#pragma once
/// An in-memory store for tests of code that uses store::Storage. tests/unit/store/conformance_test.cpp runs the same
/// cases against it and the database.

#include "store/storage.hpp"

#include <deque>
#include <map>
#include <set>
#include <utility>

namespace pw::test {

/// One thread. Nothing expires: it has no retention, and keep_only() deletes nothing.
class MemoryStore final : public store::Storage {
 public:
  /// Runs a batch's commit and its callback at a time of its choice.
  using Executor = std::function<void(std::function<void()>)>;

  /// Without an executor, submit() commits and calls back before it returns. `clock` must outlive the store.
  explicit MemoryStore(const Clock& clock, Executor executor = {});

  void submit(store::Batch batch, Done done) override;

  Result<std::vector<store::KeyMatch>> find_items(std::string_view source, std::span<const Id> keys) override;
  Result<std::optional<Id>> unfinished_story(std::string_view source, std::string_view item_id,
                                             const Id& content) override;
  Result<std::vector<store::RequestState>> load_requests(std::string_view source, const Id& options) override;
  Result<std::vector<store::SourceState>> load_sources() override;
  Result<std::vector<store::Subscription>> load_subscriptions() override;
  Result<std::vector<store::WatchlistCounts>> load_watchlist_counts() override;
  Result<void> visit_articles(Time since, std::size_t limit,
                              const std::function<void(const store::StoryArticle&)>& visit) override;
  void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) override;
  ClockCheck& clock_check() override { return clock_check_; }
  [[nodiscard]] std::optional<std::string> trouble() const override { return trouble_; }

  /// Makes the next batch fail with this error, leaving no trace.
  void fail_next(Error error) { fail_next_.push_back(std::move(error)); }
  /// Makes all reads fail with this error, or succeed again if it is nothing.
  void fail_reads(std::optional<Error> error) { read_error_ = std::move(error); }
  void set_trouble(std::optional<std::string> message) { trouble_ = std::move(message); }

  /// Committed items in order; of an item in portions, every portion.
  [[nodiscard]] const std::vector<store::NewItem>& committed_items() const { return committed_items_; }
  [[nodiscard]] const std::vector<StoredAlert>& alerts() const { return alerts_; }
  [[nodiscard]] std::size_t batches() const { return batches_; }
  /// Nothing if the source has no state.
  [[nodiscard]] std::optional<store::SourceState> state(const std::string& source) const;
  /// The arguments of the last keep_only().
  [[nodiscard]] const std::vector<std::string>& kept_sources() const { return kept_sources_; }
  [[nodiscard]] const std::vector<std::string>& kept_watchlists() const { return kept_watchlists_; }
  /// Deletes the articles as retention does; the items stay known.
  void forget_articles() { articles_.clear(); }

 private:
  struct Item {
    std::string source;
    store::KnownItem known;
    std::vector<Id> keys;  ///< its keys, in the order in which they were added
  };
  struct Key {
    std::int64_t item = 0;
    bool shared = false;
  };
  struct Requests {
    Id options;
    std::map<Id, store::RequestState> all;
  };

  Result<store::Committed> commit(const store::Batch& batch);
  void commit_item(const store::NewItem& item, store::Committed& out);
  void write_item(const store::NewItem& item);
  void add_keys(Item& item, const std::vector<Id>& keys);
  void commit_visit(const store::ItemVisit& visit);
  void commit_alert(const store::NewAlert& alert, store::Committed& out);
  void defer(const store::NewAlert& alert, store::Committed& out);
  void release(const std::string& channel, store::Committed& out);
  void commit_requests(const store::SourceRequests& requests);

  const Clock& clock_;
  const Executor executor_;
  ClockCheck clock_check_;
  std::deque<Error> fail_next_;
  std::optional<Error> read_error_;
  std::optional<std::string> trouble_;

  std::map<std::int64_t, Item> items_;
  std::int64_t last_row_ = 0;
  std::map<std::pair<std::string, Id>, Key> keys_;
  std::map<std::int64_t, store::StoryArticle> articles_;
  std::map<Id, Id> unfinished_;  ///< hash of an item's source, id and content -> its story
  std::map<std::string, store::SourceState> sources_;
  std::map<std::string, Requests> requests_;
  std::map<std::string, store::Subscription> subscriptions_;
  std::vector<store::NewItem> committed_items_;
  std::vector<StoredAlert> alerts_;
  std::set<Id> alert_ids_;
  std::vector<store::NewAlert> deferred_;
  std::map<std::string, store::WatchlistCounts> counts_;
  std::vector<std::string> kept_sources_, kept_watchlists_;
  std::size_t batches_ = 0;
};

}  // namespace pw::test
