/// Measures page parsing and extraction: gumbo alone, our parser, and the whole extraction, on generated pages and, if
/// PRESSWATCH_DATA names a folder with .html or .html.gz files, on those. Items are pages.

#include "core/codec/gzip.hpp"
#include "extract/extract.hpp"
#include "html/dom/html.hpp"
#include "text/charset/charset.hpp"

#include <benchmark/benchmark.h>
#include <gumbo.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using Pages = std::vector<std::string>;

constexpr pw::Time kNow = pw::from_ms(1'715'000'000'000);

std::string repeated(std::string_view text, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += text;
  return out;
}

/// A typical news page: mostly navigation, scripts and cards around an article of `paragraphs` paragraphs.
std::string news_page(int paragraphs) {
  std::string html =
      "<!doctype html><html lang=en><head><title>Bridge opens | The Crier</title>"
      "<meta property='og:title' content='Bridge opens'><meta property='og:site_name' content='The Crier'>"
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\","
      "\"author\":{\"@type\":\"Person\",\"name\":\"Ann Lee\"},\"datePublished\":\"2024-05-03T10:00:00+02:00\"}</script>"
      "<script>";
  html += repeated("window.settings={\"a\":[1,2,3]};", 2'000) + "</script></head><body><nav><ul>";
  for (int i = 0; i < 150; ++i)
    html += "<li class='nav-item menu-item menu-item-" + std::to_string(i) +
            "'><a class='link' data-track='nav' href='/s/" + std::to_string(i) + "'><span>Section</span></a></li>";
  html +=
      "</ul></nav><main><article><h1>Bridge opens</h1><div class='byline'>By Ann Lee</div><div class='article-body'>";
  for (int i = 0; i < paragraphs; ++i)
    html += "<p>The <b>town</b> opened bridge number " + std::to_string(i) +
            " on Friday, two years later than it had planned, and cars crossed it at once.</p>";
  html += "</div></article></main><section class='related'>";
  for (int i = 0; i < 100; ++i)
    html +=
        "<div class='card'><div class='card-in'><a href='/x'><img src='/i.jpg' srcset='/i.jpg 1x, /j.jpg 2x' alt=''>"
        "<svg><path d='M0 0L10 10'/></svg><h3>Another story of the day</h3></a></div></div>";
  return html + "</section></body></html>";
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return pw::text::decode_html(pw::gunzip_if_gzip(bytes), "text/html").text;
}

/// Decoded in advance, so that neither unpacking nor decoding is measured.
const Pages& stored_pages() {
  static const Pages pages = [] {
    Pages out;
    const char* const folder = std::getenv("PRESSWATCH_DATA");
    if (folder == nullptr) return out;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (const std::string name = entry.path().filename(); name.ends_with(".html") || name.ends_with(".html.gz"))
        paths.push_back(entry.path());
    std::ranges::sort(paths);
    for (const auto& path : paths) out.push_back(read(path));
    return out;
  }();
  return pages;
}

void gumbo(const std::string& html) {
  GumboOutput* const output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  benchmark::DoNotOptimize(output);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

void parse(const std::string& html) { benchmark::DoNotOptimize(pw::html::parse_html(html)); }

void extract(const std::string& html) {
  benchmark::DoNotOptimize(pw::extract::extract_article({html, "https://crier.example/bridge", kNow}));
}

void run(benchmark::State& state, const Pages& pages, void (*work)(const std::string& html)) {
  if (pages.empty()) {
    state.SkipWithError("no pages");
    return;
  }
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  for (auto _ : state)
    for (const std::string& page : pages) work(page);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * pages.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}

using Work = void (*)(const std::string&);

void add(const std::string& name, const Pages& pages) {
  for (const auto& [kind, work] :
       {std::pair<std::string, Work>{"gumbo/", gumbo}, {"parse/", parse}, {"extract/", extract}})
    benchmark::RegisterBenchmark((kind + name).c_str(), [&pages, work = work](benchmark::State& state) {
      run(state, pages, work);
    })->Unit(benchmark::kMillisecond);
}

/// Input that breaks parsers; only ours is measured.
void add_hostile() {
  std::string fonts;
  for (int i = 0; i < 4'000; ++i) fonts += "<p><font color=" + std::to_string(i) + ">x";
  static const std::vector<std::pair<std::string, Pages>> hostile{
      {"nested_divs", {repeated("<div>", 200'000)}},
      {"nested_spans", {repeated("<span>", 500'000)}},
      {"fonts", {fonts}},
      {"ten_megabytes", {repeated("<p>a word, and <a href=/>two</a>", 320'000)}},
  };
  for (const auto& [name, pages] : hostile)
    benchmark::RegisterBenchmark(("parse/" + name).c_str(), [&pages = pages](benchmark::State& state) {
      run(state, pages, parse);
    })->Unit(benchmark::kMillisecond);
}

const bool kAdded = [] {
  static const Pages made{news_page(10), news_page(40), news_page(200)};
  add("made", made);
  if (!stored_pages().empty()) add("stored", stored_pages());
  add_hostile();
  return true;
}();

}  // namespace
