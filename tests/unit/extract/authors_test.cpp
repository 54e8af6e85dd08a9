#include "extract/extract.hpp"
#include "extract/fields/names.hpp"
#include "pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> authors_of(const std::string& head, const std::string& body) {
  return extract_article({page(head, body), "https://www.crier.example/town/1", from_ms(1'715'000'000'000)})
      .value()
      .authors;
}

std::string linked(const std::string& author, const std::string& type = "NewsArticle") {
  return R"(<script type="application/ld+json">{"@type":")" + type + R"(","headline":"Bridge opens","author":)" +
         author + "}</script>";
}

TEST(ExtractNames, AreSplitAndStripped) {
  EXPECT_THAT(names_in("By Ann Lee, Bo Ray and Cy Day"), ElementsAre("Ann Lee", "Bo Ray", "Cy Day"));
  EXPECT_THAT(names_in("ByAnn Lee"), ElementsAre("Ann Lee"));
  EXPECT_THAT(names_in("Written by: Ann Lee • Senior Reporter | 3 min read"), ElementsAre("Ann Lee"));
  EXPECT_THAT(names_in("Posted on 3 May 2024 by Ann Lee"), ElementsAre("Ann Lee"));
  EXPECT_THAT(names_in("Von Jörg Maß, Hamburg"), ElementsAre("Jörg Maß"));
  EXPECT_THAT(names_in("Jörg Maß, dpa"), ElementsAre("Jörg Maß", "dpa"));
  EXPECT_THAT(names_in("Ram&oacute;n Paz"), ElementsAre("Ramón Paz"));
  EXPECT_THAT(names_in("Crier Staff"), ElementsAre("Crier Staff"));
  EXPECT_THAT(names_in("Ann Lee, Bo Ray und"), ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_THAT(names_in("Written By"), IsEmpty());
  EXPECT_THAT(names_in("ann@crier.example"), IsEmpty());
}

TEST(ExtractNames, KnowFullNames) {
  for (const std::string_view name : {"Ann Lee", "Ludwig van Beethoven", "María de la Cruz", "JEAN-LUC O'NEILL",
                                      "Çağla Öz", "Анна Иванова", "T. V. Raman"})
    EXPECT_TRUE(is_full_name(name)) << name;
  for (const std::string_view text : {"Ann", "View more posts", "the mayor", "Marketing Manager", "Ann Lee says",
                                      "No Author", "анна иванова", "One Two Three Four Five Six"})
    EXPECT_FALSE(is_full_name(text)) << text;
}

TEST(ExtractNames, KnowLogins) {
  EXPECT_TRUE(is_login("ann.lee"));
  EXPECT_TRUE(is_login("annlee84"));
  EXPECT_FALSE(is_login("Ann"));
  EXPECT_FALSE(is_login("dpa"));
}

TEST(ExtractAuthors, JsonLdNamesThemInManyForms) {
  const auto authors = [](const std::string& author) { return authors_of(linked(author), story()); };
  EXPECT_THAT(authors(R"(["Ann Lee","Bo Ray"])"), ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_THAT(authors(R"({"@type":"Person","name":["Ann Lee","Bo Ray"]})"), ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_THAT(authors(R"([{"@type":"Person","name":{"@value":"Ann Lee"}}])"), ElementsAre("Ann Lee"));
  EXPECT_THAT(authors(R"({"@list":[{"name":"Ann Lee"},"Bo Ray"]})"), ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_THAT(authors(R"({"@type":"Person","givenName":"Ann","familyName":"Lee"})"), ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, JsonLdNamesThemByReference) {
  const auto graph = [](const std::string& author, const std::string& nodes) {
    return R"(<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Bridge opens","author":)" +
           author + "}]}</script><script type=\"application/ld+json\">" + nodes + "</script>";
  };
  const std::string nodes = R"([{"@id":"#ann","@type":"Person","name":"Ann Lee"},{"@id":"#bo","name":"Bo Ray"}])";
  EXPECT_THAT(authors_of(graph(R"([{"@id":"#bo"},{"@id":"#ann"}])", nodes), story()), ElementsAre("Bo Ray", "Ann Lee"));
  EXPECT_THAT(authors_of(graph(R"({"@id":"#nobody"})", nodes), story()), IsEmpty());
}

TEST(ExtractAuthors, DamageInJsonLdCostsWhatItHits) {
  const std::string article =
      R"({"@type":"NewsArticle","headline":"Bridge opens","author":{"name":"Ann Lee"},"description":"the "big" one")";
  const auto in_script = [](const std::string& text) {
    return R"(<script type="application/ld+json">)" + text + "</script>";
  };
  EXPECT_THAT(authors_of(in_script(article), story()), ElementsAre("Ann Lee"));
  EXPECT_THAT(authors_of(in_script(R"({"@type":"BreadcrumbList"} )" + article + "}}"), story()),
              ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, AListOfOneArticleIsAboutThePage) {
  const auto list = [](const std::string& articles) {
    return R"(<script type="application/ld+json">{"@type":"ItemList","itemListElement":[)" + articles + "]}</script>";
  };
  const std::string ann = R"({"@type":"NewsArticle","headline":"Bridge opens","author":"Ann Lee"})";
  const std::string bo = R"({"@type":"NewsArticle","headline":"Bridge shuts","author":"Bo Ray"})";
  EXPECT_THAT(authors_of(list(ann), story()), ElementsAre("Ann Lee"));
  EXPECT_THAT(authors_of(list(ann + "," + bo), story()), IsEmpty());
}

TEST(ExtractAuthors, ALoginOrTheSiteGivesWayToTheVisibleName) {
  const std::string byline = "<div class=byline>By <a href=/x>Ann Lee</a></div>";
  EXPECT_THAT(authors_of(linked("{\"name\":\"ann.lee\"}"), byline + story()), ElementsAre("Ann Lee"));
  EXPECT_THAT(authors_of(linked("{\"name\":\"Crier\"}"), byline + story()), ElementsAre("Ann Lee"));
  EXPECT_THAT(authors_of(linked(R"({"@type":"Organization","name":"Press Pool"})"), byline + story()),
              ElementsAre("Ann Lee"));
  EXPECT_THAT(authors_of(linked(R"({"@type":"Organization","name":"Press Pool"})"), story()),
              ElementsAre("Press Pool"));
  EXPECT_THAT(authors_of(linked("{\"name\":\"Crier\"}"), story()), ElementsAre("Crier"));
}

TEST(ExtractAuthors, KeepAnAgencyBesideAPerson) {
  EXPECT_THAT(
      authors_of(linked(R"([{"@type":"Person","name":"Ann Lee"},{"@type":"Organization","name":"NNA"}])"), story()),
      ElementsAre("Ann Lee", "NNA"));
}

TEST(ExtractAuthors, ReadTheCaptionOfAPreview) {
  EXPECT_THAT(
      authors_of("<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Ann Lee'>",
                 story()),
      ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, AreFoundByTheAddressOfTheirLink) {
  EXPECT_THAT(authors_of("", "<p><a href=/autoren/17/ann-lee>Ann Lee</a></p>" + story()), ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, AreFoundInPartsOfAByline) {
  EXPECT_THAT(authors_of("", "<div class=article-byline><span class=n>Ann Lee</span><span class=n>Bo Ray</span></div>" +
                                 story()),
              ElementsAre("Ann Lee", "Bo Ray"));
}

TEST(ExtractAuthors, AreFoundInALineThatBeginsLikeAByline) {
  EXPECT_THAT(authors_of("", "<article><p>3 May 2024 by Ann Lee</p>" + story() + "</article>"), ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, NearestToTheTextAndNotInCommentsOrCards) {
  const std::string card = "<div class=card><span class=author>Far Away</span></div>";
  const std::string comment = "<div class=comments><span class=author>Com Menter</span></div>";
  const std::string sidebar = "<div class=author>Al So</div>" + std::string(200, ' ');
  std::string between;
  for (int i = 0; i < 60; ++i) between += "<p>x</p>";
  EXPECT_THAT(authors_of("", card + sidebar + between + "<article><div class=author>Ann Lee</div>" + story() +
                                 "</article>" + comment),
              ElementsAre("Ann Lee"));
}

TEST(ExtractAuthors, ALoneLoginIsBetterThanNothing) {
  EXPECT_THAT(authors_of("", "<a rel=author href=/u>annlee84</a>" + story()), IsEmpty());
  EXPECT_THAT(authors_of("", "<a rel=author href=/u>annlee</a>" + story()), ElementsAre("annlee"));
  EXPECT_THAT(authors_of("", "<span class=author>Ann</span>" + story()), ElementsAre("Ann"));
}

}  // namespace
}  // namespace pw::extract
