"use client";
import { useEffect, useState } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { Note } from "@/components/ui/note";
import { Skeleton } from "@/components/ui/skeleton";
import { deviceOf } from "@/lib/sessions/device";
import { getEndPreviewAction } from "@/lib/users/actions";
import type { EndPreview } from "@/lib/users/leaving-preview";

/** What ends with somebody's access when it ends now: shown in the form before it is saved. */
export function EndsNow({ user }: { user: { id: string; firstName: string } }) {
  const [preview, setPreview] = useState<EndPreview | "failed" | null>(null);

  useEffect(() => {
    let current = true;
    answerOf(getEndPreviewAction({ id: user.id })).then(
      (answer) => current && setPreview(answer),
      () => current && setPreview("failed"),
    );
    return () => {
      current = false;
    };
  }, [user.id]);

  if (preview === null) return <Skeleton className="h-16!" />;
  if (preview === "failed")
    return (
      <Note tone="danger" role="alert">
        The preview could not be loaded. Choose "Ends now" again.
      </Note>
    );
  return (
    <Note tone="warning" title={`"Update" ends the access of ${user.firstName} immediately`}>
      <ul aria-label="What ends" className="list-disc pl-4">
        {linesOf(preview).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Note>
  );
}

function linesOf({ sessions, clients, tokens, roles }: EndPreview): string[] {
  const devices = [...new Set(sessions.map(({ agent }) => deviceOf(agent)))].join(", ");
  const names = clients.map(({ name }) => name).join(", ");
  const several = (things: unknown[]) => things.length > 1;
  return [
    sessions.length === 0
      ? "No open sessions."
      : `${sessions.length} ${several(sessions) ? "sessions end" : "session ends"}: ${devices}.`,
    clients.length === 0
      ? "No provisioned clients."
      : `${clients.length} ${several(clients) ? "clients pause" : "client pauses"}: ${names}.`,
    ...(tokens.length === 0
      ? []
      : [
          `${tokens.length} access ${several(tokens) ? "tokens end" : "token ends"}: ${tokens.map(({ name }) => name).join(", ")}.`,
        ]),
    `No longer in force: ${roles.join(", ")}.`,
  ];
}
