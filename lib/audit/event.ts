import type { ActorKind, Outcome, TargetKind } from "@/db/enums";

/** An event as it is read back: with its values where they still exist, and with the names that people have today. */
export type LoggedEvent = {
  id: string;
  at: Date;
  operation: string;
  outcome: Outcome;
  /** `name` is null for somebody who has been purged; `visible` when the reader may open the person. */
  actor: {
    kind: ActorKind;
    id: string | null;
    name: string | null;
    visible: boolean;
    picture?: string | undefined;
  };
  person: { id: string; name: string | null; visible: boolean; picture?: string | undefined } | null;
  target: { kind: TargetKind; id: string | null; name: string | null };
  requestId: string | null;
  /** Ids of people whom its reason names beside `person`. */
  named: string[];
  /** By path: `change.<field>`, `fact.<name>`, `token`, `maker`, `account`, `address`, `agent`. */
  values: Record<string, unknown>;
  /** The event committed to values that a purge or retention has erased. */
  erased: boolean;
};
