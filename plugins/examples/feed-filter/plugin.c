/* A feed without unwanted entries. The host parses the feed; the plugin only filters. */
#include <presswatch/plugin.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct filter {
  const pw_host *host;
  pw_str url; /* texts of options live as long as the instance */
} filter;

static pw_status create(const pw_host *host, pw_call call, void **instance) {
  filter *self = malloc(sizeof *self);
  if (self == NULL) return host->fail(call, pw_text("out of memory"));
  self->host = host;
  host->option(call, pw_text("url"), 0, &self->url);
  *instance = self;
  return PW_OK;
}

static void destroy(void *instance) { free(instance); }

static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  const filter *self = instance;
  pw_request request = pw_request_init();
  (void)in;
  request.url = self->url;
  return self->host->emit_request(call, &request);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

static bool contains(pw_str text, pw_str part) {
  for (size_t at = 0; at + part.size <= text.size; ++at) {
    size_t same = 0;
    while (same < part.size && lower(text.data[at + same]) == lower(part.data[same])) ++same;
    if (same == part.size) return true;
  }
  return false;
}

/* Has the entry one of the texts that the option lists? */
static bool has_one_of(const pw_host *host, pw_call call, const char *option, const pw_article *entry) {
  pw_str part;
  for (size_t i = 0; host->option(call, pw_text(option), i, &part) == PW_OK; ++i) {
    if (part.size > 0 && (contains(entry->url, part) || contains(entry->title, part))) return true;
  }
  return false;
}

static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  const pw_host *host = ((const filter *)instance)->host;
  pw_articles entries;
  size_t wanted = 0;
  size_t left_out = 0;
  char line[64];
  pw_status status = host->feed(call, in->body, in->url, &entries);
  host->option_count(call, pw_text("within"), &wanted);
  for (size_t i = 0; status == PW_OK && i < entries.size; ++i) {
    const pw_article *entry = entries.data[i];
    const bool inside = wanted == 0 || has_one_of(host, call, "within", entry);
    if (inside && !has_one_of(host, call, "without", entry)) {
      status = host->emit_item(call, entry);
    } else {
      ++left_out;
    }
  }
  if (status != PW_OK) return status; /* the reason is what the host said last */
  snprintf(line, sizeof line, "%zu of %zu entries are left out", left_out, entries.size);
  host->log(call, PW_LOG_DEBUG, pw_text(line));
  return PW_OK;
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), PW_ABI_MAJOR, 0, create, destroy, poll, parse, NULL, NULL};
  return &plugin;
}
