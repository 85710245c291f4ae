"use client";
import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/class-names";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { waitFor } from "@/components/ui/waiting";
import { type Pairs, withQuery } from "@/lib/lists/search-params";
import type { Listed, ListKeys, Typed } from "./typed-filters";
import { type Change, useListQuery } from "./use-list-query";

let rules: typeof import("./typed-filters") | null = null;
/** Comes with the first focus: what a typed filter looks like, and the list beneath the field. */
const loadRules = () =>
  import("./typed-filters").then((module) => {
    rules = module;
    return module;
  });
const TypedFilters = late(() => loadRules().then((module) => module.TypedFilters));

interface SearchBoxProps {
  /** The list's address without a query. */
  action: string;
  /** The value in the address now. */
  value: string;
  /** Says what is searched, in so few words that a phone shows them: "Name, email or id". */
  placeholder: string;
  /** Other parts of the query to keep; leave the cursor out, a new search begins at the first page. */
  keep?: Pairs;
  /** The filters that can be typed into it, and what finds the values that only the server knows. */
  typed?: Typed;
  className?: string;
}

const unlisted: Listed = { filled: false, marked: undefined };

/**
 * A GET form that works without script; with it, the list follows 250 ms after the last key and the focus stays. A filter
 * that is typed, as `status:`, is chosen from a list below it, and what is searched is the rest (B5).
 */
export function SearchBox({ action, value, placeholder, keep = [], typed, className }: SearchBoxProps) {
  const router = useRouter();
  const change = useListQuery(keep);
  const [text, setText] = useState(value);
  const [pending, startTransition] = useTransition();
  const asked = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const [list, setList] = useState<"closed" | "typed" | "all">("closed");
  const [listed, setListed] = useState(unlisted);
  const keys = useRef<ListKeys>(null);
  const entered = useRef(false);
  const id = useId();

  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What was typed before the script came is in the field, and no listener has received it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins to listen
  useEffect(() => {
    const early = input.current?.value ?? value;
    if (early !== value) type(early);
  }, []);

  function ask(wanted: string, parts: Record<string, Change> = {}) {
    asked.current = wanted;
    const address = withQuery(action, change({ q: wanted ? [wanted] : [], ...parts }));
    startTransition(() => router.replace(address, { scroll: false }));
  }

  function go(next: string) {
    clearTimeout(timer.current);
    const wanted = next.trim();
    if (wanted !== asked.current) ask(wanted);
  }

  /** Without a filter that is half typed, which the rules know; they are asked only about what may be one. */
  function search(next: string) {
    if (!typed || !next.includes(":")) return go(next);
    const { fields } = typed;
    const still = (wanted: string) => input.current?.value === next && go(wanted);
    waitFor(loadRules()).then(
      ({ searchedIn }) => still(searchedIn(next, fields)),
      () => still(next),
    );
  }

  function type(next: string) {
    entered.current = false;
    setText(next);
    setList(document.activeElement === input.current ? "typed" : "closed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(next), 250);
  }

  function close() {
    entered.current = false;
    setList("closed");
  }

  function press(event: KeyboardEvent) {
    if (!typed || event.nativeEvent.isComposing) return;
    // A filter that is half typed is no search, also while its rules or its values are still being fetched.
    const early = !keys.current && !rules && list !== "closed" && event.key === "Enter" && text.includes(":");
    if (early) entered.current = true;
    if (early || keys.current?.press(event)) event.preventDefault();
    else if (keys.current && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !keys.current) {
      event.preventDefault();
      setList("all");
    }
  }

  return (
    <search className={cn("search-box", className)}>
      <form
        action={action}
        method="get"
        onSubmit={(event) => {
          event.preventDefault();
          setList("closed");
          clearTimeout(timer.current);
          if (list === "closed") go(text);
          else search(text);
        }}
      >
        {keep.map(([key, kept], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may occur several times in a query
          <input key={`${key}-${index}`} type="hidden" name={key} value={kept} />
        ))}
        {pending ? <LoaderCircle aria-hidden className="animate-turn" /> : <SpriteIcon name="search" />}
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
          {...(typed && {
            role: "combobox",
            "aria-autocomplete": "list" as const,
            "aria-expanded": listed.filled,
            "aria-controls": listed.filled ? id : undefined,
            "aria-activedescendant": listed.marked,
            "aria-description": "The down arrow lists the filters.",
            onFocus: () => void loadRules().catch(() => {}),
            onBlur: close,
            onKeyDown: press,
          })}
          onChange={(event) => type(event.target.value)}
          className="field"
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
          >
            <SpriteIcon name="x" />
          </button>
        )}
        {typed && list !== "closed" && (
          <TypedFilters
            {...typed}
            {...{ text, id, keys, entered }}
            every={list === "all"}
            onListed={setListed}
            onText={type}
            onPlain={() => {
              setList("closed");
              go(text);
            }}
            onChosen={(rest, wanted, parts) => {
              clearTimeout(timer.current);
              setText(rest);
              setList(wanted === rest ? "closed" : "typed");
              ask(wanted, parts);
            }}
          />
        )}
      </form>
    </search>
  );
}
