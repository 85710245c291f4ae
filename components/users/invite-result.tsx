"use client";
import { peopleWords } from "@/components/access/preview-words";
import { Note } from "@/components/ui/note";

/** What a list came to: how many were invited, how many were there as invited, and what is left of it. */
export type InviteResult = { invited: number; already: number; left: { text: string; reason: string }[] };

const are = (count: number) => (count === 1 ? "is" : "are");

export function invitedWords({ invited, already }: InviteResult): string {
  const now = invited > 0 ? `${peopleWords(invited)} ${are(invited)} invited` : "";
  const before = already > 0 ? `${peopleWords(already)} ${are(already)} invited already` : "";
  return [now, before].filter(Boolean).join(", ") || "Nobody is invited";
}

/** Above the list, which then contains what is left of it. */
export function InviteResultNotes({ result }: { result: InviteResult }) {
  return (
    <>
      <Note tone="accent" role="status" title={`${invitedWords(result)}.`} />
      {result.left.length > 0 && (
        <Note tone="danger" role="alert" title="Not invited:">
          <ul className="mt-1 list-disc pl-4">
            {result.left.map(({ text, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is pasted may be there twice, and its place does not change
              <li key={at} className="wrap-anywhere">
                {text}: {reason}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
