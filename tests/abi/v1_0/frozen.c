/* A plugin of ABI 1.0 that uses all there is. Frozen: see README.md. */
#include "plugin.h"

#include <stdlib.h>

typedef struct frozen {
  const pw_host *host;
  pw_str topic;
} frozen;

static pw_status create(const pw_host *host, pw_call call, void **instance) {
  size_t count = 0;
  pw_str value;
  frozen *self;
  if (host->abi_major != 1 || host->size < sizeof *host) return PW_FAILED;
  host->option_count(call, pw_text("words"), &count);
  if (count != 2 || host->option(call, pw_text("words"), 1, &value) != PW_OK || !pw_equal(value, pw_text("two"))) {
    return host->fail(call, pw_text("words: two of them, please"));
  }
  self = malloc(sizeof *self);
  if (self == NULL) return PW_FAILED;
  self->host = host;
  host->option(call, pw_text("topic"), 0, &self->topic);
  *instance = self;
  return PW_OK;
}

static void destroy(void *instance) { free(instance); }

static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  const frozen *self = instance;
  const pw_header header = {pw_text("Accept"), pw_text("text/html")};
  pw_request request = pw_request_init();
  if (in->size < sizeof *in || in->now_ms != 1772443800000) return PW_FAILED;
  if (pw_equal(in->cursor, pw_text("fail"))) return self->host->fail(call, pw_text("as was asked for"));
  request.url = pw_text("https://x.example/list");
  request.tag = self->topic;
  request.headers = &header;
  request.header_count = 1;
  self->host->set_pace(call, 600);
  return self->host->emit_request(call, &request);
}

static pw_status parse_html(const pw_host *host, pw_call call, const pw_response *in) {
  const pw_str authors[1] = {pw_text("Ann")};
  pw_node root, list;
  pw_nodes links, children;
  pw_str name;
  pw_status status = host->html(call, in->body, &root);
  if (status == PW_OK) status = host->select(call, root, pw_text("ul a"), &links);
  if (status != PW_OK) return status;
  for (size_t i = 0; status == PW_OK && i < links.size; ++i) {
    pw_article item = pw_article_init();
    pw_str href;
    host->attribute(call, links.data[i], pw_text("href"), &href);
    host->resolve(call, href, in->url, &item.url);
    host->text(call, links.data[i], &item.title);
    item.id = href;
    item.published = pw_text("2 March 2026 09:30 GMT");
    item.authors = authors;
    item.author_count = 1;
    status = host->emit_item(call, &item);
  }
  if (links.size == 0 || host->parent(call, links.data[0], &list) != PW_OK) return PW_FAILED;
  host->children(call, list, &children);
  host->name(call, list, &name);
  if (children.size != 1 || !pw_equal(name, pw_text("li"))) return PW_FAILED;
  if (host->select(call, root, pw_text("li["), &links) != PW_E_SYNTAX) return PW_FAILED;
  if (host->last_error(call, &name) != PW_OK) return PW_FAILED;
  return status;
}

static pw_status parse_json(const pw_host *host, pw_call call, const pw_response *in) {
  pw_value root;
  pw_values rows;
  pw_status status = host->json(call, in->body, &root);
  if (status == PW_OK) status = host->json_select(call, root, pw_text("/rows/*"), &rows);
  for (size_t i = 0; status == PW_OK && i < rows.size; ++i) {
    pw_article item = pw_article_init();
    int32_t type = 0;
    int64_t moment = 0;
    host->json_text(call, rows.data[i], pw_text("/title"), &item.title);
    host->json_text(call, rows.data[i], pw_text("/time"), &item.published);
    if (host->json_type(call, rows.data[i], &type) != PW_OK || type != PW_JSON_OBJECT) return PW_FAILED;
    if (host->date(call, item.published, &moment) != PW_OK || moment != 1772443800000) return PW_FAILED;
    item.flags = PW_COMPLETE | PW_PARTIAL;
    status = host->emit_item(call, &item);
  }
  return status;
}

static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  const pw_host *host = ((const frozen *)instance)->host;
  pw_articles entries;
  pw_status status = PW_OK;
  if (in->size < sizeof *in || !pw_equal(in->cursor, pw_text("c0"))) return PW_FAILED;
  host->warn(call, in->content_type);
  host->set_cursor(call, pw_text("c1"));
  if (pw_equal(in->tag, pw_text("html"))) return parse_html(host, call, in);
  if (pw_equal(in->tag, pw_text("json"))) return parse_json(host, call, in);
  status = host->feed(call, in->body, in->url, &entries);
  for (size_t i = 0; status == PW_OK && i < entries.size; ++i) status = host->emit_item(call, entries.data[i]);
  return status;
}

static pw_status extract(void *instance, pw_call call, const pw_page *in) {
  const pw_host *host = ((const frozen *)instance)->host;
  pw_article article = pw_article_init();
  if (in->size < sizeof *in) return PW_FAILED;
  article.url = in->url;
  host->plain_text(call, in->html, &article.text);
  return host->set_article(call, &article);
}

static void stored(void *instance, pw_call call, pw_str cursor) {
  ((const frozen *)instance)->host->log(call, PW_LOG_WARNING, cursor);
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), 1, 0, create, destroy, poll, parse, extract, stored};
  return &plugin;
}
