#include "extract/listing/listing.hpp"

#include "html/css/selector.hpp"
#include "html/dom/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kUrl = "https://ministry.example/news/";

std::vector<Listing> listings(const std::string& html) {
  html::HtmlOptions options;
  options.keep_all = true;
  return find_listings(html::parse_html(html, options).value(), kUrl);
}

std::string headline(int i) { return "Delegation number " + std::to_string(i) + " arrives for talks on railways"; }

std::string frame(const std::string& main) {
  std::string menu;
  for (int i = 0; i < 20; ++i)
    menu += "<li><a href=/section/" + std::to_string(i) + ">A section with a long name</a></li>";
  return "<body><nav><ul>" + menu + "</ul></nav><div id=page>" + main +
         "</div><ul class=menu><li><a href=/about>About us</a></li><li><a href=/contact>Contact</a></li>"
         "<li><a href=/jobs>Jobs here</a></li><li><a href=/legal>Legal</a></li></ul><footer>" +
         menu + "</footer></body>";
}

TEST(Listing, TheReleasesAreFoundAndNotTheMenus) {
  std::string main = "<ul class='releases list-2024'>";
  for (int i = 0; i < 8; ++i) {
    const std::string n = std::to_string(i);
    main += "<li class='item post-48" + n + "9" + (i == 0 ? " lead" : "") + "'><a href=/news/" + n +
            "><img src=x></a><h3><a href=/news/" + n + ">" + headline(i) + "</a></h3><a href=/news/" + n +
            ">Read more</a></li>";
  }
  const auto found = listings(frame(main + "</ul>"));
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].links, SizeIs(8));
  EXPECT_EQ(found[0].links[0].url, "https://ministry.example/news/0");
  EXPECT_EQ(found[0].links[0].text, headline(0));
  EXPECT_THAT(found[0].selector, testing::Not(HasSubstr("48")));
}

TEST(Listing, CardsOfAGridAreOneList) {
  std::string main;
  for (int row = 0; row < 3; ++row) {
    main += "<div class=row>";
    for (int i = 0; i < 3; ++i) {
      const int n = row * 3 + i;
      main += "<div class='card category-" + std::string(n % 2 == 0 ? "world" : "home") +
              "'><div class=text><a class=title href=/news/" + std::to_string(n) + ">" + headline(n) +
              "</a></div></div>";
    }
    main += "</div>";
  }
  const auto found = listings(frame(main));
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].links, SizeIs(9));
}

TEST(Listing, TheSelectorFindsWhatWasGuessed) {
  std::string main = "<table class=press>";
  for (int i = 0; i < 12; ++i) {
    main += "<tr><td>1 March</td><td><a href='?id=" + std::to_string(i) + "'>" + headline(i) + "</a></td></tr>";
  }
  const std::string html = frame(main + "</table>");
  const auto found = listings(html);
  ASSERT_FALSE(found.empty());
  html::HtmlOptions options;
  options.keep_all = true;
  const auto page = html::parse_html(html, options);
  EXPECT_THAT(html::Selector::compile(found[0].selector).value().select(*page), SizeIs(12)) << found[0].selector;
}

TEST(Listing, APageWithoutAListGivesNone) {
  EXPECT_THAT(listings(frame("<p>Only a text, with <a href=/one>one link to a page of this site</a> in it.</p>")),
              testing::Each(testing::Field(&Listing::links, testing::Not(testing::IsEmpty()))));
  EXPECT_THAT(listings("<p>nothing</p>"), IsEmpty());
  EXPECT_THAT(listings("<ul><li><a href=https://elsewhere.example/1>A long headline of another site</a></li></ul>"),
              IsEmpty());
}

}  // namespace
}  // namespace pw::extract
