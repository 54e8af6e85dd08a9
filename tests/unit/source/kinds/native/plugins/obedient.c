/* Does in poll what its option "do" says, and says what the host answered as warnings "function status". */
#include <plugin.h>
#include <stdio.h>
#include <stdlib.h>

static const pw_host *host;
static pw_call old_call;
static pw_node old_node;
static pw_value old_value;

static void say(pw_call call, const char *what, pw_status status) {
  char line[128];
  snprintf(line, sizeof line, "%s %d", what, (int)status);
  host->warn(call, pw_text(line));
}

static int is(pw_call call, const char *verb) {
  pw_str value;
  return host->option(call, pw_text("do"), 0, &value) == PW_OK && pw_equal(value, pw_text(verb));
}

static pw_status create(const pw_host *given, pw_call call, void **instance) {
  host = given;
  if (is(call, "refuse")) return host->fail(call, pw_text("do: \"refuse\" is not what I like"));
  if (is(call, "silent")) return 42;
  if (is(call, "emit-in-create")) return host->set_cursor(call, pw_text("x"));
  *instance = malloc(1);
  return PW_OK;
}

static void destroy(void *instance) { free(instance); }

static void ask_with_wrong_handles(pw_call call) {
  const pw_node nodes[] = {{0}, {1}, {UINT64_MAX}, old_node};
  const pw_value values[] = {{0}, {1}, {UINT64_MAX}, old_value};
  pw_nodes list;
  pw_values found;
  pw_node node;
  pw_str text;
  int32_t type;
  for (size_t i = 0; i < 4; ++i) {
    say(call, "select", host->select(call, nodes[i], pw_text("p"), &list));
    say(call, "children", host->children(call, nodes[i], &list));
    say(call, "parent", host->parent(call, nodes[i], &node));
    say(call, "name", host->name(call, nodes[i], &text));
    say(call, "attribute", host->attribute(call, nodes[i], pw_text("id"), &text));
    say(call, "text", host->text(call, nodes[i], &text));
    say(call, "json_select", host->json_select(call, values[i], pw_text("/a"), &found));
    say(call, "json_text", host->json_text(call, values[i], pw_text("/a"), &text));
    say(call, "json_type", host->json_type(call, values[i], &type));
  }
}

static void ask_with_nothing(pw_call call) {
  const pw_str bad = {NULL, 5};
  const pw_str huge = {"x", SIZE_MAX};
  pw_node page;
  pw_value root;
  pw_str text;
  host->html(call, pw_text("<p>one"), &page);
  host->json(call, pw_text("{\"a\":1}"), &root);
  say(call, "option", host->option(call, pw_text("do"), 0, NULL));
  say(call, "option", host->option(call, bad, 0, &text));
  say(call, "option_count", host->option_count(call, pw_text("do"), NULL));
  say(call, "html", host->html(call, pw_text("<p>"), NULL));
  say(call, "html", host->html(call, bad, &page));
  say(call, "html", host->html(call, pw_text("\xff"), &page));
  say(call, "select", host->select(call, page, pw_text("p"), NULL));
  host->html(call, pw_text("<p>one"), &page);
  say(call, "attribute", host->attribute(call, page, bad, &text));
  say(call, "text", host->text(call, page, NULL));
  say(call, "json", host->json(call, bad, &root));
  say(call, "feed", host->feed(call, bad, pw_text("http://x.example/"), NULL));
  say(call, "resolve", host->resolve(call, bad, bad, &text));
  say(call, "date", host->date(call, bad, NULL));
  say(call, "plain_text", host->plain_text(call, bad, &text));
  say(call, "last_error", host->last_error(call, NULL));
  if (sizeof(size_t) == 8) say(call, "html-huge", host->html(call, huge, &page));
}

static void look(pw_call call) {
  static const char page[] = "<ul id=l><li class=a>One <b>two</b><li hidden>Three</ul>";
  pw_node root, above;
  pw_nodes found, below;
  pw_str text;
  int64_t moment;
  host->html(call, pw_text(page), &root);
  old_call = call;
  old_node = root;
  host->select(call, root, pw_text("#l li"), &found);
  say(call, "found", (pw_status)found.size);
  host->text(call, found.data[0], &text);
  host->warn(call, text);
  host->attribute(call, found.data[0], pw_text("CLASS"), &text);
  host->warn(call, text);
  say(call, "empty attribute", host->attribute(call, found.data[1], pw_text("hidden"), &text));
  say(call, "no attribute", host->attribute(call, found.data[1], pw_text("class"), &text));
  host->parent(call, found.data[1], &above);
  host->name(call, above, &text);
  host->warn(call, text);
  host->children(call, above, &below);
  say(call, "same", below.size == 2 && below.data[0].id == found.data[0].id ? 1 : 0);
  say(call, "root has no parent", host->parent(call, root, &above));
  say(call, "bad selector", host->select(call, root, pw_text("li["), &found));
  host->last_error(call, &text);
  host->warn(call, text);
  host->resolve(call, pw_text("../b?c"), pw_text("https://x.example/a/a"), &text);
  host->warn(call, text);
  say(call, "no address", host->resolve(call, pw_text("http://[/"), pw_text("https://x.example/"), &text));
  host->date(call, pw_text("2 March 2026 09:30 GMT"), &moment);
  say(call, "date", (pw_status)(moment / 1000));
  say(call, "no date", host->date(call, pw_text("soon"), &moment));
  host->plain_text(call, pw_text("<p>A &amp; B</p>"), &text);
  host->warn(call, text);
}

