import { finishSignIn } from "@/lib/sign-in/providers/flow";
import type { Begun } from "@/lib/sign-in/providers/handshake";

/** As much of a browser as a sign-in through a provider asks for: a jar of cookies, and the callback. */
export class SignInBrowser {
  readonly jar = new Map<string, string>();

  keep({ cookies }: Pick<Begun, "cookies">): void {
    for (const { name, value, options } of cookies) this.set(name, options.maxAge > 0 ? value : null);
  }

  /** Opens a callback; gives where it leads. */
  async callback(slug: string, query: URLSearchParams | string): Promise<URL> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const address = `http://localhost:3000/api/auth/callback/${slug}?${query}`;
    const answer = await finishSignIn(new Request(address, { headers: { cookie } }), slug);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.set(name, / Max-Age=0;/.test(line) ? null : value);
    }
    return new URL(answer.headers.get("location") ?? "", "http://localhost:3000");
  }

  private set(name: string, value: string | null): void {
    if (value === null) this.jar.delete(name);
    else this.jar.set(name, value);
  }
}
