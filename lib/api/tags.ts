/** What the addresses are about, as they are grouped in the description and on its page, with a sentence each. */
export const tags: Record<string, string> = {
  Users: "People with an account: who they are, what they hold, and the states of their accounts.",
  Groups: "Groups, their members, and the roles that they give to them.",
  Roles: "Roles: the operations that they carry, each at a scope. Users hold them themselves or through groups.",
  "App operations": "Operations of the product that uses Gatehouse: declared and assigned here, enforced there.",
  Clients: "Installed clients of users and their provision tokens.",
  Tokens:
    "Access tokens, by which a program acts as a user or a service account, and what the token of a request may do.",
  "Service accounts": "Accounts for programs: an owner, roles and access tokens, and no sign-in.",
  Resources: "Assistants, projects and other things of your products, each with its owner.",
  Credentials: "Whatever is alive of everybody in sight: access tokens, clients and their tokens, sessions, links.",
  Sessions: "Browsers in which somebody is signed in.",
  "Audit log": "Who did what to whom, and when. Events are only ever added.",
  Settings: "How this Gatehouse behaves, where that can be chosen.",
  "Identity providers": "Where people sign in with an account of elsewhere. They are set up in the console alone.",
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
