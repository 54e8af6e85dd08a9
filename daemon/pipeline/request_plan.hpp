#pragma once
/// Plans the requests of a poll and their order, and finds the stored state of each. Pure.

#include "core/id.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// Identifies a request of a source by its URL, tag and headers, as returned by the plugin.
Id request_id(const source::Request& request);

/// Serializes the follow-ups of an answer for the store, and parses them. Invalid text gives no requests.
std::string to_text(const std::vector<source::Request>& follow_ups, std::size_t at_once);
struct FollowUps {
  std::vector<source::Request> requests;
  std::size_t at_once = 0;  ///< source::Emitted::at_once
};
FollowUps follow_ups_of(std::string_view text);

/// The requests of one poll: first those from the plugin's poll(), then the follow-ups of the answers. If there are
/// more than one poll makes, the rest is left to the next polls, least recently answered first, so that all of them
/// take turns.
class RequestPlan {
 public:
  /// `known`: the stored state of the source's requests.
  explicit RequestPlan(std::vector<store::RequestState> known);

  struct Step {
    source::Request request;
    bool first_level = false;  ///< from the plugin's poll()
  };

  void add_polled(std::vector<source::Request> requests);
  /// `at_once`: the number of them that one poll makes; 0 means kMaxAtOnce.
  void add_follow_ups(std::vector<source::Request> requests, std::size_t at_once);

  /// The next request, or nothing if all are made or the poll has reached its limit. No request is made twice.
  std::optional<Step> next();
  /// The number of requests left to the next polls.
  [[nodiscard]] std::size_t left() const;

  [[nodiscard]] const store::RequestState* known(const Id& request) const;

  static constexpr std::size_t kMaxAtOnce = source::kMaxRequests;  ///< of requests added together
  static constexpr std::size_t kMaxOfPoll = 200;
  static constexpr std::size_t kMaxRemembered = 5'000;  ///< follow-ups of one answer

 private:
  /// Requests added together; at most `most` of them are made. The first `made` have been, and were moved from.
  struct Group {
    std::vector<source::Request> requests;
    std::size_t most = kMaxAtOnce;
    std::size_t made = 0;
    bool first_level = false;
  };
  void add(std::vector<source::Request> requests, std::size_t most, bool first_level);

  std::map<Id, store::RequestState> known_;
  std::set<Id> seen_;  ///< planned in this poll
  std::vector<Group> groups_;
  std::size_t made_ = 0;
};

}  // namespace pw::pipeline
