#include "cli/plugin/plugin_templates.hpp"

#include <array>

namespace pw::cli {
namespace {

constexpr std::string_view kTomlManifest = R"([plugin]
name = "@NAME@"
version = "0.1.0"
kind = "toml"
summary = "The releases of an office"

[options.section]
type = "text"
default = "all"
help = "the part of the site"

[source]
plugin = "webpage"
url = "https://office.example/{section}/"
links = "ul.releases a"
)";

constexpr std::string_view kPage = R"(<!doctype html><title>Releases</title><ul class="releases">
<li><a href="/all/1">The office opens a reading room</a></li>
<li><a href="/all/2">New hours from Monday</a></li>
</ul>
)";

constexpr std::string_view kTomlCase = R"({
  "options": [],
  "now": "2026-03-02T09:30:00Z",
  "answers": [
    {
      "url": "https://office.example/all/",
      "content_type": "text/html; charset=utf-8",
      "file": "answer-1"
    }
  ]
}
)";

constexpr std::string_view kTomlExpected = R"({
  "steps": [
    {
      "requests": [
        {
          "url": "https://office.example/all/",
          "tag": "listing"
        }
      ]
    },
    {
      "answer_to": "https://office.example/all/",
      "items": [
        {
          "id": "https://office.example/all/1",
          "url": "https://office.example/all/1",
          "title": "The office opens a reading room"
        },
        {
          "id": "https://office.example/all/2",
          "url": "https://office.example/all/2",
          "title": "New hours from Monday"
        }
      ]
    }
  ]
}
)";

constexpr std::string_view kPythonManifest = R"([plugin]
name = "@NAME@"
version = "0.1.0"
kind = "exec"
command = ["/usr/bin/python3", "plugin.py"]
summary = "A wire service that answers in JSON"
body = "raw"

[options.topic]
type = "text"
default = "world"
help = "what to ask for"
)";

constexpr std::string_view kPython = R"(import presswatch_plugin as pw


class Wire(pw.Plugin):
    def poll(self, cursor):
        yield pw.Request(f"https://wire.example/list?topic={self.options['topic']}&after={cursor}")

    def parse(self, response, cursor):
        rows = response.json()["rows"]
        for row in rows:
            yield pw.Item(id=str(row["number"]), url=row["link"], title=row["headline"], published=row["time"])
        if rows:
            yield pw.Cursor(str(max(row["number"] for row in rows)))


pw.run(Wire)
)";

constexpr std::string_view kPythonAnswer = R"({"rows": [
  {"number": 7, "link": "https://wire.example/7", "headline": "A bridge is open", "time": "2026-03-02T08:00:00Z"}
]}
)";

constexpr std::string_view kPythonCase = R"({
  "options": [],
  "now": "2026-03-02T09:30:00Z",
  "answers": [
    {
      "url": "https://wire.example/list?topic=world&after=",
      "content_type": "application/json",
      "file": "answer-1"
    }
  ]
}
)";

constexpr std::string_view kPythonExpected = R"({
  "steps": [
    {
      "requests": [
        {
          "url": "https://wire.example/list?topic=world&after="
        }
      ]
    },
    {
      "answer_to": "https://wire.example/list?topic=world&after=",
      "items": [
        {
          "id": "7",
          "url": "https://wire.example/7",
          "title": "A bridge is open",
          "published": "2026-03-02T08:00:00Z"
        }
      ],
      "cursor": "7"
    }
  ]
}
)";

constexpr std::string_view kCManifest = R"([plugin]
name = "@NAME@"
version = "0.1.0"
kind = "native"
library = "@NAME@.so"
summary = "The releases of an office"
body = "html"

[options.url]
type = "url"
default = "https://office.example/all/"
help = "the page that lists the releases"
)";

constexpr std::string_view kC = R"(#include <presswatch/plugin.h>
#include <stdlib.h>

/* One configured source. */
typedef struct office {
  const pw_host *host;
  pw_str url;
} office;

static pw_status create(const pw_host *host, pw_call call, void **instance) {
  office *self = malloc(sizeof *self);
  if (self == NULL) return host->fail(call, pw_text("there is not enough memory"));
  self->host = host;
  host->option(call, pw_text("url"), 0, &self->url); /* the text of an option lives as long as the instance */
  *instance = self;
  return PW_OK;
}

static void destroy(void *instance) { free(instance); }

/* What is to be fetched now? */
static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  const office *self = instance;
  pw_request request = pw_request_init();
  (void)in; /* in->cursor is the position that parse() set last */
  request.url = self->url;
  return self->host->emit_request(call, &request);
}