static void look_into_json(pw_call call) {
  pw_value root;
  pw_values rows;
  pw_str text;
  int32_t type;
  host->json(call, pw_text("{\"rows\":[{\"t\":\"A\",\"n\":7},{\"t\":\"\",\"n\":null}],\"ok\":true}"), &root);
  old_value = root;
  host->json_select(call, root, pw_text("/rows/*"), &rows);
  say(call, "rows", (pw_status)rows.size);
  host->json_text(call, rows.data[0], pw_text("{/t}-{/n}"), &text);
  host->warn(call, text);
  say(call, "blank", host->json_text(call, rows.data[1], pw_text("/t | /n"), &text));
  host->json_type(call, rows.data[0], &type);
  say(call, "type", type);
  host->json_select(call, root, pw_text("/ok"), &rows);
  host->json_text(call, rows.data[0], pw_text(""), &text);
  host->warn(call, text);
  say(call, "nothing there", host->json_select(call, root, pw_text("/no"), &rows));
  say(call, "bad pointer", host->json_select(call, root, pw_text("rows"), &rows));
  say(call, "bad field", host->json_text(call, root, pw_text("{/t"), &text));
  say(call, "bad json", host->json(call, pw_text("{"), &root));
}

static pw_status emit_feed(pw_call call) {
  static const char feed[] =
      "<rss version='2.0'><channel><title>The Test</title><language>en</language>"
      "<item><title>One</title><link>/1</link><guid>g1</guid><pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate>"
      "<description>&lt;p&gt;Text</description><author>Ann</author></item>"
      "<item><title>Two</title><link>/2</link></item></channel></rss>";
  pw_articles found;
  say(call, "no feed", host->feed(call, pw_text("<p>"), pw_text("https://x.example/"), &found));
  pw_status status = host->feed(call, pw_text(feed), pw_text("https://x.example/"), &found);
  for (size_t i = 0; status == PW_OK && i < found.size; ++i) status = host->emit_item(call, found.data[i]);
  return status;
}

static void emit_all(pw_call call, const pw_poll *in) {
  const pw_header header = {pw_text("Accept"), pw_text("text/html")};
  const pw_str authors[2] = {pw_text("Ann"), pw_text("Bob")};
  pw_request request = pw_request_init();
  pw_article item = pw_article_init();
  request.url = pw_text("https://x.example/list");
  request.tag = pw_text("t");
  request.headers = &header;
  request.header_count = 1;
  host->emit_request(call, &request);
  item.id = pw_text("i1");
  item.url = pw_text("https://x.example/1");
  item.title = pw_text("T");
  item.text = pw_text("A\nB");
  item.published = pw_text("1 March 2026 10:00");
  item.modified = pw_text("1772443800");
  item.language = pw_text("EN");
  item.authors = authors;
  item.author_count = 2;
  host->emit_item(call, &item);
  item = pw_article_init();
  item.title = pw_text("Only a title");
  host->emit_item(call, &item);
  item = pw_article_init();
  host->emit_item(call, &item);
  item.url = pw_text("file:///etc/passwd");
  host->emit_item(call, &item);
  host->set_cursor(call, in->cursor);
  host->set_pace(call, 600);
  host->log(call, PW_LOG_INFO, pw_text("a line\nof log"));
}

