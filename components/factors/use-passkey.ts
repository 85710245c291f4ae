"use client";
import { useEffect, useRef, useState } from "react";
import { givePasskey } from "@/components/factors/ceremony";
import type { Assertion } from "@/lib/factors/schema";
import type { ActionResult } from "@/lib/http/action";

type Asked = Awaited<ReturnType<typeof import("@/lib/factors/passkeys").askPasskey>>;

type Options<Value> = {
  ask: () => Promise<ActionResult<Asked>>;
  send: (given: Assertion) => Promise<ActionResult<Value>>;
  onSuccess: (value: Value) => void;
};

/** Asks the browser for a passkey and sends what it signed. `possible` is false once the browser is known to have none. */
export function usePasskey<Value>({ ask, send, onSuccess }: Options<Value>) {
  const [possible, setPossible] = useState(true);
  const [pending, setPending] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const running = useRef(false);

  useEffect(() => setPossible("PublicKeyCredential" in window), []);

  async function attempt(): Promise<string | null> {
    const asked = await ask();
    if (!asked.ok) return asked.message;
    const response = await givePasskey(asked.value.options);
    if (!response) return "No passkey was used. Try again, or use another way.";
    const sent = await send({ challengeId: asked.value.challengeId, response });
    if (!sent.ok) return sent.message;
    onSuccess(sent.value);
    return null;
  }

  async function run() {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setMessage(null);
    setMessage(await attempt().catch(() => "The browser or the server did not answer. Try again."));
    setPending(false);
    running.current = false;
  }

  return { run, possible, pending, message };
}
