#pragma once
/// Which items of a source are one article. Pure.
///
/// A publisher may name an article by ids that change, by one id that several articles share, by a link that several
/// share, or by neither. So each item has several keys, and which known item it is follows from all of them together.

#include "core/id.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <optional>
#include <span>
#include <vector>

namespace pw::pipeline {

/// By what an item may be known. A key that says nothing (no link) is Id{}.
struct ItemKeys {
  Id id;                    ///< its id, without what changes in one (scheme, host prefix, tracking, session)
  Id url;                   ///< the key of its link (text::article_key)
  Id link;                  ///< the same with the fragment, where it has one
  Id entry;                 ///< link, fragment and title together
  Id title;                 ///< of the title alone; no key, but it tells two items apart
  bool id_is_link = false;  ///< the id was made of the link, and says no more
  bool id_shared = false;   ///< other items of the same answer have the id
  bool url_shared = false;  ///< other items of the same answer have the link

  /// Those by which the item is to be found.
  [[nodiscard]] std::vector<Id> all() const;
};

/// The keys of an answer's items, in their order.
std::vector<ItemKeys> keys_of(std::span<const source::Item> items);

/// What an article's content is known by within its source.
Id content_key(const Id& content);

/// What the item's source says of it now.
store::ItemMarks marks_of(const source::Item& item);

/// The known item that this one is, of those that have one of its keys; nullptr: it is new. Where keys contradict each
/// other, items with another title and another date are different articles.
const store::KnownItem* known_as(const source::Item& item, const ItemKeys& keys,
                                 std::span<const store::KeyMatch> matches);

/// May the known item with the same title and text be the same article? Not where a notice is issued anew, word by
/// word, on another day.
bool same_content_is_same(const source::Item& item, const store::KnownItem& known);

}  // namespace pw::pipeline
