#pragma once
/// An alert as the JSON body that the bus carries (proto/presswatch/v1/alert.proto).

#include "core/article.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pw::bus {

/// The largest body, in bytes.
inline constexpr std::size_t kMaxBody = 64 * 1024;

struct AlertInfo {
  struct Watchlist {
    std::string id, title, priority;
    std::string group{};  ///< empty: none
    std::string owner{};  ///< it and the contact empty: nobody is named
    std::string contact{};
  };
  struct Source {
    std::string id, name;
    std::vector<std::string> tags;
  };
  struct Term {
    std::string term, field;
    std::size_t begin = 0;  ///< UTF-8 bytes into the field
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
  bool quiet = false;  ///< outside the watchlist's active hours
  Time held_since{};   ///< Time{}: it is not kept back
  Latency latency;
};

/// The body up to the two times that are known only when it is sent: an object whose last member, the object latency,
/// is still open. At most kMaxBody less the room that complete_body needs: the text is shortened first, then the list
/// of matches.
std::string open_body(const AlertInfo& info);

/// The whole body, from what open_body wrote.
std::string complete_body(std::string_view body, Time committed, Time sent);

}  // namespace pw::bus
