/// Readers against pages: what each reader accepts, by its own answer to an unknown key, is what presswatch.toml(5)
/// has.
#include "builtin.hpp"
#include "cli/config_reference.hpp"
#include "config/keys/reference.hpp"
#include "config/load.hpp"
#include "source/loader/loader.hpp"
#include "source/package.hpp"
#include "unit/cli/folder_test.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace pw::cli {
namespace {

using config::KeyReference;
using Names = std::set<std::string>;

constexpr const char* kUnknown = "no_reader_knows_a_key_with_a_name_like_this = 1\n";

/// The keys in "known here: a, b, c" of the problem of this table.
Names known_keys(const std::string& problems, const std::string& table) {
  const std::regex pattern("like_this\"" + (table.empty() ? "" : " in " + table) + "; known here: ([^\n]*)");
  std::smatch found;
  if (!std::regex_search(problems, found, pattern)) return {};
  Names out;
  const std::string list = found[1];
  const std::regex word("[a-z_]+");
  for (std::sregex_iterator it(list.begin(), list.end(), word), end; it != end; ++it) out.insert(it->str());
  return out;
}

Names names_of(const std::vector<KeyReference>& keys) {
  Names out;
  for (const KeyReference& key : keys) out.insert(std::string(key.name));
  return out;
}

Names joined(Names names, const Names& more) {
  names.insert(more.begin(), more.end());
  return names;
}

class PagesTest : public FolderTest {
 protected:
  PagesTest() : main_(write("presswatch.toml", "[daemon]\nstate = \"state\"\n")) {}

  std::string problems() {
    try {
      config::load(main_, loader::read_registry(main_).options());
    } catch (const config::ConfigError& error) {
      return error.what();
    }
    return "";
  }

  std::vector<config::FileReference> references_ = config_references();
  std::string page_ = config::manual(references_);
  std::string main_;
};

TEST_F(PagesTest, EveryKeyIsInThePage) {
  for (const config::FileReference& file : references_) {
    for (const config::TableReference& table : file.tables) {
      std::vector<KeyReference> keys = table.keys;
      for (const auto& variant : table.variants) keys.insert(keys.end(), variant.keys.begin(), variant.keys.end());
      for (const KeyReference& key : keys) {
        EXPECT_THAT(page_, testing::HasSubstr(".B " + std::string(key.name) + "\n")) << file.name;
        for (const KeyReference& inner : key.inner) {
          EXPECT_THAT(page_, testing::HasSubstr(".B " + std::string(inner.name) + "\n"))
              << file.name << ' ' << key.name;
        }
      }
    }
  }
}

TEST_F(PagesTest, TheMainFile) {
  for (const config::TableReference& table : references_[0].tables) {
    write("presswatch.toml", "[" + std::string(table.name) + "]\n" + kUnknown);
    EXPECT_EQ(known_keys(problems(), std::string(table.name)), names_of(table.keys)) << table.name;
  }
  write("presswatch.toml", kUnknown);
  Names tables;
  for (const config::TableReference& table : references_[0].tables) tables.insert(std::string(table.name));
  EXPECT_EQ(known_keys(problems(), ""), tables);
}

TEST_F(PagesTest, SourcesOfEveryBuiltInPlugin) {
  const config::TableReference& sources = references_[1].tables.front();
  EXPECT_EQ(sources.variants.size(), std::size(plugins::builtin()));
  for (const auto& variant : sources.variants) {
    write("sources.d/a.toml", "[[source]]\nid = \"a\"\nplugin = \"" + std::string(variant.value) + "\"\n" + kUnknown);
    EXPECT_EQ(known_keys(problems(), "source"), joined(names_of(sources.keys), names_of(variant.keys)))
        << variant.value;
  }
}

TEST_F(PagesTest, WatchlistsAndTheirGroup) {
  const auto& tables = references_[2].tables;
  write("watchlists.d/a.toml", std::string("[group]\nid = \"g\"\n") + kUnknown + "[[watchlist]]\nid = \"a\"\n" +
                                   kUnknown + "[watchlist.owner]\n" + kUnknown + "[watchlist.active]\n" + kUnknown);
  const std::string found = problems();
  EXPECT_EQ(known_keys(found, "group"), names_of(tables[0].keys));
  EXPECT_EQ(known_keys(found, "watchlist"), names_of(tables[1].keys));
  for (const KeyReference& key : tables[1].keys) {
    if (key.inner.empty()) continue;
    EXPECT_EQ(known_keys(found, std::string(key.name)), names_of(key.inner)) << key.name;
  }
}

TEST_F(PagesTest, NamesHaveOneTable) {
  write("names.d/a.toml", kUnknown);
  EXPECT_EQ(known_keys(problems(), ""), names_of(references_[3].tables.front().keys));
}

TEST_F(PagesTest, ManifestsOfPackages) {
  write("p/plugin.toml", std::string(kUnknown) + "[plugin]\nname = \"p\"\nversion = \"1\"\nkind = \"toml\"\n" +
                             kUnknown + "[options.x]\ntype = \"text\"\n" + kUnknown + "[limits]\n" + kUnknown +
                             "[access]\n" + kUnknown);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    std::filesystem::permissions(entry.path(), std::filesystem::perms(0755));
  }
  const auto package = source::read_package(folder_.path() / "p");
  ASSERT_FALSE(package);
  const std::string found = package.error().text();
  Names tables;
  for (const config::TableReference& table : references_[4].tables) {
    tables.insert(std::string(table.name));
    const std::string name = table.name == "options" ? "options.x" : std::string(table.name);
    if (table.open) continue;  // the rules of a plugin without code are the options of another one
    EXPECT_EQ(known_keys(found, name), names_of(table.keys)) << table.name;
  }
  EXPECT_EQ(known_keys(found, ""), tables) << found;
}

}  // namespace
}  // namespace pw::cli
