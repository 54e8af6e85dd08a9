#pragma once
/// The result of one poll of a source. A value; loop thread only during the poll.

#include "core/result.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"
#include "store/storage.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pw::pipeline {

struct PollResult {
  std::vector<source::Item> items;
  std::optional<std::string> cursor;
  std::vector<store::RequestState> requests;  ///< to be saved
  std::vector<store::ItemVisit> visits;       ///< to be saved: known items found at a new address
  std::vector<std::int64_t> still_listed;     ///< to be saved: known items that the source still lists
  std::vector<std::string> warnings;          ///< what was truncated, guessed or postponed, for the source's status
  source::Pace pace;
  std::optional<Error> error;
  std::optional<Milliseconds> max_age;
  std::optional<Milliseconds> retry_after;
  Time seen{};                               ///< when its last answer was read
  std::optional<Time> answered;              ///< when its first answer was sent, by the server's clock
  std::optional<Milliseconds> server_ahead;  ///< how far that clock is ahead of ours; nothing if a cache answered
  std::size_t fresh = 0;                     ///< items that are new or changed
  std::size_t listed = 0;                    ///< entries in the answers, whether or not they became items
  bool changed = false;                      ///< at least one answer was not a 304
  bool not_modified = false;                 ///< at least one answer was a 304
  bool incomplete = false;  ///< something is left: the cursor is kept, and the same request is made again
  bool backlog = false;     ///< incomplete because there was more than one poll may process
  std::size_t follow_ups_failed = 0;
  int status = 0;               ///< status of the answer that was an error, or 0
  std::string asked;            ///< URL of the first request, as returned by the plugin
  std::string permanent;        ///< target of that URL's permanent redirect
  bool by_new_address = false;  ///< the request went to the new address
  std::string hub;              ///< WebSub
  std::string topic;

  void take(source::Emitted&& emitted) {
    listed += emitted.items.size() + emitted.passed_over;
    if (!emitted.hub.empty()) hub = std::move(emitted.hub);
    if (!emitted.topic.empty()) topic = std::move(emitted.topic);
    // Nearly every poll has one answer, which may list 50,000 items.
    if (items.empty()) {
      items = std::move(emitted.items);
    } else {
      std::ranges::move(emitted.items, std::back_inserter(items));
    }
    for (std::string& warning : emitted.warnings) warn(std::move(warning));
    if (emitted.cursor) cursor = std::move(emitted.cursor);
    if (emitted.pace != source::Pace{}) pace = emitted.pace;
  }
  void warn(std::string warning) { source::add_warning(warnings, std::move(warning)); }

  [[nodiscard]] bool cancelled() const { return error && error->code == Errc::cancelled; }
  [[nodiscard]] bool gone() const { return status == 410 && !by_new_address; }
};

}  // namespace pw::pipeline
