"use client";
import { ChevronDown, CircleHelp, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore, useTransition } from "react";
import type { Packed } from "@/components/list/packed";
import { buttonLook } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { late } from "@/components/ui/late";
import type { AskedOperation } from "@/lib/access/asked-operations";
import { type Explanation, type WhyAddress, whyHref, whyLinkId } from "@/lib/access/explanation";
import { DecisionBand, WhyAnswer } from "./why-answer";
import { WhyQuestion } from "./why-question";

const WhyDialog = late(() => import("./why-dialog").then((module) => module.WhyDialog));

type WhyPanelProps = {
  base: string;
  address: WhyAddress;
  /** Null while nothing is asked: the panel is closed. */
  answer: Explanation | null;
  operations: Packed<AskedOperation[]>;
};

const keptUpTo = 4;

/**
 * "Why?" beside the list, or from the bottom on narrow screens. The question is in the address; the answers
 * before stay below.
 */
export function WhyPanel({ base, address, answer, operations }: WhyPanelProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const narrow = useNarrow();
  const earlier = useEarlier(answer);
  const heading = useFocusThereAndBack(answer);
  const decision = useId();
  const closeHref = whyHref(base, { ...address, why: null, on: null, group: null });

  function go(href: string) {
    startTransition(() => router.push(href, { scroll: false }));
  }

  if (!answer) return null;
  const body = (
    <>
      <WhyQuestion
        answer={answer}
        operations={operations}
        onAsk={(change) => go(whyHref(base, { ...address, ...change }))}
      />
      <div role="status" aria-label="Answer" aria-busy={pending} className={cn(pending && "opacity-60")}>
        <div id={decision}>
          <DecisionBand answer={answer} />
        </div>
        <WhyAnswer answer={answer} />
      </div>
      {earlier.map((before) => (
        <Earlier key={keyOf(before)} answer={before}>
          <WhyAnswer answer={before} />
        </Earlier>
      ))}
    </>
  );
  if (narrow) return <WhyDialog onClose={() => go(closeHref)}>{body}</WhyDialog>;
  return (
    <aside
      aria-label="Why?"
      data-raised=""
      data-print="hide"
      className="sticky top-4 max-h-[calc(100dvh-32px)] w-[388px] flex-none overflow-auto rounded-lg border border-line-strong bg-raised shadow-lift-2 max-m:hidden"
    >
      <header className="flex items-center gap-2 border-b border-line py-2.5 pr-2 pl-4">
        <CircleHelp aria-hidden className="text-icon" />
        <h2 ref={heading} tabIndex={-1} aria-describedby={decision} className="rounded-sm text-sm font-semibold">
          Why?
        </h2>
        <a
          href={closeHref}
          data-keeps-scroll=""
          aria-label="Close"
          className={cn(buttonLook({ variant: "quiet", size: "icon" }), "ml-auto")}
        >
          <X aria-hidden />
        </a>
      </header>
      {body}
    </aside>
  );
}

function Earlier({ answer, children }: { answer: Explanation; children: ReactNode }) {
  return (
    <details className="group border-t border-line">
      <summary className="relative list-none -outline-offset-2">
        <DecisionBand answer={answer} before />
        <ChevronDown
          aria-hidden
          className="absolute right-1 bottom-0.5 size-3 stroke-2 text-icon group-open:rotate-180 motion-safe:transition-transform"
        />
      </summary>
      {children}
    </details>
  );
}

const keyOf = ({ person, operation, on, group }: Explanation) =>
  [person.id, operation.key, on?.id, group?.id].join(" ");

/** After "Why?" the focus moves to the heading, and later back. A page that came with an answer takes no focus. */
function useFocusThereAndBack(answer: Explanation | null) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(answer);
  useEffect(() => {
    const before = last.current;
    last.current = answer;
    const { activeElement } = document;
    const asked = answer && document.getElementById(whyLinkId(answer.operation.key));
    if (answer && asked && asked === activeElement && (!before || keyOf(before) !== keyOf(answer)))
      heading.current?.focus();
    else if (before && !answer && activeElement === document.body)
      document.getElementById(whyLinkId(before.operation.key))?.focus();
  }, [answer]);
  return heading;
}

/** The answers before this one, the newest first; each question once. */
function useEarlier(answer: Explanation | null): Explanation[] {
  const [kept, setKept] = useState<Explanation[]>([]);
  const last = useRef<Explanation | null>(answer);
  useEffect(() => {
    const before = last.current;
    if (!answer) return;
    last.current = answer;
    if (!before || keyOf(before) === keyOf(answer)) return;
    setKept((known) => [before, ...known.filter((one) => keyOf(one) !== keyOf(before))].slice(0, keptUpTo + 1));
  }, [answer]);
  return answer ? kept.filter((one) => keyOf(one) !== keyOf(answer)).slice(0, keptUpTo) : [];
}

const narrowQuery = "(width <= 1040px)";

function watch(changed: () => void) {
  const query = window.matchMedia(narrowQuery);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

const useNarrow = () =>
  useSyncExternalStore(
    watch,
    () => window.matchMedia(narrowQuery).matches,
    () => false,
  );
