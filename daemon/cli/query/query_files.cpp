#include "cli/query/query_files.hpp"

#include "config/table_reader.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

namespace pw::cli {
namespace {

namespace json = boost::json;

class Reader {
 public:
  Reader(const std::string& file, query::Dialect dialect) : file_(file), dialect_(dialect) {}

  QueryFile run() {
    const std::string extension = std::filesystem::path(file_).extension().string();
    if (extension == ".toml") {
      read_toml();
      return std::move(out_);
    }
    const auto bytes = read_bytes();
    if (!bytes) {
      out_.problems.push_back("cannot open " + file_);
    } else if (extension == ".jsonl") {
      read_lines(*bytes);
    } else {
      add("", *bytes, 1);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::optional<std::string> read_bytes() const {
    if (file_ == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream in(file_, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  StoredQuery& add(std::string id, std::string query, std::size_t line) {
    out_.queries.push_back({file_, line, std::move(id), std::move(query), {}, dialect_, {}});
    return out_.queries.back();
  }

  void problem(std::size_t line, std::string_view message) {
    out_.problems.push_back(fmt::format("{}:{}: {}", file_, line, message));
  }

  void set_dialect(StoredQuery& query, std::string_view name, std::size_t line) {
    const auto found = query::dialect_named(name);
    if (found) {
      query.dialect = *found;
      return;
    }
    const std::string_view near = nearest_name(name, query::kDialectNames);
    problem(line, fmt::format("there is no dialect \"{}\"{}", printable(name),
                              near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }

  void read_lines(const std::string& bytes) {
    std::size_t line = 1;
    for (std::size_t at = 0; at < bytes.size(); ++line) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      read_line(trim(std::string_view(bytes).substr(at, end - at)), line);
      at = end + 1;
    }
  }

  void read_line(std::string_view text, std::size_t line) {
    if (text.empty()) return;
    boost::system::error_code bad;
    const json::value row = json::parse(json::string_view(text.data(), text.size()), bad);
    const json::value* query = bad || !row.is_object() ? nullptr : row.get_object().if_contains("query");
    if (query == nullptr || !query->is_string()) return problem(line, "not a JSON object with a \"query\"");
    const std::string id(text_member(row.get_object(), "id"));
    StoredQuery& stored = add(id, std::string(query->get_string()), line);
    const json::value* dialect = row.get_object().if_contains("dialect");
    if (dialect != nullptr && dialect->is_string()) set_dialect(stored, dialect->get_string(), line);
  }

  void read_toml() {
    config::Problems problems;
    const auto root = config::parse_file(file_, problems);
    for (const config::Problem& one : problems.list()) out_.problems.push_back(one.text());
    if (!root) return;
    source_lines();
    if (const toml::array* lists = root->get_as<toml::array>("watchlist")) {
      for (const toml::node& list : *lists) {
        if (const toml::table* table = list.as_table()) read_watchlist(*table);
      }
    }
  }

  void read_watchlist(const toml::table& table) {
    const std::string id = table["id"].value_or(std::string());
    const toml::node* query = table.get("query");
    const toml::node* keywords = table.get("keywords");
    StoredQuery* stored = nullptr;
    if (query != nullptr && query->is_string()) {
      stored = &add(id, query->as_string()->get(), first_line(query->source().begin));
    } else if (keywords != nullptr && keywords->is_array()) {
      stored = &add(id, "", keywords->source().begin.line);
      for (const toml::node& one : *keywords->as_array()) stored->keywords.push_back(one.value_or(std::string()));
    }
    if (stored == nullptr) return problem(table.source().begin.line, "a watchlist with neither query nor keywords");
    if (const toml::node* dialect = table.get("dialect")) {
      set_dialect(*stored, dialect->value_or(std::string_view()), dialect->source().begin.line);
    }
    if (const toml::table* names = table["names"].as_table()) stored->names = read_names(*names);
  }

  static query::Names read_names(const toml::table& names) {
    query::Names out;
    const auto add_all = [](query::Name& name, const toml::node& list, std::string_view language) {
      if (!list.is_array()) return;
      for (const toml::node& alias : *list.as_array()) {
        name.aliases.emplace_back(alias.value_or(std::string()), std::string(language));
      }
    };
    for (const auto& [key, node] : names) {
      query::Name name{std::string(key.str()), {}};
      add_all(name, node, "");
      if (const toml::table* languages = node.as_table()) {
        for (const auto& [language, list] : *languages) add_all(name, list, language.str());
      }
      out.push_back(std::move(name));
    }
    return out;
  }

  void source_lines() {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) lines_.push_back(std::move(line));
  }

  /// The line of a string's first character: a line break directly after opening ''' or """ is not part of it.
  [[nodiscard]] std::size_t first_line(const toml::source_position& begin) const {
    if (begin.line == 0 || begin.line > lines_.size()) return begin.line;
    const std::string_view line = trim(lines_[begin.line - 1]);
    return begin.line + (line.ends_with("'''") || line.ends_with("\"\"\"") ? 1 : 0);
  }

  std::string file_;
  query::Dialect dialect_;
  std::vector<std::string> lines_;
  QueryFile out_;
};

}  // namespace

QueryFile read_query_file(const std::string& file, query::Dialect dialect) { return Reader(file, dialect).run(); }

}  // namespace pw::cli
