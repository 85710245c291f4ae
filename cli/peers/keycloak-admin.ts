import { keycloakAdmin, keycloakClient } from "./realm";

/** What an administrator of Keycloak does in the realm of the tests, through its own API. Throws where it is refused. */
export class KeycloakAdmin {
  private readonly origin: string;
  private token = "";

  constructor(discoveryUrl: string) {
    this.origin = new URL(discoveryUrl).origin;
  }

  async signIn(): Promise<void> {
    const answer = await fetch(`${this.origin}/realms/master/protocol/openid-connect/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "password", client_id: "admin-cli", ...keycloakAdmin }),
    });
    this.token = ((await answer.json()) as { access_token: string }).access_token;
  }

  async changeClient(change: { frontchannelLogout: boolean; attributes: Record<string, string> }): Promise<void> {
    const found = await this.ask("GET", `/clients?clientId=${keycloakClient.clientId}`);
    const [client] = (await found.json()) as { id: string; attributes: Record<string, string> }[];
    if (!client) throw new Error("The client of the tests is not in the realm");
    const attributes = { ...client.attributes, ...change.attributes };
    await this.ask("PUT", `/clients/${client.id}`, { ...client, ...change, attributes });
  }

  /** Returns the id of the person, who may sign in at once. */
  async createPerson(username: string, password: string): Promise<string> {
    const person = { username, email: `${username}@northwind.example`, firstName: "Per", lastName: "Son" };
    const credentials = [{ type: "password", value: password, temporary: false }];
    const made = await this.ask("POST", "/users", { ...person, emailVerified: true, enabled: true, credentials });
    return made.headers.get("location")?.split("/").at(-1) ?? "";
  }

  async changePerson(id: string, change: { enabled: boolean }): Promise<void> {
    const person = await (await this.ask("GET", `/users/${id}`)).json();
    await this.ask("PUT", `/users/${id}`, { ...person, ...change });
  }

  setPassword = (id: string, value: string) =>
    this.ask("PUT", `/users/${id}/reset-password`, { type: "password", value, temporary: false });
  deletePerson = (id: string) => this.ask("DELETE", `/users/${id}`);
  endSession = (sessionId: string) => this.ask("DELETE", `/sessions/${sessionId}`);
  signOut = (id: string) => this.ask("POST", `/users/${id}/logout`);
  signOutEverybody = () => this.ask("POST", "/logout-all");

  private async ask(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${this.origin}/admin/realms/gatehouse${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`Keycloak answers ${method} ${path} with ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
