import type { ClientStatus, ShownStatus } from "@/db/enums";
import { type Decision, notNow, yes } from "@/lib/authz/decision";

/** What can be done with a client, in the order of its buttons. */
export const clientVerbs = ["reprovision", "deregister", "reregister"] as const;
export type ClientVerb = (typeof clientVerbs)[number];

/** C4, exactly: what each status offers. Nothing else is offered, and everything else is refused. */
const offered: Record<ClientStatus, readonly ClientVerb[]> = {
  provisioned: ["reprovision", "deregister"],
  registered: ["reprovision", "deregister"],
  deregistered: ["reregister"],
};

const issuesToken: Record<ClientVerb, boolean> = { reprovision: true, deregister: false, reregister: true };

/** `ended`: nobody has disabled them, but their access has ended, which counts as disabled. */
export type Owner = { name: string; status: ShownStatus; ended: boolean };

export const verbsOf = (status: ClientStatus) => offered[status];

/** Whether the state of the client and of its owner allow this now. */
export function mayChange(verb: ClientVerb, client: { name: string; status: ClientStatus }, owner: Owner): Decision {
  if (!offered[client.status].includes(verb)) return notNow(wrongState(verb, client));
  return issuesToken[verb] ? mayIssueToken(owner) : yes;
}

/** C9: only a token that nobody has used can have been lost unused. */
export function mayRenew({ name, status, awaiting }: Renewable, owner: Owner): Decision {
  if (status === "deregistered") return notNow(wrongState("reprovision", { name, status }));
  return awaiting ? mayIssueToken(owner) : notNow(`${name} has used its token.`);
}

type Renewable = { name: string; status: ClientStatus; awaiting: boolean };

/** C13: only a client with a key has tokens that could be ended. */
export function mayDisconnect({ name, status }: { name: string; status: ClientStatus }): Decision {
  return status === "registered" ? yes : notNow(`${name} is ${status}: it has no tokens to end.`);
}

/** C15: what could still be used is deregistered first, so that its next call says why it is refused. */
export function mayDelete({ name, status }: { name: string; status: ClientStatus }): Decision {
  return status === "deregistered" ? yes : notNow(`${name} is ${status}. Deregister it first.`);
}

/** A token for somebody who has been removed could never be used (C10). Disabled people's clients are only paused. */
export function mayIssueToken(owner: Owner): Decision {
  if (owner.status !== "archived") return yes;
  return notNow(`${owner.name} has been removed. Restore the user first.`);
}

const wrongState = (verb: ClientVerb, { name, status }: { name: string; status: ClientStatus }): string =>
  ({
    reprovision: `${name} is deregistered. Reregister it instead: that gives it a new token.`,
    deregister: `${name} is already deregistered.`,
    reregister: `${name} is ${status}. Only a deregistered client can be reregistered.`,
  })[verb];

/** Why a client of this owner is refused, or null while it is not: C10 in the words of the row. */
export function pausedBy(owner: Owner): string | null {
  if (owner.ended) return `paused: the access of ${owner.name} has ended`;
  if (owner.status === "disabled") return `paused: ${owner.name} is disabled`;
  if (owner.status === "archived") return `stopped: ${owner.name} has been removed`;
  return null;
}
