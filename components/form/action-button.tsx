"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useId, useRef, useState, useTransition } from "react";
import { useReadOnly } from "@/components/form/read-only";
import { proving } from "@/components/form/step-up";
import { Withdrawn } from "@/components/form/withdrawn";
import { useListRow } from "@/components/list/kept-rows";
import { Button, type ButtonProps, described } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { toast } from "@/components/ui/toaster";
import { waitFor } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";
import { unanswered } from "./unanswered";

const fetchDialog = () => import("@/components/ui/confirm-dialog");
const ConfirmDialog = late(() => fetchDialog().then((module) => module.ConfirmDialog));

export interface Confirmation {
  title: string;
  /** A sentence that says what will happen. */
  body: ReactNode;
  label: string;
  danger?: boolean;
}

type ActionButtonProps<Input, Value> = Omit<ButtonProps, "onClick" | "type"> & {
  action: (input: Input) => Promise<ActionResult<Value>>;
  input: Input;
  children: ReactNode;
  confirm?: Confirmation;
  /** What the row says where this takes it from its list, as "ended". */
  settled?: string;
  onSuccess?: (value: Value) => void;
};

/** A button that does one thing at once, or after a question. A refusal is a toast and a sentence beside the button. */
export function ActionButton<Input, Value>(props: ActionButtonProps<Input, Value>) {
  const { action, input, children, confirm, settled, onSuccess, ...rest } = props;
  const { run, pending, message } = useAction(action, onSuccess, settled);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const pressed = useRef<HTMLButtonElement>(null);
  // On its way before it is asked for: a key that follows at once would otherwise still reach the page.
  const near = confirm ? () => void fetchDialog() : undefined;
  const errorId = useId();
  const readOnly = useReadOnly();

  async function proceed() {
    await run(input);
    setAsking(false);
  }

  return (
    <>
      <Button
        {...rest}
        reason={rest.reason ?? readOnly}
        aria-busy={(pending && !asking) || undefined}
        {...(message && described(rest["aria-description"], message, errorId))}
        onPointerEnter={near}
        onFocus={near}
        onClick={({ detail, currentTarget }) => {
          // The second click of a double click is not another request, whatever is there by then.
          if (detail > 1) return;
          if (!confirm) return void proceed();
          pressed.current = currentTarget;
          setAsked(true);
          setAsking(true);
        }}
      >
        {children}
      </Button>
      {message && (
        <span id={errorId} className="text-xs text-danger">
          {message}
        </span>
      )}
      {confirm && asked && (
        <ConfirmDialog
          open={asking}
          onOpenChange={(open) => !pending && setAsking(open)}
          title={confirm.title}
          body={confirm.body}
          opener={pressed}
          confirm={
            <Button variant={confirm.danger ? "danger" : "primary"} aria-busy={pending || undefined} onClick={proceed}>
              {confirm.label}
            </Button>
          }
        />
      )}
    </>
  );
}

/**
 * Calls an action once at a time. `message` is the last refusal, until the next call. In a row of a list, `settled` is what
 * the row says where the action takes it from the list; one whose thing is gone in the meantime says "gone".
 */
export function useAction<Input, Value>(
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
