#include "match/explain/mentions.hpp"

#include <algorithm>

namespace pw::match {

std::size_t count_mentions(std::vector<Mention> places) {
  std::ranges::sort(places);
  std::size_t count = 0;
  std::uint32_t reached = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const bool overlaps = i > 0 && places[i].field == places[i - 1].field && places[i].first <= reached;
    count += overlaps ? 0 : 1;
    reached = overlaps ? std::max(reached, places[i].last) : places[i].last;
  }
  return count;
}

}  // namespace pw::match
