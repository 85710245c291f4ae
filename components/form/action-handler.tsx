"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { fetchQuestion, type PressedAction } from "@/components/form/late-action-button";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { ActionResult } from "@/lib/http/action";

const ConfirmDialog = late(() => fetchQuestion().then((module) => module.ConfirmDialog));

export interface Confirmation {
  title: string;
  /** A sentence that says what will happen. */
  body: ReactNode;
  label: string;
  danger?: boolean;
}

export interface ActionHandlerProps<Value> {
  pressed: PressedAction;
  action: () => Promise<ActionResult<Value>>;
  confirm?: Confirmation | undefined;
  /** What the row says where this takes it from its list, as "ended". */
  settled?: string | undefined;
  onSuccess?: ((value: Value) => void) | undefined;
}

/** What a `LateActionButton` does at each press: its action, or first its question. */
export function ActionHandler<Value>({ pressed, action, confirm, settled, onSuccess }: ActionHandlerProps<Value>) {
  const { button, press, show } = pressed;
  const { run, pending, message } = useAction(action, onSuccess, settled);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const heard = useRef(0);
  const opener = useRef(button);
  const busy = pending && !asking;

  useEffect(() => {
    // Strict mode runs effects twice.
    if (heard.current === press) return;
    heard.current = press;
    opener.current = button;
    if (!confirm) return void run();
    setAsked(true);
    setAsking(true);
  });
  useEffect(() => show({ busy, message }), [show, busy, message]);

  return (
    confirm &&
    asked && (
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => !pending && setAsking(open)}
        title={confirm.title}
        body={confirm.body}
        opener={opener}
        confirm={
          <Button
            variant={confirm.danger ? "danger" : "primary"}
            aria-busy={pending || undefined}
            onClick={async () => {
              await run();
              setAsking(false);
            }}
          >
            {confirm.label}
          </Button>
        }
      />
    )
  );
}
