#pragma once
/// A store in a folder of its own, a clock the test owns, and submits that wait for their answer.

#include "fakes/fake_clock.hpp"
#include "store/store.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <mutex>

namespace pw::store {

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "presswatch-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    settings_.path = (folder_ / "presswatch.db").string();
  }
  void TearDown() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void open() {
    store_.reset();
    store_ = std::make_unique<Store>(settings_, clock_, [this](std::vector<StoredAlert> alerts) {
      const std::lock_guard guard(mutex_);
      for (auto& alert : alerts) committed_.push_back(std::move(alert));
    });
  }

  std::future<Result<Committed>> submit_later(Batch batch) {
    auto promise = std::make_shared<std::promise<Result<Committed>>>();
    auto future = promise->get_future();
    store_->submit(std::move(batch), [promise](Result<Committed> result) { promise->set_value(std::move(result)); });
    return future;
  }
  Result<Committed> submit(Batch batch) { return submit_later(std::move(batch)).get(); }

  std::vector<StoredAlert> committed() {
    const std::lock_guard guard(mutex_);
    return committed_;
  }

  /// The message of the failure to open, or "" when it opens.
  std::string open_failure() {
    try {
      open();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }

  NewItem item(const std::string& name, const std::string& text = "plain words") const {
    NewItem made;
    made.source = "wire";
    made.item_id = name;
    made.url_key = "news.example/" + name;
    made.content = derive_id({name, text});
    made.article.url = "https://news.example/" + name;
    made.article.title = "About " + name;
    made.article.text = text;
    made.seen = clock_.now();
    made.story = derive_id({"story", name});
    return made;
  }

  static NewAlert alert(const std::string& channel, const std::string& name, const std::string& body = "{}") {
    return {channel, derive_id({channel, name}), "wire", body};
  }

  Batch batch(const std::string& name, std::vector<NewAlert> alerts = {}) const {
    Batch made;
    made.items.push_back(item(name));
    made.items.back().alerts = std::move(alerts);
    return made;
  }

  std::filesystem::path folder_;
  StoreSettings settings_;
  test::FakeClock clock_;
  std::mutex mutex_;
  std::vector<StoredAlert> committed_;
  std::unique_ptr<Store> store_;
};

}  // namespace pw::store
