import { accountOperations, emailOperations } from "@/lib/account/operations";
import { appOperationOperations } from "@/lib/app-operations/operations";
import { auditOperations } from "@/lib/audit/operations";
import { clientOperations } from "@/lib/clients/operations";
import { factorOperations } from "@/lib/factors/operations";
import { groupOperations } from "@/lib/groups/operations";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import { invitationOperations } from "@/lib/invitations/operations";
import type { Operation } from "@/lib/kernel/operation";
import { mailOperations } from "@/lib/mail/operations";
import { passwordOperations } from "@/lib/passwords/operations";
import { resourceOperations } from "@/lib/resources/operations";
import { roleOperations } from "@/lib/roles/operations";
import { serviceAccountOperations } from "@/lib/service-accounts/operations";
import { sessionOperations } from "@/lib/sessions/operations";
import { settingOperations } from "@/lib/settings/operations";
import { setupOperations } from "@/lib/setup/operations";
import { tokenOperations } from "@/lib/tokens/operations";
import { userOperations } from "@/lib/users/operations";
import { viewOperations } from "@/lib/views/operations";

/** The catalogue: the operations of every noun, in the order in which lists show them. */
export const operations = {
  ...accountOperations,
  ...userOperations,
  ...invitationOperations,
  ...passwordOperations,
  ...emailOperations,
  ...factorOperations,
  ...clientOperations,
  ...tokenOperations,
  ...serviceAccountOperations,
  ...sessionOperations,
  ...groupOperations,
  ...resourceOperations,
  ...roleOperations,
  ...appOperationOperations,
  ...auditOperations,
  ...settingOperations,
  ...mailOperations,
  ...viewOperations,
  ...identityProviderOperations,
  ...setupOperations,
};

export type OperationKey = keyof typeof operations;
export type GrantingOperation = {
  [K in OperationKey]: (typeof operations)[K] extends { grants: true } ? K : never;
}[OperationKey];

export const operationKeys = Object.keys(operations) as OperationKey[];

export const operationOf = (key: OperationKey): Operation => operations[key];

export const isOperation = (key: string): key is OperationKey => Object.hasOwn(operations, key);

/** What roles can carry: an operation that its own proof opens, or that takes everything, is given by no role. */
export const carriedKeys = operationKeys.filter((key) => operationOf(key).scopes.length > 0 && !takesEverything(key));

export const everythingKeys = operationKeys.filter(takesEverything);

export function takesEverything(key: string): boolean {
  return isOperation(key) && operationOf(key).everything === true;
}
