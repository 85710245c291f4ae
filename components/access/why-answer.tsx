"use client";
import { Ban, Check, CircleCheck, CircleHelp, KeyRound, type LucideIcon, Shield, Users } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { type Reading, useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import type { Explanation, Path, Step, Suggestion, Words } from "@/lib/access/explanation";

const bands = {
  allowed: { look: "bg-positive-subtle text-positive", Icon: CircleCheck, word: "Allowed" },
  depends: { look: "bg-accent-subtle text-accent-ink", Icon: CircleHelp, word: "Held" },
  denied: { look: "bg-danger-subtle text-danger", Icon: Ban, word: "Denied" },
};

/** The decision as a band: colour, icon and word; `before` names the question as well. */
export function DecisionBand({ answer, before }: { answer: Explanation; before?: boolean }) {
  const { look, Icon, word } = bands[answer.outcome];
  const target = answer.on?.name ?? answer.group?.name;
  return (
    <p className={cn("flex min-h-9 items-center gap-2 px-4 py-2 text-ui font-medium", look)}>
      <Icon aria-hidden />
      <span className="min-w-0 wrap-break-word">
        {word}
        {before && (
          <>
            : <code className="font-mono text-xs">{answer.operation.key}</code>
            {target && ` on ${target}`}
          </>
        )}
      </span>
      <span className="ml-auto flex-none text-xs font-normal text-ink-2">
        {before ? "asked before" : sideWords(answer)}
      </span>
    </p>
  );
}

function sideWords({ outcome, paths }: Explanation): string {
  if (outcome === "depends") return "on whom decides";
  if (outcome === "denied") return "";
  return paths.length === 1 ? "1 path" : `${paths.length} paths, either is enough`;
}

/** Every path that grants it as a chain, or why not and what would. */
export function WhyAnswer({ answer }: { answer: Explanation }) {
  const reading = useReading();
  return (
    <div className="grid gap-3.5 px-4 py-3.5 text-ui/[18px]">
      {answer.why && <p className="text-ink-2">{answer.why}</p>}
      {answer.outcome === "depends" && (
        <p className="text-ink-2">
          {answer.voice.who} {answer.voice.self ? "hold" : "holds"} it.{" "}
          {answer.operation.takes === "person" ? "Choose a person" : "Choose what it is used on"} to see whether it
          applies.
        </p>
      )}
      {answer.paths.map((path, index) => (
        <PathChain
          // biome-ignore lint/suspicious/noArrayIndexKey: paths have no name, and are drawn once
          key={index}
          path={path}
          title={pathTitle(path, index, reading)}
          works={answer.outcome !== "denied"}
        />
      ))}
      {answer.notes.map((note) => (
        <p key={note} className="text-xs text-muted">
          {note}
        </p>
      ))}
      {answer.suggestions.length > 0 && <Suggestions answer={answer} />}
      {answer.outcome === "denied" && answer.suggestions.length === 0 && answer.decision.ok === false && (
        <p className="text-muted">No single change would grant it.</p>
      )}
    </div>
  );
}

function pathTitle({ via, until }: Path, index: number, { zone, form }: Reading): string {
  const end = until ? `, until ${exactTime(new Date(until), zone, form)}` : "";
  return `Path ${index + 1}, ${via === "group" ? "through a group" : "direct"}${end}`;
}

const glyphs: Record<Step["kind"], LucideIcon> = { group: Users, role: Shield, operation: KeyRound, fact: Check };

function PathChain({ path, title, works }: { path: Path; title: string; works: boolean }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      <ol>
        {path.steps.map(({ kind, words }, index) => {
          const Icon = glyphs[kind];
          const end = works && index === path.steps.length - 1;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name, and are drawn once
              key={index}
              className="relative grid min-h-[30px] grid-cols-[20px_1fr] items-center gap-2.5 not-first:before:absolute not-first:before:-top-[7px] not-first:before:left-[9.5px] not-first:before:h-3.5 not-first:before:w-px not-first:before:bg-line-strong"
            >
              <span
                className={cn(
                  "relative z-1 grid size-5 place-items-center rounded-md [&>.lucide]:size-3 [&>.lucide]:stroke-2",
                  end ? "bg-positive-subtle text-positive" : "bg-press text-ink-2",
                )}
              >
                <Icon aria-hidden />
              </span>
              <span className="min-w-0 wrap-break-word">
                <Sentence words={words} />
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Sentence({ words }: { words: Words }) {
  return words.map((word, index) => {
    if (typeof word === "string") return word;
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, drawn once
    if ("strong" in word) return <b key={index}>{word.strong}</b>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, drawn once
      <code key={index} className="font-mono text-xs">
        {word.code}
      </code>
    );
  });
}

function Suggestions({ answer: { suggestions, alone } }: { answer: Explanation }) {
  const these = suggestions.length === 1 ? "this would grant it:" : "any one of these would grant it:";
  return (
    <section aria-label="What would grant it" className="grid gap-2">
      <h3 className="font-normal text-ink-2">
        {alone ? these.replace(/^./, (letter) => letter.toUpperCase()) : `Once the account is in force, ${these}`}
      </h3>
      <ul className="grid gap-1.5">
        {suggestions.map((suggestion) => (
          <SuggestionItem key={suggestion.steps.join()} suggestion={suggestion} />
        ))}
      </ul>
    </section>
  );
}

function SuggestionItem({ suggestion: { steps, effect, mayViewer, href, label, makers } }: { suggestion: Suggestion }) {
  const reason = mayViewer.ok ? undefined : mayViewer.reason;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2.5 gap-y-1 rounded-md border border-line px-3 py-2.5">
      <div className={cn("min-w-0 wrap-break-word", mayViewer.ok ? "font-medium text-ink" : "text-muted")}>
        {steps.length === 1 ? (
          steps[0]
        ) : (
          <ol className="list-inside list-decimal">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <p className="mt-0.5 text-xs font-normal text-muted">{effect}</p>
      </div>
      <LinkButton size="s" href={href} reason={reason} aria-label={`${label}: ${steps.join(", then ")}`}>
        {label}
      </LinkButton>
      {reason && (
        <p className="col-span-2 text-xs text-muted">
          {reason} {makers && makersWords(makers)}
        </p>
      )}
    </li>
  );
}

function makersWords({ people, roles }: NonNullable<Suggestion["makers"]>): string {
  const list = (names: string[], word: string) =>
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
  if (people.length > 0)
    return `${list(
      people.map(({ name }) => name),
      "and",
    )} can.`;
  return roles.length > 0 ? `Somebody with ${list(roles, "or")} can.` : "";
}
