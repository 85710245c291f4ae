import { z } from "zod";
import { credentialKinds, kindKeys } from "@/lib/credentials/kinds";
import { credentialsPath } from "@/lib/credentials/paths";
import { declareList, type FiltersOf, sortable } from "@/lib/lists/declare-list";
import { choiceFilter, personFilter } from "@/lib/lists/filters";

/** Whose it is: a user by their state, or a service account. */
const accounts = {
  active: "active user",
  invited: "invited user",
  disabled: "disabled user",
  locked: "locked user",
  service_account: "service account",
};
export type AccountState = keyof typeof accounts;

/** Days without a use. */
const idleness = z.union([z.literal("never"), z.coerce.number().int().min(1).max(3650)]);
const idlenessLabel = (days: string) => (days === "never" ? "never used" : `not for ${days} days`);

/** Every live credential in sight. */
export const credentialList = declareList({
  name: "credentials",
  path: credentialsPath,
  label: "Live credentials",
  search: "Owner",
  sorts: { createdAt: "Created", lastUsedAt: "Last used" },
  filters: {
    kind: choiceFilter(
      "Kind",
      z.enum(kindKeys),
      kindKeys.map((id) => ({ id, label: credentialKinds[id].label })),
    ),
    person: personFilter("User"),
    account: choiceFilter(
      "Account",
      z.enum(Object.keys(accounts) as AccountState[]),
      Object.entries(accounts).map(([id, label]) => ({ id, label })),
    ),
    unused: choiceFilter(
      "Unused",
      idleness,
      ["never", "30", "90", "180", "365"].map((id) => ({ id, label: idlenessLabel(id) })),
      idlenessLabel,
    ),
  },
  columns: {
    name: "Credential",
    kind: "Kind",
    whose: "Owner",
    createdAt: sortable,
    lastUsedAt: sortable,
    expiresAt: "Expires",
  },
});

export type CredentialFilters = FiltersOf<typeof credentialList>;
export const { toHref: credentialsHref } = credentialList;
