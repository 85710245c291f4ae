import { fetchQuestion, LateActionButton } from "@/components/form/late-action-button";
import { late } from "@/components/ui/late";
import { type ClientVerb, verbsOf } from "@/lib/clients/policy";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

const loadHandler = () => import("@/components/clients/client-handler");
const fetchHandler = () => Promise.all([loadHandler(), fetchQuestion()]);
const ClientHandler = late(() => loadHandler().then((module) => module.ClientHandler));

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
    // Deregister and Reregister are one button in two states: the focus stays on it when it turns.
    const id = `client-${client.id}-${verb === "reprovision" ? "renew" : "turn"}`;
    return (
      <LateActionButton
        key={id}
        id={id}
        size="s"
        className="max-s:flex-1"
        reason={decision.ok ? undefined : decision.reason}
        fetchHandler={fetchHandler}
        handler={(pressed) => (
          <ClientHandler
            pressed={pressed}
            verb={renews && verb === "reprovision" ? "renew" : verb}
            client={client}
            onIssued={(token) => onIssued(token, id)}
          />
        )}
      >
        {labels[verb]}
      </LateActionButton>
    );
  });
}
