#pragma once
/// A store in a temporary folder, a clock controlled by the test, and submits that wait for completion.

#include "fakes/fake_clock.hpp"
#include "samples.hpp"
#include "store/store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <mutex>
#include <optional>

namespace pw::store {

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override { settings_.path = (folder_ / "presswatch.db").string(); }
  void TearDown() override { store_.reset(); }

  void open() {
    store_.reset();
    store_ = std::make_unique<Store>(settings_, clock_, [this](std::vector<StoredAlert> alerts) {
      const std::lock_guard guard(mutex_);
      for (auto& alert : alerts) committed_.push_back(std::move(alert));
    });
  }

  std::future<Result<Committed>> submit_later(Batch batch) { return sample::submit_later(*store_, std::move(batch)); }
  Result<Committed> submit(Batch batch) { return submit_later(std::move(batch)).get(); }

  std::optional<KnownItem> known_item(const std::string& name) { return sample::known(*store_, item_key("id", name)); }

  std::vector<StoredAlert> committed() {
    const std::lock_guard guard(mutex_);
    return committed_;
  }

  /// The error message of opening the store, or "" if it opens.
  std::string open_failure() {
    try {
      open();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }

  NewItem item(const std::string& name, const std::string& text = "plain words") const {
    return sample::item(name, clock_.now(), text);
  }

  static NewAlert alert(const std::string& channel, const std::string& name, const std::string& body = "{}") {
    return sample::alert(channel, name, body);
  }

  Batch batch(const std::string& name, std::vector<NewAlert> alerts = {}) const {
    Batch made;
    made.items.push_back(item(name));
    made.items.back().alerts = std::move(alerts);
    return made;
  }

  sample::Folder owned_folder_;
  const std::filesystem::path folder_ = owned_folder_.path();
  StoreSettings settings_;
  test::FakeClock clock_;
  std::mutex mutex_;
  std::vector<StoredAlert> committed_;
  std::unique_ptr<Store> store_;
};

}  // namespace pw::store