static pw_status break_rules(pw_call call, size_t number) {
  const pw_str bad = {NULL, 5};
  pw_request request = pw_request_init();
  pw_article item = pw_article_init();
  item.title = pw_text("x");
  request.url = pw_text("https://x.example/");
  host->emit_item(call, &item);
  switch (number) {
    case 0: host->emit_item(call, NULL); break;
    case 1: host->emit_request(call, NULL); break;
    case 2: item.size = 8; host->emit_item(call, &item); break;
    case 3: item.size = UINT32_MAX; host->emit_item(call, &item); break;
    case 4: item.title = bad; host->emit_item(call, &item); break;
    case 5: item.title = pw_text("\xc3("); host->emit_item(call, &item); break;
    case 6: item.author_count = 3; host->emit_item(call, &item); break;
    case 7: request.url = pw_text("ftp://x.example/"); host->emit_request(call, &request); break;
    case 8: request.header_count = 1; host->emit_request(call, &request); break;
    case 9: host->set_article(call, &item); break;
    case 10: for (int i = 0; i < 20000; ++i) host->emit_item(call, &item); break;
    case 11: {
      char *text = malloc(1 << 20);
      if (text == NULL) return PW_FAILED;
      memset(text, 'x', 1 << 20);
      item.text.data = text;
      item.text.size = 1 << 20;
      for (int i = 0; i < 20; ++i) host->emit_item(call, &item);
      free(text);
      break;
    }
    default: break;
  }
  return PW_OK;
}

static pw_status fill(pw_call call) {
  size_t size = (size_t)40 << 20;
  char *text = malloc(size);
  pw_node page;
  pw_str seen;
  if (text == NULL) return PW_FAILED;
  memset(text, ' ', size);
  say(call, "first", host->html(call, (pw_str){text, (size_t)30 << 20}, &page));
  say(call, "second", host->html(call, (pw_str){text, size}, &page));
  memset(text, 'x', (size_t)2 << 20);
  host->html(call, (pw_str){text, (size_t)2 << 20}, &page);
  for (int i = 0; i < 31; ++i) host->text(call, page, &seen);
  say(call, "last that fits", host->text(call, page, &seen));
  say(call, "too much", host->text(call, page, &seen));
  free(text);
  for (int i = 0; i < 60; ++i) host->log(call, PW_LOG_DEBUG, pw_text("x"));
  say(call, "log", host->log(call, PW_LOG_DEBUG, pw_text("x")));
  return PW_OK;
}

static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  (void)instance;
  pw_str which;
  if (is(call, "emit")) emit_all(call, in);
  if (is(call, "look")) look(call);
  if (is(call, "json")) look_into_json(call);
  if (is(call, "feed")) return emit_feed(call);
  if (is(call, "handles")) {
    look(call);
    look_into_json(call);
  }
  if (is(call, "nothing")) ask_with_nothing(call);
  if (is(call, "fill")) return fill(call);
  if (is(call, "fail")) {
    host->set_cursor(call, pw_text("never"));
    host->fail(call, pw_text("the list is empty"));
  }
  if (is(call, "error")) return host->html(call, pw_text("\xff"), NULL);
  if (is(call, "mute")) return 42;
  if (is(call, "break")) {
    host->option(call, pw_text("which"), 0, &which);
    return break_rules(call, (size_t)strtol(which.data, NULL, 10));
  }
  if (is(call, "options")) {
    size_t count;
    pw_str value;
    host->option_count(call, pw_text("list"), &count);
    say(call, "list", (pw_status)count);
    host->option(call, pw_text("list"), 1, &value);
    host->warn(call, value);
    say(call, "beyond", host->option(call, pw_text("list"), 2, &value));
    say(call, "unknown", host->option(call, pw_text("no"), 0, &value));
    host->option(call, pw_text("which"), 0, &value);
    host->warn(call, value);
    host->option(call, pw_text("flag"), 0, &value);
    host->warn(call, value);
  }
  return PW_OK;
}

static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  (void)instance;
  if (is(call, "handles")) {
    pw_str text;
    ask_with_wrong_handles(call);
    say(call, "old call", host->option(old_call, pw_text("do"), 0, &text));
    say(call, "no call", host->set_cursor((pw_call){0}, pw_text("x")));
  }
  host->warn(call, in->body);
  host->warn(call, in->content_type);
  host->warn(call, in->tag);
  host->warn(call, in->url);
  return PW_OK;
}

static pw_status extract(void *instance, pw_call call, const pw_page *in) {
  (void)instance;
  pw_article article = pw_article_init();
  if (is(call, "nothing")) return PW_OK;
  article.title = in->url;
  article.text = in->html;
  article.flags = PW_PARTIAL;
  host->set_article(call, &article);
  host->warn(call, pw_text("is logged"));
  return PW_OK;
}

static void stored(void *instance, pw_call call, pw_str cursor) {
  (void)instance;
  host->log(call, PW_LOG_INFO, cursor);
  host->set_cursor(call, cursor);
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), PW_ABI_MAJOR, PW_ABI_MINOR, create, destroy,
                                   poll,              parse,        extract,      stored};
  return &plugin;
}
