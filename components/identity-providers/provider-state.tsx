import { Ban, CircleCheck, CircleDashed, FlaskConical, type LucideIcon } from "lucide-react";
import { Status, type Tone } from "@/components/ui/status";
import type { ProviderState as State } from "@/lib/identity-providers/schema";

const looks: Record<State, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "muted", icon: CircleDashed },
  tested: { tone: "accent", icon: FlaskConical },
  enabled: { tone: "positive", icon: CircleCheck },
  disabled: { tone: "muted", icon: Ban },
};

export function ProviderState({ state, look }: { state: State; look?: "plain" | "pill" }) {
  return (
    <Status {...looks[state]} look={look}>
      {state}
    </Status>
  );
}
