import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/table";
import { fitsOnToken } from "@/lib/authz/limit";
import { commands } from "@/lib/registry";

/** Why a command has no address for programs. A new one gets a `route`, or a line here. */
const withoutAddress: Record<string, string[]> = {
  "Only the person at the browser does it: it changes their own account, or the session that asks.": [
    ...["account.update", "account.choose_columns", "account.set_picture"],
    ...[
      "account.remove_picture",
      "account.change_email",
      "account.cancel_email_change",
      "account.change_password",
      "account.set_owed_password",
    ],
    ...["account.refuse_wrong_password", "account.export", "session.verify", "session.verify_identity"],
    ...["session.finish_enrolment", "identity.link", "factor.add_authenticator", "factor.add_passkey"],
    ...["factor.remove", "factor.renew", "user.view_as", "user.stop_viewing"],
  ],
  "It makes a token, or takes a second factor away: a token that could would outlive its own end (T1).": [
    ...["token.create", "token.issue", "token.regenerate", "service_account.issue_token", "factor.reset"],
  ],
  "It decides who signs in, or how mail is sent: nothing of it goes onto a token (R15).": [
    ...["identity_provider.create", "identity_provider.update", "identity_provider.update_connection"],
    ...["identity_provider.test", "identity_provider.enable", "identity_provider.disable"],
    ...["identity_provider.delete", "identity_provider.require", "identity_provider.release"],
    ...["mail.configure", "mail.remove_transport"],
  ],
  "It ties a person to an account at a provider, or unties them: the accounts at a provider are in no answer.": [
    ...["identity.prepare", "identity.cancel", "identity.unlink"],
  ],
  "It gives somebody's way in to its caller, where mail is not set up.": ["password.reset"],
  "The mail log is read in the console: a mail is sent again by a person who has seen why it was not sent.": [
    ...["mail.retry", "mail.test"],
  ],
  "What it does one by one has an address: POST /app-operations, POST /roles.": [
    ...["app_operation.import", "role.install"],
  ],
  "What it returns as a file has an address as a list: GET /audit-events.": ["audit.export"],
  "It keeps how a list is looked at in the console.": ["view.create", "view.update", "view.delete"],
  "A hint for administrators in the console.": ["setting.dismiss_notice", "setting.dismiss_first_steps"],
  "It happens at sign-in, by a link that was sent, or at setup, before anybody is known.": [
    ...["session.start", "session.refuse", "session.refuse_provider", "session.refuse_passkey", "session.sign_out"],
    ...["session.replace", "session.sign_out_at_provider", "session.end_by_provider", "session.refuse_logout"],
    ...["identity.match", "identity.create", "identity.update", "identity.join_groups", "identity.leave_groups"],
    ...["identity.redeem", "invitation.accept", "password.redeem", "password.request", "email.confirm"],
    ...["setup.complete", "user.create_administrator"],
  ],
  "An installed client does it, by its own protocol (docs/clients.md).": [
    ...["client.register", "client.refuse", "client.revoke", "client.notice_copy"],
  ],
};

test("P1: every command has an address for programs, or a reason to have none", () => {
  const named = Object.values(withoutAddress).flat();
  expect(new Set(named).size).toBe(named.length);
  const without = commands.filter(({ route }) => !route).map(({ key }) => key);
  expect(without.toSorted()).toEqual(named.toSorted());
});

test("P1: what has an address can be carried by a token", () => {
  const useless = commands.filter(({ route, operation }) => route && !fitsOnToken(operation.key));
  expect(useless.map(({ key }) => key)).toEqual([]);
});

/** By what address a program reads what a page shows, or under which words docs/api.md says why it has none. */
const pages: Record<string, string> = {
  "": 'Figures of "Home"',
  audit: "GET /audit-events",
  clients: "GET /clients",
  groups: "GET /groups",
  "groups/[id]": "GET /groups/{id}",
  "groups/[id]/activity": '"Activity" of one object',
  "groups/[id]/members": "GET /groups/{groupId}/members",
  "groups/[id]/roles": "GET /groups/{id}",
  "identity-providers": "GET /identity-providers",
  "identity-providers/[id]": "GET /identity-providers",
  "identity-providers/[id]/activity": '"Activity" of one object',
  "identity-providers/[id]/connection": "Connections and tests of identity providers",
  "identity-providers/[id]/test": "Connections and tests of identity providers",
  organisation: '"Organisation" as a tree',
  privileges: '"Privileges"',
  "privileges/[operation]": '"Privileges"',
  resources: "GET /resources",
  roles: "GET /roles",
  "roles/[id]": "GET /roles/{id}",
  "roles/operations": "GET /app-operations",
  "service-accounts": "GET /service-accounts",
  "service-accounts/[id]": "GET /service-accounts/{id}",
  "service-accounts/[id]/activity": '"Activity" of one object',
  "service-accounts/[id]/tokens": "GET /service-accounts/{serviceAccountId}/tokens",
  sessions: "GET /sessions",
  "sessions/clients": '"Active clients" as a list of its own',
  "sessions/locked": '"Locked users" as a list of its own',
  settings: "GET /settings",
  "settings/mail": "Mail log, mail settings and templates",
  "settings/mail/templates": "Mail log, mail settings and templates",
  tokens: "GET /credentials",
  users: "GET /users",
  "users/[id]": "GET /users/{id}",
  "users/[id]/access": '"Access" of a user with "Why?"',
  "users/[id]/activity": '"Activity" of one object',
  "users/[id]/clients": "GET /users/{userId}/clients",
  "users/[id]/owned": '"Owned" of a user',
  "users/[id]/sessions": "GET /sessions",
  "users/[id]/tokens": "GET /users/{userId}/tokens",
};

test("P1: what a page of the console shows has an address for programs, or the documentation says why not", () => {
  const found = readdirSync("app/admin", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("page.tsx") && !/@|\bnew\b|\binvite\b/.test(path))
    .map((path) => dirname(path).replace(/^\.$/, ""));
  expect(found.toSorted()).toEqual(Object.keys(pages).toSorted());
  const left = readFileSync("docs/api.md", "utf8").split("## What the API does not offer")[1];
  const addresses = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
  for (const [page, told] of Object.entries(pages))
    if (told.startsWith("GET ")) expect(addresses, page).toContain(told);
    else expect(left, page).toContain(`| ${told}`);
});
