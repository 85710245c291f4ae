"use client";
import { Command } from "cmdk";
import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { dialogLook } from "@/components/ui/dialog";
import { useReturnFocus } from "@/components/ui/focus";
import { isPlaceOnPage } from "@/components/ui/place-on-page";
import { leaving } from "@/components/ui/unsaved";
import { useAnswers } from "@/components/ui/use-answers";
import { isFound } from "@/lib/normalization/search";
import type { FoundKind } from "@/lib/shell/search";
import type { NavGroup } from "./navigation";
import { askSearch, usePlaces } from "./palette-answers";
import { actionLines, type PaletteActions, placeLines } from "./palette-lines";
import { Line, Section } from "./palette-parts";
import { ScreenIcon } from "./screen-icon";
import { endTypedAhead, typedAhead } from "./typed-ahead";

interface CommandPaletteProps extends PaletteActions {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The screens of the navigation, which are offered before anything is asked. */
  groups: NavGroup[];
}

/** From so many letters on the server is asked. */
const least = 2;

const kinds = [
  ["screen", "Screens"],
  ["action", "Actions"],
  ["setting", "Settings"],
] as const;

const found: Record<FoundKind["kind"], { heading: string; list: string }> = {
  people: { heading: "People", list: "/admin/users" },
  groups: { heading: "Groups", list: "/admin/groups" },
  roles: { heading: "Roles", list: "/admin/roles" },
  clients: { heading: "Clients", list: "/admin/clients" },
  "service accounts": { heading: "Service accounts", list: "/admin/service-accounts" },
};

/**
 * Ctrl K: whatever one may open or do, by its name. Screens, actions and settings are known at once; people, groups, roles, clients
 * and service accounts are asked of the server, once for each pause in typing.
 */
export function CommandPalette({ open, onOpenChange, groups, ...actions }: CommandPaletteProps) {
  const router = useRouter();
  const focus = useReturnFocus();
  const [query, setQuery] = useState(typedAhead);
  useEffect(endTypedAhead, []);
  const words = query.trim();
  const answers = useAnswers(words.length < least ? undefined : askSearch, words);
  const go = (href: string) =>
    leaving(() => (isPlaceOnPage(new URL(href, location.href)) ? location.assign(href) : router.push(href)));
  // A dialog opens once this one is gone and the focus is back, so that it gives it back as well.
  const afterwards = useRef(() => {});
  const onShortcuts = () => {
    afterwards.current = actions.onShortcuts;
  };
  const known = [...placeLines(usePlaces(open, groups), go), ...actionLines({ ...actions, onShortcuts })];
  // Settings are looked for by their names; all of them would hide the screens.
  const offered = words === "" ? known.filter(({ kind }) => kind !== "setting") : known;
  const byLabel = offered.filter(({ label }) => isFound(words, label));
  const byPlace = offered.filter(
    (line) => !byLabel.includes(line) && isFound(words, line.label, line.under ?? "", line.also ?? ""),
  );
  const fitting = [...byLabel, ...byPlace];
  const results = answers.found.reduce((sum, { things }) => sum + things.length, fitting.length);
  const { failed, current, asked } = answers;

  function close() {
    setQuery("");
    onOpenChange(false);
  }
  const choose = (act: () => void) => () => {
    close();
    act();
  };

  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid items-start justify-items-center bg-scrim px-4 pt-[12vh] data-[state=closed]:animate-leave data-[state=open]:animate-appear max-s:p-2">
          <Radix.Content
            data-raised=""
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              focus.remember();
              event.preventDefault();
              // Behind what is typed already: Radix would select it, and the next letter would replace it.
              const input = (event.target as Element).querySelector("input");
              input?.focus();
              input?.setSelectionRange(input.value.length, input.value.length);
            }}
            onCloseAutoFocus={(event) => {
              focus.giveBack(event);
              afterwards.current();
              afterwards.current = () => {};
            }}
            onKeyDown={(event) => {
              if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              close();
            }}
            className={cn(
              dialogLook,
              "max-w-[600px] max-s:max-h-[calc(100dvh-16px)]! max-s:rounded-xl! max-s:data-[state=open]:animate-rise!",
            )}
          >
            <Radix.Title className="sr-only">Search or jump</Radix.Title>
            <Command
              shouldFilter={false}
              loop
              vimBindings={false}
              label="Search or jump"
              className="flex min-h-0 flex-col"
            >
              <div className="flex flex-none items-center gap-2.5 border-b border-line pr-2 pl-4">
                <Search aria-hidden className="text-icon" />
                <Command.Input
                  value={query}
                  onValueChange={setQuery}
                  maxLength={200}
                  placeholder="People, screens, settings, actions"
                  className="h-12 min-w-0 flex-1 bg-transparent text-sm outline-none"
                />
                <Radix.Close asChild>
                  <Button variant="quiet" size="icon" aria-label="Close">
                    <X aria-hidden />
                  </Button>
                </Radix.Close>
              </div>
              <Command.List label="Results" className="max-h-[min(440px,60dvh)] overflow-auto p-1.5">
                {failed && current && (
                  <p role="alert" className="px-3 py-4 text-ui text-danger">
                    The search failed. Type again to retry.
                  </p>
                )}
                {!failed && current && results === 0 && (
                  <p className="px-3 py-6 text-center text-ui text-muted">Nothing matches "{words}".</p>
                )}
                {kinds
                  .map(([kind, heading]) => ({ heading, lines: fitting.filter((line) => line.kind === kind) }))
                  .filter(({ lines }) => lines.length > 0)
                  .map(({ heading, lines }) => (
                    <Section key={heading} heading={heading}>
                      {lines.map(({ key, label, under, note, icon, act }) => (
                        <Line key={key} value={key} onSelect={choose(act)} lead={icon} hint={note ?? under}>
                          {label}
                        </Line>
                      ))}
                    </Section>
                  ))}
                {answers.found.map(({ kind, things, more }) => (
                  <Section key={kind} heading={found[kind].heading}>
                    {things.map(({ id, label, hint, href, picture }) => (
                      <Line
                        key={`${asked} ${id}`}
                        value={id}
                        disabled={!current}
                        onSelect={choose(() => go(href))}
                        lead={
                          kind === "people" ? (
                            <Avatar id={id} name={label} picture={picture} size="s" />
                          ) : (
                            <ScreenIcon href={found[kind].list} />
                          )
                        }
                        hint={hint}
                      >
                        {label}
                      </Line>
                    ))}
                    {more && (
                      <Line
                        key={`${asked} all`}
                        value={`all ${kind}`}
                        disabled={!current}
                        onSelect={choose(() => go(more))}
                        lead={<Search aria-hidden />}
                      >
                        All {kind} that match "{asked}"
                      </Line>
                    )}
                  </Section>
                ))}
              </Command.List>
              <p role="status" className="sr-only">
                {words !== "" && current && `${results} ${results === 1 ? "result" : "results"}`}
              </p>
            </Command>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
