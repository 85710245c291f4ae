import { Circle } from "lucide-react";
import { connectionLooks } from "@/components/clients/client-status";
import { cn } from "@/components/ui/class-names";
import { connectionWords } from "@/lib/clients/connection";

/** The thresholds as a sentence under the list. */
export function ConnectionLegend() {
  return (
    <ul aria-label="Connection states" className="flex flex-wrap gap-x-5 gap-y-1.5 px-0.5 pt-3 text-xs text-muted">
      {connectionWords.map(([connection, meaning]) => {
        const { icon } = connectionLooks[connection];
        const Icon = icon === "dot" ? Circle : icon;
        return (
          <li key={connection} className="inline-flex items-center gap-1.5">
            <Icon aria-hidden className={cn("size-3 stroke-2", icon === "dot" && "fill-current")} />
            <b>{connection}</b> {meaning}
          </li>
        );
      })}
    </ul>
  );
}
