#include "source/kinds/exec/wanted_json.hpp"

#include "core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace pw::exec {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxKey = 1024;
constexpr Shape kUnfit{};  // for a value of the wrong type

/// Receives the events of boost::json::basic_parser and builds the value in place.
class Builder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Builder(const Shape& root) : root_shape_(root) {}

  json::value take() { return std::move(root_); }

  bool on_document_begin(json::error_code& /*error*/) { return true; }
  bool on_document_end(json::error_code& /*error*/) { return true; }
  bool on_object_begin(json::error_code& /*error*/) { return open(Shape::Kind::object, json::object_kind); }
  bool on_array_begin(json::error_code& /*error*/) { return open(Shape::Kind::list, json::array_kind); }
  bool on_object_end(std::size_t /*size*/, json::error_code& /*error*/) { return close(); }
  bool on_array_end(std::size_t /*size*/, json::error_code& /*error*/) { return close(); }

  bool on_key_part(std::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
    key_.append(part.substr(0, kMaxKey - std::min(kMaxKey, key_.size())));
    return true;
  }
  bool on_key(std::string_view part, std::size_t size, json::error_code& error) {
    on_key_part(part, size, error);
    if (!open_.empty()) open_.back().key = std::exchange(key_, {});
    key_.clear();
    return true;
  }
  bool on_string_part(std::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
    const Shape* shape = wanted();
    if (shape == nullptr) return true;
    const std::size_t room = shape->kind == Shape::Kind::scalar ? shape->most + 1 : kUnfit.most + 1;
    text_.append(part.substr(0, room - std::min(room, text_.size())));
    return true;
  }
  bool on_string(std::string_view part, std::size_t size, json::error_code& error) {
    on_string_part(part, size, error);
    put(json::string(text_));
    text_.clear();
    return true;
  }
  bool on_number_part(std::string_view /*part*/, json::error_code& /*error*/) { return true; }
  bool on_int64(std::int64_t number, std::string_view /*text*/, json::error_code& /*error*/) { return put(number); }
  bool on_uint64(std::uint64_t number, std::string_view /*text*/, json::error_code& /*error*/) { return put(number); }
  bool on_double(double number, std::string_view /*text*/, json::error_code& /*error*/) { return put(number); }
  bool on_bool(bool value, json::error_code& /*error*/) { return put(value); }
  bool on_null(json::error_code& /*error*/) { return put(nullptr); }
  bool on_comment_part(std::string_view /*part*/, json::error_code& /*error*/) { return true; }
  bool on_comment(std::string_view /*part*/, json::error_code& /*error*/) { return true; }

 private:
  struct Frame {
    json::value* value;  ///< does not move while its children are built
    const Shape* shape;
    std::string key;
  };

  /// The shape of the next value, or nullptr if it is not wanted.
  [[nodiscard]] const Shape* wanted() const {
    if (skipped_ > 0) return nullptr;
    if (open_.empty()) return &root_shape_;
    const Frame& frame = open_.back();
    const Shape& shape = *frame.shape;
    if (const json::array* list = frame.value->if_array()) return list->size() <= shape.most ? shape.each : nullptr;
    const json::object& object = frame.value->get_object();
    if (shape.each != nullptr) {
      return object.size() <= shape.most || object.contains(frame.key) ? shape.each : nullptr;
    }
    const auto known = std::ranges::find(shape.members, std::string_view(frame.key), &Member::name);
    return known != shape.members.end() ? known->shape : nullptr;
  }

  json::value& place() {
    if (open_.empty()) return root_;
    Frame& frame = open_.back();
    if (json::array* list = frame.value->if_array()) return list->emplace_back(nullptr);
    return frame.value->get_object()[frame.key];
  }

  template <class Value>
  bool put(Value&& value) {
    if (wanted() != nullptr) place() = std::forward<Value>(value);
    return true;
  }

  template <class Kind>
  bool open(Shape::Kind kind, Kind empty) {
    const Shape* shape = wanted();
    if (shape != nullptr) {
      json::value& made = place();
      made = json::value(empty);
      if (shape->kind == kind) {
        open_.push_back({&made, shape, {}});
        return true;
      }
    }
    ++skipped_;
    return true;
  }

  bool close() {
    if (skipped_ > 0) {
      --skipped_;
    } else {
      open_.pop_back();
    }
    return true;
  }

  const Shape& root_shape_;
  json::value root_;
  std::vector<Frame> open_;
  std::size_t skipped_ = 0;  ///< number of open levels that are not wanted
  std::string key_;
  std::string text_;
};

}  // namespace

Result<json::value> read_wanted(std::string_view utf8, const Shape& shape, std::size_t max_depth) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::basic_parser<Builder> parser(options, shape);
  json::error_code error;
  const std::size_t read = parser.write_some(false, utf8.data(), utf8.size(), error);
  if (!error && !trim(utf8.substr(read)).empty()) error = json::error::extra_data;
  if (error) {
    const std::string_view near = utf8.substr(std::min(read, utf8.size()));
    return fail(Errc::parse, "not valid JSON: {} at byte {}, \"{}\"", error.message(), read, printable(near, 40));
  }
  return parser.handler().take();
}

}  // namespace pw::exec
