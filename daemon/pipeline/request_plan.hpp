#pragma once
/// Which requests a poll makes, in which order, and what is remembered of each. Pure.

#include "core/id.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

/// Names a request of a source: its URL and headers, as the plugin made them.
Id request_id(const source::Request& request);

/// The requests that an answer led to, as text for the store, and back. A text that cannot be read gives none.
std::string to_text(const std::vector<source::Request>& follow_ups, std::size_t at_once);
struct FollowUps {
  std::vector<source::Request> requests;
  std::size_t at_once = 0;  ///< source::Emitted::at_once
};
FollowUps follow_ups_of(std::string_view text);

/// The requests of one poll: those of the plugin's poll() first, then those that the answers led to. There may be more
/// than one poll makes: then the next polls make the others, those that were answered least recently first, so that
/// each has its turn.
class RequestPlan {
 public:
  /// `known`: what is remembered of the source's requests.
  explicit RequestPlan(std::vector<store::RequestState> known);

  struct Step {
    source::Request request;
    bool first_level = false;  ///< of the plugin's poll()
  };

  void add_polled(std::vector<source::Request> requests);
  /// `at_once`: how many of them one poll makes; 0: kMaxAtOnce.
  void add_follow_ups(std::vector<source::Request> requests, std::size_t at_once);

  /// The next request to make, or nothing: there is none, or the poll has made its share. A request is made once.
  std::optional<Step> next();
  /// How many requests are left to the next polls.
  [[nodiscard]] std::size_t left() const;

  [[nodiscard]] const store::RequestState* known(const Id& request) const;

  static constexpr std::size_t kMaxAtOnce = source::kMaxRequests;  ///< of those that came together
  static constexpr std::size_t kMaxOfPoll = 200;
  static constexpr std::size_t kMaxRemembered = 5'000;  ///< follow-ups of one answer

 private:
  /// Requests that came together; `made` of them were made, of `most`.
  struct Group {
    std::vector<source::Request> waiting;
    std::size_t most = kMaxAtOnce;
    std::size_t made = 0;
    bool first_level = false;
  };
  void add(std::vector<source::Request> requests, std::size_t most, bool first_level);
  [[nodiscard]] Time checked(const source::Request& request) const;

  std::map<Id, store::RequestState> known_;
  std::map<Id, bool> seen_;  ///< planned in this poll
  std::vector<Group> groups_;
  std::size_t made_ = 0;
};

}  // namespace pw::pipeline
