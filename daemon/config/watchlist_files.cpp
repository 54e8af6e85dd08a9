#include "config/watchlist_files.hpp"

#include "config/config_files.hpp"
#include "config/join_watchlists.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace pw::config {
namespace {

std::optional<std::string> read_text(const std::string& path, Problems& problems) {
  std::ifstream in(path, std::ios::binary);
  std::string out{std::istreambuf_iterator<char>(in), {}};
  if (in.good() || in.eof()) return out;
  problems.add(path, unusable(path, errno));
  return std::nullopt;
}

/// A file that is either kept from the configuration before, or read again.
struct Slot {
  FoundFile found;
  std::shared_ptr<const WatchlistFile> before;  ///< the file with this path; nullptr: there was none
  std::shared_ptr<const WatchlistFile> kept;
  Id content;
  WatchlistTables tables;

  [[nodiscard]] const std::shared_ptr<const GroupSettings>& group() const { return kept ? kept->group : tables.group; }
};

class Folder {
 public:
  Folder(const std::stop_token& stop, Problems& problems) : stop_(stop), problems_(problems) {}

  void read(std::vector<FoundFile> all, const Settings* before) {
    find(std::move(all), before);
    for (Slot& slot : slots_) {
      if (stop_.stop_requested()) throw std::runtime_error("given up, because the daemon is stopping");
      if (slot.before && slot.before->found.stamp.proves_same(slot.found.stamp)) {
        slot.kept = slot.before;
      } else {
        read_again(slot, true);
      }
    }
    while (read_those_with_other_groups()) {
    }
  }

  void fill(Settings& settings) {
    WatchlistIndex index(problems_);
    for (const Slot& slot : slots_) {
      if (slot.group()) index.add_group(slot.group(), slot.tables.group_id_place);
    }
    // Watchlists that stood together before have distinct ids.
    const bool all_kept = std::ranges::all_of(slots_, [](const Slot& slot) { return slot.kept != nullptr; });
    for (const Slot& slot : slots_) {
      if (slot.kept == nullptr || all_kept) continue;
      for (const auto& list : slot.kept->lists) index.add(list);
    }
    for (Slot& slot : slots_) {
      auto file = slot.kept ? std::move(slot.kept) : join(std::move(slot), index);
      settings.watchlists.insert(settings.watchlists.end(), file->lists.begin(), file->lists.end());
      if (file->group) settings.groups.push_back(file->group);
      settings.watchlist_files.push_back(std::move(file));
    }
  }

 private:
  void find(std::vector<FoundFile> all, const Settings* before) {
    std::size_t next = 0;
    slots_.reserve(all.size());
    for (FoundFile& found : all) {
      Slot& slot = slots_.emplace_back();
      slot.found = std::move(found);
      if (before == nullptr) continue;
      const auto& files = before->watchlist_files;
      const auto is_here = [&] { return next < files.size() && files[next]->found.path == slot.found.path; };
      while (!is_here() && next < files.size() && path_before(files[next]->found.path, slot.found.path)) ++next;
      if (is_here()) slot.before = files[next++];
    }
  }

  /// Reads the file. With `may_keep`, what is known about it is kept if only its stamp has changed.
  void read_again(Slot& slot, bool may_keep) {
    slot.kept = nullptr;
    const auto text = read_text(slot.found.path, problems_);
    if (!text) return;
    slot.content = derive_id({*text});
    const bool is_same = slot.before && slot.before->content == slot.content;
    if (is_same && may_keep) {
      auto moved = std::make_shared<WatchlistFile>(*slot.before);
      moved->found = slot.found;
      slot.kept = std::move(moved);
    } else if (const auto root = parse_text(*text, slot.found.path, problems_)) {
      slot.tables = read_watchlists(*root, slot.found.path, problems_);
      if (is_same) slot.tables.group = slot.before->group;
    }
  }

  /// A watchlist may join a group of another file, so a file can be kept only if its groups are the same too. True if
  /// files were read, which may have changed further groups.
  bool read_those_with_other_groups() {
    std::unordered_map<std::string_view, std::shared_ptr<const GroupSettings>> groups;
    for (const Slot& slot : slots_) {
      if (slot.group()) groups.emplace(slot.group()->id, slot.group());
    }
    const auto is_other = [&](const auto& group) {
      const auto found = groups.find(group->id);
      return found == groups.end() || found->second != group;
    };
    bool has_read = false;
    for (Slot& slot : slots_) {
      if (slot.kept == nullptr || std::ranges::none_of(slot.kept->joined, is_other)) continue;
      read_again(slot, false);
      has_read = true;
    }
    return has_read;
  }

  static std::shared_ptr<const WatchlistFile> join(Slot slot, WatchlistIndex& index) {
    auto out = std::make_shared<WatchlistFile>();
    out->found = std::move(slot.found);
    out->content = slot.content;
    out->group = std::move(slot.tables.group);
    for (WatchlistDraft& draft : slot.tables.lists) {
      const auto group = index.group(draft.list.group);
      const bool is_new = group && std::ranges::find(out->joined, group) == out->joined.end();
      if (is_new) out->joined.push_back(group);
      out->lists.push_back(index.join(std::move(draft)));
    }
    return out;
  }

  const std::stop_token& stop_;
  Problems& problems_;
  std::vector<Slot> slots_;
};

}  // namespace

void read_watchlist_files(std::vector<FoundFile> found, const Settings* before, const std::stop_token& stop,
                          Settings& settings, Problems& problems) {
  Folder files(stop, problems);
  files.read(std::move(found), before);
  files.fill(settings);
}

}  // namespace pw::config
