"use client";
import { LoaderCircle, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/class-names";
import { fieldLook } from "@/components/ui/input";
import { type Pairs, withQuery } from "@/lib/lists/search-params";
import { useListQuery } from "./use-list-query";

interface SearchBoxProps {
  /** The list's address without a query. */
  action: string;
  /** What stands in the address now. */
  value: string;
  /** Says what is searched: "Name, user name, email or id". */
  placeholder: string;
  /** Other parts of the query to keep; leave the cursor out, a new search begins at the first page. */
  keep?: Pairs;
  className?: string;
}

/** A GET form that works without script; with it, the list follows 250 ms after the last key and the focus stays. */
export function SearchBox({ action, value, placeholder, keep = [], className }: SearchBoxProps) {
  const router = useRouter();
  const change = useListQuery(keep);
  const [text, setText] = useState(value);
  const [pending, startTransition] = useTransition();
  const asked = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What was typed before the script came stands in the field, and nobody has heard of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins to listen
  useEffect(() => {
    const early = input.current?.value ?? value;
    if (early !== value) type(early);
  }, []);

  function go(next: string) {
    clearTimeout(timer.current);
    const wanted = next.trim();
    if (wanted === asked.current) return;
    asked.current = wanted;
    const address = withQuery(action, change({ q: wanted ? [wanted] : [] }));
    startTransition(() => router.replace(address, { scroll: false }));
  }

  function type(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(next), 250);
  }

  return (
    <search className={cn("w-[300px] max-w-full max-s:w-auto max-s:flex-1", className)}>
      <form
        action={action}
        method="get"
        onSubmit={(event) => {
          event.preventDefault();
          go(text);
        }}
        className="relative"
      >
        {keep.map(([key, kept], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand several times in a query
          <input key={`${key}-${index}`} type="hidden" name={key} value={kept} />
        ))}
        {pending ? (
          <LoaderCircle
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -mt-2 animate-turn text-icon"
          />
        ) : (
          <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 -mt-2 text-icon" />
        )}
        <input
          ref={input}
          type="search"
          name="q"
          value={text}
          placeholder={placeholder}
          aria-label="Search"
          title={placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => type(event.target.value)}
          className={cn(fieldLook, "px-8! [&::-webkit-search-cancel-button]:hidden")}
        />
        {text && (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => {
              setText("");
              go("");
              input.current?.focus();
            }}
            className="absolute inset-y-0 right-0.5 my-auto grid size-8 place-items-center rounded-md text-icon outline-offset-[-4px] hover:text-ink"
          >
            <X aria-hidden className="size-3.5 stroke-2" />
          </button>
        )}
      </form>
    </search>
  );
}
