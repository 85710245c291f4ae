"use client";
import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { answerOf } from "@/components/ui/answer-of";
import { getOwnTestAction, sendTestAction } from "@/lib/mail/actions";

type Sent = { id: string; address: string };

const askAgain = 1_000;
const giveUp = 45;

/** Sends a real mail to the person and says how it went. */
export function TestButton({ reason }: { reason: string | undefined }) {
  const [sent, setSent] = useState<Sent | null>(null);
  const sentence = useOutcome(sent);
  return (
    <>
      <span role="status" className="max-w-[420px] text-xs text-muted">
        {sentence}
      </span>
      <ActionButton size="s" action={sendTestAction} input={{}} reason={reason} onSuccess={setSent}>
        <Send aria-hidden />
        Send me a test
      </ActionButton>
    </>
  );
}

function useOutcome(sent: Sent | null): string {
  const router = useRouter();
  const [sentence, setSentence] = useState("");

  useEffect(() => {
    if (!sent) return;
    let timer: number | undefined;
    let over = false;
    const { id, address } = sent;
    setSentence(`Sending a test to ${address} …`);

    async function look(times: number) {
      const mail = await answerOf(getOwnTestAction({ id })).catch(() => null);
      if (over) return;
      if (mail && (mail.status !== "waiting" || mail.lastError)) {
        setSentence(
          mail.status === "sent"
            ? `The test to ${address} was accepted.`
            : `Not sent: ${mail.lastError ?? "cancelled"}`,
        );
        router.refresh();
      } else if (times < giveUp) timer = window.setTimeout(() => void look(times + 1), askAgain);
      else setSentence("The test is waiting in the outbox. Check the mail log later.");
    }

    void look(0);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [sent, router]);

  return sentence;
}
