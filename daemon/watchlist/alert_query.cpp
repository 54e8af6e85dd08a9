#include "watchlist/alert_query.hpp"

#include "core/text.hpp"
#include "query/gershayim.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace pw::watchlist {
namespace {

constexpr std::size_t kMaxDepth = 50;
constexpr std::array<std::string_view, 7> kKeywords{"and", "or", "not", "near", "onear", "to", "atleast"};

struct FieldName {
  std::string_view theirs;
  std::string_view ours;
  bool to_the_end;  ///< applies to all words that follow
};
constexpr std::array<FieldName, 9> kFields{{{"intitle", "title", false},
                                            {"title", "title", false},
                                            {"allintitle", "title", true},
                                            {"intext", "text", false},
                                            {"allintext", "text", true},
                                            {"inurl", "url", false},
                                            {"url", "url", false},
                                            {"site", "site", false},
                                            {"lang", "lang", false}}};

struct Piece {
  enum class Kind : std::uint8_t { word, phrase, field, open, close, either, both, without, around, end };
  Kind kind = Kind::end;
  std::string text;          ///< of word and phrase; n of `around`
  const FieldName* field{};  ///< of a field
  std::size_t offset = 0;
};
using Kind = Piece::Kind;

[[noreturn]] void refuse(std::size_t offset, std::string message) { throw AlertProblem{offset, std::move(message)}; }

/// The quotes accepted around a phrase; pasted text often has typographic ones.
std::size_t quote_length(std::string_view line, std::size_t at) {
  const std::string_view rest = line.substr(at);
  if (rest.starts_with('"')) return query::is_gershayim(line, at) ? 0 : 1;
  for (const std::string_view mark : {"“", "”", "„", "«", "»"}) {
    if (rest.starts_with(mark)) return mark.size();
  }
  return 0;
}

/// Word processors turn minus signs into dashes.
std::size_t minus_length(std::string_view rest) {
  for (const std::string_view mark : {"-", "–", "—", "−"}) {
    if (rest.starts_with(mark)) return mark.size();
  }
  return 0;
}

/// Field names contain a letter; times of day do not.
bool is_field_name(std::string_view lower) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto allowed = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; };
  return std::ranges::any_of(lower, letter) && std::ranges::all_of(lower, allowed);
}

bool is_plain(std::string_view word) {
  if (word.ends_with('*')) word.remove_suffix(1);
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] == '"' && query::is_gershayim(word, at))
      return is_plain(word.substr(0, at)) && is_plain(word.substr(at + 1));
  }
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80U;
  };
  return !word.empty() && std::ranges::all_of(word, allowed) &&
         std::ranges::none_of(kKeywords, [&](std::string_view one) { return ascii_iequals(word, one); });
}

