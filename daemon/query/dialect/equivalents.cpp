#include "query/syntax.hpp"

#include <array>

namespace pw::query {
namespace {

constexpr std::array kLexis{
    Equivalent{"oil and price", "case does not matter"},
    Equivalent{"oil or gas"},
    Equivalent{"oil and not olive", "also: but not, not"},
    Equivalent{"oil price", "adjacent words are a phrase"},
    Equivalent{"oil w/5 price", "w/1 means adjacent; also /5, near/5, within/5"},
    Equivalent{"oil pre/5 price", "in this order; also +5, onear/5"},
    Equivalent{"oil w/s price", "in one sentence"},
    Equivalent{"oil w/p price", "in one paragraph"},
    Equivalent{"oil w/seg price", "in one segment"},
    Equivalent{"azerb!", "any ending"},
    Equivalent{"wom*n", "one letter; int???et has three"},
    Equivalent{"bank**", "up to two letters"},
    Equivalent{"headline(oil)"},
    Equivalent{"title(oil)"},
    Equivalent{"hlead(oil)", "headline or first paragraph"},
    Equivalent{"lead(oil)"},
    Equivalent{"body(oil)"},
    Equivalent{"text(oil)"},
    Equivalent{"oil and byline(smith)"},
    Equivalent{"oil and author(smith)"},
    Equivalent{"oil and language(english)", "names and codes"},
    Equivalent{"oil and source(jns)", "the id of a source here"},
    Equivalent{"atleast5(oil)", "also: atl5"},
    Equivalent{"allcaps(aids)"},
    Equivalent{"nocaps(us)"},
    Equivalent{"singular(bank)"},
};

constexpr std::array kMeltwater{
    Equivalent{"oil NEAR gas"},
    Equivalent{"oil ONEAR/10 gas"},
    Equivalent{"\"oil price\"~5", "up to five moves; swapping two words costs two"},
    Equivalent{"headline:oil", "also: title"},
    Equivalent{"ingress:oil", "also: lead"},
    Equivalent{"body:oil", "also: text"},
    Equivalent{"oil AND language:english", "names and codes; also: lang"},
    Equivalent{"oil AND country:usa", "names and codes; also: countrycode"},
    Equivalent{"oil AND domain:example.org", "also: site"},
    Equivalent{"oil^9 OR gas"},
};

constexpr std::array kBrandwatch{
    Equivalent{"apple juice", "next to OR it needs brackets"},
    Equivalent{"oil NEAR/5f price"},
    Equivalent{"\"oil price\"~5", "as in meltwater"},
    Equivalent{"raw:Google+"},
    Equivalent{"{BBC}"},
    Equivalent{"oil AND language:de", "also: lang"},
    Equivalent{"oil AND country:usa"},
};

constexpr std::array kLucene{
    Equivalent{"oil gas"},
    Equivalent{"+oil +gas", "also: AND, &&"},
    Equivalent{"+oil gas", "gas only affects the score"},
    Equivalent{"oil -olive", "also: NOT, AND NOT, !"},
    Equivalent{"\"oil price\"~2", "moves, as in meltwater"},
    Equivalent{"te?t"},
    Equivalent{"title:(iran baku)"},
    Equivalent{"body:oil", "also: content, text"},
    Equivalent{"oil AND country:[am TO az]"},
};

}  // namespace

std::span<const Equivalent> equivalents_of(std::string_view dialect) {
  if (dialect == "lexis") return kLexis;
  if (dialect == "meltwater") return kMeltwater;
  if (dialect == "brandwatch") return kBrandwatch;
  if (dialect == "lucene") return kLucene;
  return {};
}

}  // namespace pw::query
