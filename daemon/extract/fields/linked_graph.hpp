#pragma once
/// The nodes of a page's JSON-LD (JSON-LD 1.1), which may refer to each other by @id across scripts.

#include "html/dom/dom.hpp"

#include <boost/json.hpp>

#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::extract {

/// Owns the values of all scripts. Not thread-safe.
class LinkedGraph {
 public:
  explicit LinkedGraph(const html::Document& document);

  /// The top-level values, in document order.
  [[nodiscard]] const boost::json::array& roots() const noexcept { return roots_; }

  /// The node that an object consisting of nothing but @id stands for; nullptr if the page does not have it. Any other
  /// value stands for itself. `value` may be nullptr.
  [[nodiscard]] const boost::json::value* resolved(const boost::json::value* value);

 private:
  void index(const boost::json::value& root);

  boost::json::array roots_;
  bool indexed_ = false;  ///< at the first reference; most pages have none
  std::unordered_map<std::string_view, const boost::json::value*> nodes_;
};

}  // namespace pw::extract
