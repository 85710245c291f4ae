"use client";
import { useEffect, useState } from "react";
import { answerTo } from "@/components/form/question";
import { answerSignIns, noteSomebodyElse } from "@/components/form/sign-in-again";
import { answerOf } from "@/components/ui/answer-of";
import { late } from "@/components/ui/late";
import { getSignedInAction } from "@/lib/account/actions";

const SignInAgainDialog = late(() => import("./sign-in-again-dialog").then((module) => module.SignInAgainDialog));

export type SignedIn = { id: string; name: string };
type Asked = { somebodyElse: SignedIn | null; answer: (signedIn: boolean) => void };

/** Windows notify each other here of who is signed in. */
const channel = "gatehouse-signed-in";

/**
 * Once on each page behind sign-in. When its session has ended under a form, or is somebody else's by now, asks the
 * person who opened the page to sign in again in a window of its own: every way of signing in, and every limit on it, is
 * the one of that page.
 */
export function SignInAgain({ person: { id, name } }: { person: SignedIn }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const answer = asked?.answer;

  useEffect(() => {
    async function ask(): Promise<boolean> {
      const found = await whoIsSignedIn(id);
      if (found?.id === id) return true;
      const answered = answerTo((answer) => setAsked({ somebodyElse: found, answer }));
      return answered.finally(() => setAsked(null));
    }
    return answerSignIns(ask);
  }, [id]);

  useEffect(() => {
    const windows = new BroadcastChannel(channel);
    windows.postMessage(id);
    windows.onmessage = ({ data }) => noteSomebodyElse(data !== id);
    return () => windows.close();
  }, [id]);

  useEffect(() => {
    if (!answer) return;
    const windows = new BroadcastChannel(channel);
    async function look() {
      const found = await whoIsSignedIn(id);
      if (found?.id === id) answer?.(true);
      else setAsked((before) => before && { ...before, somebodyElse: found });
    }
    windows.onmessage = look;
    window.addEventListener("focus", look);
    return () => {
      windows.close();
      window.removeEventListener("focus", look);
    };
  }, [answer, id]);

  return (
    asked && (
      <SignInAgainDialog
        name={name}
        somebodyElse={asked.somebodyElse?.name ?? null}
        onClose={() => asked.answer(false)}
      />
    )
  );
}

/** Null when nobody is, or when the server does not answer. */
async function whoIsSignedIn(me: string): Promise<SignedIn | null> {
  const found = await answerOf(getSignedInAction({})).catch(() => null);
  noteSomebodyElse(found !== null && found.id !== me);
  return found;
}
