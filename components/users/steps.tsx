"use client";
import { Circle, CircleCheck, CircleDot } from "lucide-react";

type StepsProps = { labels: string[]; current: number; onChoose: (step: number) => void };

/** The steps of a wizard; those that are done can be opened again. */
export function Steps({ labels, current, onChoose }: StepsProps) {
  return (
    <ol
      aria-label="Steps"
      className="grid content-start gap-0.5 border-r border-line bg-canvas px-3 py-4 max-s:flex max-s:gap-1 max-s:overflow-x-auto max-s:border-r-0 max-s:border-b max-s:py-2"
    >
      {labels.map((label, step) => {
        const Icon = step < current ? CircleCheck : step === current ? CircleDot : Circle;
        return (
          <li key={label} aria-current={step === current ? "step" : undefined}>
            <button
              type="button"
              disabled={step > current}
              onClick={() => onChoose(step)}
              className="flex h-8 w-full items-center gap-2 rounded-md px-1.5 text-left text-ui whitespace-nowrap text-muted enabled:hover:text-ink in-aria-[current]:font-medium in-aria-[current]:text-ink"
            >
              <Icon aria-hidden className="size-3.5 stroke-2" />
              {label}
              {step < current && <span className="sr-only">, done</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
