#pragma once
/// What one poll of a source brought. A value; loop thread only while the poll is under way.

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
  std::vector<std::string> warnings;          ///< what was cut, guessed or left for later, for the source's state
  source::Pace pace;
  std::optional<Error> error;
  std::optional<Milliseconds> max_age;
  std::optional<Milliseconds> retry_after;
  Time seen{};                   ///< when its last answer was read
  std::optional<Time> answered;  ///< when the first answer was sent, by the clock of its server
  std::size_t fresh = 0;         ///< items that were not known, or were changed
  std::size_t listed = 0;        ///< entries that the answers held, items or not
  bool changed = false;          ///< at least one answer was not a 304
  bool not_modified = false;     ///< at least one answer was a 304
  bool incomplete = false;       ///< something is still to be had: the cursor stays, and the same is asked again
  bool backlog = false;          ///< it is incomplete because there was more than one poll may take
  bool held_by_pages = false;    ///< it is incomplete because pages could not be read
  int status = 0;                ///< of the answer that was an error; 0: there was none
  std::string asked;             ///< the URL of the first request, as the plugin gave it
  std::string permanent;         ///< where that one redirects permanently
  bool by_new_address = false;   ///< it was asked at its new address
  std::string hub;               ///< WebSub
  std::string topic;

  void take(source::Emitted&& emitted) {
    listed += emitted.items.size() + emitted.passed_over;
    if (!emitted.hub.empty()) hub = std::move(emitted.hub);
    if (!emitted.topic.empty()) topic = std::move(emitted.topic);
    std::ranges::move(emitted.items, std::back_inserter(items));
    for (std::string& warning : emitted.warnings) warn(std::move(warning));
    if (emitted.cursor) cursor = std::move(emitted.cursor);
    if (emitted.pace != source::Pace{}) pace = emitted.pace;
  }
  void warn(std::string warning) { source::add_warning(warnings, std::move(warning)); }

  [[nodiscard]] bool gone() const { return status == 410 && !by_new_address; }
};

}  // namespace pw::pipeline
