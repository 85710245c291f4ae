import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Access } from "@/lib/authz/model";
import { type OperationKey, operationKeys } from "@/lib/operations";

/** The screens of /admin in their order, and what opens each. Navigation shows those that the person may open, and no others. */
export type Screen = {
  href: ScreenPath;
  label: string;
  section: "home" | "people" | "records" | "setup";
  opens: readonly OperationKey[] | "any";
  /** Other words by which it is looked for. */
  also?: string;
};

const screens = [
  { href: "/admin", label: "Home", section: "home", opens: "any" },
  { href: "/admin/users", label: "User Management", section: "people", opens: ["user.read"] },
  { href: "/admin/groups", label: "Groups", section: "people", opens: ["group.read"] },
  {
    href: "/admin/service-accounts",
    label: "Service accounts",
    section: "people",
    opens: ["service_account.read"],
  },
  { href: "/admin/roles", label: "Roles", section: "people", opens: ["role.read"] },
  { href: "/admin/privileges", label: "Privileges", section: "people", opens: ["role.read"] },
  { href: "/admin/organisation", label: "Organisation", section: "people", opens: ["user.read"] },
  {
    href: "/admin/sessions",
    label: "Session Management",
    section: "records",
    opens: ["session.read", "client.read", "user.read"],
  },
  { href: "/admin/clients", label: "Clients", section: "records", opens: ["client.read"] },
  {
    href: "/admin/tokens",
    label: "Tokens",
    section: "records",
    opens: ["token.read", "client.read", "session.read", "user.read"],
  },
  { href: "/admin/resources", label: "Resources", section: "records", opens: ["resource.read"] },
  { href: "/admin/audit", label: "Audit log", section: "records", opens: ["audit.read"], also: "activity export csv" },
  {
    href: "/admin/identity-providers",
    label: "Identity providers",
    section: "setup",
    opens: ["identity_provider.read"],
  },
  { href: "/admin/settings", label: "Settings", section: "setup", opens: ["setting.read", "mail.read"] },
] as const satisfies (Omit<Screen, "href"> & { href: `/admin${string}` })[];

export type ScreenPath = (typeof screens)[number]["href"];

/** Those that somebody with this access may open. */
export function openScreens(access: Access): Screen[] {
  return screens.filter(({ opens }) =>
    (opens === "any" ? operationKeys : opens).some((operation) => holdsBeyondSelf(access, operation)),
  );
}
