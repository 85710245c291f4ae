import type { ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import type { IconName } from "@/components/ui/sprite-icon";

interface ListEmptyProps {
  /** `nothing-yet`: what it is for and its first action. `nothing-found`: what was searched and how to widen. */
  kind: "nothing-yet" | "nothing-found";
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  icon?: IconName;
}

/** Shown in the panel in place of the table. */
export function ListEmpty({ kind, title, children, actions, icon }: ListEmptyProps) {
  return (
    <div role="status">
      <Empty
        icon={icon ?? (kind === "nothing-yet" ? "inbox" : "search")}
        title={title}
        actions={actions}
        className="py-12!"
      >
        {children}
      </Empty>
    </div>
  );
}
