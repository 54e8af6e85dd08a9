#pragma once
/// The table of messages. Each warning and each error that presswatch logs has a row; docs/messages.md is printed from
/// it
/// (`presswatch messages`). An id never changes its meaning, because filters and the journal's MESSAGE_ID depend on it.

#include <array>
#include <cstdint>
#include <string_view>

namespace pw::log {

enum class Level : std::uint8_t { debug, info, warn, error, critical };

/// A row: what operators read about a message.
struct Message {
  std::string_view id;
  Level level = Level::info;
  std::string_view cause;
  std::string_view cure;  ///< empty if there is nothing to do
};

inline constexpr auto kMessages = std::to_array<Message>({
    // The daemon
    {"start-failed", Level::critical,
     "The daemon could not start, or an essential part of it failed and it stopped. The text gives the reason.",
     "Remove the cause and start it again; `presswatch check` finds errors of the configuration beforehand."},
    {"config-refused", Level::critical,
     "The configuration has errors, so the daemon did not start (exit status 78). The text gives file, line and error.",
     "Correct the file; `presswatch check` reports every error at once. Then start the daemon again."},
    {"config-doubtful", Level::warn,
     "The configuration is valid, but part of it is probably a mistake. The text names the file and the reason.",
     "Correct it, if it is not what you want; `presswatch check` shows the same."},
    {"descriptors-few", Level::warn,
     "The limit on open files (RLIMIT_NOFILE) is smaller than what this configuration may need. Connections of "
     "subscribers, fetches or plugins can fail at busy times.",
     "Raise LimitNOFILE= of the unit, or `ulimit -n` where the daemon is started by hand, to the number in the text."},
    {"reload-rejected", Level::error,
     "A reload found errors in the configuration. The previous configuration stays in force as a whole.",
     "Correct what the text names and reload again."},
    {"reload-needs-restart", Level::warn, "A reload changed keys that are only read at start.",
     "Restart the daemon to put them into effect."},
    {"out-of-memory", Level::error,
     "There was no memory for one step of the daemon. The step was given up; what it worked on is tried again.",
     "If it happens again, raise MemoryMax= of the unit, or lower fetch.max_total and the number of plugins."},
    {"stop-timeout", Level::critical,
     "The daemon could not stop in order within its time and ended at once. Nothing that was stored is lost.",
     "The next start checks the database, which takes a while. If it happens again, look for plugins that hang."},
    {"thread-failed", Level::critical, "A thread of the daemon failed, and so did the report of it.",
     "Restart the daemon. Please report the text as a bug."},
    {"task-failed", Level::error, "A task of the daemon ended with an unexpected error. The rest goes on.",
     "Please report the text as a bug. Restart the daemon if something stays without effect."},
    {"loop-blocked", Level::warn,
     "The event loop did not respond for a while. If it used little CPU time meanwhile, the machine was busy or "
     "suspended.",
     "Give the machine more CPU, or let it run fewer other programs. If the CPU time is high, please report it."},
    {"monitoring-failed", Level::error,
     "A request for metrics or health could not be answered; the client got status 500. The rest goes on.",
     "Please report the text as a bug."},
    {"socket-broken", Level::error, "A listening socket failed for good and accepts no more clients.",
     "Restart the daemon."},
    {"socket-paused", Level::error,
     "A listening socket cannot accept clients at the moment, usually because file descriptors have run out. It tries "
     "again every second.",
     "Raise LimitNOFILE= of the unit. Look for clients that open many connections."},
    {"socket-resumed", Level::info, "A listening socket accepts clients again.", ""},
    // The clock
    {"clock-stepped", Level::warn, "The wall clock was set while the daemon ran, or the machine was suspended.",
     "Check that the machine synchronises its clock (timedatectl)."},
    {"clock-doubtful", Level::warn,
     "The wall clock shows a time that is hard to believe. While it is in doubt, nothing is deleted (docs/clock.md).",
     "Set the clock if it is wrong. If it is right, wait: it is trusted after it has kept the time for a day."},
    {"clock-trusted", Level::info, "The wall clock is trusted again, and expired data is deleted again.", ""},
    {"clock-ahead", Level::warn,
     "Saved times of sources lie further in the future than possible: the clock was ahead when they were saved, or it "
     "is "
     "behind now.",
     "Check the clock. The sources are polled at their usual interval."},
    // The database
    {"store-unclean", Level::warn,
     "The last stop was not clean (a crash, a kill, a power failure), so the database is checked before anything is "
     "stored or sent.",
     "Wait for store-sound, which takes some seconds per gigabyte."},
    {"store-sound", Level::info, "The database was checked, and no damage was found.", ""},
    {"store-not-writable", Level::error,
     "The disk refuses writes: it is full, read-only or failing. Nothing is fetched meanwhile, because nothing could "
     "be "
     "stored.",
     "Free some space or repair the disk. The daemon tries again every few seconds and goes on by itself."},
    {"store-writable", Level::info, "The disk takes writes again.", ""},
    {"store-damaged", Level::critical,
     "A page of the database is damaged. The daemon stops with exit status 74, so that nothing more is written to the "
     "file.",
     "Check the disk and the memory of the machine. `presswatch check-store` shows the extent; then `presswatch "
     "restore` "
     "a backup, or move the database away to start anew."},
    {"store-read-failed", Level::warn,
     "The database could not be read while it was checked, because of the disk, memory or file descriptors. That is "
     "not "
     "damage, and the check is tried again.",
     "If it happens again, look for errors of the disk in the kernel's log (journalctl -k)."},
    {"store-false-alarm", Level::warn, "SQLite reported damage once, but a check of the whole file found none.",
     "If it happens again, test the memory and the disk of the machine."},
    {"store-file-gone", Level::critical,
     "The database, or its write-ahead log, was deleted, moved or replaced while the daemon ran. The daemon stops, so "
     "that nothing more is written to a file that nobody can find.",
     "Never touch these files while the daemon runs; `presswatch restore` replaces them safely. What the daemon could "
     "still read was saved to the file named in the text: restore that, if you want it back."},
    {"store-failed", Level::critical, "The store's thread failed, and the daemon stops. The text gives the reason.",
     "Remove the cause. The service manager starts the daemon again."},
    {"store-restored", Level::warn,
     "The database is not the one that was written last: it was restored, copied or cut back. The alert log gets a new "
     "id, so that subscribers notice.",
     "Nothing, if you restored it. Otherwise find out who replaced the file."},
    {"store-folder-exposed", Level::warn,
     "Others can write to the folder of the database, or own it, and could replace the file.",
     "Run the command in the text, or set the owner to the user of the daemon."},
    {"store-file-exposed", Level::warn, "Others can read or write the database, and its mode could not be changed.",
     "Give the file to the user of the daemon with mode 0600."},
    // Sources
    {"source-failing", Level::warn,
     "A source entered a state other than ok. The text gives the state and the reason; `presswatch sources` shows it "
     "as "
     "long as it lasts.",
     "Open the URL in a browser. If it moved, change the source; if the server is in trouble, wait: polls go on, less "
     "often."},
    {"source-ok", Level::info, "A source is ok again.", ""},
    {"poll-failed", Level::error,
     "A poll of a source ended with an unexpected error. The source is polled again when it is due.",
     "If it happens again, please report the text as a bug."},
    {"poll-not-stored", Level::error,
     "What a poll found could not be stored. The next poll asks for it again, and nothing is lost.",
     "Look for store-not-writable or store-damaged."},
    {"page-unreadable", Level::warn,
     "The page of an article could not be read. The article was matched by the title and text that its source gave, "
     "and "
     "its alerts are marked as partial.",
     "Nothing, if it is rare. If it is every page of a source, consider fetch_pages = false for it."},
    {"match-undecided", Level::warn,
     "An article was not matched against some watchlists, because their queries would have taken too many steps.",
     "Simplify the queries of the watchlists named in the text, above all NEAR with common words."},
    {"stories-unknown", Level::error,
     "The recent articles could not be read at start, so stories from before it may be reported again.",
     "Look for messages about the database."},
    {"deferred-stuck", Level::error,
     "Alerts that waited for the active hours of their watchlist could not be released. It is tried again.",
     "Look for messages about the database."},
    {"robots-cut", Level::info, "The robots.txt of a host was read only in part.", ""},
    // WebSub
    {"delivery-failed", Level::error,
     "A delivery of a WebSub hub could not be processed. The source is polled as well, so nothing is lost.",
     "If it happens again, please report the text as a bug."},
    {"delivery-unreadable", Level::warn,
     "A delivery of a WebSub hub cannot be parsed. The source is polled as well, so nothing is lost.",
     "If it happens with every delivery, tell the publisher."},
    {"websub-not-saved", Level::error,
     "A WebSub subscription could not be saved. It is requested again after a restart.",
     "Look for store-not-writable."},
    {"websub-hub-failed", Level::warn,
     "A WebSub hub could not be reached, or refused the request. The source is polled as usual.",
     "Check that websub.callback can be reached from the internet. The request is repeated later."},
    {"websub-denied", Level::warn, "A WebSub hub denied the subscription. The source is polled as usual.",
     "The text gives the hub's reason."},
    {"websub-subscribed", Level::info, "A WebSub hub confirmed the subscription, or extended it.", ""},
    {"websub-bad-signature", Level::warn,
     "A delivery was not signed with the secret of the subscription, and was discarded.",
     "Nothing, if it is rare: somebody may have guessed the address, or the hub uses an old secret."},
    {"websub-refused", Level::warn,
     "Requests to the callback server were refused because there were too many, or they were too large or too slow.",
     "Limit the clients in the reverse proxy, if they are not hubs."},
    // Plugins
    {"plugin-rejected", Level::error, "A plugin package has an error and is not used. Its sources do not run.",
     "Correct the package; `presswatch plugin test` and `plugin check` find such errors."},
    {"plugin-no-sandbox", Level::warn, "This machine cannot sandbox plugins, so packages with code are rejected.",
     "Use a kernel with Landlock and seccomp. The text says what is missing and what works all the same."},
    {"plugin-unconfined", Level::warn,
     "A plugin runs without isolation, because its package demands that. It can do whatever the daemon can.",
     "Use it only if you trust its author as much as presswatch itself."},
    {"plugin-oom-order", Level::warn,
     "The priority of a plugin for the kernel's OOM killer could not be set. If memory runs out, the daemon may be "
     "ended before the plugin.",
     "Check that /proc is mounted and writable for the daemon."},
    {"plugin-failed", Level::warn,
     "A plugin broke its protocol, exceeded a limit or ended. Its source is polled again when it is due.",
     "Read the lines of the plugin before this one; `presswatch plugin run` shows a poll step by step."},
    {"plugin-threw", Level::error, "A native plugin threw an exception where none is allowed.",
     "Report it to the author of the plugin."},
    {"plugin-log", Level::info, "A line that a plugin logged, with the level that the plugin chose.",
     "Ask the author of the plugin."},
    {"plugin-logs-cut", Level::warn,
     "A plugin logged more lines in one call than are taken; the rest of that call was dropped.",
     "Report it to the author of the plugin."},
    // The bus
    {"bus-failed", Level::critical,
     "The bus thread failed, and the daemon stops. No alert is lost: the next start sends what was not sent.",
     "Remove the cause that the text gives. The service manager starts the daemon again."},
    {"bus-step-failed", Level::error, "One step of the bus failed. The bus goes on.",
     "If it happens again, please report the text as a bug."},
    {"bus-log-unreadable", Level::error,
     "The bus could not read the alert log. New alerts wait and are sent once it can be read.",
     "Look for messages about the database."},
    {"bus-request-failed", Level::error,
     "A request of a subscriber to LOG could not be answered. The subscriber asks again.",
     "Look for messages about the database and about memory."},
    {"bus-busy", Level::warn,
     "Requests to LOG were refused, because clients ask for more at once than is allowed (proto/BUS.md, section 7). "
     "The "
     "clients ask again.",
     "Find the client that asks too often."},
    {"bus-client-closed", Level::warn,
     "Connections to the bus were closed because they broke the protocol or exceeded a limit (proto/BUS.md, section "
     "7).",
     "Find the client. A proper one connects again and misses nothing."},
    {"bus-guard-failed", Level::error,
     "The guard that watches the connections of LIVE could not look at them. It tries again.",
     "If it lasts, raise LimitNOFILE= of the unit."},
    {"bus-guard-ended", Level::critical,
     "The guard that watches the connections of LIVE ended. A misbehaving client is not closed any more.",
     "Restart the daemon. Please report the text as a bug."},
});

/// A row of the table, named by its id. Naming an unknown id is a compile error.
class MessageId {
 public:
  template <std::size_t N>
  // NOLINTNEXTLINE(google-explicit-constructor, hicpp-explicit-conversions): a call names the message by a literal
  consteval MessageId(const char (&id)[N]) : index_(find({&id[0], N - 1})) {}

  [[nodiscard]] constexpr const Message& row() const { return kMessages[index_]; }

 private:
  static consteval std::size_t find(std::string_view id) {
    for (std::size_t index = 0; index < kMessages.size(); ++index) {
      if (kMessages[index].id == id) return index;
    }
    throw "messages.hpp has no row with this id";  // NOLINT(hicpp-exception-baseclass): only ever a compile error
  }

  std::size_t index_;
};

}  // namespace pw::log
