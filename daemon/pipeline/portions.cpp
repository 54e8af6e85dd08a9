#include "pipeline/portions.hpp"

#include "pipeline/pipeline.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;

/// The alerts of an article are made and committed group by group, so that ten thousand watchlists need no more memory
/// than a hundred. After a crash between two groups the item is still new to the store, and all is made again: alerts
/// that the log has already are recognised by their ids, which is why the story is kept meanwhile.
awaitable<Result<void>> Pipeline::store_in_portions(SourceEntry& entry, MatchedArticle& matched) {
  const AlertContext context{entry.settings, matched.item.item_id, matched.revision, matched.item.story,
                             matched.moments};
  std::span<const Found> rest = matched.found;
  std::vector<store::SuppressedMatch> silent;
  while (true) {
    auto draft = [&] { return draft_alerts(matched.article, rest, context); };
    Drafts drafts = co_await deps_.pool.run(std::move(draft));
    rest = rest.subspan(drafts.used);
    std::ranges::move(drafts.silent, std::back_inserter(silent));
    store::NewItem portion = matched.item;
    portion.alerts = std::move(drafts.alerts);
    const bool is_last = rest.empty();
    if (is_last) {
      portion.article = std::move(matched.article);
      portion.silent = silent;
    } else {
      portion.portion = store::Portion::beginning;
      matched.item.portion = store::Portion::last;
    }
    store::Batch batch;
    batch.items.push_back(std::move(portion));
    const auto committed = co_await commit(std::move(batch));
    if (!committed) co_return committed.error();
    stats_.note(*committed, is_last ? silent : std::vector<store::SuppressedMatch>{});
    counters_.alerts += committed->alerts.size();
    entry.state.alerts += committed->alerts.size();
    if (is_last) co_return Result<void>{};
    if (stopping_) co_return fail(Errc::cancelled, "the daemon stops");
  }
}

}  // namespace pw::pipeline
