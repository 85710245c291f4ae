/**
 * A request target (RFC 9112, 3.2) as origin form, path and query, in one spelling: an absolute form is reduced to it, and
 * escapes that need none are undone (RFC 3986, 6.2.2.2). Null for what no client of ours sends and others read in different
 * ways: dot segments, backslashes in the path, a fragment.
 */
export function originForm(target: string): string | null {
  const rest = target.replace(absolute, "");
  const form = rest === target || rest.startsWith("/") ? rest : `/${rest}`;
  const [raw = ""] = form.split("?");
  const path = raw.replace(unreserved, (code) => decodeURIComponent(code));
  if (!readable.test(form) || path.includes("\\") || dotSegment.test(path)) return null;
  return path + form.slice(raw.length);
}

/**
 * The path of a request target as Next finds a route by it: as in a WHATWG URL, with an escaped slash as a slash. Null for a
 * target that is refused. What decides by path before Next does asks this.
 */
export function pathOf(target = ""): string | null {
  const form = originForm(target);
  return form === null ? null : new URL(`http://n${form}`).pathname.replace(/%2f/gi, "/");
}

const absolute = /^https?:\/\/[^/?#\\]+/i;
/** Visible ASCII but "#", where a URL ends. */
const readable = /^\/[!"$-~]*$/;
/** Escapes of letters, digits and - . _ ~ */
const unreserved = /%(2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)/gi;
const dotSegment = /\/\.{1,2}(\/|$)/;
