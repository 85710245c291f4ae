/** What the addresses are about, as they are grouped in the description and on its page, with a sentence each. */
export const tags: Record<string, string> = {
  Users: "People with an account: who they are, what they hold, and the states of their accounts.",
  Groups: "Groups, their members, and the roles that they give to them.",
  Roles: "Roles: the operations that they carry, each at a scope. Users hold them directly or through groups.",
  "App operations": "Operations of the product that uses Gatehouse: declared and assigned here, enforced there.",
  Clients: "Installed clients of users and their provision tokens.",
  Tokens:
    "Access tokens, with which a program acts as a user or a service account, and what the token of a request can do.",
  "Service accounts": "Accounts for programs: an owner, roles and access tokens, and no sign-in.",
  Resources: "Assistants, projects and other things of your products, each with its owner.",
  Credentials: "All live credentials that you can see: access tokens, clients and their tokens, sessions, links.",
  Sessions: "Browsers in which a user is signed in.",
  "Audit log": "Who did what to whom, and when. Events are append-only.",
  Settings: "Settings of this Gatehouse.",
  "Identity providers":
    "Providers through which people sign in with an external account. They are set up in the console only.",
};

const byNoun: Record<string, string> = {
  user: "Users",
  invitation: "Users",
  password: "Users",
  group: "Groups",
  role: "Roles",
  app_operation: "App operations",
  client: "Clients",
  token: "Tokens",
  service_account: "Service accounts",
  resource: "Resources",
  session: "Sessions",
  setting: "Settings",
  identity_provider: "Identity providers",
};

/** The tag of a command, by the noun of its key. */
export const tagOf = (key: string): string => {
  const tag = byNoun[key.split(".")[0] ?? ""];
  if (!tag) throw new Error(`Nothing says under which tag ${key} is described: add its noun to lib/api/tags.ts`);
  return tag;
};
