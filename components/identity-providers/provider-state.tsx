import { Status, type StatusLook } from "@/components/ui/status";
import type { ProviderState as State } from "@/lib/identity-providers/schema";

const looks: Record<State, StatusLook> = {
  draft: { tone: "muted", icon: "circle-dashed" },
  tested: { tone: "accent", icon: "flask-conical" },
  enabled: { tone: "positive", icon: "circle-check" },
  disabled: { tone: "muted", icon: "ban" },
};

export function ProviderState({ state, look }: { state: State; look?: "plain" | "pill" }) {
  return (
    <Status {...looks[state]} look={look}>
      {state}
    </Status>
  );
}
