/* The plugin that native_bench measures: one request, and of pages with the tag "html" their links. */
#include <plugin.h>

static const pw_host *host;

static pw_status create(const pw_host *given, pw_call call, void **instance) {
  (void)call;
  (void)instance;
  host = given;
  return PW_OK;
}

static void destroy(void *instance) { (void)instance; }

static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  pw_request request = pw_request_init();
  (void)instance;
  (void)in;
  request.url = pw_text("https://x.example/list");
  request.tag = pw_text("list");
  return host->emit_request(call, &request);
}

static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  pw_node page;
  pw_nodes links;
  pw_str href;
  (void)instance;
  if (!pw_equal(in->tag, pw_text("html"))) return PW_OK;
  pw_status status = host->html(call, in->body, &page);
  if (status == PW_OK) status = host->select(call, page, pw_text("li a"), &links);
  for (size_t i = 0; status == PW_OK && i < links.size; ++i) {
    pw_article item = pw_article_init();
    host->attribute(call, links.data[i], pw_text("href"), &href);
    host->resolve(call, href, in->url, &item.url);
    host->text(call, links.data[i], &item.title);
    status = host->emit_item(call, &item);
  }
  return status;
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), 1, 0, create, destroy, poll, parse, NULL, NULL};
  return &plugin;
}
