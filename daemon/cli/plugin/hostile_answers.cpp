#include "cli/plugin/hostile_answers.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cstdint>
#include <random>

namespace pw::cli {
namespace {

constexpr std::size_t kLarge = std::size_t{4} << 20U;

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

template <class F>
std::string mapped(std::string_view text, F&& piece) {
  std::string out;
  for (const char c : text) out += piece(c);
  return out;
}

/// Replaces every run of digits with `number`.
std::string with_numbers(std::string_view text, std::string_view number) {
  std::string out;
  bool inside = false;
  for (const char c : text) {
    if (!is_ascii_digit(c)) out += c;
    if (is_ascii_digit(c) && !inside) out += number;
    inside = is_ascii_digit(c);
  }
  return out;
}

void damage(std::vector<HostileAnswer>& out, std::string_view good) {
  for (std::size_t quarter = 1; quarter < 4; ++quarter) {
    out.push_back({fmt::format("cut off at {}/4", quarter), std::string(good.substr(0, good.size() * quarter / 4))});
  }
  out.push_back({"without its last byte", std::string(good.substr(0, good.size() - 1))});
  out.push_back({"without its first byte", std::string(good.substr(1))});
  out.push_back({"twice", repeated(good, good.size() + 1)});
  std::mt19937 random(20260302);  // NOLINT(cert-msc32-c,cert-msc51-cpp): fixed seed, so that failures are reproducible
  for (int i = 1; i <= 8; ++i) {
    std::string flipped(good);
    const std::size_t flips = 1 + good.size() / 200;
    for (std::size_t n = 0; n < flips; ++n) {
      char& byte = flipped[random() % flipped.size()];
      byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (random() % 8)));
    }
    out.push_back({fmt::format("with {} bits flipped, {}", flips, i), std::move(flipped)});
  }
  std::string gaps;
  for (std::size_t i = 0; i < good.size(); ++i) {
    if (i % 97 != 96) gaps += good[i];
  }
  out.push_back({"with gaps", std::move(gaps)});
}

void spoil(std::vector<HostileAnswer>& out, std::string_view good) {
  out.push_back({"with enormous numbers", with_numbers(good, "99999999999999999999999999")});
  out.push_back({"with negative numbers", with_numbers(good, "-1")});
  out.push_back({"without numbers", with_numbers(good, "")});
  out.push_back({"without quotes", mapped(good, [](char c) { return std::string(c == '"' ? 0 : 1, c); })});
  out.push_back({"with every < doubled", mapped(good, [](char c) { return std::string(c == '<' ? 2 : 1, c); })});
  out.push_back({"with every / gone", mapped(good, [](char c) { return std::string(c == '/' ? 0 : 1, c); })});
  out.push_back({"in other letters", mapped(good, [](char c) {
                   return c >= 'a' && c <= 'z' ? std::string("\xD0\xB6") : std::string(1, c);
                 })});
  out.push_back({"behind a byte order mark", "\xEF\xBB\xBF" + std::string(good)});
  out.push_back({"with NULs between", mapped(good, [](char c) { return std::string{c, '\0'}; })});
  out.push_back({"a thousand times", repeated(good, std::min(kLarge, 1000 * good.size()))});
}

}  // namespace

std::vector<HostileAnswer> hostile_answers(std::string_view good) {
  std::vector<HostileAnswer> out{
      {"empty", ""},
      {"one space", " "},
      {"one NUL", std::string(1, '\0')},
      {"null", "null"},
      {"an empty list", "[]"},
      {"an empty object", "{}"},
      {"a number", "-1e999"},
      {"a list of nulls", "[null,null,[null],{\"\":null}]"},
      {"an error page", "<!doctype html><title>503 Service Unavailable</title><h1>Sorry</h1>"},
      {"a login page", "<html><body><form action=/login><input name=user><input name=password></form>"},
      {"an empty feed", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel></channel></rss>"},
      {"one open tag", "<"},
      {"four megabytes of one letter", std::string(kLarge, 'a')},
      {"four megabytes of spaces", std::string(kLarge, ' ')},
      {"deep lists", repeated("[", 200'000)},
      {"deep objects", repeated("{\"a\":", 200'000)},
      {"deep elements", repeated("<div>", 500'000)},
      {"deep links", repeated("<ul><li><a href=/>", 500'000)},
  };
  std::mt19937 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): fixed seed
  std::string noise(4096, '\0');
  std::ranges::generate(noise, [&] { return static_cast<char>(random()); });
  out.push_back({"noise", std::move(noise)});
  if (good.size() < 2) return out;
  damage(out, good);
  spoil(out, good);
  return out;
}

}  // namespace pw::cli
