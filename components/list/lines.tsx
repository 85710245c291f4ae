import type { ReactNode } from "react";
import { KeptList } from "./kept-rows";
import { PanelRows } from "./panel-rows";
import { rowsOf } from "./rows-of";

interface LinesProps {
  /** Names the list for those who do not see it, where the panel's heading does not. */
  label?: string;
  /** Shown where there is no line. */
  empty?: ReactNode;
  children: ReactNode;
}

/** The lines of a panel whose actions may take one of them from the list; the children have keys. */
export function Lines({ label, empty, children }: LinesProps) {
  return (
    <KeptList empty={empty}>
      <PanelRows rows={rowsOf(children)} label={label} />
    </KeptList>
  );
}
