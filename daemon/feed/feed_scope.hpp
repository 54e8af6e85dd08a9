#pragma once
/// The open elements of a feed during parsing, with the namespaces, xml:base and xml:lang in scope.

#include "feed/feed_names.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace pw::feed {

/// What the children of an element belong to.
enum class FeedPlace : std::uint8_t {
  outside,
  channel,
  entry,
  person,
  image,
  media,
  list,    ///< skipHours, skipDays
  hidden,  ///< the content does not belong to the entry: text inputs, contributors, the original feed of a copied entry
  markup,  ///< inside an Atom text construct
  extension,
};

/// An element whose end tag has not been seen.
struct OpenElement {
  std::string_view name;  ///< with its prefix, as written
  FeedName what;
  FeedPlace place = FeedPlace::outside;
  bool searched = false;  ///< for extensions: `closed` has been determined
  bool closed = false;    ///< for extensions: the end tag is in its place
};

/// The scope of one document. Views point into the document, which must outlive this object. Not thread-safe.
class FeedScope {
 public:
  explicit FeedScope(std::string_view base_url) : bases_{{0, std::string(base_url)}}, languages_{{0, {}}} {}

  /// Processes xmlns, xml:base and xml:lang of an element that is about to be opened.
  void declare(std::string_view attributes);

  /// Resolves a name with the declarations of the element that is about to be opened.
  FeedName resolve(std::string_view qualified_name);

  /// Binds the namespace of this name to `ns`, for root elements of feeds in an unknown namespace.
  void adopt(std::string_view qualified_name, FeedNs ns);

  void open(const OpenElement& element) { open_.push_back(element); }
  void close();  ///< closes the innermost element and ends the scope of its declarations

  /// Discards the declarations of an element that will not be opened.
  void undeclare() { drop_declarations(open_.size() + 1); }

  [[nodiscard]] bool empty() const noexcept { return open_.empty(); }
  [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
  OpenElement& top() noexcept { return open_.back(); }
  [[nodiscard]] FeedPlace place() const noexcept { return open_.empty() ? FeedPlace::outside : open_.back().place; }
  [[nodiscard]] const std::vector<OpenElement>& elements() const noexcept { return open_; }
  [[nodiscard]] const std::string& base() const noexcept { return bases_.back().value; }
  [[nodiscard]] bool states_base() const noexcept { return bases_.size() > 1; }  ///< an xml:base is in scope
  [[nodiscard]] const std::string& language() const noexcept { return languages_.back().value; }

 private:
  struct Binding {
    std::size_t depth;
    std::string_view prefix;
    FeedNs ns;
  };
  struct Value {
    std::size_t depth;
    std::string value;
  };
  struct Known {
    std::string_view name;
    unsigned epoch = 0;
    FeedName what;
  };
  static constexpr std::size_t kCache = 256;

  void bind(std::string_view prefix, std::string_view uri);
  [[nodiscard]] FeedNs namespace_of(std::string_view prefix) const;
  void drop_declarations(std::size_t depth);

  std::vector<OpenElement> open_;
  std::vector<Binding> bindings_;
  std::vector<Value> bases_;
  std::vector<Value> languages_;
  unsigned epoch_ = 1;  ///< changes with the bindings and invalidates the cache
  std::array<Known, kCache> cache_{};
};

}  // namespace pw::feed
