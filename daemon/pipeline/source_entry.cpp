#include "pipeline/source_entry.hpp"

namespace pw::pipeline {
namespace {

constexpr std::size_t kMaxRevisions = 1000;

}  // namespace

bool SourceEntry::is_revision(const source::Item& item, Time first_seen) const {
  if (!item.hints.modified) return false;
  const auto followed = revisions.find(item.id);
  return item.hints.modified->time > (followed == revisions.end() ? first_seen : followed->second);
}

void SourceEntry::remember_revision(const source::Item& item) {
  if (!item.hints.modified) return;
  if (revisions.size() >= kMaxRevisions) revisions.clear();
  revisions.insert_or_assign(item.id, item.hints.modified->time);
}

}  // namespace pw::pipeline
