#pragma once
/// The syntax of the default dialect by example, and what others write for it. presswatch-query(7) prints these tables,
/// and tests parse every example.

#include <array>
#include <span>
#include <string_view>

namespace pw::query {

/// An operator or another mark.
struct SyntaxRow {
  std::string_view written;  ///< as in the grammar; n stands for a number
  std::string_view example;
  std::string_view meaning;
};

/// What stands between two operands.
inline constexpr std::array kOperators{
    SyntaxRow{"AND", "oil AND gas", "Both. Next to OR it needs brackets."},
    SyntaxRow{"&&", "oil && gas", "The same as AND."},
    SyntaxRow{"OR", "oil OR gas", "Either or both."},
    SyntaxRow{"||", "oil || gas", "The same as OR."},
    SyntaxRow{"|", "oil | gas", "The same as OR."},
    SyntaxRow{"NOT", "oil NOT olive", "The first without the second."},
    SyntaxRow{"AND NOT", "oil AND NOT olive", "The same as NOT."},
    SyntaxRow{"NEAR", "oil NEAR price", "Both in one field, with at most four words between them, in any order."},
    SyntaxRow{"NEAR/n", "oil NEAR/5 price", "The same with at most n words between them, 0 to 10000."},
    SyntaxRow{"NEAR/nf", "oil NEAR/5f price", "The same, in this order."},
    SyntaxRow{"ONEAR", "oil ONEAR price", "Like NEAR, in this order."},
    SyntaxRow{"ONEAR/n", "oil ONEAR/5 price", "Like NEAR/n, in this order."},
    SyntaxRow{"/s", "oil /s price", "Both in one sentence."},
    SyntaxRow{"/p", "oil /p price", "Both in one paragraph."},
};

/// Terms, and marks before and after them.
inline constexpr std::array kTerms{
    SyntaxRow{"word", "Baku", "The word, without regard to case and accents."},
    SyntaxRow{"\"words\"", "\"oil price\"", "The phrase. Curly and angular quotes mean the same."},
    SyntaxRow{"word*", "Azerbaijan*", "Words with this beginning of at least two letters; also inside a phrase."},
    SyntaxRow{"wo?d", "organi?ation", "Any single letter in place of the question mark, but not the first."},
    SyntaxRow{"{words}", "{US}", "Exactly as written, with case and punctuation."},
    SyntaxRow{"\"words\"~n", "\"oil price war\"~5", "The words in any order, in a window with at most n other words."},
    SyntaxRow{"term^w", "oil^3 OR gas", "The weight of the term in the score, 0 to 10000; also after brackets."},
    SyntaxRow{"-term", "oil -olive", "Not this term, field or group: a minus directly before it."},
    SyntaxRow{"(query)", "(oil OR gas) AND price", "A group."},
    SyntaxRow{"atleastn(query)", "atleast3(Iran OR Tehran)",
              "At least n occurrences of a word, phrase, or OR of them."},
    SyntaxRow{"field:term", "title:oil", "A term in a field, or a property of the article; see FIELDS."},
    SyntaxRow{"field:(query)", "title:(oil OR gas)", "A group in a field."},
    SyntaxRow{"field:[a TO b]", "oil AND country:[am TO az]", "A value in alphabetical order between two others."},
    SyntaxRow{"# comment", "oil # and gas, one day", "A comment until the end of the line."},
    SyntaxRow{"<<<comment>>>", "oil <<<or gas>>>", "A comment."},
};

/// What a dialect writes for a query of the default dialect.
struct Equivalent {
  std::string_view theirs;
  std::string_view note{};
};

/// The rows of a dialect; empty for the default one.
std::span<const Equivalent> equivalents_of(std::string_view dialect);

}  // namespace pw::query
