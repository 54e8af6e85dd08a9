// The header of the C++ SDK by itself, with a plugin that has all functions and one that has none but two.
#include <presswatch/plugin.hpp>

class Whole {
 public:
  explicit Whole(const presswatch::Options& options) : topic_(options.text("topic")) {}
  void poll(const presswatch::Poll& in, presswatch::Call& call) {
    call.request({.url = topic_, .tag = std::string(in.cursor)});
  }
  void parse(const presswatch::Response& in, presswatch::Call& call) { call.item({.title = std::string(in.body)}); }
  std::optional<presswatch::Article> extract(const presswatch::Page& in, presswatch::Call& /*call*/) {
    return presswatch::Article{.text = std::string(in.html)};
  }
  void stored(std::string_view cursor) { topic_ = cursor; }

 private:
  std::string topic_;
};

struct Small {
  void poll(const presswatch::Poll& /*in*/, presswatch::Call& /*call*/) {}
  void parse(const presswatch::Response& /*in*/, presswatch::Call& /*call*/) {}
};

constexpr bool is_set(auto* function) { return function != nullptr; }
constexpr pw_plugin kWhole = presswatch::detail::Adapter<Whole>::descriptor();
constexpr pw_plugin kSmall = presswatch::detail::Adapter<Small>::descriptor();
static_assert(is_set(kWhole.extract) && is_set(kWhole.stored));
static_assert(!is_set(kSmall.extract) && !is_set(kSmall.stored));

PRESSWATCH_PLUGIN(Whole);
