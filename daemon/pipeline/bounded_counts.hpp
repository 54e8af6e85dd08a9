#pragma once
/// Counts by name, for a bounded number of names.

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace pw::pipeline {

/// The name under which the shared counts are published. Whatever has this name itself shares them too.
inline constexpr std::string_view kOtherNames = "other";

/// Names beyond the bound share one set of counts. No count ever decreases: a name that shares them does so until it is
/// forgotten, and what it has counted stays in them. One thread.
template <class Counts>
class BoundedCounts {
 public:
  explicit BoundedCounts(std::size_t most) : most_(most) {}

  /// The counts of this name, its own while there are less than `most` names, else the shared ones. They stay valid
  /// after forget().
  std::shared_ptr<Counts> of(const std::string& name) {
    if (name == kOtherNames) return others_;
    const auto found = named_.find(name);
    if (found != named_.end()) return found->second;
    if (named_.size() >= most_) return others_;
    return named_.emplace(name, std::make_shared<Counts>()).first->second;
  }
  /// The next new name may take its place.
  void forget(const std::string& name) { named_.erase(name); }
  /// Forgets the names for which `is_kept` is false.
  void keep_only(const std::function<bool(const std::string&)>& is_kept) {
    std::erase_if(named_, [&](const auto& one) { return !is_kept(one.first); });
  }

  [[nodiscard]] const std::map<std::string, std::shared_ptr<Counts>>& named() const { return named_; }
  [[nodiscard]] const std::shared_ptr<Counts>& others() const { return others_; }

 private:
  std::size_t most_;
  std::map<std::string, std::shared_ptr<Counts>> named_;
  std::shared_ptr<Counts> others_ = std::make_shared<Counts>();
};

}  // namespace pw::pipeline
