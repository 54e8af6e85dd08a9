// Exercises the C++ SDK as selected by the option "do", and reports results as warnings.
#include <presswatch/plugin.hpp>

#include <string>

class WithSdk {
 public:
  explicit WithSdk(const presswatch::Options& options) : what_(options.text("do")) {
    if (what_ == "refuse") throw presswatch::Failure("do: not that");
  }

  void poll(const presswatch::Poll& in, presswatch::Call& call) {
    if (what_ == "options") tell_options(call);
    if (what_ == "throw") throw presswatch::Failure("in order");
    if (what_ == "throw-other") throw std::out_of_range("by accident");
    if (what_ == "throw-number") throw 7;
    if (what_ == "emit") emit(in, call);
    if (what_ == "keep") kept_ = call.html("<p id=kept>one</p>").first("p");
    if (what_ == "selector") static_cast<void>(call.html("<p>").select("p["));
  }

  void parse(const presswatch::Response& in, presswatch::Call& call) {
    if (what_ == "html") tell_html(call.html(in.body), call);
    if (what_ == "json") tell_json(call.json(in.body), call);
    if (what_ == "feed") {
      for (presswatch::Item& item : call.feed(in.body, in.url)) {
        item.section = "seen";
        call.item(item);
      }
    }
    if (what_ == "keep") call.warn(kept_.text());
    if (what_ == "tools") {
      call.warn(call.resolve("/b", in.url));
      call.warn(call.plain_text("<b>A</b> &amp; B"));
      call.warn(std::to_string(call.date("2 March 2026 09:30 GMT").value_or(0)));
      call.warn(call.date("soon") ? "a date" : "no date");
      call.warn(std::string(in.tag) + "," + std::string(in.content_type) + "," + std::string(in.cursor));
    }
  }

  std::optional<presswatch::Article> extract(const presswatch::Page& in, presswatch::Call& /*call*/) const {
    if (in.html.empty()) return std::nullopt;
    return presswatch::Article{.title = "T", .text = std::string(in.html), .authors = {"Ann"}, .partial = true};
  }

  void stored(std::string_view cursor) { throw presswatch::Failure("stored " + std::string(cursor)); }

 private:
  static void tell_options(presswatch::Call& call) {
    const presswatch::Options options = call.options();
    for (const std::string& one : options.list("list")) call.warn(one);
    call.warn(std::to_string(options.number("which", 5)) + (options.flag("flag") ? " on" : " off"));
    call.warn(options.text("none", "fallback") + (options.has("none") ? " is there" : " is not there"));
  }

  static void emit(const presswatch::Poll& in, presswatch::Call& call) {
    call.request({.url = "https://x.example/", .tag = "t", .headers = {{"Accept", "a/b"}}});
    call.item({.id = "i", .url = "https://x.example/1", .title = "T", .authors = {"Ann", "Bob"}, .complete = true});
    call.cursor(in.cursor);
    call.pace(std::chrono::minutes(10));
    call.log(PW_LOG_WARNING, "logged");
  }

  static void tell_html(const presswatch::Node& page, presswatch::Call& call) {
    const presswatch::Node link = page.first("li a");
    call.warn(link.text());
    call.warn(link.attribute("href"));
    call.warn(std::string(link.parent().name()) + " " + std::to_string(page.select("li").size()));
    call.warn(link.parent().parent().children().front() == link.parent() ? "the same" : "another");
    call.warn(link.has_attribute("hidden") ? "hidden" : "not hidden");
    const presswatch::Node none = page.first("table");
    call.warn(none || none.first("a") || none.parent() ? "there" : "nothing" + std::string(none.attribute("x")));
    call.warn(std::to_string(none.select("a").size() + none.children().size() + none.text().size()));
  }

  static void tell_json(const presswatch::Value& root, presswatch::Call& call) {
    for (const presswatch::Value& row : root.select("/rows/*")) {
      call.warn(std::string(row.text("/t")) + " " + std::to_string(row.number("/n", -1)));
      if (row.type() != PW_JSON_OBJECT) call.warn("no object");
    }
    call.warn(root.select("/rows/0/t").front().text());
  }

  std::string what_;
  presswatch::Node kept_;
};

PRESSWATCH_PLUGIN(WithSdk);
