#include "extract/body/class_rules.hpp"

namespace pw::extract {

NameVerdict NameReader::read(std::string_view value) {
  if (value.empty()) return {};
  const auto [found, fresh] = known_.try_emplace(value);
  if (fresh) found->second = judge(value);
  return found->second;
}

void NameReader::ignore(const std::set<std::string_view>& words) {
  if (words == ignored_) return;
  ignored_ = words;
  known_.clear();
}

NameVerdict NameReader::judge(std::string_view value) {
  NameVerdict out;
  for (const std::string& word : words_.split(value)) {
    if (const auto firm = boilerplate_word(word); !firm.empty() && !ignored_.contains(firm)) {
      if (out.firm.empty()) out.firm = firm;
      if (out.hiding.empty() && is_hiding_word(firm)) out.hiding = firm;
    }
    if (const auto suspect = suspect_word(word); !suspect.empty() && !ignored_.contains(suspect))
      if (out.suspect.empty() || is_layout_word(out.suspect)) out.suspect = suspect;
  }
  return out;
}

}  // namespace pw::extract
