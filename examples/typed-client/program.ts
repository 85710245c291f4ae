import createClient from "openapi-fetch";
// npx openapi-typescript https://gatehouse.example.com/api/v1/openapi.json -o api.d.ts
import type { components, operations, paths } from "./api";

type Problem = components["schemas"]["Problem"];
type DryRun = components["schemas"]["DryRun"];
type Update = NonNullable<operations["userUpdate"]["requestBody"]>["content"]["application/json"];

/** What a program that onboards somebody has seen on its way. */
export type Onboarded = {
  userId: string;
  changes: DryRun["changes"];
  refused: Problem;
  replayed: boolean;
  token: string | null;
};

/**
 * Creates a user with a client of their own, and gives them a role. Every name here is checked against the description: a change
 * of the interface that breaks this program breaks its type check first.
 */
export async function onboard(baseUrl: string, token: string, username: string): Promise<Onboarded> {
  const api = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

  const { items } = done(await api.GET("/roles", { params: { query: { q: "" } } }));
  const primary = items.find(({ kind, rank }) => kind === "primary" && rank !== null);
  const additional = items.find(({ kind, name }) => kind === "additional" && name === "Reviewer");
  if (!primary || !additional) throw new Error("There are no roles to give.");

  const key = { "Idempotency-Key": `onboard-${username}` };
  const body = { username, email: `${username}@northwind.example`, firstName: "Omar", primaryRoleId: primary.id };
  const created = done(await api.POST("/users", { params: { header: key }, body }));
  if ("dryRun" in created) throw new Error("Nothing was created.");
  const again = await api.POST("/users", { params: { header: key }, body });
  const replayed = again.response.headers.get("Idempotent-Replayed") === "true";

  const path = { id: created.id };
  const found = await api.GET("/users/{id}", { params: { path } });
  const etag = found.response.headers.get("ETag") ?? "";
  const given: Update = { additionalRoleIds: [...done(found).additionalRoles.map(({ id }) => id), additional.id] };
  const dry = done(await api.PATCH("/users/{id}", { params: { path, query: { dryRun: true } }, body: given }));
  const header = { "If-Match": etag };
  done(await api.PATCH("/users/{id}", { params: { path, header }, body: given }));
  const stale = await api.PATCH("/users/{id}", { params: { path, header }, body: { lastName: "Haddad" } });
  if (!stale.error) throw new Error("A version that was replaced was taken.");

  const client = done(
    await api.POST("/users/{userId}/clients", {
      params: { path: { userId: created.id } },
      body: { name: "lab-rig-03" },
    }),
  );
  return {
    userId: created.id,
    changes: "dryRun" in dry ? dry.changes : {},
    refused: stale.error,
    replayed,
    token: "token" in client ? client.token : null,
  };
}

/** What was answered, or an error with the sentence of the refusal. */
function done<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(error?.detail ?? "No answer.");
  return data;
}
