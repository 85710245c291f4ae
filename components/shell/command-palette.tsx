"use client";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { dialogLook } from "@/components/ui/dialog";
import { leaving } from "@/components/ui/unsaved";
import { useAnswers } from "@/components/ui/use-answers";
import type { ActionResult } from "@/lib/http/action";
import { isFound } from "@/lib/normalization/search";
import type { NavGroup } from "./navigation";
import { ScreenIcon } from "./screen-icon";

export interface PaletteHit {
  id: string;
  label: string;
  hint?: string | undefined;
  href: string;
}

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: NavGroup[];
  search?: ((question: { q: string }) => Promise<ActionResult<PaletteHit[]>>) | undefined;
}

/** Ctrl K: screens by their names at once, people from two letters on. */
export function CommandPalette({ open, onOpenChange, groups, search }: CommandPaletteProps) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const words = query.trim();
  // People from two letters on; where they cannot be read, the screens stand alone in the list.
  const ask = search && words.length > 1 ? (q: string) => answerOf(search({ q })) : undefined;
  const { found: people, current, asked } = useAnswers(ask, words);
  const screens = groups.flatMap(({ items }) => items).filter(({ label }) => isFound(query, label));

  function go(href: string) {
    close();
    leaving(() => router.push(href));
  }
  function close() {
    setQuery("");
    onOpenChange(false);
  }

  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid items-start justify-items-center bg-scrim px-4 pt-[12vh] data-[state=closed]:animate-leave data-[state=open]:animate-appear max-s:pt-4">
          <Radix.Content
            data-raised=""
            aria-describedby={undefined}
            className={cn(dialogLook, "max-w-[560px] max-s:rounded-xl! max-s:data-[state=open]:animate-rise!")}
          >
            <Radix.Title className="sr-only">Search or jump</Radix.Title>
            <Command shouldFilter={false} loop label="Search or jump" className="flex min-h-0 flex-col">
              <div className="flex flex-none items-center gap-2.5 border-b border-line px-4">
                <Search aria-hidden className="text-icon" />
                <Command.Input
                  autoFocus
                  value={query}
                  onValueChange={setQuery}
                  placeholder={search ? "A screen, or a person's name" : "A screen"}
                  className="h-12 min-w-0 flex-1 bg-transparent text-sm outline-none"
                />
              </div>
              <Command.List className="max-h-[min(420px,60dvh)] overflow-auto p-1.5">
                {current && screens.length === 0 && people.length === 0 && (
                  <p className="px-3 py-6 text-center text-ui text-muted">Nothing matches "{query}".</p>
                )}
                {screens.length > 0 && (
                  <Section heading="Screens">
                    {screens.map((item) => (
                      <Line
                        key={item.href}
                        value={item.href}
                        onSelect={() => go(item.href)}
                        lead={<ScreenIcon href={item.href} />}
                      >
                        {item.label}
                      </Line>
                    ))}
                  </Section>
                )}
                {people.length > 0 && (
                  <Section heading="People">
                    {people.map((hit) => (
                      <Line
                        key={`${asked} ${hit.id}`}
                        value={hit.id}
                        disabled={!current}
                        onSelect={() => go(hit.href)}
                        lead={<Avatar id={hit.id} name={hit.label} size="s" />}
                        hint={hit.hint}
                      >
                        {hit.label}
                      </Line>
                    ))}
                  </Section>
                )}
              </Command.List>
            </Command>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface LineProps {
  value: string;
  disabled?: boolean;
  onSelect: () => void;
  lead: ReactNode;
  hint?: string | undefined;
  children: ReactNode;
}

function Line({ value, disabled, onSelect, lead, hint, children }: LineProps) {
  return (
    <Command.Item
      value={value}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-ui data-[selected=true]:bg-press coarse:min-h-11 [&>.lucide]:text-icon"
    >
      {lead}
      <span className="truncate">{children}</span>
      {hint && <span className="ml-auto truncate pl-3 text-xs text-muted">{hint}</span>}
    </Command.Item>
  );
}
