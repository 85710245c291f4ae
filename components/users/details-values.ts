import type { z } from "zod";
import { localWords, toLocal } from "@/components/form/local-time";
import type { Reading } from "@/components/ui/reading";
import type { RoleOption } from "@/lib/roles/queries";
import type { StoredForm } from "@/lib/users/conflict";
import type { UserDetail } from "@/lib/users/queries";
import type { updateUserSchema } from "@/lib/users/schema";

export type DetailsInput = z.input<typeof updateUserSchema>;

/** The form's values for what is stored, on the clock of a zone. */
export function detailsOf(user: UserDetail, stored: StoredForm, zone: string): DetailsInput {
  return {
    id: user.id,
    version: stored.version,
    email: stored.email,
    firstName: stored.firstName,
    lastName: stored.lastName,
    primaryRoleId: stored.primaryRoleId,
    additionalRoleIds: stored.additionalRoleIds,
    managerId: stored.managerId,
    accessEndsAt: toLocal(stored.accessEndsAt, zone),
    password: "",
    confirmPassword: "",
  };
}

/** When a role that still stands in the form has ended, or null: it is in force, or for a time that is to come. */
export function endedAt({ roleEnds }: StoredForm, roleId: string, now: Date): Date | null {
  const end = roleEnds.find((held) => held.roleId === roleId)?.endsAt;
  return end && new Date(end) <= now ? new Date(end) : null;
}

const labels: Record<string, string> = {
  email: "Email",
  firstName: "First Name",
  lastName: "Last Name",
  primaryRoleId: "Primary Role",
  additionalRoleIds: "Additional Roles",
  managerId: "Manager",
  accessEndsAt: "Access ends",
};

type Words = {
  roles: RoleOption[];
  people: Record<string, string>;
  theirManager: string | null | undefined;
  reading: Reading;
};

/** A field's name and value in words, for the comparison of two edits. */
export function fieldWords(field: string, value: unknown, { roles, people, theirManager, reading }: Words) {
  const roleName = (id: unknown) => roles.find((role) => role.id === id)?.name ?? "another role";
  const valueWords = () => {
    if (field === "primaryRoleId") return roleName(value);
    if (Array.isArray(value)) return value.map(roleName).join(", ");
    if (field === "managerId") return value ? (people[String(value)] ?? theirManager ?? "somebody else") : "";
    const text = String(value ?? "");
    return field === "accessEndsAt" ? localWords(text, reading) : text;
  };
  return { label: labels[field] ?? field, words: valueWords() || "none" };
}
