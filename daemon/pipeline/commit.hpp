#pragma once
/// Coroutine wrapper for Storage::submit.

#include "runtime/from_callback.hpp"
#include "store/storage.hpp"

#include <functional>
#include <utility>

namespace pw::pipeline {

/// Resumes when the batch has been committed to disk. `queued` is called as soon as the batch is in the store's queue;
/// batches queued later are committed later.
inline boost::asio::awaitable<Result<store::Committed>> commit(store::Storage& storage, store::Batch batch,
                                                               std::function<void()> queued) {
  auto submit = [&storage, &batch, &queued](std::function<void(Result<store::Committed>)> done) {
    storage.submit(std::move(batch), std::move(done));
    if (queued) queued();
  };
  co_return co_await runtime::from_callback<Result<store::Committed>>(std::move(submit));
}

inline boost::asio::awaitable<Result<store::Committed>> commit(store::Storage& storage, store::Batch batch) {
  return commit(storage, std::move(batch), nullptr);
}

}  // namespace pw::pipeline
