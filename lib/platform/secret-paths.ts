/** Pages whose address carries a one-time link's secret: what follows these is never logged, or passed to another page. */
export const linkPages = {
  invitation: "/invite",
  password_reset: "/reset-password",
  email_change: "/confirm-email",
} as const;

const secretPath = /^\/(invite|reset-password|confirm-email)\/[^/]+/;

export const carriesSecret = (path: string) => secretPath.test(path);

/** Wherever in a path and in whatever case: a link that was mangled on its way still shows its secret. */
const afterPage = /\/(invite|reset-password|confirm-email)\/.*/is;

/** As long as a secret (lib/platform/token.ts), which is longer than an id. */
const tokenLike = /[\w-]{43,}/g;

/** The path of a request as it may be logged, in any spelling. */
export function withoutSecret(path: string): string {
  const plain = decoded(path).replaceAll("\\", "/");
  const hidden = plain.replace(afterPage, "/$1/…").replace(tokenLike, "…");
  return hidden === plain ? path : hidden;
}

/** Without escapes, also those of escapes; one that is malformed stays. */
function decoded(path: string, depth = 3): string {
  const next = path.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return next === path || depth === 0 ? next : decoded(next, depth - 1);
}
