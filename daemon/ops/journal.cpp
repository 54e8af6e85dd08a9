#include "ops/journal.hpp"

#include "core/log/format.hpp"

#include <spdlog/fmt/fmt.h>
#include <systemd/sd-journal.h>

namespace pw::ops {

std::vector<std::string> journal_fields(const log::Record& record) {
  std::vector<std::string> out{fmt::format("MESSAGE={}", record.text),
                               fmt::format("PRIORITY={}", log::priority(record.level)),
                               "SYSLOG_IDENTIFIER=presswatchd"};
  if (record.message != nullptr) {
    out.push_back("MESSAGE_ID=" + log::message_uuid(record.message->id));
    out.push_back(fmt::format("PRESSWATCH_MESSAGE={}", record.message->id));
  }
  if (!record.about.source.empty()) out.push_back(fmt::format("PRESSWATCH_SOURCE={}", record.about.source));
  if (!record.about.url.empty()) out.push_back(fmt::format("PRESSWATCH_URL={}", record.about.url));
  return out;
}

bool send_to_journal(const log::Record& record) {
  std::vector<std::string> fields = journal_fields(record);
  std::vector<iovec> parts;
  parts.reserve(fields.size());
  for (std::string& field : fields) parts.push_back({field.data(), field.size()});
  return ::sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) == 0;
}

}  // namespace pw::ops
