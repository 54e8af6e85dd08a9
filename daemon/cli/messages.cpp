#include "cli/commands.hpp"
#include "cli/message_reference.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/log/format.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace pw::cli {
namespace {

constexpr std::array<std::string_view, 3> kForms{"text", "markdown", "catalog"};

struct MessagesInput {
  std::string id;
  std::string form{kForms.front()};
};

const log::Message* find_message(std::string_view id) {
  const auto found = std::ranges::find_if(
      log::kMessages, [&](const log::Message& one) { return one.id == id || log::message_uuid(one.id) == id; });
  return found == log::kMessages.end() ? nullptr : &*found;
}

int run(const MessagesInput& in) {
  if (in.id.empty()) {
    std::cout << (in.form == "markdown"  ? message_page()
                  : in.form == "catalog" ? message_catalog()
                                         : message_texts(log::kMessages));
    return kExitOk;
  }
  const log::Message* message = find_message(in.id);
  if (message == nullptr) {
    return report(fmt::format("there is no message \"{}\"; without an id, all are listed", in.id));
  }
  std::cout << message_texts({message, 1});
  return kExitOk;
}

}  // namespace

Run messages_verb(Arguments& arguments) {
  auto in = std::make_shared<MessagesInput>();
  arguments.add("id", &in->id, "the message: the word in brackets at the end of its line, or its MESSAGE_ID");
  Argument& form = arguments.add("--format", &in->form,
                                 "of the whole list: text, the page of the manual, or a catalog "
                                 "for journalctl -x");
  form.choices = kForms;
  form.shows_default = true;
  return [in] { return run(*in); };
}

}  // namespace pw::cli
