#pragma once
/// Decides which items of a source are the same article. Pure.
///
/// Publishers use ids that change, ids shared by several articles, links shared by several articles, or none of these.
/// So each item has several keys, and all of them together decide which known item it is.

#include "core/id.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <optional>
#include <span>
#include <vector>

namespace pw::pipeline {

/// Keys that may identify an item. A missing key (no link) is Id{}.
struct ItemKeys {
  Id id;                    ///< its id without variable parts (scheme, host prefix, tracking, session)
  Id url;                   ///< key of its link (text::article_key)
  Id link;                  ///< the same including the fragment, if any
  Id entry;                 ///< link, fragment and title combined
  Id title;                 ///< title alone; not a key, but distinguishes items
  bool id_is_link = false;  ///< the id was derived from the link and adds no information
  bool id_shared = false;   ///< other items of the same answer have this id
  bool url_shared = false;  ///< other items of the same answer have this link

  /// The keys to look the item up by.
  [[nodiscard]] std::vector<Id> all() const;
};

/// The keys of an answer's items, in the order of the items.
std::vector<ItemKeys> keys_of(std::span<const source::Item> items);

/// The key of an article's content within its source.
Id content_key(const Id& content);

/// The marks of the item as its source lists it now.
store::ItemMarks marks_of(const source::Item& item);

/// The known item that this one is, among those sharing a key with it, or nullptr if it is new. If keys contradict each
/// other, items with a different title and a different date are different articles.
const store::KnownItem* known_as(const source::Item& item, const ItemKeys& keys,
                                 std::span<const store::KeyMatch> matches);

/// True if a known item with the same title and text may be the same article. False for a notice that is reissued
/// verbatim on another day.
bool same_content_is_same(const source::Item& item, const store::KnownItem& known);

}  // namespace pw::pipeline
