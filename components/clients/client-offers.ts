import type { Decision } from "@/lib/authz/decision";
import type { ClientAbilities } from "@/lib/clients/queries";

/** What the viewer may do, be it not now. */
export const isOffered = (decision: Decision) => decision.ok || decision.code === "precondition";

/** Whether anything is left for "More actions" of a client. */
export const hasClientMenu = (abilities: Pick<ClientAbilities, "rename" | "delete">) =>
  isOffered(abilities.rename) || isOffered(abilities.delete);
