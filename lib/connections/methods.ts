/** What a page knows, a static file, and, beyond both, a route, which refuses by itself what it does not have. */
const [page, file] = ["GET, HEAD, POST", "GET, HEAD"];
const route = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const files = /^\/(_next\/|icon\.svg$)/;
const routes = /^\/(api|scim|oauth|\.well-known)(\/|$)/;

/** The value of `Allow` for an address (RFC 9110, 10.2.1). Next answers what it does not know with 400, 500, or a page. */
export function allowedAt(path: string): string {
  if (files.test(path)) return file;
  return routes.test(path) ? route : page;
}
