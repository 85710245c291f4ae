import { precondition } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { revokeLinks } from "@/lib/links/issue";
import { fullName } from "@/lib/normalization/names";
import { passwordOperations } from "@/lib/passwords/operations";
import { revokeResetLinkSchema } from "@/lib/passwords/schema";
import { userPages } from "@/lib/people/pages";
import { lockPerson } from "@/lib/people/scoped";

/** Revokes the open link for a new password of a person, whoever requested it (S6). */
export const revokeResetLink = command(passwordOperations["password.revoke_link"], {
  input: revokeResetLinkSchema,
  route: "DELETE /users/{id}/reset-link",
  target: async ({ ctx, tx }, { id }) => {
    const record = await lockPerson(ctx, tx, "user.read", id);
    return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
  },
  change: async ({ ctx, tx }, person) => {
    const revoked = await revokeLinks(ctx, tx, person.id, ["password_reset"]);
    if (revoked === 0) throw precondition(`${fullName(person)} has no pending password link.`);
    return { value: { id: person.id }, after: null };
  },
  refresh: userPages,
});
