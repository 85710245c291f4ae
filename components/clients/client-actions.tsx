"use client";
import { ActionButton, type Confirmation } from "@/components/form/action-button";
import {
  deregisterClientAction,
  renewTokenAction,
  reprovisionClientAction,
  reregisterClientAction,
} from "@/lib/clients/actions";
import { type ClientVerb, verbsOf } from "@/lib/clients/policy";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

interface ClientActionsProps {
  client: ClientRow;
  abilities: ClientAbilities;
  /** `opener`: the id of the button that was pressed. */
  onIssued: (token: IssuedToken, opener: string) => void;
}

const labels: Record<ClientVerb, string> = {
  reprovision: "Reprovision",
  deregister: "Deregister",
  reregister: "Reregister",
};

/** Those that give a new token. */
const issuing = {
  reprovision: reprovisionClientAction,
  deregister: null,
  reregister: reregisterClientAction,
} satisfies Record<ClientVerb, unknown>;

/** Exactly the buttons of C4, in their order; what the viewer may never do here is left out (C9). */
export function ClientActions({ client, abilities, onIssued }: ClientActionsProps) {
  const renews = client.awaiting && abilities.renew.ok;
  const decisions = { ...abilities, reprovision: renews ? abilities.renew : abilities.reprovision };
  const offered = verbsOf(client.status).filter((verb) => {
    const decision = decisions[verb];
    return decision.ok || decision.code === "precondition";
  });
  return offered.map((verb) => {
    const decision = decisions[verb];
    const renewing = renews && verb === "reprovision";
    // Deregister and Reregister are one button in two states: the focus stays on it when it turns.
    const id = `client-${client.id}-${verb === "reprovision" ? "renew" : "turn"}`;
    const shared = {
      size: "s" as const,
      id,
      className: "max-s:flex-1",
      reason: decision.ok ? undefined : decision.reason,
      input: { id: client.id },
      // Of one's own that nobody has used there is nothing to lose: one step (C9).
      confirm: renewing ? undefined : questionOf(verb, client),
    };
    const issue = renewing ? renewTokenAction : issuing[verb];
    return issue ? (
      <ActionButton key={id} {...shared} action={issue} onSuccess={(token) => onIssued(token, id)}>
        {labels[verb]}
      </ActionButton>
    ) : (
      <ActionButton key={id} {...shared} action={deregisterClientAction}>
        {labels[verb]}
      </ActionButton>
    );
  });
}

function questionOf(verb: ClientVerb, { name, status }: ClientRow): Confirmation | undefined {
  if (verb === "deregister")
    return {
      title: `Deregister ${name}?`,
      body: "Its next request is refused. You can reregister it at any time.",
      label: "Deregister",
      danger: true,
    };
  if (verb === "reprovision")
    return {
      title: `Reprovision ${name}?`,
      body: `Its ${status === "provisioned" ? "unused token" : "credential"} stops working now, and it stays offline until the new token is used.`,
      label: "Reprovision",
      danger: true,
    };
}
