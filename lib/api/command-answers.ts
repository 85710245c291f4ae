import type { z } from "zod";
import * as shapes from "@/lib/api/shapes";

/** What a command that has a route answers, and what it does in a few words, by its key. */
export const commandAnswers: Record<string, { summary: string; gives: z.ZodObject }> = {
  "user.create": { summary: "Create a user", gives: shapes.createdUserShape },
  "user.update": { summary: "Update a user", gives: shapes.versionShape },
  "user.disable": { summary: "Disable a user", gives: shapes.disabledShape },
  "user.enable": { summary: "Enable a user", gives: shapes.idShape },
  "user.unlock": { summary: "Unlock a user", gives: shapes.idShape },
  "user.archive": { summary: "Remove a user", gives: shapes.archivedShape },
  "user.restore": { summary: "Restore a removed user", gives: shapes.restoredShape },
  "user.purge": { summary: "Erase a removed user for good", gives: shapes.idShape },
  "invitation.send": { summary: "Send an invitation", gives: shapes.invitationShape },
  "invitation.revoke": { summary: "Revoke an invitation", gives: shapes.idShape },
  "session.end": { summary: "End a session", gives: shapes.ownerShape },
  "session.end_all": { summary: "End all sessions of a user", gives: shapes.endedSessionsShape },
  "client.generate": { summary: "Create a client", gives: shapes.issuedTokenShape },
  "client.confirm": { summary: "Confirm that a client's token is stored", gives: shapes.ownerShape },
  "client.deregister": { summary: "Deregister a client", gives: shapes.ownerShape },
  "client.disconnect": { summary: "End a client's tokens now", gives: shapes.ownerShape },
  "client.reregister": { summary: "Register a client again", gives: shapes.issuedTokenShape },
  "client.reprovision": { summary: "Provision a client again", gives: shapes.issuedTokenShape },
  "token.revoke": { summary: "Revoke an access token", gives: shapes.ownerShape },
  "group.create": { summary: "Create a group", gives: shapes.idShape },
  "group.update": { summary: "Update a group", gives: shapes.versionShape },
  "group.update_roles": { summary: "Set the roles of a group", gives: shapes.versionShape },
  "group.delete": { summary: "Delete a group", gives: shapes.deletedGroupShape },
  "group.add_member": { summary: "Add a member to a group", gives: shapes.namesShape },
  "group.remove_member": { summary: "Remove a member from a group", gives: shapes.namesShape },
  "role.create": { summary: "Create a role", gives: shapes.idShape },
  "role.update": { summary: "Update a role", gives: shapes.versionShape },
  "role.delete": { summary: "Delete a role", gives: shapes.idShape },
};
