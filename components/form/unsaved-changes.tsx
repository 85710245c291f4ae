"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { dropDraftsOfOthers } from "@/components/form/draft";
import { answerTo } from "@/components/form/question";
import { clickedLink } from "@/components/ui/clicked-link";
import { late } from "@/components/ui/late";
import { answerLeaving, hasUnsaved, leaving } from "@/components/ui/unsaved";

const DiscardDialog = late(() => import("./discard-dialog").then((module) => module.DiscardDialog));

const PersonContext = createContext<string | null>(null);

/** The id of the signed-in person; null on a page of signed-out people. */
export const usePerson = () => useContext(PersonContext);

type Asked = { answer: (discard: boolean) => void };

/** Once around everything behind sign-in, and asks before unsaved edits are lost. */
export function UnsavedChanges({ person, children }: { person: string; children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const router = useRouter();

  useEffect(() => dropDraftsOfOthers(person), [person]);
  useEffect(() => answerLeaving(() => answerTo((answer) => setAsked({ answer })).finally(() => setAsked(null))), []);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = hasUnsaved() ? linkAway(event) : null;
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      // A menu may be gone by then, and the link with it.
      leaving(() => (link.isConnected ? link.click() : router.push(link.href)));
    };
    // Before React hears the click: the link would navigate.
    window.addEventListener("click", onClick, true);
    return () => window.removeEventListener("click", onClick, true);
  }, [router]);

  return (
    <PersonContext value={person}>
      {children}
      {asked && <DiscardDialog onAnswer={asked.answer} />}
    </PersonContext>
  );
}

/** The link that this click follows away from the edits. */
function linkAway(event: MouseEvent): HTMLAnchorElement | null {
  const link = clickedLink(event);
  if (!link || link.dataset.keepsDraft !== undefined) return null;
  const stays = link.href.split("#")[0] === window.location.href.split("#")[0];
  return stays ? null : link;
}
