import { keycloakPerson } from "./realm";

/** Signs in at Keycloak's own page, and gives the address to which it leads back; null: it leads nowhere. */
export async function signInAt(
  address: string,
  password: string = keycloakPerson.password,
  username: string = keycloakPerson.username,
): Promise<URL | null> {
  const jar = new Map<string, string>();
  const ask = async (url: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  const page = await (await ask(address)).text();
  const action = /<form[^>]*\saction="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  if (!action) throw new Error(`Keycloak shows no form: ${page.slice(0, 500)}`);
  const body = new URLSearchParams({ username, password, credentialId: "" });
  const location = (await ask(action, { method: "POST", body })).headers.get("location");
  return location ? new URL(location) : null;
}
