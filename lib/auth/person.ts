import { requireInForce } from "@/lib/auth/require-session";
import { loadAccess } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import type { Person } from "@/lib/authz/principal";
import type { Viewing } from "@/lib/authz/viewing";

type Known = { id: string; sessionId: string | null; access: Access; viewing?: Viewing | undefined };

/**
 * A person as an actor. `sessionId` is null where somebody acts for them later, as a job does: then their account has to be
 * active. What they hold is read again in each transaction; `viewing`: what the one whom they are viewing as holds.
 */
export const personActor = ({ id, sessionId, access, viewing }: Known): Person => ({
  kind: "person",
  id,
  sessionId,
  access,
  viewing,
  // Of `this`, so that a copy of the actor at another session is asked about that one.
  async renew(tx, at) {
    await requireInForce(this, tx, at);
    return loadAccess(tx, this.viewing?.personId ?? this.id, at);
  },
});
