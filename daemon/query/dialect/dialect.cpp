#include "query/dialect/dialect.hpp"

namespace pw::query {

std::string_view difference_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::lexis:
      return "LexisNexis also finds regular plurals and other forms of a word without quotes; here a word is found as "
             "it "
             "is written: add the other forms, or a ! at its end";
    case Dialect::lucene:
      return "Lucene's analysers may stem words and drop common ones; here a word is found as it is written: add the "
             "other forms, or a * at its end";
    case Dialect::presswatch:
    case Dialect::meltwater:
    case Dialect::brandwatch: break;
  }
  return {};
}

}  // namespace pw::query
