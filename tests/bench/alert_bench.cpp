// Measures writing the body of an alert, which is done for every match of every new article.
#include "bus/alert_json.hpp"

#include <benchmark/benchmark.h>

namespace {

pw::bus::AlertInfo alert(std::string_view sentence, std::size_t text_size) {
  pw::bus::AlertInfo info;
  info.watchlist = {"iran", "Iran", "high", "east", "Desk", "desk@example.org"};
  info.source = {"jns", "JNS", {"wire", "en"}};
  info.item_id = "https://news.example/2026/03/01/a-headline";
  info.story = "0123456789abcdef0123456789abcdef";
  info.article.url = info.item_id;
  info.article.title = sentence;
  while (info.article.text.size() < text_size) info.article.text += sentence;
  info.article.authors = {"A. Writer"};
  info.article.published = pw::StatedDate{pw::from_ms(1'770'000'000'000), true, ""};
  for (std::size_t i = 0; i < 8; ++i) info.matches.push_back({"Iran", "text", i * 4, i * 4 + 4, "Iran", ""});
  info.sentence = sentence;
  info.score = 1.0 / 3;
  info.latency = {pw::from_ms(1'770'000'000'000), pw::from_ms(1'770'000'001'000), pw::from_ms(1'770'000'002'000)};
  return info;
}

void write(benchmark::State& state, std::string_view sentence) {
  const pw::bus::AlertInfo info = alert(sentence, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(pw::bus::open_body(info));
}

void latin(benchmark::State& state) { write(state, "The \"talks\" about Iran went on until late at night.\n"); }
void cyrillic(benchmark::State& state) { write(state, "Переговоры об Иране продолжались до поздней ночи.\n"); }

BENCHMARK(latin)->Arg(6'000)->Arg(50'000)->Arg(300'000);
BENCHMARK(cyrillic)->Arg(6'000)->Arg(50'000)->Arg(300'000);

}  // namespace
