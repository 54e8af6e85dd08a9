#include "source/kinds/native/native_source.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "source/kinds/native/call.hpp"
#include "source/kinds/native/host.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace pw::native {
namespace {

/// Converts text from a server to valid UTF-8, as plugins only receive UTF-8.
class Utf8 {
 public:
  explicit Utf8(std::string_view given) : view_(given) {
    if (is_valid_utf8(given)) return;
    mended_ = to_valid_utf8(given);
    view_ = mended_;
  }
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
  operator pw_str() const { return {view_.data(), view_.size()}; }

 private:
  std::string mended_;
  std::string_view view_;
};

/// Owns one instance of the plugin and keeps its library loaded.
class NativeSource final : public source::Source {
 public:
  NativeSource(std::shared_ptr<const Library> library, std::shared_ptr<const source::Package> package,
               const config::SourceSettings& settings)
      : library_(std::move(library)), context_(std::move(package), settings) {
    Call call(Call::Kind::create, context_, SystemClock{}.now());
    const auto made = call.run([&] { return plugin().create(&host(), call.handle(), &instance_); });
    if (!made) throw std::invalid_argument(made.error().message);
  }

  ~NativeSource() override {
    try {
      plugin().destroy(instance_);
    } catch (...) {
      log::say("plugin-threw", {.source = context_.source}, "{}: the plugin {} threw an exception from destroy()",
               context_.source, context_.package->name);
    }
  }

  NativeSource(const NativeSource&) = delete;
  NativeSource& operator=(const NativeSource&) = delete;

  Result<source::Emitted> poll(const source::PollInput& input) override {
    const Utf8 cursor(input.cursor);
    const pw_poll in{sizeof in, 0, cursor, to_ms(input.now)};
    Call call(Call::Kind::poll, context_, input.now);
    if (auto done = call.run([&] { return plugin().poll(instance_, call.handle(), &in); }); !done) return done.error();
    return call.take_emitted();
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    const Utf8 body(input.body);
    const Utf8 url(input.url);
    const Utf8 content_type(input.content_type);
    const Utf8 tag(input.tag);
    const Utf8 cursor(input.cursor);
    const pw_response in{sizeof in, 0, body, url, content_type, tag, cursor, to_ms(input.now)};
    Call call(Call::Kind::parse, context_, input.now);
    if (auto done = call.run([&] { return plugin().parse(instance_, call.handle(), &in); }); !done) return done.error();
    return call.take_emitted();
  }

  Result<std::optional<Article>> extract(const source::PageInput& input) override {
    if (plugin().extract == nullptr) return std::optional<Article>{};
    const Utf8 html(input.html);
    const Utf8 url(input.url);
    const pw_page in{sizeof in, 0, html, url, to_ms(input.now)};
    Call call(Call::Kind::extract, context_, input.now);
    const auto done = call.run([&] { return plugin().extract(instance_, call.handle(), &in); });
    if (!done) return done.error();
    return call.take_article();
  }

  void stored(std::string_view saved) override {
    if (plugin().stored == nullptr) return;
    const Utf8 cursor(saved);
    Call call(Call::Kind::stored, context_, SystemClock{}.now());
    const auto done = call.run([&]() -> pw_status {
      plugin().stored(instance_, call.handle(), cursor);
      return PW_OK;
    });
    if (!done)
      log::say("plugin-failed", {.source = context_.source}, "{}: {}", context_.source,
               printable(done.error().message, 1000));
  }

 private:
  [[nodiscard]] const pw_plugin& plugin() const { return library_->plugin(); }

  std::shared_ptr<const Library> library_;
  Context context_;
  void* instance_ = nullptr;
};

}  // namespace

Result<source::Plugin> make_native_plugin(const std::shared_ptr<const source::Package>& package, Load how) {
  auto library = Library::open(package->library, how);
  if (!library) return library.error();
  source::Plugin out;
  out.name = package->name;
  out.summary = package->summary;
  out.options = package->options;
  out.body = package->body;
  out.package = package;
  out.extracts = (*library)->plugin().extract != nullptr;
  out.make = [library = *library, package](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
    return std::make_unique<NativeSource>(library, package, settings);
  };
  return out;
}

}  // namespace pw::native
