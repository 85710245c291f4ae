import type { z } from "zod";
import { localWords, toLocal } from "@/components/form/local-time";
import type { Told } from "@/components/users/use-user-form";
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

/** When a role that is still in the form has ended, or null: it is in force, or for a time that is to come. */
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

/** A field's name and value in words, for the comparison of two edits. */
export function fieldWords(field: string, value: unknown, { names, reading }: Told) {
  const roleName = (id: unknown) => names[String(id)] ?? "another role";
  const valueWords = () => {
    if (field === "primaryRoleId") return roleName(value);
    if (Array.isArray(value)) return value.map(roleName).join(", ");
    if (field === "managerId") return value ? (names[String(value)] ?? "somebody else") : "";
    const text = String(value ?? "");
    return field === "accessEndsAt" ? localWords(text, reading) : text;
  };
  return { label: labels[field] ?? field, words: valueWords() || "none" };
}
