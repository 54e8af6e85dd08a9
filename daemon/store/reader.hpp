#pragma once
/// The reading half of the store: one connection that cannot write, behind a mutex.

#include "core/mutex.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

namespace pw::store {

/// Any thread. A failure of the disk is logged and gives "nothing known".
class Reader {
 public:
  explicit Reader(const std::string& path) : db_(path, Access::read_only) {}

  std::optional<KnownItem> find_item(std::string_view source, std::string_view item_id);
  bool known_url(std::string_view url_key);
  std::optional<Id> unfinished_story(std::string_view source, std::string_view item_id);
  std::vector<SourceState> load_sources();
  std::optional<Validators> load_validators(std::string_view url);
  void visit_articles(Time since, std::size_t limit, const std::function<void(const StoryArticle&)>& visit);
  std::vector<Subscription> load_subscriptions();
  std::vector<ChannelCounts> load_channels();
  std::vector<SearchHit> search(std::string_view text, std::size_t limit);
  Counts counts();
  std::uint64_t published_seq();
  Id log_id();
  /// When the daemon last ran, by a clock that it believed; nothing: the database is new.
  std::optional<Time> last_run();

 private:
  template <class Value, class Work>
  Value read(const Work& work);

  Mutex mutex_;
  Database db_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::store
