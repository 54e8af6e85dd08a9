#include "cli/plugin_templates.hpp"

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

std::span<const TemplateFile> python_template() { return kPythonFiles; }

}  // namespace pw::cli
