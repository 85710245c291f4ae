"use client";
import { type ReactNode, useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ClientState } from "@/lib/clients/queries";
import type { IssuedToken } from "@/lib/clients/token";

interface TokenStepsProps {
  issued: IssuedToken;
  state: ClientState | undefined;
  zone: string;
}

/** Token issued, waiting, registered: the middle one waits and turns by itself (C3), announced politely. */
export function TokenSteps({ issued, state, zone }: TokenStepsProps) {
  const outcome = outcomeOf(issued, state);
  const waited = useSeconds(outcome === "waiting");
  return (
    <ol
      aria-live="polite"
      className="grid overflow-hidden rounded-md border border-line s:grid-cols-[1fr_1.3fr_1fr] max-s:divide-y max-s:divide-line s:divide-x s:divide-line"
    >
      <Step
        hint={
          <>
            at <Time at={issued.issuedAt} zone={zone} now={issued.issuedAt} form="clock" />
          </>
        }
      >
        <Status tone="positive" icon="circle-check" className="font-medium">
          token issued
        </Status>
      </Step>
      {outcome === "waiting" && (
        <Step now hint={<Counter seconds={waited} />}>
          <Status tone="accent" icon="loader-circle" turning className="font-medium">
            waiting for first contact
          </Status>
        </Step>
      )}
      {outcome === "registered" && (
        <Step hint={<Counter seconds={waited} />}>
          <Status tone="positive" icon="circle-check" className="font-medium">
            first contact
          </Status>
        </Step>
      )}
      {outcome === "ended" && (
        <Step hint="deregistered, or a newer token">
          <Status tone="muted" icon="ban" className="font-medium">
            token no longer works
          </Status>
        </Step>
      )}
      <Step
        hint={outcome === "registered" ? "the token is used up" : outcome === "waiting" ? "appears automatically" : ""}
      >
        {outcome === "registered" ? (
          <Status tone="positive" icon="circle-check" className="font-medium">
            registered
          </Status>
        ) : (
          <Status tone="muted" icon="circle-dashed">
            registered
          </Status>
        )}
      </Step>
    </ol>
  );
}

export function outcomeOf({ token }: IssuedToken, state: ClientState | undefined): "waiting" | "registered" | "ended" {
  if (!state) return "waiting";
  if (state.status === "deregistered" || !token.endsWith(state.tokenLastFour)) return "ended";
  return state.awaiting ? "waiting" : "registered";
}

function Step({ now, hint, children }: { now?: boolean; hint: ReactNode; children: ReactNode }) {
  return (
    <li
      className={cn(
        "grid content-start gap-0.5 px-3 pt-2.5 pb-[11px] max-s:grid-cols-[1fr_auto] max-s:items-center max-s:py-2",
        now && "bg-accent-subtle",
      )}
    >
      {children}
      <span className="text-xs text-muted tabular-nums s:pl-5">{hint}</span>
    </li>
  );
}

/** Counted for the eye; read out only when somebody goes there. */
function Counter({ seconds }: { seconds: number }) {
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return (
    <span role="timer" aria-live="off">
      {minutes >= 60 ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}` : minutes}:{two(seconds % 60)}
    </span>
  );
}

/** Seconds since this was first drawn, while it counts. */
function useSeconds(counting: boolean): number {
  const [start] = useState(Date.now);
  const [now, setNow] = useState(start);
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [counting]);
  return Math.max(0, Math.floor((now - start) / 1000));
}
