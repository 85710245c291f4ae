import NextAuth, { type NextAuthOptions } from "next-auth";

type Asked = {
  method: "GET" | "POST";
  action: "csrf" | "signin" | "callback";
  slug?: string;
  query?: Record<string, string>;
  cookies?: Record<string, string>;
  body?: Record<string, string>;
};

type Answered = { location: string; cookies: [name: string, value: string][]; body: unknown };

/**
 * Asks next-auth for a step as a handler of Next's pages does, which needs no request of Next around it, and gives what it
 * answered. The address is the configured one, whatever the request came with.
 */
export async function askNextAuth(options: NextAuthOptions, asked: Asked): Promise<Answered> {
  const headers: Record<string, unknown> = {};
  let body: unknown = null;
  const answer = (given: unknown) => {
    body = given;
  };
  const response = {
    status: () => response,
    setHeader: (name: string, value: unknown) => {
      headers[name] = value;
      return response;
    },
    getHeader: (name: string) => headers[name],
    send: answer,
    json: answer,
    end: () => {},
  };
  const { method, action, slug, query = {}, cookies = {}, body: posted } = asked;
  const nextauth = slug === undefined ? [action] : [action, slug];
  const request = { method, query: { ...query, nextauth }, headers: {}, cookies, body: posted };
  await NextAuth(request as never, response as never, options);
  const lines = Array.isArray(headers["Set-Cookie"]) ? (headers["Set-Cookie"] as string[]) : [];
  return { location: String(headers.Location ?? ""), cookies: lines.map(pairOf), body };
}

function pairOf(line: string): [string, string] {
  const [pair = ""] = line.split(";");
  const at = pair.indexOf("=");
  return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
}
