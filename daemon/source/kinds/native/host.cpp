#include "source/kinds/native/host.hpp"

#include "source/kinds/native/call.hpp"
#include "text/date/date.hpp"
#include "text/markup/plain_text.hpp"
#include "text/url/url.hpp"

#include <new>
#include <utility>

namespace pw::native {
namespace {

/// Runs `work` with the call, if the current thread is in it.
template <class F>
pw_status with(pw_call handle, F&& work) noexcept {
  Call* call = Call::find(handle);
  if (call == nullptr) return PW_E_CALL;
  try {
    return work(*call);
  } catch (const std::bad_alloc&) {
    return call->refuse(Error{Errc::too_large, "out of memory"});
  } catch (...) {
    return call->refuse(Error{Errc::internal, "internal error in the host"});
  }
}

/// For functions that emit: invalid input makes the call fail.
template <class F>
pw_status emit(pw_call handle, F&& work) noexcept {
  return with(handle, [&](Call& call) -> pw_status {
    const Result<void> done = work(call);
    if (done) return PW_OK;
    call.break_off(done.error());
    return call.refuse(done.error());
  });
}

/// For functions that look something up: `work` returns a Result of what is stored in `out`, which is cleared first.
template <class T, class F>
pw_status give(pw_call handle, T* out, F&& work) noexcept {
  if (out != nullptr) *out = T{};
  return with(handle, [&](Call& call) -> pw_status {
    if (out == nullptr) return call.refuse(Error{Errc::plugin, "the output parameter is NULL"});
    auto found = work(call);
    if (!found) return call.refuse(found.error());
    *out = *found;
    return PW_OK;
  });
}

/// Like give(), for text that may be missing, in which case it has no data.
template <class F>
pw_status give_text(pw_call handle, pw_str* out, F&& work) noexcept {
  const pw_status status = give(handle, out, std::forward<F>(work));
  return status == PW_OK && out->data == nullptr ? PW_NOT_FOUND : status;
}

/// Validates a text argument and passes it to `work`.
template <class T, class F>
Result<T> reading(pw_str given, std::string_view what, F&& work) {
  const auto text = Call::text(given, what);
  if (!text) return text.error();
  return work(*text);
}

const std::vector<std::string>* values_of(Call& call, std::string_view name) {
  const auto& options = call.context().options;
  const auto found = options.find(name);
  return found == options.end() ? nullptr : &found->second;
}

pw_status option(pw_call handle, pw_str name, std::size_t number, pw_str* out) {
  return give_text(handle, out, [&](Call& call) {
    return reading<pw_str>(name, "name of an option", [&](std::string_view key) -> pw_str {
      const auto* values = values_of(call, key);
      if (values == nullptr || number >= values->size()) return {};
      const std::string& value = (*values)[number];
      return {value.c_str(), value.size()};
    });
  });
}

pw_status option_count(pw_call handle, pw_str name, std::size_t* out) {
  return give(handle, out, [&](Call& call) {
    return reading<std::size_t>(name, "name of an option", [&](std::string_view key) {
      const auto* values = values_of(call, key);
      return values == nullptr ? std::size_t{0} : values->size();
    });
  });
}

pw_status emit_request(pw_call handle, const pw_request* request) {
  return emit(handle, [&](Call& call) { return call.emit_request(request); });
}

pw_status emit_item(pw_call handle, const pw_article* item) {
  return emit(handle, [&](Call& call) { return call.emit_item(item); });
}

pw_status set_cursor(pw_call handle, pw_str cursor) {
  return emit(handle, [&](Call& call) { return call.set_cursor(cursor); });
}

pw_status set_pace(pw_call handle, std::uint32_t seconds) {
  return emit(handle, [&](Call& call) { return call.set_pace(seconds); });
}

pw_status set_article(pw_call handle, const pw_article* article) {
  return emit(handle, [&](Call& call) { return call.set_article(article); });
}

pw_status warn(pw_call handle, pw_str text) {
  return emit(handle, [&](Call& call) { return call.warn(text); });
}

pw_status give_reason(pw_call handle, pw_str why) {
  const pw_status status = emit(handle, [&](Call& call) { return call.set_reason(why); });
  return status == PW_OK ? PW_FAILED : status;
}

pw_status log(pw_call handle, std::int32_t level, pw_str text) {
  return with(handle, [&](Call& call) -> pw_status {
    const Result<void> done = call.log(level, text);
    return done ? PW_OK : call.refuse(done.error());
  });
}

pw_status last_error(pw_call handle, pw_str* out) {
  return give_text(handle, out, [](Call& call) { return call.views().keep(call.last_error()); });
}

pw_status html(pw_call handle, pw_str markup, pw_node* root) {
  return give(handle, root, [&](Call& call) {
    return reading<pw_node>(markup, "markup", [&](std::string_view text) { return call.views().html(text); });
  });
}

pw_status select(pw_call handle, pw_node from, pw_str selector, pw_nodes* out) {
  return give(handle, out, [&](Call& call) {
    return reading<pw_nodes>(selector, "selector",
                             [&](std::string_view css) { return call.views().select(from, css); });
  });
}

pw_status children(pw_call handle, pw_node node, pw_nodes* out) {
  return give(handle, out, [&](Call& call) { return call.views().children(node); });
}

pw_status parent(pw_call handle, pw_node node, pw_node* out) {
  const pw_status status = give(handle, out, [&](Call& call) { return call.views().parent(node); });
  return status == PW_OK && out->id == 0 ? PW_NOT_FOUND : status;
}

pw_status name(pw_call handle, pw_node node, pw_str* out) {
  return give(handle, out, [&](Call& call) { return call.views().name(node); });
}

pw_status attribute(pw_call handle, pw_node node, pw_str name, pw_str* out) {
  return give_text(handle, out, [&](Call& call) {
    return reading<pw_str>(name, "name of an attribute",
                           [&](std::string_view key) { return call.views().attribute(node, key); });
  });
}

pw_status text(pw_call handle, pw_node node, pw_str* out) {
  return give(handle, out, [&](Call& call) { return call.views().text(node); });
}

pw_status json(pw_call handle, pw_str document, pw_value* root) {
  return give(handle, root, [&](Call& call) {
    return reading<pw_value>(document, "document", [&](std::string_view text) { return call.views().json(text); });
  });
}

pw_status json_select(pw_call handle, pw_value from, pw_str pointer, pw_values* out) {
  return give(handle, out, [&](Call& call) {
    return reading<pw_values>(pointer, "pointer",
                              [&](std::string_view path) { return call.views().json_select(from, path); });
  });
}

pw_status json_text(pw_call handle, pw_value from, pw_str field, pw_str* out) {
  return give_text(handle, out, [&](Call& call) {
    return reading<pw_str>(field, "field", [&](std::string_view spec) { return call.views().json_text(from, spec); });
  });
}

pw_status json_type(pw_call handle, pw_value value, std::int32_t* out) {
  return give(handle, out, [&](Call& call) { return call.views().json_type(value); });
}

pw_status feed(pw_call handle, pw_str document, pw_str url, pw_articles* out) {
  return give(handle, out, [&](Call& call) {
    return reading<pw_articles>(document, "document", [&](std::string_view text) {
      return reading<pw_articles>(url, "address",
                                  [&](std::string_view base) { return call.views().feed(text, base, call.now()); });
    });
  });
}

pw_status resolve(pw_call handle, pw_str reference, pw_str base, pw_str* out) {
  return give_text(handle, out, [&](Call& call) {
    return reading<pw_str>(reference, "reference", [&](std::string_view link) {
      return reading<pw_str>(base, "base", [&](std::string_view page) -> Result<pw_str> {
        const std::string url = text::resolve_url(link, page);
        if (url.empty()) return pw_str{};
        return call.views().keep(url);
      });
    });
  });
}

pw_status date(pw_call handle, pw_str text, std::int64_t* out) {
  bool found = false;
  const pw_status status = give(handle, out, [&](Call& call) {
    return reading<std::int64_t>(text, "date", [&](std::string_view given) {
      const auto stated = text::parse_date(given, call.now());
      found = stated.has_value();
      return stated ? to_ms(stated->time) : std::int64_t{0};
    });
  });
  return status == PW_OK && !found ? PW_NOT_FOUND : status;
}

pw_status plain_text(pw_call handle, pw_str markup, pw_str* out) {
  return give(handle, out, [&](Call& call) {
    return reading<pw_str>(markup, "markup",
                           [&](std::string_view text) { return call.views().keep(text::plain_text(text)); });
  });
}

constexpr std::string_view kVersion = PW_VERSION;

constexpr pw_host kHost{sizeof(pw_host),
                        PW_ABI_MAJOR,
                        PW_ABI_MINOR,
                        {kVersion.data(), kVersion.size()},
                        option,
                        option_count,
                        emit_request,
                        emit_item,
                        set_cursor,
                        set_pace,
                        set_article,
                        warn,
                        give_reason,
                        log,
                        last_error,
                        html,
                        select,
                        children,
                        parent,
                        name,
                        attribute,
                        text,
                        json,
                        json_select,
                        json_text,
                        json_type,
                        feed,
                        resolve,
                        date,
                        plain_text};

}  // namespace

const pw_host& host() noexcept { return kHost; }

}  // namespace pw::native
