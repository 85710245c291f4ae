import { connectionLooks } from "@/components/clients/client-status";
import { cn } from "@/components/ui/class-names";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { connectionWords } from "@/lib/clients/connection";

/** The thresholds as a sentence under the list. */
export function ConnectionLegend() {
  return (
    <ul aria-label="Connection states" className="flex flex-wrap gap-x-5 gap-y-1.5 px-0.5 pt-3 text-xs text-muted">
      {connectionWords.map(([connection, meaning]) => {
        const { icon } = connectionLooks[connection];
        return (
          <li key={connection} className="inline-flex items-center gap-1.5">
            <SpriteIcon
              name={icon === "dot" ? "circle" : icon}
              className={cn("size-3 stroke-2", icon === "dot" && "fill-current")}
            />
            <b>{connection}</b> {meaning}
          </li>
        );
      })}
    </ul>
  );
}
