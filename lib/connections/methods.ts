/** What a page knows, a static file, and an address of programs that leads nowhere. */
const [page, file] = ["GET, HEAD, POST", "GET, HEAD"];
const nowhere = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const files = /^\/(_next\/|icon\.svg$|gatehouse\.mjs$)/;
/** Below /api/v1 this is what its one route takes; each address says itself which methods it knows. */
const programs = /^\/(api|scim|oauth|\.well-known)(\/|$)/;

/** What the routes know, since Next answers 405 without `Allow`; a test compares it with what they export. */
const routes: [RegExp, string][] = [
  [/^\/(account\/(data|clients\/state|places|search)|admin\/audit\/export|pictures\/[^/]+\/[^/]+)$/, "GET, HEAD"],
  [/^\/gatehouse-client\.mjs$/, "GET, HEAD"],
  [/^\/(account\/picture|viewing\/stop)$/, "POST"],
  [/^\/api\/health\/(live|ready)$/, "GET, HEAD, OPTIONS"],
  [/^\/api\/auth\/backchannel-logout\/[^/]+$/, "POST, OPTIONS"],
  [/^\/api\/auth\/.+/, "GET, HEAD, POST, OPTIONS"],
  [/^\/api\/v1\/openapi\.json$/, "GET, HEAD, OPTIONS"],
  [/^\/api\/v1\/clients\/(register|heartbeat)$/, "POST, OPTIONS"],
  [/^\/oauth\/(token|introspect|revoke)$/, "POST"],
  [/^\/\.well-known\/(jwks\.json|oauth-authorization-server)$/, "GET, HEAD"],
];

/** The value of `Allow` for an address (RFC 9110, 10.2.1). Next answers what it does not know with 400, 500, or a page. */
export function allowedAt(path: string): string {
  if (files.test(path)) return file;
  const known = routes.find(([addresses]) => addresses.test(path));
  if (known) return known[1];
  return programs.test(path) ? nowhere : page;
}