/* What is on the page that came back? */
static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  const pw_host *host = ((const office *)instance)->host;
  pw_node page;
  pw_nodes links;
  pw_status status = host->html(call, in->body, &page);
  if (status == PW_OK) status = host->select(call, page, pw_text("ul.releases a"), &links);
  if (status != PW_OK) return status;
  if (links.size == 0) return host->fail(call, pw_text("the list is empty: has the layout changed?"));
  for (size_t i = 0; status == PW_OK && i < links.size; ++i) {
    pw_article item = pw_article_init();
    pw_str link;
    if (host->attribute(call, links.data[i], pw_text("href"), &link) != PW_OK) continue;
    if (host->resolve(call, link, in->url, &item.url) != PW_OK) continue;
    host->text(call, links.data[i], &item.title);
    status = host->emit_item(call, &item);
  }
  return status;
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), PW_ABI_MAJOR, 0, create, destroy, poll, parse, NULL, NULL};
  return &plugin;
}
)";

constexpr std::string_view kCExpected = R"({
  "steps": [
    {
      "requests": [
        {
          "url": "https://office.example/all/"
        }
      ]
    },
    {
      "answer_to": "https://office.example/all/",
      "items": [
        {
          "id": "https://office.example/all/1",
          "url": "https://office.example/all/1",
          "title": "The office opens a reading room"
        },
        {
          "id": "https://office.example/all/2",
          "url": "https://office.example/all/2",
          "title": "New hours from Monday"
        }
      ]
    }
  ]
}
)";

constexpr std::string_view kCppManifest = R"([plugin]
name = "@NAME@"
version = "0.1.0"
kind = "native"
library = "@NAME@.so"
summary = "A wire service that answers in JSON"
body = "raw"

[options.topic]
type = "text"
default = "world"
help = "what to ask for"
)";

constexpr std::string_view kCpp = R"(#include <presswatch/plugin.hpp>

#include <algorithm>
#include <string>

/// One configured source.
class Wire {
 public:
  explicit Wire(const presswatch::Options& options) : topic_(options.text("topic")) {}

  /// What is to be fetched now? The cursor is the position that parse() set last.
  void poll(const presswatch::Poll& in, presswatch::Call& call) {
    call.request({.url = "https://wire.example/list?topic=" + topic_ + "&after=" + std::string(in.cursor)});
  }

  /// What is in the answer that came back?
  void parse(const presswatch::Response& in, presswatch::Call& call) {
    std::int64_t newest = 0;
    for (const presswatch::Value& row : call.json(in.body).select("/rows/*")) {
      call.item({.id = std::string(row.text("/number")),
                 .url = std::string(row.text("/link")),
                 .title = std::string(row.text("/headline")),
                 .published = std::string(row.text("/time"))});
      newest = std::max(newest, row.number("/number"));
    }
    if (newest > 0) call.cursor(std::to_string(newest));
  }

 private:
  std::string topic_;
};

PRESSWATCH_PLUGIN(Wire);
)";

constexpr std::array<TemplateFile, 5> kCFiles{{{"plugin.toml", kCManifest},
                                               {"plugin.c", kC},
                                               {"tests/first/case.json", kTomlCase},
                                               {"tests/first/answer-1", kPage},
                                               {"tests/first/expected.json", kCExpected}}};
constexpr std::array<TemplateFile, 5> kCppFiles{{{"plugin.toml", kCppManifest},
                                                 {"plugin.cpp", kCpp},
                                                 {"tests/first/case.json", kPythonCase},
                                                 {"tests/first/answer-1", kPythonAnswer},
                                                 {"tests/first/expected.json", kPythonExpected}}};
constexpr std::array<TemplateFile, 4> kToml{{{"plugin.toml", kTomlManifest},
                                             {"tests/first/case.json", kTomlCase},
                                             {"tests/first/answer-1", kPage},
                                             {"tests/first/expected.json", kTomlExpected}}};
constexpr std::array<TemplateFile, 5> kPythonFiles{{{"plugin.toml", kPythonManifest},
                                                    {"plugin.py", kPython},
                                                    {"tests/first/case.json", kPythonCase},
                                                    {"tests/first/answer-1", kPythonAnswer},
                                                    {"tests/first/expected.json", kPythonExpected}}};

}  // namespace

std::span<const TemplateFile> toml_template() { return kToml; }

std::span<const TemplateFile> c_template() { return kCFiles; }

std::span<const TemplateFile> cpp_template() { return kCppFiles; }

std::span<const TemplateFile> python_template() { return kPythonFiles; }

}  // namespace pw::cli
