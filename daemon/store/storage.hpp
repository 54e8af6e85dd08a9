#pragma once
/// What the pipeline needs of a store: values, and an interface that the database implements and tests fake in memory.

#include "core/article.hpp"
#include "core/clock_check.hpp"
#include "core/id.hpp"
#include "core/log_source.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::store {

/// What is remembered of one request of a source: its validators (RFC 9110, section 8.8), byte for byte, and the
/// requests that its last full answer led to.
struct RequestState {
  Id request;        ///< of its URL and headers, as the plugin made them
  std::string etag;  ///< empty, like `last_modified`: the answer had none, or could not be used
  std::string last_modified;
  std::string answered_by;  ///< the URL that the validators are of, after redirects
  std::string follow_ups;   ///< the requests that its last full answer asked for; opaque to the store
  Time checked{};           ///< when it was last answered

  friend bool operator==(const RequestState&, const RequestState&) = default;
};

/// Requests of a source that are loaded: one whose address holds the time makes another at each poll.
inline constexpr std::size_t kRequestsAtMost = 10'000;

/// The requests of one source as configured: those made with other options are forgotten when these are saved.
struct SourceRequests {
  std::string source;
  Id options;  ///< of the plugin and the options that it was configured with
  std::vector<RequestState> changed;
};

/// What a source must remember over a restart.
struct SourceState {
  std::string id;
  std::string cursor;  ///< the plugin's own; opaque
  Time next_due{};
  Time last_ok{};
  int failures = 0;          ///< in a row
  std::string state = "ok";  ///< "ok", "failing", …
  std::string reason;        ///< of the state, for people
  std::int64_t interval_ms = 0;
  std::uint64_t items_seen = 0;
  std::uint64_t alerts = 0;
  Time since{};  ///< when `state` began
  std::uint64_t polls = 0;
  std::uint64_t not_modified = 0;  ///< polls answered by 304
  std::uint64_t failed = 0;        ///< polls that ended with an error
  std::uint64_t listed = 0;        ///< entries that the last good answer held
  std::string moved_from{};        ///< a URL that redirects permanently …
  std::string moved_to{};          ///< … to this one
  int moved_seen = 0;              ///< at so many polls in a row
  std::int64_t pace_ms = 0;        ///< the source's own wish: not more often than this
  unsigned skip_hours = 0;         ///< bit h: not in hour h UTC
  unsigned skip_days = 0;          ///< bit d: not on day d, Sunday is 0
  std::int64_t gap_ms = 0;         ///< median time between its items; 0: not known
  unsigned idle_visits = 0;        ///< visits in a row to pages said to be modified that were not

  friend bool operator==(const SourceState&, const SourceState&) = default;
};

/// A WebSub subscription (W3C Recommendation of 2018).
struct Subscription {
  std::string source;
  std::string topic;   ///< the feed's own URL, as it names it
  std::string hub;     ///< as the feed names it
  std::string token;   ///< last segment of the callback's path; nobody else knows it
  std::string secret;  ///< for the signatures of deliveries
  Time until{};        ///< end of the lease; Time{}: not confirmed yet

  friend bool operator==(const Subscription&, const Subscription&) = default;
};

/// An alert to be numbered and logged. An id that the log holds already makes no second alert.
struct NewAlert {
  std::string channel;
  Id id;
  std::string source;
  std::string body;   ///< JSON
  bool hold = false;  ///< kept back without a number, until its channel is released
};

/// Matches that raise no alert are counted.
struct SuppressedMatch {
  std::string channel;
  bool muted = false;  ///< else: below the watchlist's thresholds
};

/// How much of an item a batch brings. One with many alerts comes in several, the next of which is made when the one
/// before it is committed; it counts as processed, and is known to find_items, with its last.
enum class Portion : std::uint8_t {
  whole,
  beginning,  ///< alerts, and the story that the other portions must have too
  last,       ///< of several, be they of a daemon that ended in between
};

/// What a source said of an item when it was last processed, and what the page's server said: enough to tell later
/// whether it is worth another visit.
struct ItemMarks {
  Id hints;                         ///< of the title and the text that the source gave
  Id title;                         ///< of the title alone
  Time published{};                 ///< as the source stated; Time{}: it did not
  Time modified{};                  ///< as the source stated; Time{}: it did not
  Time visited{};                   ///< when its page was last read, or its hints where it has none
  std::string etag, last_modified;  ///< of its page
  std::string answered_by;          ///< the URL that these are of

  friend bool operator==(const ItemMarks&, const ItemMarks&) = default;
};

/// A key of an item: `kind` is "id" (what the source calls it), "url" (its NewItem::url_key), "entry" or "content"; the
/// same value of another kind is another key.
inline Id item_key(std::string_view kind, std::string_view value) { return derive_id({kind, value}); }

/// An item has so many keys at most: of a source that gives it a new name with each answer, its first kFirstKeys and
/// the latest are kept.
inline constexpr std::size_t kKeysAtMost = 32;
inline constexpr std::size_t kFirstKeys = 8;

