/// Measures a call into a plugin: a shared object in this process (target: 5 µs), the same one in its confined child
/// process (target: 200 µs plus the transfer of the data), and the same in C++.

#include "source/kinds/exec/exec_source.hpp"
#include "source/kinds/native/native_source.hpp"
#include "unit/source/package_folder.hpp"

#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>

namespace {

using namespace pw;

const Time kNow = from_ms(1'772'443'800'000);

class BuiltIn final : public source::Source {
 public:
  Result<source::Emitted> poll(const source::PollInput& /*input*/) override {
    source::Emitted out;
    out.requests.push_back({"https://x.example/list", {}, "list"});
    return out;
  }
  Result<source::Emitted> parse(const source::ParseInput& /*input*/) override { return source::Emitted{}; }
};

std::shared_ptr<const source::Package> package() {
  static const source::PackageFolder folder;
  static const auto read = [] {
    folder.write("bench/plugin.toml",
                 "[plugin]\nname = \"bench\"\nversion = \"1\"\nkind = \"native\"\nlibrary = \"bench.so\"\n");
    std::filesystem::copy_file(PW_BENCH_PLUGIN, folder.path() / "bench/bench.so");
    std::filesystem::permissions(folder.path() / "bench/bench.so", std::filesystem::perms::owner_all);
    return *source::read_package(folder.path() / "bench");
  }();
  return read;
}

std::unique_ptr<source::Source> loaded() {
  static const source::Plugin plugin = native::make_native_plugin(package()).value();
  return plugin.make({});
}

std::unique_ptr<source::Source> confined() {
  static const auto launcher = std::make_shared<exec::Launcher>(exec::Launcher::Setup{PW_BENCH_HOST, {}});
  return exec::make_exec_plugin(package(), launcher).make({});
}

void built_in_poll(benchmark::State& state) {
  const std::unique_ptr<source::Source> source = std::make_unique<BuiltIn>();
  for (auto _ : state) benchmark::DoNotOptimize(source->poll({"", kNow}));
}
BENCHMARK(built_in_poll);

/// Emits one request.
void native_poll(benchmark::State& state) {
  const auto source = loaded();
  for (auto _ : state) benchmark::DoNotOptimize(source->poll({"", kNow}));
}
BENCHMARK(native_poll);

/// Ignores a response of the given size.
void native_parse(benchmark::State& state) {
  const auto source = loaded();
  const std::string body(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(source->parse({body, "https://x.example/", "text/plain", "", "", kNow}));
  }
}
BENCHMARK(native_parse)->Arg(0)->Arg(64 << 10)->Arg(1 << 20);

/// Wall time, because two processes alternate.
void confined_poll(benchmark::State& state) {
  const auto source = confined();
  for (auto _ : state) {
    if (!source->poll({"", kNow})) state.SkipWithError("no answer");
  }
}
BENCHMARK(confined_poll)->UseRealTime();

void confined_parse(benchmark::State& state) {
  const auto source = confined();
  const std::string body(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    if (!source->parse({body, "https://x.example/", "text/plain", "", "", kNow})) state.SkipWithError("no answer");
  }
}
BENCHMARK(confined_parse)->Arg(0)->Arg(64 << 10)->Arg(1 << 20)->UseRealTime();

/// Finds the given number of links on a page and emits each as an item.
void native_items(benchmark::State& state) {
  const auto source = loaded();
  std::string body = "<ul>";
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    body += "<li><a href='/news/" + std::to_string(i) + "'>Headline number " + std::to_string(i) + "</a>";
  }
  std::size_t items = 0;
  for (auto _ : state) {
    items += source->parse({body, "https://x.example/", "text/html", "html", "", kNow}).value().items.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(items));
}
BENCHMARK(native_items)->Arg(1)->Arg(100);

}  // namespace
