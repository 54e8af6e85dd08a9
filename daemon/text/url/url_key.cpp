#include "text/url/url_key.hpp"

#include "core/text.hpp"
#include "text/url/url.hpp"
#include "text/url/url_session.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace pw::text {
namespace {

constexpr std::array<std::string_view, 13> kTrackingPrefixes{
    "utm_", "mtm_", "matomo_", "piwik_", "pk_", "hsa_", "itm_", "hmb_", "vero_", "oly_", "trk_", "sms_", "mc_"};

// Lower case, sorted: parameters for campaign and click tracking used by advertisers, mailers and news sites.
constexpr auto kTrackingNames = std::to_array<std::string_view>({"__hsfp",
                                                                 "__hssc",
                                                                 "__hstc",
                                                                 "__readwiselocation",
                                                                 "__twitter_impression",
                                                                 "_bhlid",
                                                                 "_branch_match_id",
                                                                 "_branch_referrer",
                                                                 "_bta_c",
                                                                 "_bta_tid",
                                                                 "_ga",
                                                                 "_gl",
                                                                 "_hsenc",
                                                                 "_hsmi",
                                                                 "_ke",
                                                                 "_kx",
                                                                 "_openstat",
                                                                 "at_campaign",
                                                                 "at_custom1",
                                                                 "at_custom2",
                                                                 "at_custom3",
                                                                 "at_custom4",
                                                                 "at_format",
                                                                 "at_link_id",
                                                                 "at_link_origin",
                                                                 "at_link_type",
                                                                 "at_medium",
                                                                 "at_ptr_name",
                                                                 "campaign_content",
                                                                 "campaign_id",
                                                                 "campaign_medium",
                                                                 "campaign_name",
                                                                 "campaign_source",
                                                                 "campaign_term",
                                                                 "cmpid",
                                                                 "dclid",
                                                                 "dm_i",
                                                                 "echobox",
                                                                 "ef_id",
                                                                 "emc",
                                                                 "epik",
                                                                 "fb_action_ids",
                                                                 "fb_action_types",
                                                                 "fb_comment_id",
                                                                 "fb_ref",
                                                                 "fb_source",
                                                                 "fbclid",
                                                                 "feedname",
                                                                 "feedtype",
                                                                 "gad_source",
                                                                 "gbraid",
                                                                 "gclid",
                                                                 "gclsrc",
                                                                 "gdffi",
                                                                 "gdfms",
                                                                 "gdftrk",
                                                                 "gpromocode",
                                                                 "gqt",
                                                                 "guccounter",
                                                                 "guce_referrer",
                                                                 "guce_referrer_sig",
                                                                 "hsctatracking",
                                                                 "igsh",
                                                                 "igshid",
                                                                 "irclickid",
                                                                 "ito",
                                                                 "li_fat_id",
                                                                 "mkt_tok",
                                                                 "mkwid",
                                                                 "msclkid",
                                                                 "ndclid",
                                                                 "ns_campaign",
                                                                 "ns_fee",
                                                                 "ns_linkname",
                                                                 "ns_mchannel",
                                                                 "ns_source",
                                                                 "pcrid",
                                                                 "rb_clickid",
                                                                 "s_cid",
                                                                 "s_kwcid",
                                                                 "sb_referer_host",
                                                                 "sc_cid",
                                                                 "sccid",
                                                                 "smid",
                                                                 "spm",
                                                                 "srsltid",
                                                                 "ttclid",
                                                                 "tw_adid",
                                                                 "tw_campaign",
                                                                 "tw_content",
                                                                 "tw_source",
                                                                 "tw_term",
                                                                 "twclid",
                                                                 "wbraid",
                                                                 "wickedid",
                                                                 "wt_mc",
                                                                 "wt_zmc",
                                                                 "wtmc",
                                                                 "xtor",
                                                                 "yclid",
                                                                 "ysclid"});

std::string_view name_of(std::string_view parameter) { return parameter.substr(0, parameter.find('=')); }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::string join(const std::vector<std::string_view>& parts) {
  std::string out;
  for (const auto part : parts) {
    if (!out.empty()) out += '&';
    out += part;
  }
  return out;
}

/// True for a "ref" parameter that names the referring site or feed, rather than a git branch or a record.
bool is_referrer(std::string_view parameter, std::string_view site) {
  if (!ascii_iequals(name_of(parameter), "ref") || parameter.size() < 5) return false;
  const std::string_view value = parameter.substr(4);
  return ascii_iequals(value, "rss") || (!site.empty() && registrable_site(value) == site);
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

/// The path without AMP markers, index file and trailing slash.
std::string_view key_path(std::string_view path) {
  path = without_suffix(path, "/");
  for (const std::string_view name : {"/index.html", "/index.htm", "/index.php", "/amp", "/amp.html"}) {
    path = without_suffix(path, name);
  }
  return without_suffix(path, "/");
}

/// Removes session ids, also from parameters after semicolons.
std::string without_sessions(std::string_view parameter) {
  std::string out;
  for (const std::string_view part : split(parameter, ';')) {
    if (is_session_parameter(part)) continue;
    if (!out.empty()) out += ';';
    out += part;
  }
  return out;
}

std::string key_query(std::string_view query) {
  std::vector<std::string> kept;
  for (const std::string_view parameter : split(query, '&')) {
    if (ascii_iequals(name_of(parameter), "amp") || ascii_iequals(parameter, "outputType=amp")) continue;
    std::string plain = without_sessions(parameter);
    if (!plain.empty()) kept.push_back(std::move(plain));
  }
  std::ranges::stable_sort(kept);
  std::string out;
  for (const std::string& parameter : kept) {
    if (!out.empty()) out += '&';
    out += parameter;
  }
  return out;
}

/// The part of a fragment that identifies the article: the route of a single-page application, "!/story/7" or
/// "/story/7".
std::string key_route(std::string_view fragment) {
  if (!fragment.starts_with('!') && !fragment.starts_with('/')) return "";
  const std::size_t mark = std::min(fragment.find('?'), fragment.size());
  std::vector<std::string_view> parameters = split(fragment.substr(std::min(mark + 1, fragment.size())), '&');
  std::erase_if(parameters, [](std::string_view parameter) { return is_tracking_parameter(name_of(parameter)); });
  std::string route(without_suffix(fragment.substr(0, mark), "/"));
  if (route.empty() || route == "!") return "";
  if (const std::string query = key_query(join(parameters)); !query.empty()) route += "?" + query;
  return route;
}

/// The key of a web URL without its fragment, and the fragment without tracking parameters.
struct KeyParts {
  std::string key;
  std::string fragment;
};

std::optional<KeyParts> key_parts(std::string_view url) {
  const Result<Url> parsed = parse_url(url);
  if (!parsed || !parsed->is_web()) return std::nullopt;
  const Result<Url> clean = parse_url(clean_url(parsed->href()));
  if (!clean) return std::nullopt;
  std::string key = "https://" + registrable_site(clean->host());
  if (clean->port() && *clean->port() != 80 && *clean->port() != 443) key += fmt::format(":{}", *clean->port());
  const std::string plain_path = without_session_path(clean->path());
  std::string_view path = plain_path;
  if (path.starts_with("/amp/")) path.remove_prefix(4);
  path = key_path(path);
  key += path.empty() ? std::string_view("/") : path;
  if (const std::string query = key_query(clean->query()); !query.empty()) key += "?" + query;
  return KeyParts{std::move(key), clean->fragment()};
}

}  // namespace

bool is_tracking_parameter(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return std::ranges::any_of(kTrackingPrefixes, [&](std::string_view prefix) { return lower.starts_with(prefix); }) ||
         std::ranges::binary_search(kTrackingNames, std::string_view(lower));
}

std::string clean_url(std::string_view url, std::string_view page) {
  const std::size_t hash = std::min(url.find('#'), url.size());
  const std::string_view fragment = url.substr(hash);
  const std::string_view before = url.substr(0, hash);
  const std::size_t mark = std::min(before.find('?'), before.size());
  const bool web = ascii_iequals(url.substr(0, 7), "http://") || ascii_iequals(url.substr(0, 8), "https://");
  if (!web) return std::string(url);

  const Result<Url> from = page.empty() ? fail(Errc::invalid, "no base URL") : parse_url(page);
  const std::string site = from ? registrable_site(from->host()) : std::string();
  std::vector<std::string_view> parameters = split(before.substr(std::min(mark + 1, before.size())), '&');
  std::erase_if(parameters, [&](std::string_view parameter) {
    return is_tracking_parameter(name_of(parameter)) || is_referrer(parameter, site);
  });
  std::string out(before.substr(0, mark));
  if (!parameters.empty()) out += "?" + join(parameters);
  const bool tracks =
      fragment.find('=') != std::string_view::npos && is_tracking_parameter(name_of(fragment.substr(1)));
  if (!tracks) out += fragment;
  return out;
}

std::string registrable_site(std::string_view host) {
  std::string site = ascii_lower(host);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view prefix : {"www.", "m.", "mobile.", "amp."}) {
      if (!site.starts_with(prefix) || site.find('.', prefix.size()) == std::string::npos) continue;
      site.erase(0, prefix.size());
      again = true;
    }
  }
  if (site.size() > 1 && site.ends_with('.')) site.pop_back();
  return site;
}

std::string article_key(std::string_view url) {
  std::optional<KeyParts> parts = key_parts(url);
  if (!parts) return std::string(url);
  if (const std::string route = key_route(parts->fragment); !route.empty()) parts->key += "#" + route;
  return std::move(parts->key);
}

std::string id_key(std::string_view id) {
  id = trim(id);
  std::optional<KeyParts> parts = key_parts(id);
  if (!parts) return std::string(id);
  if (!parts->fragment.empty()) parts->key += "#" + parts->fragment;
  return std::move(parts->key);
}

}  // namespace pw::text
