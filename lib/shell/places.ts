import { accountPages } from "@/lib/account/pages";
import { preferenceLabels, preferencesPath } from "@/lib/account/preferences";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import { groupsPath } from "@/lib/groups/paths";
import { providersPath } from "@/lib/identity-providers/pages";
import { mailPath } from "@/lib/mail/filters";
import type { OperationKey } from "@/lib/operations";
import { userList } from "@/lib/people/pages";
import { settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";
import { rolesPath } from "@/lib/roles/pages";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";
import { sessionLabels, sessionPaths } from "@/lib/sessions/paths";
import { sessionTabs } from "@/lib/sessions/tabs";
import { settingId, settingsPath } from "@/lib/settings/paths";
import { openScreens } from "@/lib/shell/navigation";

/** Something to go to by its name. `under`: where it stands, when its name alone leaves that open; `also`: other words that find it. */
export type Place = {
  kind: "action" | "screen" | "setting";
  label: string;
  under?: string;
  also?: string;
  href: string;
};

/** What begins the making of something, by the operation that opens its page. */
const creations: { operation: OperationKey; label: string; href: string }[] = [
  { operation: "user.create", label: "Create User", href: `${userList}/new` },
  { operation: "user.create", label: "Invite people", href: `${userList}/invite` },
  { operation: "group.create", label: "Create group", href: `${groupsPath}/new` },
  { operation: "service_account.create", label: "Create service account", href: `${serviceAccountsPath}/new` },
  { operation: "role.create", label: "Create role", href: `${rolesPath}/new` },
  { operation: "identity_provider.create", label: "Add identity provider", href: `${providersPath}/new` },
];

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
];

function own(label: string, href: string, under: string, also?: string): Place {
  return { kind: "setting", label, under, href, ...(also && { also }) };
}

/** Every place that the palette offers this person: each is open to them, as its own page decides (R11). */
export function placesFor(ctx: Ctx<Person>): Place[] {
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const screen = (label: string, href: string, under?: string): Place => ({ kind: "screen", label, href, under });
  const [profile, ...tabs] = accountPages;
  return [
    ...creations
      .filter(({ operation }) => may(operation))
      .map(({ label, href }): Place => ({ kind: "action", label, href })),
    ...openScreens(ctx.actor.access).map(({ href, label }) => screen(label, href)),
    ...sessionTabs(ctx).map((tab) => screen(sessionLabels[tab], sessionPaths[tab], "Session Management")),
    ...(may("role.read") ? [screen("App operations", `${rolesPath}/operations`, "Roles")] : []),
    ...(may("mail.read") || may("setting.read")
      ? [screen("Mail", mailPath, "Settings"), screen("Mail templates", `${mailPath}/templates`, "Settings")]
      : []),
    screen("My profile", profile.href),
    ...tabs.map(({ label, href, also }) => ({ ...screen(label, href, "My profile"), ...(also && { also }) })),
    ...ownSettings,
    ...(may("setting.read") ? settingKeys.map(settingPlace) : []),
  ];
}

function settingPlace(key: (typeof settingKeys)[number]): Place {
  const { label, group } = settingCatalogue[key];
  return { kind: "setting", label, under: group, href: `${settingsPath}#${settingId(key)}` };
}