/// An article of a source. It is one article, whatever names it comes by: each of its keys leads to it.
struct NewItem {
  std::string source;
  std::string item_id;   ///< the source's first name for it
  std::int64_t row = 0;  ///< of the KnownItem whose next revision this is; 0, or one that is gone: a new item
  std::vector<Id> keys;  ///< by which the source names it now; they are added to those that it has
  ItemMarks marks;
  std::string url_key;  ///< the URL in the form in which equal pages are equal
  Id content;           ///< hash of title and text
  Article article;
  Time seen{};
  Id story;
  std::vector<NewAlert> alerts;
  std::vector<SuppressedMatch> silent;
  Portion portion = Portion::whole;
};

/// A known item that was looked at again, or listed by other keys, and is what it was.
struct ItemVisit {
  std::int64_t row = 0;
  std::vector<Id> keys;  ///< added to those that it has
  std::optional<ItemMarks> marks;
};

/// Everything of a batch is committed together or not at all: a cursor is saved with what its poll emitted.
struct Batch {
  std::vector<NewItem> items;
  std::vector<ItemVisit> visits;
  std::vector<std::int64_t> listed;  ///< rows of known items that their source still lists
  std::optional<SourceState> source_state;
  std::optional<SourceRequests> requests;
  std::optional<Subscription> subscription;  ///< replaces that of its source
  std::optional<std::string> release;        ///< a channel whose oldest held alerts, kReleaseAtOnce of them, are logged
};

inline constexpr std::size_t kReleaseAtOnce = 100;

struct Committed {
  std::vector<StoredAlert> alerts;  ///< those that were new, in order of seq
  std::vector<std::string> held;    ///< the channel of each alert that is newly held
  std::size_t released = 0;         ///< held alerts that are held no more
};

/// What has become of a channel's matches since the database was made.
struct ChannelCounts {
  std::string channel;
  std::uint64_t alerts = 0;  ///< its newest cseq
  Time last{};               ///< of the newest alert that is kept; Time{}: none
  std::uint64_t held = 0;    ///< now
  std::uint64_t muted = 0;
  std::uint64_t below = 0;  ///< its thresholds

  friend bool operator==(const ChannelCounts&, const ChannelCounts&) = default;
};

struct KnownItem {
  std::int64_t row = 0;
  std::string item_id;
  Id content;
  std::uint32_t revision = 1;  ///< counts contents; goes on after retention has deleted the article
  Time first_seen{};
  Time seen{};  ///< when it was last listed, to within a week
  ItemMarks marks;

  friend bool operator==(const KnownItem&, const KnownItem&) = default;
};

/// A key that leads to a known item.
struct KeyMatch {
  Id key;
  bool shared = false;  ///< two items have come by it, so it tells nothing
  KnownItem item;
};

/// What is needed to recognise the story of an article again.
struct StoryArticle {
  Id story;
  std::string title;
  std::string text;
  std::string language;
  Time seen{};
};

/// Every member may be called from any thread. Reads block on the disk; they see what is committed, and a failed disk
/// is an Error, never "nothing known".
class Storage {
 public:
  /// Called once, on the store's thread; on the caller's when the queue is full (Errc::busy) or closed
  /// (Errc::cancelled).
  using Done = std::function<void(Result<Committed>)>;

  virtual ~Storage() = default;

  /// Never waits for the disk. A batch that fails leaves no trace.
  virtual void submit(Batch batch, Done done) = 0;

  /// The known items of the source that have one of the keys: one match for each key that is known, in the order of
  /// `keys`.
  virtual Result<std::vector<KeyMatch>> find_items(std::string_view source, std::span<const Id> keys) = 0;
  /// The story of an item of which portions are committed, but not the last. With its content, because a source may
  /// give one name to several.
  virtual Result<std::optional<Id>> unfinished_story(std::string_view source, std::string_view item_id,
                                                     const Id& content) = 0;
  /// The requests of a source that were made with these options: of more than kRequestsAtMost, those that were answered
  /// last.
  virtual Result<std::vector<RequestState>> load_requests(std::string_view source, const Id& options) = 0;
  virtual Result<std::vector<SourceState>> load_sources() = 0;
  virtual Result<std::vector<Subscription>> load_subscriptions() = 0;
  virtual Result<std::vector<ChannelCounts>> load_channels() = 0;
  /// The newest `limit` articles since then, oldest first. No other read is served while `visit` runs.
  virtual Result<void> visit_articles(Time since, std::size_t limit,
                                      const std::function<void(const StoryArticle&)>& visit) = 0;

  /// What is configured from now on. States, requests and subscriptions of sources, and counts of watchlists, that have
  /// not been configured for a week are deleted.
  virtual void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists) = 0;

  /// Knows when the wall clock was last right, over restarts too.
  virtual ClockCheck& clock_check() = 0;

  /// Why nothing can be written, for people: from the first write that the disk refused until it takes one again, which
  /// the store tries by itself every few seconds, and while a file is checked whose daemon did not stop cleanly. Never
  /// waits for the disk.
  [[nodiscard]] virtual std::optional<std::string> trouble() const = 0;
};

}  // namespace pw::store
