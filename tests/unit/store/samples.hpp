#pragma once
/// Items and alerts for tests of the store, and a submit that waits for completion.

#include "store/storage.hpp"

#include <stdlib.h>

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace pw::store::sample {

/// A temporary folder, deleted by the destructor.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "presswatch-store-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder can be made for a test");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline NewItem item(const std::string& name, Time seen, const std::string& text = "plain words") {
  NewItem made;
  made.source = "wire";
  made.item_id = name;
  made.url_key = "news.example/" + name;
  made.keys = {item_key("id", name), item_key("url", made.url_key)};
  made.content = derive_id({name, text});
  made.marks.visited = seen;
  made.article.url = "https://news.example/" + name;
  made.article.title = "About " + name;
  made.article.text = text;
  made.seen = seen;
  made.story = derive_id({"story", name});
  return made;
}

inline NewAlert alert(const std::string& channel, const std::string& name, const std::string& body = "{}") {
  return {channel, derive_id({channel, name}), "wire", body};
}

inline NewAlert held_alert(const std::string& channel, const std::string& name) {
  NewAlert made = alert(channel, name);
  made.deferred = true;
  return made;
}

inline std::future<Result<Committed>> submit_later(Storage& store, Batch batch) {
  auto promise = std::make_shared<std::promise<Result<Committed>>>();
  auto future = promise->get_future();
  store.submit(std::move(batch), [promise](Result<Committed> result) { promise->set_value(std::move(result)); });
  return future;
}

inline Result<Committed> submit(Storage& store, Batch batch) { return submit_later(store, std::move(batch)).get(); }

/// The item of the source "wire" with this key, if there is one.
inline std::optional<KnownItem> known(Storage& store, const Id& key) {
  const auto found = store.find_items("wire", std::vector{key}).value();
  return found.empty() ? std::nullopt : std::optional(found[0].item);
}

}  // namespace pw::store::sample
