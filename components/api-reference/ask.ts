import type { Tried } from "@/components/api-reference/try-it";

export const bodyField = "body";
export const dryRunField = "dry run";

/** What came, as it is shown. `asked`: the address with its query. */
export type Answer = { ok: boolean; status: string; asked: string; headers: [string, string][]; body: string };

const shownHeaders = ["content-type", "etag", "retry-after", "idempotent-replayed", "allow", "www-authenticate"];

/** Sends the values of a form to an address of this server, without cookies. The token goes nowhere else. */
export async function ask({ method, path, fields }: Tried, form: FormData, token: string): Promise<Answer> {
  const filled = (place: string) =>
    fields.flatMap(({ place: stands, name }): [string, string][] => {
      const value = String(form.get(`${stands} ${name}`) ?? "").trim();
      return stands === place && value !== "" ? [[name, value]] : [];
    });
  const inPath = new Map(filled("path"));
  const there = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath.get(name) ?? ""));
  const query = new URLSearchParams(filled("query"));
  if (form.get(dryRunField) !== null) query.set("dryRun", "true");
  const asked = `/api/v1${there}${query.size > 0 ? `?${query}` : ""}`;
  const sent = String(form.get(bodyField) ?? "");
  try {
    const response = await fetch(asked, {
      method,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: {
        ...Object.fromEntries(filled("header")),
        authorization: `Bearer ${token}`,
        ...(sent !== "" && { "content-type": "application/json" }),
      },
      ...(sent !== "" && { body: sent }),
    });
    return {
      ok: response.ok,
      status: String(response.status),
      asked,
      headers: shownHeaders.flatMap((name): [string, string][] => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
      body: indented(await response.text()),
    };
  } catch {
    return { ok: false, status: "No answer", asked, headers: [], body: "The server didn't respond. Try again." };
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
