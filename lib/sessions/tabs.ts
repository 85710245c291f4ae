import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import type { OperationKey } from "@/lib/operations";
import type { SessionTab } from "@/lib/sessions/paths";

const opens: Record<SessionTab, OperationKey> = { users: "session.read", clients: "client.read", locked: "user.read" };

/** The tabs of "Session Management" that the person may open, in their order. */
export const sessionTabs = ({ actor }: Ctx<Person>): SessionTab[] =>
  (Object.keys(opens) as SessionTab[]).filter((tab) => holdsBeyondSelf(actor.access, opens[tab]));
