#include "pipeline/page_reader.hpp"

#include "pipeline/answers.hpp"
#include "pipeline/plugin_call.hpp"
#include "pipeline/refreshes.hpp"
#include "source/package.hpp"

#include <utility>

namespace pw::pipeline {
namespace {

fetch::FetchRequest request_for(const SourceEntry& entry, std::string url) {
  fetch::FetchRequest request;
  request.url = std::move(url);
  request.urgent = true;
  request.owner = entry.settings.id;
  request.keep_prefix = true;
  return request;
}

fetch::FetchRequest request_for(const SourceEntry& entry, const Candidate& candidate) {
  fetch::FetchRequest request = request_for(entry, candidate.item.hints.url);
  if (candidate.known && candidate.revisit == Revisit::dated) {
    const store::ItemMarks& marks = candidate.known->marks;
    request.etag = marks.etag;
    request.last_modified = marks.last_modified;
    request.validators_of = marks.answered_by;
  }
  return request;
}

/// Code in a plugin package must not be called concurrently; built-in extractors and TOML rules may be.
bool is_serial(const source::Plugin& plugin) {
  return plugin.package != nullptr && plugin.package->kind != source::PackageKind::toml;
}

}  // namespace

boost::asio::awaitable<PageReading> PageReader::read(SourceEntry& entry, const Candidate& candidate,
                                                     runtime::AsyncMutex& plugin) {
  PageReading out;
  fetch::FetchRequest request = request_for(entry, candidate);
  const bool conditional = !request.etag.empty() || !request.last_modified.empty();
  for (unsigned hop = 0;; ++hop) {
    const std::string asked = request.url;
    const auto fetched = co_await deps_.web.fetch(std::move(request));
    entry.counts->note(fetched);
    out.fetched = deps_.clock.now();
    if (!fetched || !is_readable(fetched->status)) {
      out.not_modified = fetched && fetched->not_modified && conditional && hop == 0;
      if (out.not_modified) co_return out;
      out.error = fetched ? status_error(*fetched) : fetched.error();
      out.may_pass = is_transient(*out.error, fetched ? fetched->status : 0);
      co_return out;
    }
    out.etag = fetched->etag;
    out.last_modified = fetched->last_modified;
    out.answered_by = fetched->final_url;
    auto composed = co_await extract(entry, candidate, *fetched, plugin);
    if (!composed) {
      out.error = composed.error();
      out.may_pass = is_transient(*out.error, 0);
      co_return out;
    }
    out.composed = std::move(*composed);
    if (!out.composed.not_yet.empty()) {
      out.error = fail(Errc::http, "{}", out.composed.not_yet);
      out.may_pass = true;
      co_return out;
    }
    if (!fetched->note.empty()) out.composed.notes.push_back(fetched->note);
    if (fetched->truncated) {
      out.composed.article.partial = true;
      out.composed.article.partial_reason = fetched->note;
    }
    if (out.composed.refresh.empty()) co_return out;
    if (hop >= kMaxRefreshes || out.composed.refresh == asked) {
      out.error = fail(Errc::http, "its page sends on to another more than {} times", kMaxRefreshes);
      co_return out;
    }
    request = request_for(entry, out.composed.refresh);
  }
}

boost::asio::awaitable<Result<Composed>> PageReader::extract(SourceEntry& entry, const Candidate& candidate,
                                                             const fetch::FetchResponse& page,
                                                             runtime::AsyncMutex& plugin) {
  auto work = [&entry, &candidate, &page, now = deps_.clock.now()] {
    return guarded([&] { return compose(*entry.source, page, candidate.item, now); });
  };
  runtime::Pool& pool = deps_.pool_of(*entry.plugin);
  if (!is_serial(*entry.plugin)) co_return co_await pool.run(std::move(work), page.body.size());
  const auto lock = co_await plugin.lock();
  co_return co_await pool.run(std::move(work), page.body.size());
}

}  // namespace pw::pipeline
