#include "config/keys/reference.hpp"
#include "core/roff.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::config {
namespace {

using Shape = TableReference::Shape;

/// "Required." and other remarks that follow the type of a key.
std::string remarks(const KeyReference& key) {
  std::string out;
  if (key.need == Need::required || key.need == Need::checked) out += " Required.";
  if (key.need == Need::one_of) out += " Exactly one of the keys that say this is required.";
  if (key.need == Need::none && !key.fallback.empty()) out += fmt::format(" Default: {}.", roff(key.fallback));
  if (!key.example.empty()) out += fmt::format(" Example: {}", roff(key.example));
  if (key.restart) out += " Needs a restart.";
  return out;
}

std::string entries(std::span<const KeyReference> keys) {
  std::string out;
  for (const KeyReference& key : keys) {
    out +=
        fmt::format(".TP\n.B {}\n{}\n.br\nType: {}.{}\n", roff(key.name), roff(key.help), roff(key.type), remarks(key));
    if (!key.inner.empty()) out += ".RS\n" + entries(key.inner) + ".RE\n";
  }
  return out;
}

std::string heading(const TableReference& table) {
  switch (table.shape) {
    case Shape::table: return fmt::format("[{}]", table.name);
    case Shape::list: return fmt::format("[[{}]]", table.name);
    case Shape::map: return fmt::format("[{}.NAME]", table.name);
    case Shape::root: break;
  }
  return "";
}

std::string table_manual(const TableReference& table) {
  std::string out;
  if (table.shape != Shape::root) out += fmt::format(".SS {}\n{}\n", heading(table), roff(table.help));
  out += entries(table.keys);
  for (const VariantReference& one : table.variants) {
    out += fmt::format(".SS {} with {} = \\(dq{}\\(dq\n{}\n{}", heading(table), one.key, one.value, roff(one.help),
                       entries(one.keys));
  }
  return out;
}

}  // namespace

std::string manual(std::span<const FileReference> files) {
  std::string out = ".TH PRESSWATCH.TOML 5 \"\" \"presswatch " PW_VERSION
                    "\" \"File formats\"\n"
                    ".SH NAME\npresswatch.toml \\- configuration of presswatchd\n"
                    ".SH DESCRIPTION\n"
                    "The main configuration file, usually\n.IR /etc/presswatch/presswatch.toml ,\n"
                    "and the files of sources, watchlists and names in folders beside it. All of them are TOML. An "
                    "unknown key is an\nerror.\n"
                    ".PP\nAfter a change, run\n.BR \"presswatch check\" ,\nthen\n.BR \"presswatch reload\" .\n"
                    "Keys that need a restart are marked; a reload that changes one says so.\n"
                    ".PP\n.B presswatch config sample\nand\n.B presswatch config schema\n"
                    "print a commented file of each kind, and a JSON Schema for editors.\n";
  for (const FileReference& file : files) {
    std::string title(file.title);
    for (char& c : title) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    out += fmt::format(".SH {}\n.I {}\n.PP\n{}\n", title, file.name, roff(file.help));
    for (const TableReference& table : file.tables) out += table_manual(table);
  }
  return out + ".SH SEE ALSO\n.BR presswatchd (8),\n.BR presswatch (1),\n.BR presswatch\\-query (7)\n";
}

}  // namespace pw::config
