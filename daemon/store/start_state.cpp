#include "store/start_state.hpp"

#include <chrono>

namespace pw::store {

namespace {

/// A newest stored time up to an hour after the saved one counts; anything later came from a clock that was ahead.
std::optional<Time> read_last_run(Database& db) {
  Query query = db.query(
      "SELECT (SELECT value FROM meta WHERE key = 'clock'), "
      "max(coalesce((SELECT max(seen) FROM articles), 0), coalesce((SELECT max(time) FROM alerts), 0))");
  query.step();
  const Time saved = from_ms(query.number(0));
  const Time newest = from_ms(query.number(1));
  if (saved == Time{} && newest == Time{}) return std::nullopt;
  const bool later = newest > saved && newest - saved <= std::chrono::hours{1};
  return saved == Time{} || later ? newest : saved;
}

}  // namespace

StartState read_start_state(Database& db) {
  StartState out;
  {
    Query query = db.query(
        "SELECT (SELECT value FROM meta WHERE key = 'log_id'), (SELECT value FROM meta WHERE key = 'published')");
    query.step();
    out.log_id = query.id(0);
    out.published = static_cast<std::uint64_t>(query.number(1));
  }
  out.last_run = read_last_run(db);
  return out;
}

}  // namespace pw::store
