#pragma once
/// The byte filter's knowledge of elements.

#include "html/dom/dom.hpp"

namespace pw::html {

/// HTML 13.1.2: void elements, without content and end tag.
constexpr bool is_void_tag(Tag tag) {
  switch (tag) {
    case Tag::area:
    case Tag::base:
    case Tag::br:
    case Tag::col:
    case Tag::embed:
    case Tag::hr:
    case Tag::img:
    case Tag::image:
    case Tag::input:
    case Tag::link:
    case Tag::meta:
    case Tag::param:
    case Tag::source:
    case Tag::track:
    case Tag::wbr:
    case Tag::frame: return true;
    default: return false;
  }
}

/// Elements that only affect presentation.
constexpr bool is_formatting_tag(Tag tag) {
  switch (tag) {
    case Tag::abbr:
    case Tag::b:
    case Tag::big:
    case Tag::code:
    case Tag::em:
    case Tag::font:
    case Tag::i:
    case Tag::ins:
    case Tag::kbd:
    case Tag::mark:
    case Tag::nobr:
    case Tag::s:
    case Tag::samp:
    case Tag::small:
    case Tag::span:
    case Tag::strike:
    case Tag::strong:
    case Tag::tt:
    case Tag::u:
    case Tag::var:
    case Tag::wbr: return true;
    default: return false;
  }
}

/// Elements that are passed to gumbo under a plain name.
constexpr bool is_renamed_tag(Tag tag) {
  switch (tag) {
    case Tag::a:
    case Tag::b:
    case Tag::big:
    case Tag::code:
    case Tag::em:
    case Tag::font:
    case Tag::i:
    case Tag::nobr:
    case Tag::s:
    case Tag::small:
    case Tag::strike:
    case Tag::strong:
    case Tag::tt:
    case Tag::u:
    case Tag::button:
    case Tag::object:
    case Tag::marquee:
    case Tag::select:
    case Tag::option:
    case Tag::optgroup:
    case Tag::textarea:
    case Tag::form:
    case Tag::template_:
    case Tag::svg:
    case Tag::math:
    case Tag::noscript:
    case Tag::iframe:
    case Tag::noembed:
    case Tag::noframes:
    case Tag::xmp:
    case Tag::listing:
    case Tag::input: return true;
    default: return false;
  }
}

/// Elements whose content is not visible text or not part of the page's text.
constexpr bool is_unshown_tag(Tag tag) {
  switch (tag) {
    case Tag::style:
    case Tag::svg:
    case Tag::math:
    case Tag::noscript:
    case Tag::template_:
    case Tag::iframe:
    case Tag::video:
    case Tag::audio:
    case Tag::canvas:
    case Tag::select:
    case Tag::textarea:
    case Tag::noembed:
    case Tag::noframes:
    case Tag::xmp: return true;
    default: return false;
  }
}

/// Elements whose content is not markup (HTML 13.2.6.4: raw text, script data).
constexpr bool holds_raw_text(Tag tag) {
  return tag == Tag::script || tag == Tag::style || tag == Tag::iframe || tag == Tag::noembed || tag == Tag::noframes ||
         tag == Tag::xmp;
}

/// Block elements whose start tag closes an open paragraph (HTML 13.2.6.4.7).
constexpr bool closes_paragraph(Tag tag) {
  switch (tag) {
    case Tag::address:
    case Tag::article:
    case Tag::aside:
    case Tag::blockquote:
    case Tag::center:
    case Tag::details:
    case Tag::dialog:
    case Tag::div:
    case Tag::dl:
    case Tag::fieldset:
    case Tag::figcaption:
    case Tag::figure:
    case Tag::footer:
    case Tag::header:
    case Tag::main:
    case Tag::menu:
    case Tag::nav:
    case Tag::ol:
    case Tag::p:
    case Tag::section:
    case Tag::summary:
    case Tag::ul:
    case Tag::h1:
    case Tag::h2:
    case Tag::h3:
    case Tag::h4:
    case Tag::h5:
    case Tag::h6:
    case Tag::pre:
    case Tag::hr:
    case Tag::table:
    case Tag::li:
    case Tag::dd:
    case Tag::dt: return true;
    default: return false;
  }
}

constexpr bool is_heading_tag(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

constexpr bool is_table_part(Tag tag) {
  switch (tag) {
    case Tag::caption:
    case Tag::colgroup:
    case Tag::col:
    case Tag::tbody:
    case Tag::td:
    case Tag::tfoot:
    case Tag::th:
    case Tag::thead:
    case Tag::tr: return true;
    default: return false;
  }
}

/// "Special" elements (HTML 13.2.4.2) from gumbo's point of view: the end tag of a plain element does not close them.
constexpr bool is_special_tag(Tag tag) {
  if (closes_paragraph(tag) || is_table_part(tag)) return true;
  switch (tag) {
    case Tag::body:
    case Tag::head:
    case Tag::html:
    case Tag::title: return true;
    default: return false;
  }
}

/// Elements that cause a line break in running text.
constexpr bool is_block_tag(Tag tag) {
  return is_special_tag(tag) || tag == Tag::br || tag == Tag::form || tag == Tag::meta || tag == Tag::link;
}

}  // namespace pw::html
