import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Access } from "@/lib/authz/model";
import type { OperationKey } from "@/lib/operations";

export type Task = { title: string; text: string; link: { label: string; href: string } };

/** What an administrator is asked to do most, by the operation that opens where it begins. */
const tasks: (Task & { operation: OperationKey })[] = [
  {
    operation: "user.create",
    title: "Add people",
    text: "Invite several by pasting their addresses, or create one user with roles, groups and a manager. They set their own password by a link.",
    link: { label: "Invite people", href: "/admin/users/invite" },
  },
  {
    operation: "role.read",
    title: "Give access",
    text: "A role is a set of operations, each with the people it applies to. Assign it to a user, or add it to a group to give it to all members. Every change shows its effect before it is saved.",
    link: { label: "Roles", href: "/admin/roles" },
  },
  {
    operation: "user.read",
    title: "See why somebody can or cannot do something",
    text: 'Open the user, then "Roles and Groups". "Why?" names the role, group or rule that decides.',
    link: { label: "User Management", href: "/admin/users" },
  },
  {
    operation: "user.unlock",
    title: "Help somebody who cannot sign in",
    text: 'Unlock the account. On the user\'s page, "Reset password" gives a link or a new password, and "Reset second factors" a new start.',
    link: { label: "Locked Users", href: "/admin/sessions/locked" },
  },
  {
    operation: "user.archive",
    title: "Remove somebody who leaves",
    text: '"Remove user" ends sessions, tokens and clients at once, and asks for new owners and a new manager. "Disable" does it for a time.',
    link: { label: "User Management", href: "/admin/users" },
  },
  {
    operation: "audit.read",
    title: "See who did what",
    text: "Every change, sign-in and refusal is an event, with old and new values. Filter it by person, operation and time, or export it.",
    link: { label: "Audit log", href: "/admin/audit" },
  },
  {
    operation: "identity_provider.create",
    title: "Sign in with Entra ID, Okta, Google or Keycloak",
    text: "Connect an OpenID Connect provider, test it, then let it create users and fill groups.",
    link: { label: "Identity providers", href: "/admin/identity-providers" },
  },
];

/** What everybody does for themselves. */
const ownTasks: Task[] = [
  {
    title: "Connect an installed client",
    text: '"Generate" gives a token for one machine. It is shown once, with the command that uses it.',
    link: { label: "Token Management", href: "/account/clients" },
  },
  {
    title: "Let a program act for you",
    text: "An access token carries the operations that you choose, for as long as you choose.",
    link: { label: "Access tokens", href: "/account/tokens" },
  },
  {
    title: "Protect your account",
    text: "Change your password, add an authenticator app or a passkey, and keep recovery codes.",
    link: { label: "Security", href: "/account/security" },
  },
];

/** The tasks whose screens are open to this person (R11). */
export const tasksFor = (access: Access): Task[] => [
  ...tasks.filter(({ operation }) => holdsBeyondSelf(access, operation)),
  ...ownTasks,
];
