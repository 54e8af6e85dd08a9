#pragma once
/// The open elements of a feed while it is read: namespaces, xml:base and xml:lang as they apply at the moment.

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
  hidden,  ///< nothing in here is the entry's: text inputs, contributors, the feed an entry was copied from
  markup,  ///< inside a text construct
  extension,
};

struct OpenElement {
  std::string_view name;  ///< as written, with its prefix
  FeedName what;
  FeedPlace place = FeedPlace::outside;
  bool searched = false;  ///< for extensions: whether `closed` is known
  bool closed = false;    ///< for extensions: its end tag is where it should be
};

/// One object a document. Views point into the document.
class FeedScope {
 public:
  explicit FeedScope(std::string_view base_url) : bases_{{0, std::string(base_url)}}, languages_{{0, {}}} {}

  /// Takes xmlns, xml:base and xml:lang of an element that is about to be opened.
  void declare(std::string_view attributes);

  /// What a name means, as declared for the element that is about to be opened.
  FeedName resolve(std::string_view qualified_name);

  /// Lets the namespace of this name mean `ns`: for the root element of a feed in a namespace that nobody knows.
  void adopt(std::string_view qualified_name, FeedNs ns);

  void open(const OpenElement& element) { open_.push_back(element); }
  void close();  ///< the innermost element, with what was declared on it

  /// Forgets what was declared for an element that is then not opened.
  void undeclare() { drop_declarations(open_.size() + 1); }

  [[nodiscard]] bool empty() const noexcept { return open_.empty(); }
  [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
  OpenElement& top() noexcept { return open_.back(); }
  [[nodiscard]] FeedPlace place() const noexcept { return open_.empty() ? FeedPlace::outside : open_.back().place; }
  [[nodiscard]] const std::vector<OpenElement>& elements() const noexcept { return open_; }
  [[nodiscard]] const std::string& base() const noexcept { return bases_.back().value; }
  [[nodiscard]] bool states_base() const noexcept { return bases_.size() > 1; }  ///< an xml:base applies
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
  unsigned epoch_ = 1;  ///< changes with the bindings, so that the cache is not asked about others
  std::array<Known, kCache> cache_{};
};

}  // namespace pw::feed
