import { declareList, type FiltersOf } from "@/lib/lists/declare-list";
import { activeClients, activeUsers, lockedUsers } from "@/lib/sessions/declarations";

/** The lists of "Session Management". Each begins with its latest moment. */
export const activeUserList = declareList(activeUsers);
export const activeClientList = declareList(activeClients);
export const lockedUserList = declareList(lockedUsers);

export const sessionLists = { users: activeUserList, clients: activeClientList, locked: lockedUserList };

export type SessionFilters = FiltersOf<typeof activeUserList>;
export const readSessionFilters = activeUserList.read;