class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  std::vector<Piece> run() {
    while (true) {
      while (pos_ < line_.size() && is_ascii_space(line_[pos_])) ++pos_;
      if (pos_ >= line_.size()) break;
      next();
    }
    add(Kind::end, line_.size());
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return line_.substr(pos_); }

  Piece& add(Kind kind, std::size_t offset) {
    out_.push_back({kind, "", nullptr, offset});
    return out_.back();
  }

  void next() {
    const std::size_t start = pos_;
    const char c = line_[pos_];
    if (c == '(' || c == ')' || c == '|') {
      ++pos_;
      add(c == '(' ? Kind::open : c == ')' ? Kind::close : Kind::either, start);
    } else if (const std::size_t sign = c == '+' ? 1 : minus_length(rest()); sign > 0 && has_word_at(pos_ + sign)) {
      pos_ += sign;
      if (c != '+') add(Kind::without, start);
    } else if (quote_length(line_, pos_) > 0) {
      read_phrase(start);
    } else {
      read_word(start);
    }
  }

  [[nodiscard]] bool has_word_at(std::size_t at) const { return at < line_.size() && !is_ascii_space(line_[at]); }

  void read_phrase(std::size_t start) {
    pos_ += quote_length(line_, pos_);
    std::string text;
    while (pos_ < line_.size() && quote_length(line_, pos_) == 0) text += line_[pos_++];
    if (pos_ >= line_.size()) refuse(start, "missing closing quote");
    pos_ += quote_length(line_, pos_);
    if (text.find('*') != std::string::npos) {
      refuse(start, "a * inside a phrase is not supported; use two phrases with AROUND(5) between them");
    }
    add(Kind::phrase, start).text = std::move(text);
  }

  void read_word(std::size_t start) {
    const auto ends = [&] {
      const char c = line_[pos_];
      return is_ascii_space(c) || c == '(' || c == ')' || c == '|' || quote_length(line_, pos_) > 0;
    };
    while (pos_ < line_.size() && !ends() && line_[pos_] != ':') ++pos_;
    const std::string_view name = line_.substr(start, pos_ - start);
    if (pos_ < line_.size() && line_[pos_] == ':') {
      if (read_field(name, start)) return;
      while (pos_ < line_.size() && !ends()) ++pos_;
    }
    add_word(line_.substr(start, pos_ - start), start);
  }

  /// Parses "site:" and similar; words such as 10:30 also contain a colon.
  bool read_field(std::string_view name, std::size_t start) {
    const std::string lower = ascii_lower(name);
    const auto field = std::ranges::find(kFields, lower, &FieldName::theirs);
    if (field != kFields.end()) {
      ++pos_;
      add(Kind::field, start).field = &*field;
      return true;
    }
    const bool has_value = rest().size() > 1 && !is_ascii_space(rest()[1]);
    const bool letters = std::ranges::all_of(lower, [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_field_name(lower) || (!letters && !has_value) || rest().starts_with("://")) return false;
    std::array<std::string_view, kFields.size()> known;
    std::ranges::transform(kFields, known.begin(), &FieldName::theirs);
    const std::string_view near = nearest_name(lower, known);
    refuse(start,
           fmt::format("{}: is not supported{}", name, near.empty() ? "" : fmt::format("; did you mean {}:?", near)));
  }

  void add_word(std::string_view word, std::size_t start) {
    constexpr std::string_view kAround = "AROUND";
    if (word == "OR" || word == "||") {
      add(Kind::either, start);
    } else if (word == "AND" || word == "&" || word == "&&") {
      add(Kind::both, start);
    } else if (word == "NOT") {
      add(Kind::without, start);
    } else if (word == kAround && pos_ < line_.size() && line_[pos_] == '(') {
      read_around(start);
    } else if (word == "-" || word == "–" || word == "—" || word == "+") {
      refuse(start, "a dash on its own has no meaning; to exclude a word, put it directly before the word");
    } else {
      refuse_marks(word, start);
      add(Kind::word, start).text = std::string(word);
    }
  }

  /// Rejects characters that would be ignored.
  static void refuse_marks(std::string_view word, std::size_t start) {
    if (word.size() > 1 && (word.front() == '#' || word.front() == '@')) {
      refuse(start, "social media tags and users are not supported");
    }
    if (word.ends_with('+') || word.ends_with('#')) {
      refuse(start, "+ and # at the end of a word are ignored; in a query, {C++} matches as written");
    }
  }

  void read_around(std::size_t start) {
    const std::size_t close = std::min(line_.find(')', pos_), line_.size());
    const std::string_view n = trim(line_.substr(pos_ + 1, close - pos_ - 1));
    const bool number = !n.empty() && n.size() <= 4 && std::ranges::all_of(n, is_ascii_digit);
    if (close == line_.size() || !number) refuse(start, "AROUND wants a number of words, as in AROUND(5)");
    pos_ = close + 1;
    add(Kind::around, start).text = std::string(n);
  }

  std::string_view line_;
  std::size_t pos_ = 0;
  std::vector<Piece> out_;
};

/// A part of the query, translated to our language.
struct Part {
  std::string text;
  bool composite = false;  ///< needs brackets next to other parts
  bool negative = false;

  [[nodiscard]] std::string closed() const { return composite ? '(' + text + ')' : text; }
};

