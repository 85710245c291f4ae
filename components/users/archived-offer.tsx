"use client";
import { LinkButton } from "@/components/ui/button";

/**
 * Where a chosen name belongs to an archived user whom one may restore, the way to them (U7). It is taken in place of the
 * edits, so it does not ask; they stay as a draft.
 */
export function ArchivedOffer({ details }: { details: unknown }) {
  const archived = archivedOf(details);
  if (!archived) return null;
  return (
    <LinkButton href={`/admin/users/${archived.id}`} size="s" data-keeps-draft="">
      Open {archived.name}
    </LinkButton>
  );
}

function archivedOf(details: unknown): { id: string; name: string } | null {
  if (typeof details !== "object" || details === null || !("archived" in details)) return null;
  return (details.archived as { id: string; name: string } | undefined) ?? null;
}
