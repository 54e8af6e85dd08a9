#pragma once
/// Generates feeds with known content, and damages a single place in various ways.

#include <array>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pw::feed::test {

struct WrittenFeed {
  std::string text;
  std::vector<std::size_t> begins;  ///< start of each entry, and the end of the last one
  bool atom = false;
};

inline std::string number_of(std::size_t i) { return std::to_string(1000 + i); }

// '#' is replaced by the number of the entry.
inline constexpr const char* kAtomEntry = R"(<entry>
 <title type="html">Story # of the harbour café</title>
 <link rel="alternate" href="https://courier.example/story/#?a=1&amp;b=2"/>
 <id>urn:story:#</id>
 <updated>2026-02-03T10:00:00Z</updated>
 <author><name>Dana</name></author>
 <content type="html">&lt;p&gt;The talks of # ended &amp;amp; began.&lt;/p&gt;</content>
</entry>
)";
inline constexpr const char* kRssEntry = R"(<item>
 <title>Story # of the harbour café</title>
 <link>https://courier.example/story/#?a=1&amp;b=2</link>
 <guid isPermaLink="false">urn:story:#</guid>
 <pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate>
 <dc:creator>Dana</dc:creator>
 <category domain="a">Trade</category>
 <description><![CDATA[<p>The talks of # ended &amp; began.</p>]]></description>
</item>
)";

inline WrittenFeed write_feed(bool atom, std::size_t entries) {
  WrittenFeed out;
  out.atom = atom;
  out.text = atom ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                    "xml:lang=\"en\">\n<title>Courier</title>\n<link href=\"https://courier.example/\"/>\n"
                  : "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n "
                    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n<title>Courier</title>\n"
                    "<link>https://courier.example/</link>\n<language>en</language>\n";
  for (std::size_t i = 0; i < entries; ++i) {
    out.begins.push_back(out.text.size());
    std::string entry = atom ? kAtomEntry : kRssEntry;
    for (std::size_t at = entry.find('#'); at != std::string::npos; at = entry.find('#')) {
      entry.replace(at, 1, number_of(i));
    }
    out.text += entry;
  }
  out.begins.push_back(out.text.size());
  out.text += atom ? "</feed>\n" : "</channel>\n</rss>\n";
  return out;
}

using Random = std::mt19937;

struct Damage {
  std::string_view name;
  /// Damages entry `at` of the feed. Returns how many entries may be lost because their own bytes are missing.
  std::function<std::size_t(WrittenFeed&, std::size_t at, Random&)> apply;
};

/// Replaces the first occurrence of `from` in entry `at`, if there is one.
inline void replace_in(WrittenFeed& feed, std::size_t at, std::string_view from, std::string_view to) {
  const std::size_t found = feed.text.find(from, feed.begins[at]);
  if (found < feed.begins[at + 1]) feed.text.replace(found, from.size(), to);
}

inline void replace_first(WrittenFeed& feed, std::string_view from, std::string_view to) {
  const std::size_t found = feed.text.find(from);
  if (found != std::string::npos) feed.text.replace(found, from.size(), to);
}

inline std::size_t pick(Random& random, std::size_t below) {
  return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

inline std::string_view entry_tag(const WrittenFeed& feed) { return feed.atom ? "entry" : "item"; }

inline std::vector<Damage> kinds_of_damage() {
  const auto in_title = [](std::string text) {
    return [text](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
      replace_in(feed, at, " of the harbour", text);
      return 0;
    };
  };
  const auto swap = [](std::string from, std::string to) {
    return [from, to](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
      replace_in(feed, at, from, to);
      return 0;
    };
  };
  const auto in_front = [](std::string text) {
    return [text](WrittenFeed& feed, std::size_t, Random&) -> std::size_t {
      feed.text.insert(0, text);
      return 0;
    };
  };
  const auto between = [](std::string text) {
    return [text](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
      feed.text.insert(feed.begins[at], text);
      return 0;
    };
  };
  const auto in_head = [](std::string from, std::string to) {
    return [from, to](WrittenFeed& feed, std::size_t, Random&) -> std::size_t {
      replace_first(feed, from, to);
      return 0;
    };
  };
  return {
      {"bare ampersand", in_title(" R&D & more")},
      {"bare angle bracket", in_title(" 1 < 2 <3 and a<b")},
      {"undefined entity", in_title(" &nbsp;&foo;&#xZZ; ")},
      {"unescaped markup", in_title(" <b>of <i>the</b> harbour</i><br>")},
      {"control characters", in_title(std::string("\x01\x0B\0\x1F", 4))},
      {"bytes that are not UTF-8", in_title(" \xE9\xFF\xC3 ")},
      {"field not closed", swap("</title>", "")},
      {"field closed by another name", swap("</title>", "</titel>")},
      {"case of tags differs", swap("</title>", "</Title>")},
      {"stray end tags", between("</p></div></title>\n")},
      {"missing '>'", swap("</title>", "</title")},
      {"section not closed", swap("]]>", "")},
      {"section closed twice", swap("]]>", "]]>]]>")},
      {"comment not closed", between("<!-- generated\n")},
      {"comment with hyphens", between("<!-- a -- b --- -->\n")},
      {"quote lost",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         replace_in(feed, at, feed.atom ? "\"html\"" : "\"false\"", feed.atom ? "\"html" : "\"false");
         return 0;
       }},
      {"no quotes",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         replace_in(feed, at, feed.atom ? "\"html\"" : "\"false\"", feed.atom ? "html" : "false");
         return 0;
       }},
      {"attribute twice",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         replace_in(feed, at, feed.atom ? "type=" : "isPermaLink=",
                    feed.atom ? "type=\"x\" type=" : "a=\"1\" a=\"2\" isPermaLink=");
         return 0;
       }},
      {"entry not closed",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         replace_in(feed, at, "</" + std::string(entry_tag(feed)) + ">", "");
         return 0;
       }},
      {"entry not opened",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         replace_in(feed, at, "<" + std::string(entry_tag(feed)) + ">", "");
         return 0;
       }},
      {"prefix not bound", in_head("xmlns:dc=\"http://purl.org/dc/elements/1.1/\"", "")},
      {"wrong declaration", in_head("encoding=\"utf-8\"", "encoding=\"utf-16\"")},
      {"declaration of no known charset", in_head("encoding=\"utf-8\"", "encoding=\"none\"")},
      {"root not opened",
       [](WrittenFeed& feed, std::size_t, Random&) -> std::size_t {
         const std::size_t root = feed.text.find(feed.atom ? "<feed" : "<rss");
         feed.text.erase(root, feed.text.find('>', root) + 1 - root);
         return 0;
       }},
      {"white space in front", in_front("\n \t\n")},
      {"a program's warning in front",
       in_front("<br />\n<b>Warning</b>: Cannot modify header in <b>/a.php</b><br />\n")},
      {"entities that would explode",
       in_front("<!DOCTYPE r [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n")},
      {"something behind the end",
       [](WrittenFeed& feed, std::size_t, Random&) -> std::size_t {
         feed.text += "<!-- 0.3 s --><script>if (a < b) { x(\"</item>\") }</script>";
         return 0;
       }},
      {"root closed too early",
       [](WrittenFeed& feed, std::size_t at, Random&) -> std::size_t {
         feed.text.insert(feed.begins[at], feed.atom ? "</feed>" : "</channel></rss>");
         return 0;
       }},
      {"cut off",
       [](WrittenFeed& feed, std::size_t at, Random& random) -> std::size_t {
         feed.text.resize(feed.begins[at] + pick(random, feed.begins[at + 1] - feed.begins[at]));
         return feed.begins.size() - 1 - at;
       }},
      {"a piece is missing",
       [](WrittenFeed& feed, std::size_t at, Random& random) -> std::size_t {
         const std::size_t from = feed.begins[at] + pick(random, feed.begins[at + 1] - feed.begins[at]);
         const std::size_t length = 1 + pick(random, 200);
         const bool next_too = from + length > feed.begins[at + 1];
         feed.text.erase(from, length);
         return next_too ? 2 : 1;
       }},
      {"a chunk size in the middle",
       [](WrittenFeed& feed, std::size_t at, Random& random) -> std::size_t {
         feed.text.insert(feed.begins[at] + pick(random, feed.begins[at + 1] - feed.begins[at]), "\r\n1f40\r\n");
         return 0;
       }},
  };
}

}  // namespace pw::feed::test
