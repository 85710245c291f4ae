import type { ReactNode } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { ClientRow } from "@/lib/clients/queries";

type NoticedAlarmsProps = {
  client: Pick<ClientRow, "tokenReusedAt" | "copiedAt">;
  /** The button that gives it a new token; null where none is beside it. */
  renewal: string | null;
};

/** What was noticed of a client that somebody else may hold (C11). */
export function NoticedAlarms({ client: { tokenReusedAt, copiedAt }, renewal }: NoticedAlarmsProps) {
  const offer = renewal && ` ${renewal} gives a new one.`;
  return (
    <>
      {tokenReusedAt && (
        <Alarm tone="danger">
          token used twice{offer && <span className="text-muted">: somebody else may have it.{offer}</span>}
        </Alarm>
      )}
      {copiedAt && (
        <Alarm tone="danger">
          runs in two places{offer && <span className="text-muted">: its folder was copied.{offer}</span>}
        </Alarm>
      )}
    </>
  );
}

export function Alarm({ tone = "warning", children }: { tone?: "warning" | "danger"; children: ReactNode }) {
  return (
    <span className={`flex items-start gap-1.5 text-xs ${tone === "danger" ? "text-danger" : "text-warning"}`}>
      <SpriteIcon name="triangle-exclamation-point" className="mt-px size-3.5 stroke-2" />
      <span>{children}</span>
    </span>
  );
}
