"use client";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { proving } from "@/components/form/step-up";
import { Withdrawn } from "@/components/form/withdrawn";
import { useListRow } from "@/components/list/kept-rows";
import { toast } from "@/components/ui/toaster";
import { waitFor } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";
import { unanswered } from "./unanswered";

/**
 * Calls an action once at a time. `message` is the last refusal, until the next call. In a row of a list, `settled` is what
 * the row says where the action takes it from the list; one whose thing is gone in the meantime says "gone".
 */
export function useAction<Value, Input = void>(
  action: (input: Input) => Promise<ActionResult<Value>>,
  onSuccess?: (value: Value) => void,
  settled = "changed",
) {
  const router = useRouter();
  const row = useListRow();
  const [message, setMessage] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const running = useRef(false);

  function refuse(sentence: string) {
    setMessage(sentence);
    toast.error(sentence);
  }

  function run(input: Input): Promise<void> {
    if (running.current) return Promise.resolve();
    running.current = true;
    setMessage(null);
    const settle = row?.act();
    let done: string | null = null;
    return new Promise((resolve) => {
      startTransition(async () => {
        try {
          const result = await proving(() => waitFor(action(input)));
          if (result.ok) {
            done = settled;
            onSuccess?.(result.value);
          } else if (row && result.code === "not_found") {
            done = "gone";
            toast.info(result.message);
            router.refresh();
          } else refuse(result.message);
        } catch (error) {
          if (error instanceof Withdrawn) return;
          refuse(unanswered(error, "The server didn't respond. Try again."));
        } finally {
          running.current = false;
          settle?.(done);
          resolve();
        }
      });
    });
  }

  return { run, pending, message };
}
