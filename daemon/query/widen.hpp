#pragma once
/// Widens the words of a query to other forms and spellings, where a watchlist asks for it.

#include "query/query.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// Which other forms of its words a watchlist finds. The default is none.
struct Widening {
  std::vector<std::string> forms;  ///< languages of kFormLanguages whose particles and endings are found too
  bool spellings = false;          ///< F35 for F-35, US for U.S., 1000 for 1,000, and the reverse

  friend bool operator==(const Widening&, const Widening&) = default;
};

/// The languages that attached_forms() knows.
inline constexpr std::array<std::string_view, 7> kFormLanguages{"ar", "az", "fa", "he", "hy", "ka", "ko"};

/// Replaces each phrase by an OR of itself and its forms and spellings. Left as they are: exact forms, words with * or
/// ?, "…"~n, the aliases of names (which have their own forms), and words in another script than a language. An error
/// if the query grows beyond 200,000 terms; `root` is then only widened in part. Pure; any thread.
std::optional<QueryError> widen(Node& root, const Widening& widening);

}  // namespace pw::query
