import type { z } from "zod";
import { exampleIds } from "@/lib/api/example-words";
import * as shapes from "@/lib/api/shapes";

type CommandAnswer = {
  summary: string;
  gives: z.ZodObject;
  description?: string;
  /** What its example sends besides its required fields, and of these what has other words than in every example. */
  example?: Record<string, unknown>;
};

const { primaryRole } = exampleIds;

/** What a command that has a route answers, and what it does in a few words, by its key. */
export const commandAnswers: Record<string, CommandAnswer> = {
  "user.create": {
    summary: "Create a user",
    gives: shapes.createdUserShape,
    description: "Without `credentials`, an invitation link is created; it is mailed if mail is set up.",
    example: {
      username: "omar",
      email: "omar@northwind.example",
      firstName: "Omar",
      lastName: "Haddad",
      primaryRoleId: primaryRole,
    },
  },
  "user.update": {
    summary: "Update a user",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { lastName: "Baker" },
  },
  "user.update_access": {
    summary: "Set a user's memberships, and when roles and memberships end",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { memberships: [{ groupId: exampleIds.group, endsAt: "2099-12-31T18:00:00Z" }] },
  },
  "user.disable": {
    summary: "Disable a user",
    gives: shapes.disabledShape,
    description:
      "Ends sessions, clients' tokens and access tokens at once. With `until` the account works again from then on.",
    example: { until: "2099-12-31T18:00:00Z" },
  },
  "user.enable": { summary: "Enable a user", gives: shapes.idShape },
  "user.unlock": { summary: "Unlock a user", gives: shapes.idShape },
  "user.archive": {
    summary: "Remove a user",
    gives: shapes.archivedShape,
    description: "Each owned object gets a new owner, and the reports a new manager.",
    example: { owners: [], managerId: null },
  },
  "user.restore": { summary: "Restore a removed user", gives: shapes.restoredShape },
  "user.purge": {
    summary: "Permanently erase a removed user",
    gives: shapes.idShape,
    description: "The person's data in the log becomes unreadable. `username` must match the user.",
  },
  "invitation.send": { summary: "Send an invitation", gives: shapes.invitationShape },
  "invitation.revoke": { summary: "Revoke an invitation", gives: shapes.idShape },
  "password.revoke_link": { summary: "Revoke a link for a new password", gives: shapes.idShape },
  "session.end": { summary: "End a session", gives: shapes.ownerShape },
  "session.end_all": { summary: "End all sessions of a user", gives: shapes.endedSessionsShape },
  "client.generate": {
    summary: "Create a client",
    gives: shapes.issuedTokenShape,
    description: "The answer contains its one-time token. It is not shown again.",
    example: { name: "lab-rig-03" },
  },
  "client.confirm": { summary: "Confirm that a client's token is stored", gives: shapes.ownerShape },
  "client.rename": {
    summary: "Rename a client",
    gives: shapes.ownerShape,
    example: { name: "lab-rig-03" },
  },
  "client.delete": { summary: "Delete a deregistered client", gives: shapes.ownerShape },
  "client.deregister": { summary: "Deregister a client", gives: shapes.ownerShape },
  "client.disconnect": { summary: "End a client's tokens now", gives: shapes.ownerShape },
  "client.reregister": { summary: "Register a client again", gives: shapes.issuedTokenShape },
  "client.renew": { summary: "Replace the unused token of one's own client", gives: shapes.issuedTokenShape },
  "client.reprovision": { summary: "Provision a client again", gives: shapes.issuedTokenShape },
  "token.revoke": { summary: "Revoke an access token", gives: shapes.tokenHolderShape },
  "service_account.create": {
    summary: "Create a service account",
    gives: shapes.idShape,
    example: { name: "Release pipeline", ownerId: exampleIds.lead, roleIds: [] },
  },
  "service_account.update": {
    summary: "Update a service account",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { name: "Release pipeline of the product" },
  },
  "service_account.disable": { summary: "Disable a service account", gives: shapes.idShape },
  "service_account.enable": { summary: "Enable a service account", gives: shapes.idShape },
  "service_account.delete": { summary: "Delete a service account", gives: shapes.deletedAccountShape },
  "group.create": {
    summary: "Create a group",
    gives: shapes.idShape,
    example: { name: "Release", description: "Signs releases.", ownerId: exampleIds.lead },
  },
  "group.update": {
    summary: "Update a group",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { description: "Runs the regression suite every night." },
  },
  "group.update_roles": {
    summary: "Set the roles of a group",
    gives: shapes.versionShape,
    description: "The full list: roles that are left out are removed.",
  },
  "group.delete": { summary: "Delete a group", gives: shapes.deletedGroupShape },
  "group.add_member": {
    summary: "Add a member to a group",
    gives: shapes.namesShape,
    example: { endsAt: "2099-12-31T18:00:00Z" },
  },
  "group.remove_member": { summary: "Remove a member from a group", gives: shapes.namesShape },
  "resource.register": {
    summary: "Register or update a resource",
    gives: shapes.registeredShape,
    description: "The resource is identified by type and external id. Sending the same data again changes nothing.",
    example: { name: "Triage assistant of the product" },
  },
  "resource.update": {
    summary: "Update a resource",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { name: "Triage assistant of the product" },
  },
  "resource.delete": { summary: "Delete a resource", gives: shapes.idShape },
  "role.create": {
    summary: "Create a role",
    gives: shapes.idShape,
    example: { kind: "additional", name: "Log reader", operations: [{ operation: "audit.read", scope: "all" }] },
  },
  "role.update": {
    summary: "Update a role",
    gives: shapes.versionShape,
    description: "Fields that are not sent stay unchanged.",
    example: { description: "Reads the audit log of the product." },
  },
  "role.delete": { summary: "Delete a role", gives: shapes.idShape },
  "app_operation.declare": {
    summary: "Declare an operation of the product",
    gives: shapes.keyShape,
    example: { key: "report.release", sentence: "Release a report" },
  },
  "app_operation.remove": { summary: "Remove an operation that no role carries", gives: shapes.keyShape },
  "setting.update": {
    summary: "Change a setting",
    gives: shapes.keyShape,
    description: "It applies from the next request. Null restores the default.",
    example: { value: 6 },
  },
};
