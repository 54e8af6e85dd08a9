#include "extract/body/class_words.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace pw::extract {
namespace {

constexpr std::string_view kBoilerplate[]{
    "addthis",
    "ads",
    "adsense",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "advertising",
    "advertorial",
    "adwrapper",
    "affiliate",
    "authorbio",
    "banner",
    "bio",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "bylines",
    "caption",
    "carousel",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "contentinfo",
    "cookie",
    "cookies",
    "copyright",
    "crumbs",
    "disqus",
    "donate",
    "donation",
    "donations",
    "feedback",
    "footer",
    "footnav",
    "forum",
    "gdpr",
    "hidden",
    "jumplinks",
    "legende",
    "login",
    "masthead",
    "menu",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paging",
    "piano",
    "popover",
    "popup",
    "print",
    "promo",
    "promoted",
    "promotion",
    "rating",
    "recirc",
    "recirculation",
    "recommendation",
    "recommendations",
    "recommended",
    "register",
    "reklam",
    "reklama",
    "relatedarticles",
    "relatedposts",
    "replies",
    "respond",
    "screenreader",
    "share",
    "sharebar",
    "sharedaddy",
    "sharethis",
    "sharing",
    "shoutbox",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "sr",
    "subscribe",
    "subscription",
    "survey",
    "syndication",
    "taboola",
    "taglist",
    "tags",
    "toast",
    "toolbar",
    "trending",
    "werbung",
};
static_assert(std::ranges::is_sorted(kBoilerplate));

constexpr std::string_view kSuspect[]{
    "ad",       "also",    "aside",   "author",   "authors",  "bottom",  "box",      "byline",    "category",
    "credit",   "credits", "date",    "download", "embed",    "event",   "events",   "extra",     "facts",
    "form",     "gallery", "header",  "hotwords", "info",     "inline",  "keywords", "latest",    "link",
    "linkbox",  "links",   "list",    "meta",     "metadata", "more",    "most",     "next",      "paywall",
    "playlist", "popular", "prev",    "previous", "profile",  "publish", "read",     "readmore",  "related",
    "series",   "slider",  "support", "tag",      "teaser",   "teasers", "time",     "timestamp", "tool",
    "tools",    "tooltip", "topic",   "topics",   "updated",  "video",   "weather",  "widget",
};
static_assert(std::ranges::is_sorted(kSuspect));

constexpr std::string_view kLayout[]{
    "box", "embed", "events", "extra", "facts", "info", "inline", "link", "list", "tool", "tools", "tooltip",
};
static_assert(std::ranges::is_sorted(kLayout));

constexpr std::string_view kBodies[]{
    "article-body",        "article-body-content",
    "article-content",     "article-main-content",
    "article-text",        "articlebody",
    "articlecontent",      "articletext",
    "body-content",        "body-text",
    "content-article",     "content-article-body",
    "content-body",        "entry-content",
    "entrycontent",        "main-article-body",
    "news-body",           "news-content",
    "news-text",           "newstext",
    "post-body",           "post-content",
    "post-entry",          "postcontent",
    "rich-text",           "single-content",
    "single-post-content", "story-body",
    "story-body-text",     "story-content",
    "story-text",          "storybody",
    "storycontent",        "text-content",
    "theme-post-content",
};
static_assert(std::ranges::is_sorted(kBodies));

constexpr std::size_t kMaxNames = 512;  // bytes

/// 0 for all but lower-case letters.
constexpr std::uint32_t letter_bit(char c) { return c >= 'a' && c <= 'z' ? 1U << static_cast<unsigned>(c - 'a') : 0U; }

/// The word itself if the sorted list contains it, otherwise "".
std::string_view find_in(std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::ranges::lower_bound(words, word);
  return found != words.end() && *found == word ? *found : std::string_view{};
}

}  // namespace

const std::vector<std::string>& ClassWords::split(std::string_view names) {
  words_.clear();
  bool inside = false;
  char before = ' ';
  for (const char c : utf8_prefix(names, kMaxNames)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool hump = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
    if (letter) {
      if (!inside || hump) words_.emplace_back();
      words_.back().push_back(ascii_lower(c));
    }
    inside = letter;
    before = c;
  }
  return words_;
}

bool contains_stem(std::string_view names, std::span<const std::string_view> stems) noexcept {
  std::uint32_t first_letters = 0;
  for (const std::string_view stem : stems) first_letters |= letter_bit(stem.front());
  names = utf8_prefix(names, kMaxNames);
  for (; !names.empty(); names.remove_prefix(1)) {
    if ((first_letters & letter_bit(ascii_lower(names.front()))) == 0) continue;
    for (const std::string_view stem : stems)
      if (ascii_iequals(names.substr(0, stem.size()), stem)) return true;
  }
  return false;
}

std::string_view boilerplate_word(std::string_view word) noexcept { return find_in(kBoilerplate, word); }
bool is_never_text_word(std::string_view word) noexcept {
  return word == "comment" || word == "comments" || word == "commentlist" || word == "disqus" || word == "replies" ||
         word == "cookie" || word == "cookies" || word == "consent" || word == "gdpr";
}
bool is_hiding_word(std::string_view word) noexcept {
  return word == "hidden" || word == "sr" || word == "screenreader" || word == "noprint" || word == "tooltip" ||
         word == "caption";
}
std::string_view suspect_word(std::string_view word) noexcept { return find_in(kSuspect, word); }
bool is_layout_word(std::string_view word) noexcept { return !find_in(kLayout, word).empty(); }
bool is_body_name(std::string_view joined) noexcept { return !find_in(kBodies, joined).empty(); }

}  // namespace pw::extract
