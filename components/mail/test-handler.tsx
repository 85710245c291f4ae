"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ActionHandler } from "@/components/form/action-handler";
import type { PressedAction } from "@/components/form/late-action-button";
import { answerOf } from "@/components/ui/answer-of";
import { getOwnTestAction, sendTestAction } from "@/lib/mail/actions";

const askAgain = 1_000;
const giveUp = 45;

type TestHandlerProps = {
  pressed: PressedAction;
  /** How it went, in a sentence. */
  say: (sentence: string) => void;
};

/** Sends a real mail to the person and asks how it went. */
export function TestHandler({ pressed, say }: TestHandlerProps) {
  const router = useRouter();
  const [sent, setSent] = useState<{ id: string; address: string } | null>(null);

  useEffect(() => {
    if (!sent) return;
    let timer: number | undefined;
    let over = false;
    const { id, address } = sent;
    say(`Sending a test to ${address} …`);

    async function look(times: number) {
      const mail = await answerOf(getOwnTestAction({ id })).catch(() => null);
      if (over) return;
      if (mail && (mail.status !== "waiting" || mail.lastError)) {
        say(
          mail.status === "sent"
            ? `The test to ${address} was accepted.`
            : `Not sent: ${mail.lastError ?? "cancelled"}`,
        );
        router.refresh();
      } else if (times < giveUp) timer = window.setTimeout(() => void look(times + 1), askAgain);
      else say("The test is waiting in the outbox. Check the mail log later.");
    }

    void look(0);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [sent, router, say]);

  return <ActionHandler pressed={pressed} action={() => sendTestAction({})} onSuccess={setSent} />;
}
