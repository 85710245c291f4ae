import { accountPages } from "@/lib/account/pages";
import { preferenceLabels, preferencesPath } from "@/lib/account/preferences";
import { decideByScope, holdsBeyondSelf, noRelation } from "@/lib/authz/evaluate";
import { generateId } from "@/lib/clients/paths";
import type { Ctx, Person } from "@/lib/context";
import { groupsPath } from "@/lib/groups/paths";
import { helpPath } from "@/lib/help/guides";
import { providersPath } from "@/lib/identity-providers/pages";
import { mailPath, mailServerId } from "@/lib/mail/filters";
import type { OperationKey } from "@/lib/operations";
import { userList } from "@/lib/people/pages";
import { settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";
import { addPresetId, rolesPath } from "@/lib/roles/pages";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { sessionLabels, sessionPaths } from "@/lib/sessions/paths";
import { sessionTabs } from "@/lib/sessions/tabs";
import { settingId, settingsPath } from "@/lib/settings/paths";
import { openScreens } from "@/lib/shell/navigation";
import { newTokenId } from "@/lib/tokens/paths";

/** Something to go to by its name. `under`: where it is, when its name alone leaves that open; `also`: other words that find it. */
export type Place = {
  kind: "action" | "screen" | "setting";
  label: string;
  under?: string;
  also?: string;
  href: string;
};

type Creation = { operation: OperationKey; label: string; href: string; under?: string };

/** What begins the making of something, by the operation that opens its page. */
const creations: Creation[] = [
  { operation: "user.create", label: "Create User", href: `${userList}/new` },
  { operation: "user.create", label: "Invite people", href: `${userList}/invite` },
  { operation: "group.create", label: "Create group", href: `${groupsPath}/new` },
  { operation: "service_account.create", label: "Create service account", href: `${serviceAccountsPath}/new` },
  { operation: "role.create", label: "Create role", href: `${rolesPath}/new` },
  { operation: "role.install", label: "Add a preset", under: "Roles", href: `${rolesPath}#${addPresetId}` },
  {
    operation: "app_operation.declare",
    label: "Declare an operation",
    under: "App operations",
    href: `${rolesPath}/operations#declare-operation`,
  },
  { operation: "identity_provider.create", label: "Add identity provider", href: `${providersPath}/new` },
];

/** What one makes for oneself, by the operation on one's own account. */
const ownCreations: Creation[] = [
  {
    operation: "client.generate",
    label: "Generate client",
    under: "Token Management",
    href: `/account/clients#${generateId}`,
  },
  { operation: "token.create", label: "New token", under: "Access tokens", href: `/account/tokens#${newTokenId}` },
];

const mailFields = ["Host", "Port", "Encryption", "Sender"] as const;

/** What everybody sets for themselves. */
const ownSettings: Place[] = [
  ...Object.values(preferenceLabels).map((label) => own(label, preferencesPath, "Preferences", "profile")),
  own("Preferences", preferencesPath, "My profile", "settings"),
  own("Name", "/account#own-name", "My profile"),
  own("Email", "/account#own-email", "My profile", "address mail"),
  own("Picture", "/account#own-picture", "My profile", "photo avatar"),
  own("Password", "/account/security#own-password", "Security", "change"),
  own(
    "Second factors",
    "/account/security#own-factors",
    "Security",
    "two-factor authenticator passkeys recovery codes",
  ),
  own("Your data", "/account#own-data", "My profile", "download export"),
];

function own(label: string, href: string, under: string, also?: string): Place {
  return { kind: "setting", label, under, href, ...(also && { also }) };
}

/** Every place that the palette offers this person: each is open to them, as its own page decides (R11). */
export function placesFor(ctx: Ctx<Person>): Place[] {
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const mayForSelf = (operation: OperationKey) =>
    decideByScope(ctx.actor.access, operation, { ...noRelation, self: true }).allowed;
  const screen = (label: string, href: string, under?: string): Place => ({ kind: "screen", label, href, under });
  const [profile, ...tabs] = accountPages;
  return [
    ...creations.filter(({ operation }) => may(operation)).map(actionPlace),
    ...ownCreations.filter(({ operation }) => mayForSelf(operation)).map(actionPlace),
    ...openScreens(ctx.actor.access).map(({ href, label, also }) => ({
      ...screen(label, href),
      ...(also && { also }),
    })),
    ...sessionTabs(ctx).map((tab) => screen(sessionLabels[tab], sessionPaths[tab], "Session Management")),
    ...(may("role.read") ? [screen("App operations", `${rolesPath}/operations`, "Roles")] : []),
    ...(may("mail.read") || may("setting.read")
      ? [screen("Mail", mailPath, "Settings"), screen("Mail templates", `${mailPath}/templates`, "Settings")]
      : []),
    screen("My profile", profile.href),
    ...tabs.map(({ label, href, also }) => ({ ...screen(label, href, "My profile"), ...(also && { also }) })),
    { ...screen("Help", helpPath), also: "documentation docs guides manual" },
    ...ownSettings,
    ...(may("setting.read") ? [...settingKeys.map(settingPlace), ...mailSettings] : []),
  ];
}

const actionPlace = ({ label, under, href }: Creation): Place => ({
  kind: "action",
  label,
  ...(under && { under }),
  href,
});

const mailSettings: Place[] = [
  {
    kind: "setting",
    label: "Mail server",
    under: "Mail",
    also: "smtp user name password test",
    href: `${mailPath}#${mailServerId}`,
  },
  ...mailFields.map(
    (label): Place => ({ kind: "setting", label, under: "Mail server", href: `${mailPath}#${mailServerId}` }),
  ),
];

function settingPlace(key: (typeof settingKeys)[number]): Place {
  const { label, group } = settingCatalogue[key];
  return { kind: "setting", label, under: group, href: `${settingsPath}#${settingId(key)}` };
}
