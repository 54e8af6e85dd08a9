#include "store/write_batch.hpp"

#include "store/alerts.hpp"
#include "store/items.hpp"
#include "store/sources.hpp"

namespace pw::store {

Committed write_batch(Database& db, SearchIndex& index, const Batch& batch, Time now) {
  Committed out;
  for (const NewItem& item : batch.items) {
    write_item(db, index, item);
    for (const NewAlert& alert : item.alerts) write_alert(db, alert, now, out);
    for (const SuppressedMatch& one : item.suppressed) count_suppressed(db, one);
  }
  for (const ItemVisit& visit : batch.visits) write_visit(db, visit, now);
  for (const std::int64_t row : batch.listed) write_listed(db, row, now);
  if (batch.release) release_deferred(db, *batch.release, now, out);
  if (batch.source_state) write_source(db, *batch.source_state);
  if (batch.requests) write_requests(db, *batch.requests);
  if (batch.subscription) write_subscription(db, *batch.subscription);
  return out;
}

}  // namespace pw::store
