#include "extract/extract.hpp"
#include "parse/html.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

/// A page as news sites build them: mostly navigation, scripts and cards around an article of `paragraphs`.
std::string news_page(int paragraphs) {
  std::string html = "<!doctype html><html lang=en><head><title>Bridge opens</title><script>";
  html += std::string(60'000, 'x') + "</script></head><body><nav><ul>";
  for (int i = 0; i < 150; ++i)
    html +=
        "<li class='nav-item'><a class='link' href='/section/" + std::to_string(i) + "'><span>Section</span></a></li>";
  html += "</ul></nav><main><article><h1>Bridge opens</h1><div class='article-body'>";
  for (int i = 0; i < paragraphs; ++i)
    html += "<p>The <b>town</b> opened bridge number " + std::to_string(i) +
            " on Friday, two years later than it had planned, and cars crossed it at once.</p>";
  html += "</div></article></main><section class='related'>";
  for (int i = 0; i < 100; ++i)
    html +=
        "<div class='card'><div class='card-in'><a href='/x'><img src='/i.jpg' alt=''><h3>Another story of the "
        "day</h3></a></div></div>";
  return html + "</section></body></html>";
}

void parse(benchmark::State& state, const std::string& html) {
  for (auto _ : state) benchmark::DoNotOptimize(pw::parse::parse_html(html));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * html.size()));
}

std::string repeated(std::string_view text, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += text;
  return out;
}

void BM_Parse(benchmark::State& state) { parse(state, news_page(40)); }
void BM_ParseNestedDivs(benchmark::State& state) { parse(state, repeated("<div>", 200'000)); }
void BM_ParseNestedSpans(benchmark::State& state) { parse(state, repeated("<span>", 500'000)); }
void BM_ParseFonts(benchmark::State& state) {
  std::string html;
  for (int i = 0; i < 4'000; ++i) html += "<p><font color=" + std::to_string(i) + ">x";
  parse(state, html);
}
void BM_ParseTenMegabytes(benchmark::State& state) {
  parse(state, repeated("<p>a word, and <a href=/>two</a>", 320'000));
}

void BM_Extract(benchmark::State& state) {
  const std::string html = news_page(static_cast<int>(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(
        pw::extract::extract_article({html, "https://crier.example/bridge", pw::from_ms(1'715'000'000'000)}));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(BM_Parse)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_ParseNestedDivs)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ParseNestedSpans)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ParseFonts)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ParseTenMegabytes)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Extract)->Arg(10)->Arg(200)->Unit(benchmark::kMicrosecond);

}  // namespace
