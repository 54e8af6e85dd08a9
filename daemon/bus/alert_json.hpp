#pragma once
/// The JSON body of an alert message (proto/presswatch/v1/alert.proto).

#include "core/article.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::bus {

/// Maximum size of a body, in bytes.
inline constexpr std::size_t kMaxBody = 64 * 1024;

/// The content of an alert message.
struct AlertInfo {
  struct Watchlist {
    std::string id, title, priority;
    std::string group{};  ///< empty: none
    std::string owner{};  ///< owner and contact both empty: no owner is sent
    std::string contact{};
  };
  struct Source {
    std::string id, name;
    std::vector<std::string> tags;
  };
  struct Term {
    std::string term, field;
    std::size_t begin = 0;  ///< byte offset into the UTF-8 field
    std::size_t end = 0;
    std::string matched, alias_of;
  };
  struct Latency {
    Time seen{}, fetched{}, matched{};
  };

  Watchlist watchlist;
  Source source;
  std::string item_id;
  unsigned revision = 1;
  std::string story;
  Article article;
  std::vector<Term> matches;
  std::string sentence;
  double score = 0;
  std::size_t mentions = 0;
  bool quiet = false;     ///< outside the watchlist's active hours
  Time deferred_since{};  ///< Time{}: not deferred
  Latency latency;
};

/// The body without the two times that are known only at sending: the last member, the object "latency", is left open.
/// The text is shortened first, then the list of matches, so that the completed body does not exceed kMaxBody.
std::string open_body(const AlertInfo& info);

/// Completes a body returned by open_body().
std::string complete_body(std::string_view body, Time committed, Time sent);

}  // namespace pw::bus
