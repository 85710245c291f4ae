"use client";
import { ActionHandler, type Confirmation } from "@/components/form/action-handler";
import type { PressedAction } from "@/components/form/late-action-button";
import {
  deregisterClientAction,
  renewTokenAction,
  reprovisionClientAction,
  reregisterClientAction,
} from "@/lib/clients/actions";
import type { ClientVerb } from "@/lib/clients/policy";
import type { ClientRow } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

/** Those that give a new token. */
const issuing = {
  reprovision: reprovisionClientAction,
  renew: renewTokenAction,
  reregister: reregisterClientAction,
};

interface ClientHandlerProps {
  pressed: PressedAction;
  verb: ClientVerb | "renew";
  client: Pick<ClientRow, "id" | "name" | "status">;
  onIssued: (token: IssuedToken) => void;
}

/** What a button of a client does, by C4. */
export function ClientHandler({ pressed, verb, client, onIssued }: ClientHandlerProps) {
  const { id } = client;
  const confirm = questionOf(verb, client);
  if (verb === "deregister")
    return <ActionHandler pressed={pressed} confirm={confirm} action={() => deregisterClientAction({ id })} />;
  return (
    <ActionHandler pressed={pressed} confirm={confirm} action={() => issuing[verb]({ id })} onSuccess={onIssued} />
  );
}

/** Nothing is asked for one's own token that nobody has used: there is nothing to lose (C9). */
function questionOf(
  verb: ClientHandlerProps["verb"],
  { name, status }: ClientHandlerProps["client"],
): Confirmation | undefined {
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
