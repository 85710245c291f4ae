/** What the form of the password sends along without being typed. Each button of a provider is a form as well. */
export async function hiddenFields(baseUrl: string): Promise<Record<string, string>> {
  const page = await (await fetch(`${baseUrl}/sign-in`)).text();
  const forms = page.match(/<form[\s>].*?<\/form>/gs) ?? [];
  const form = forms.find((text) => text.includes('name="password"')) ?? "";
  const inputs = form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  const part = (input: string, name: string) =>
    (new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return Object.fromEntries(inputs.map((input) => [part(input, "name"), part(input, "value")]));
}

/** Posts the form of sign-in as a browser without script does, from this address as given by a trusted proxy. */
export function post(baseUrl: string, fields: Record<string, string>, address: string, cookie = "") {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { origin: baseUrl, "x-forwarded-for": address, cookie };
  return fetch(`${baseUrl}/sign-in`, { method: "POST", body, headers, redirect: "manual" });
}

/** `time` in milliseconds, until the whole body has come. */
export type Timed = { answer: Response; body: string; time: number };

export async function timed(ask: () => Promise<Response>): Promise<Timed> {
  const begin = performance.now();
  const answer = await ask();
  const body = await answer.text();
  return { answer, body, time: performance.now() - begin };
}
