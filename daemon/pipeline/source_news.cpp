#include "pipeline/source_news.hpp"

#include "core/log.hpp"
#include "schedule/rhythm.hpp"

#include <spdlog/fmt/fmt.h>

#include <cmath>

namespace pw::pipeline {

void note_news(SourceEntry& entry, const PollResult& result, Time now, bool clock_trusted) {
  store::SourceState& state = entry.state;
  const bool news = result.fresh > 0;
  const bool conclusive = news || (!result.error && !result.incomplete);
  if (conclusive && clock_trusted) {
    schedule::Rhythm rhythm(state.rhythm);
    rhythm.note(now, news, state.last_item);
    state.rhythm = rhythm.save();
    entry.silent = rhythm.silent();
  }
  if (news) state.last_item = now;
}

std::string silence_of(const SourceEntry& entry, Time now) {
  const Time since = entry.state.last_item;
  const double usual = schedule::Rhythm(entry.state.rhythm).usual_hours(since, now);
  return fmt::format("nothing new for {}, in which it usually brings something in {} {}",
                     to_string(std::chrono::floor<std::chrono::minutes>(now - since)), std::lround(usual),
                     std::lround(usual) == 1 ? "hour" : "hours");
}

bool end_silence(SourceEntry& entry, Time now) {
  if (entry.state.state != "silent" || entry.silent) return false;
  entry.state.state = "ok";
  entry.state.reason.clear();
  entry.state.since = now;
  spdlog::info("{}: ok", entry.settings.id);
  return true;
}

}  // namespace pw::pipeline
