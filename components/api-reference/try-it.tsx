"use client";
import { type FormEvent, useId, useState } from "react";
import { type Answer, ask, bodyField, dryRunField } from "@/components/api-reference/ask";
import { usePastedToken } from "@/components/api-reference/pasted-token";
import { Button } from "@/components/ui/button";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import type { ReferenceEntry } from "@/lib/api/reference";

export type Tried = Pick<ReferenceEntry, "id" | "method" | "path" | "body" | "fields">;

/** Sends a request with the pasted token, and shows what comes. */
export function TryIt({ entry }: { entry: Tried }) {
  const { method, path, body, fields } = entry;
  const token = usePastedToken();
  const id = useId();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const writes = method !== "GET";

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!token || busy) return;
    setBusy(true);
    setAnswer(await ask(entry, new FormData(event.currentTarget), token));
    setBusy(false);
  }

  return (
    <form onSubmit={send} aria-label={`Try ${method} ${path}`} className="grid gap-3 rounded-md border border-line p-3">
      {fields.length > 0 && (
        <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
          {fields.map(({ name, place, required, example }) => (
            <div key={`${place} ${name}`} className="grid min-w-0 gap-1">
              <label htmlFor={`${id} ${name}`} className="text-xs font-medium">
                {name} {!required && <span className="font-normal text-muted">optional</span>}
              </label>
              <Input
                id={`${id} ${name}`}
                name={`${place} ${name}`}
                placeholder={example ?? undefined}
                autoComplete="off"
                className="font-mono s:text-xs"
              />
            </div>
          ))}
        </div>
      )}
      {body !== null && (
        <div className="grid gap-1">
          <label htmlFor={`${id}-body`} className="text-xs font-medium">
            Body
          </label>
          <textarea
            id={`${id}-body`}
            name={bodyField}
            defaultValue={body}
            rows={Math.min(12, body.split("\n").length + 1)}
            spellCheck={false}
            className="field h-auto! resize-y py-2 font-mono leading-[18px]! s:text-xs/[18px]"
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {writes && (
          <CheckLine
            name={dryRunField}
            defaultChecked
            label="Dry run"
            hint="Shows what would change, without changing it."
          />
        )}
        <Button
          type="submit"
          className="ml-auto max-s:w-full"
          reason={token ? undefined : "Paste an access token at the top of the page first."}
          showReason
        >
          {busy ? "Sending" : "Send"}
        </Button>
      </div>
      <div role="status">
        {answer && (
          <p className="text-ui">
            <b className={answer.ok ? "text-positive" : "text-danger"}>{answer.status}</b>{" "}
            <code className="font-mono text-xs wrap-anywhere text-muted">{answer.asked}</code>
          </p>
        )}
      </div>
      {answer && (
        <pre className="rounded-md bg-sunken p-3 font-mono text-xs/[18px] wrap-anywhere whitespace-pre-wrap">
          {[...answer.headers.map(([name, value]) => `${name}: ${value}`), "", answer.body].join("\n")}
        </pre>
      )}
    </form>
  );
}
