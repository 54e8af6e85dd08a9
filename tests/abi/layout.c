/* Where everything stands in ABI 1.0, on machines with 64-bit pointers. Compiled as C11 and as C++20; not run. */
#include <assert.h>
#include <plugin.h>

#define AT(type, member, offset) static_assert(offsetof(type, member) == (offset), #type "." #member " has moved")
#define HAS(type, bytes) static_assert(sizeof(type) >= (bytes), #type " has shrunk")
#define IS(type, bytes) static_assert(sizeof(type) == (bytes), #type " has changed")

IS(pw_str, 16);
IS(pw_call, 8);
IS(pw_node, 8);
IS(pw_value, 8);
IS(pw_nodes, 16);
IS(pw_values, 16);
IS(pw_articles, 16);
IS(pw_header, 32);
IS(pw_status, 4);

HAS(pw_request, 56);
AT(pw_request, size, 0);
AT(pw_request, url, 8);
AT(pw_request, tag, 24);
AT(pw_request, headers, 40);
AT(pw_request, header_count, 48);

HAS(pw_article, 184);
AT(pw_article, size, 0);
AT(pw_article, flags, 4);
AT(pw_article, id, 8);
AT(pw_article, url, 24);
AT(pw_article, title, 40);
AT(pw_article, text, 56);
AT(pw_article, published, 72);
AT(pw_article, modified, 88);
AT(pw_article, language, 104);
AT(pw_article, site, 120);
AT(pw_article, section, 136);
AT(pw_article, image, 152);
AT(pw_article, authors, 168);
AT(pw_article, author_count, 176);

HAS(pw_poll, 32);
AT(pw_poll, cursor, 8);
AT(pw_poll, now_ms, 24);

HAS(pw_response, 96);
AT(pw_response, body, 8);
AT(pw_response, url, 24);
AT(pw_response, content_type, 40);
AT(pw_response, tag, 56);
AT(pw_response, cursor, 72);
AT(pw_response, now_ms, 88);

HAS(pw_page, 48);
AT(pw_page, html, 8);
AT(pw_page, url, 24);
AT(pw_page, now_ms, 40);

HAS(pw_plugin, 56);
AT(pw_plugin, size, 0);
AT(pw_plugin, abi_major, 4);
AT(pw_plugin, abi_minor, 6);
AT(pw_plugin, create, 8);
AT(pw_plugin, destroy, 16);
AT(pw_plugin, poll, 24);
AT(pw_plugin, parse, 32);
AT(pw_plugin, extract, 40);
AT(pw_plugin, stored, 48);

HAS(pw_host, 232);
AT(pw_host, size, 0);
AT(pw_host, abi_major, 4);
AT(pw_host, abi_minor, 6);
AT(pw_host, version, 8);
AT(pw_host, option, 24);
AT(pw_host, option_count, 32);
AT(pw_host, emit_request, 40);
AT(pw_host, emit_item, 48);
AT(pw_host, set_cursor, 56);
AT(pw_host, set_pace, 64);
AT(pw_host, set_article, 72);
AT(pw_host, warn, 80);
AT(pw_host, fail, 88);
AT(pw_host, log, 96);
AT(pw_host, last_error, 104);
AT(pw_host, html, 112);
AT(pw_host, select, 120);
AT(pw_host, children, 128);
AT(pw_host, parent, 136);
AT(pw_host, name, 144);
AT(pw_host, attribute, 152);
AT(pw_host, text, 160);
AT(pw_host, json, 168);
AT(pw_host, json_select, 176);
AT(pw_host, json_text, 184);
AT(pw_host, json_type, 192);
AT(pw_host, feed, 200);
AT(pw_host, resolve, 208);
AT(pw_host, date, 216);
AT(pw_host, plain_text, 224);

static_assert(PW_OK == 0 && PW_NOT_FOUND == 1 && PW_FAILED == 2, "a status has another number");
static_assert(PW_E_CALL == -1 && PW_E_ARGUMENT == -2 && PW_E_HANDLE == -3, "a status has another number");
static_assert(PW_E_SYNTAX == -4 && PW_E_LIMIT == -5, "a status has another number");
static_assert(PW_COMPLETE == 1 && PW_PARTIAL == 2, "a flag has another number");
static_assert(PW_JSON_NULL == 0 && PW_JSON_FLAG == 1 && PW_JSON_NUMBER == 2, "a type has another number");
static_assert(PW_JSON_TEXT == 3 && PW_JSON_LIST == 4 && PW_JSON_OBJECT == 5, "a type has another number");