class Translator {
 public:
  explicit Translator(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  std::string run() {
    if (at(Kind::end)) refuse(0, "there is nothing to search for");
    const Part all = read_all(0);
    if (at(Kind::close)) refuse(peek().offset, "this ) closes nothing");
    if (all.negative) refuse(0, "there are only words to exclude, and none to search for");
    return all.text;
  }

 private:
  [[nodiscard]] const Piece& peek() const { return pieces_[pos_]; }
  [[nodiscard]] bool at(Kind kind) const { return peek().kind == kind; }

  /// Parses everything up to the end or a closing bracket; all parts are required.
  Part read_all(std::size_t depth) {
    if (depth > kMaxDepth) refuse(peek().offset, "brackets are nested too deeply");
    std::vector<Part> wanted;
    std::vector<Part> excluded;
    while (!at(Kind::end) && !at(Kind::close)) {
      if (at(Kind::both)) ++pos_;
      if (at(Kind::end) || at(Kind::close) || at(Kind::both) || at(Kind::either)) {
        refuse(peek().offset, "expected a word here");
      }
      Part one = read_either(depth);
      (one.negative ? excluded : wanted).push_back(std::move(one));
    }
    if (wanted.empty() && excluded.empty()) refuse(peek().offset, "these brackets are empty");
    Part out = wanted.empty() ? Part{} : wanted.front();
    if (wanted.size() + excluded.size() > 1 && !wanted.empty()) out = {wanted.front().closed(), true, false};
    for (std::size_t i = 1; i < wanted.size(); ++i) out.text += " AND " + wanted[i].closed();
    for (const Part& one : excluded) out.text += (out.text.empty() ? "NOT " : " AND NOT ") + one.closed();
    if (wanted.empty()) out = {out.text, true, true};
    return out;
  }

  Part read_either(std::size_t depth) {
    const std::size_t start = peek().offset;
    Part out = read_near(depth);
    bool first = true;
    while (at(Kind::either)) {
      ++pos_;
      const Part next = read_near(depth);
      if (out.negative || next.negative) refuse(start, "an excluded word cannot be next to OR");
      out = {(first ? out.closed() : out.text) + " OR " + next.closed(), true, false};
      first = false;
    }
    return out;
  }

  Part read_near(std::size_t depth) {
    Part out = read_one(depth);
    while (at(Kind::around)) {
      const Piece& around = peek();
      ++pos_;
      const Part next = read_one(depth);
      if (out.negative || next.negative) refuse(around.offset, "an excluded word cannot be next to AROUND");
      out = {fmt::format("{} NEAR/{} {}", out.closed(), around.text, next.closed()), true, false};
    }
    return out;
  }

  Part read_one(std::size_t depth) {
    const Piece piece = peek();
    switch (piece.kind) {
      case Kind::without: {
        ++pos_;
        if (at(Kind::without)) refuse(peek().offset, "this is excluded twice");
        Part out = read_one(depth + 1);
        if (out.negative) refuse(piece.offset, "this is excluded twice");
        return {out.text, out.composite, true};
      }
      case Kind::open: {
        ++pos_;
        Part out = read_all(depth + 1);
        if (!at(Kind::close)) refuse(piece.offset, "this ( is never closed");
        ++pos_;
        if (out.negative) refuse(piece.offset, "there are only words to exclude between these brackets");
        return out;
      }
      case Kind::field: ++pos_; return read_field(piece, depth);
      case Kind::word:
      case Kind::phrase: ++pos_; return {term(piece), false, false};
      default: refuse(piece.offset, "expected a word here");
    }
  }

  Part read_field(const Piece& piece, std::size_t depth) {
    const FieldName& field = *piece.field;
    if (field.to_the_end) {
      const Part all = read_all(depth + 1);
      if (all.negative) refuse(piece.offset, "there are only words to exclude");
      return {fmt::format("{}:({})", field.ours, all.text), false, false};
    }
    const Piece value = peek();
    if (value.kind == Kind::open && (field.ours == "title" || field.ours == "text")) {
      const Part all = read_one(depth + 1);
      return {fmt::format("{}:({})", field.ours, all.text), false, false};
    }
    if (value.kind != Kind::word && value.kind != Kind::phrase) {
      refuse(piece.offset, fmt::format("{}: must be directly followed by a value", field.theirs));
    }
    ++pos_;
    if (field.ours == "site") return {"site:" + host(value), false, false};
    return {fmt::format("{}:{}", field.ours, term(value)), false, false};
  }

  /// Our site: only accepts a host, so a path would be lost.
  static std::string host(const Piece& value) {
    std::string out = ascii_lower(value.text);
    if (const std::size_t scheme = out.find("://"); scheme != std::string::npos) out.erase(0, scheme + 3);
    if (out.ends_with('/')) out.pop_back();
    if (out.starts_with("*.")) out.erase(0, 2);
    if (out.starts_with('.')) out.erase(0, 1);
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
             static_cast<unsigned char>(c) >= 0x80U;
    };
    if (out.empty() || !std::ranges::all_of(out, allowed)) {
      refuse(value.offset, "site: needs a host, as in site:example.org; for a part of the URL, use inurl:");
    }
    return out;
  }

  static std::string term(const Piece& piece) {
    if (trim(piece.text).empty()) refuse(piece.offset, "these quotation marks are empty");
    if (piece.kind == Kind::word) {
      if (piece.text.front() == '~') refuse(piece.offset, "fuzzy search (~) is not supported");
      const std::size_t star = piece.text.find('*');
      if (star == 0 || star < piece.text.size() - 1) refuse(piece.offset, "a * is only allowed at the end of a word");
      if (is_plain(piece.text)) return piece.text;
    }
    return '"' + piece.text + '"';
  }

  std::vector<Piece> pieces_;
  std::size_t pos_ = 0;
};

}  // namespace

std::variant<std::string, AlertProblem> translate_alert(std::string_view line) {
  try {
    return Translator(Splitter(line).run()).run();
  } catch (AlertProblem& problem) {
    return std::move(problem);
  }
}

}  // namespace pw::watchlist
