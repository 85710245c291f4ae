"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useAnswers } from "@/components/ui/use-answers";
import type { Choice } from "@/lib/lists/filters";
import { isFound } from "@/lib/normalization/search";
import type { Change } from "./use-list-query";

export interface FilterChoicesProps {
  /** "Group" */
  label: string;
  chosen: Choice[];
  choices?: readonly Choice[] | undefined;
  search?: ((query: string) => Promise<Choice[]>) | undefined;
  /** The address of the list with one more, or fewer, chosen. */
  change: (ids: Change) => string;
}

/** A list to tick from; every tick is an address. With `search` only the server knows what can be chosen. */
export function FilterChoices({ label, chosen, choices, search, change }: FilterChoicesProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useState("");
  const input = useRef<HTMLInputElement>(null);
  // The list is loaded when it is first opened, after the popover has looked for something to focus.
  useEffect(() => input.current?.focus(), []);
  const [picked, setPicked] = useState(chosen);
  const { found, failed, current, asked } = useAnswers(search, query);
  const fitting = search ? found : (choices ?? []).filter((choice) => isFound(query, choice.label));
  const listed = query ? fitting : [...picked, ...fitting.filter(({ id }) => !picked.some((held) => held.id === id))];
  const inOrder = search ? listed : query ? fitting : (choices ?? []);

  function toggle(choice: Choice) {
    const others = picked.filter(({ id }) => id !== choice.id);
    const added = others.length === picked.length;
    setPicked(added ? [...picked, choice] : others);
    // Others may have been chosen while the page that was asked for last is on its way.
    const next = (held: string[]) => [...held.filter((id) => id !== choice.id), ...(added ? [choice.id] : [])];
    startTransition(() => router.replace(change(next), { scroll: false }));
  }

  return (
    <Command shouldFilter={false} label={label} aria-busy={pending}>
      <Command.Input
        ref={input}
        value={query}
        onValueChange={setQuery}
        placeholder={`Search ${label.toLowerCase()}`}
        className="h-9 w-full border-b border-line bg-transparent px-3 text-ui outline-none"
      />
      <Command.List className="max-h-64 overflow-auto p-1">
        {failed && current && (
          <p role="alert" className="px-2 py-3 text-ui text-danger">
            The list could not be loaded. Type again to retry.
          </p>
        )}
        {!failed && current && inOrder.length === 0 && query && (
          <p className="px-2 py-3 text-ui text-muted">Nothing matches "{query}".</p>
        )}
        {inOrder.map((choice) => {
          const on = picked.some(({ id }) => id === choice.id);
          return (
            <Command.Item
              key={`${asked} ${choice.id}`}
              value={choice.id}
              disabled={!current}
              onSelect={() => toggle(choice)}
              className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-ui data-[selected=true]:bg-press coarse:min-h-10"
            >
              <span className="grid size-4 flex-none place-items-center">
                {on && <Check aria-hidden className="text-accent-ink" />}
              </span>
              <span className="min-w-0 flex-1 truncate">
                {choice.label} {choice.hint && <span className="ml-1 text-xs text-muted">{choice.hint}</span>}
              </span>
              {on && <span className="sr-only">chosen</span>}
            </Command.Item>
          );
        })}
      </Command.List>
    </Command>
  );
}
