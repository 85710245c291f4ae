"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Note } from "@/components/ui/note";
import type { FormProblem } from "./problem";

interface ErrorSummaryProps {
  /** From useActionForm; nothing is drawn while it is null. */
  problem: FormProblem | null;
  /** Words for fields, as { firstName: "First Name" }; a field without one is shown as its sentence alone. */
  labels?: Record<string, string>;
  actions?: ReactNode;
}

/** Above the form, takes the focus when there is no field to give it to, and links to what is wrong. */
export function ErrorSummary({ problem, labels = {}, actions }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.entries(problem?.fields ?? {});
  const saysItAll = fields.length === 1 && fields[0]?.[1] === problem?.message;

  useEffect(() => {
    if (problem && Object.keys(problem.fields).length === 0) box.current?.focus();
  }, [problem]);

  if (!problem) return null;
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Note tone="danger" role="alert" title={saysItAll ? undefined : problem.message} actions={actions}>
        {problem.ref && (
          <>
            Reference <span className="font-mono">{problem.ref}</span>.
          </>
        )}
        {fields.length > 0 && (
          <ul className={saysItAll ? undefined : "mt-1 list-disc pl-4"}>
            {fields.map(([name, sentence]) => (
              <li key={name}>
                <button
                  type="button"
                  className="link text-left align-top"
                  onClick={(event) => focusField(event.currentTarget, name)}
                >
                  {labels[name] ? `${labels[name]}: ${sentence}` : sentence}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Note>
    </div>
  );
}

function focusField(from: HTMLElement, name: string) {
  const root = from.closest("form") ?? document;
  const control = root.querySelector<HTMLElement>(
    `[name="${CSS.escape(name)}"]:not([type="hidden"]), #${CSS.escape(name)}`,
  );
  control?.focus();
}
