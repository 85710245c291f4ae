import { appOperationList } from "@/lib/app-operations/filters";
import { servedEvents } from "@/lib/audit-log/queries";
import { servedAllClients } from "@/lib/clients/all";
import { servedClients } from "@/lib/clients/queries";
import { servedCredentials } from "@/lib/credentials/list";
import { servedGroups } from "@/lib/groups/list";
import { servedMembers } from "@/lib/groups/members";
import { providerList } from "@/lib/identity-providers/filters";
import { servedMails } from "@/lib/mail/queries";
import { servedResources } from "@/lib/resources/list";
import { roleList } from "@/lib/roles/filters";
import { servedAccounts } from "@/lib/service-accounts/list";
import { servedActiveClients } from "@/lib/sessions/active-clients";
import { servedActiveUsers } from "@/lib/sessions/active-users";
import { servedLockedUsers } from "@/lib/sessions/locked-users";
import { servedTokens } from "@/lib/tokens/queries";
import { servedUsers } from "@/lib/users/list";

/** Every list that is served by pages. For edges that reach every list, and for tests. */
export const servedLists = {
  users: servedUsers,
  groups: servedGroups,
  members: servedMembers,
  resources: servedResources,
  clients: servedClients,
  allClients: servedAllClients,
  tokens: servedTokens,
  serviceAccounts: servedAccounts,
  activeUsers: servedActiveUsers,
  activeClients: servedActiveClients,
  lockedUsers: servedLockedUsers,
  mails: servedMails,
  events: servedEvents,
  credentials: servedCredentials,
};

/** Those that fit on one page. */
export const wholeLists = [roleList, appOperationList, providerList];
