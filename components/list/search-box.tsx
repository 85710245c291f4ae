"use client";
import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/class-names";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { ShownFilter } from "@/lib/lists/filter-fields";
import type { Choice } from "@/lib/lists/filters";
import { type Pairs, withQuery } from "@/lib/lists/search-params";
import type { Listed, ListKeys } from "./typed-filters";
import { type Typing, tokenOf, typingIn } from "./typing-in";
import { useListQuery } from "./use-list-query";

const loadFilters = () => import("./typed-filters");
const TypedFilters = late(() => loadFilters().then((module) => module.TypedFilters));

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
  typed?: { fields: readonly ShownFilter[]; searches: Record<string, (query: string) => Promise<Choice[]>> };
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
  const typing = typed && list !== "closed" ? (typingIn(text, typed.fields) ?? everyName(list, text)) : null;

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

  function go(next: string) {
    clearTimeout(timer.current);
    const wanted = next.trim();
    if (wanted === asked.current) return;
    asked.current = wanted;
    const address = withQuery(action, change({ q: wanted ? [wanted] : [] }));
    startTransition(() => router.replace(address, { scroll: false }));
  }

  function type(next: string) {
    entered.current = false;
    setText(next);
    setList(document.activeElement === input.current ? "typed" : "closed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(searchedIn(next)), 250);
  }

  /** Without the filter that is being typed, and those before it, as when several were pasted. */
  function searchedIn(next: string): string {
    const begun = typed && typingIn(next, typed.fields);
    return begun?.stage === "value" ? searchedIn(begun.rest) : next;
  }

  function choose({ name }: ShownFilter, choice: Choice, rest: string) {
    clearTimeout(timer.current);
    const wanted = searchedIn(rest);
    setText(rest);
    setList(wanted === rest ? "closed" : "typed");
    asked.current = wanted;
    const parts = { q: wanted ? [wanted] : [], [name]: (held: string[]) => [...new Set([...held, choice.id])] };
    const address = withQuery(action, change(parts));
    startTransition(() => router.replace(address, { scroll: false }));
  }

  function close() {
    entered.current = false;
    setList("closed");
  }

  function press(event: KeyboardEvent) {
    if (!typed || event.nativeEvent.isComposing) return;
    // A filter that is half typed is no search, also while its values are still being fetched.
    const early = !keys.current && typing?.stage === "value" && event.key === "Enter";
    if (early) entered.current = true;
    if (early || (typing && keys.current?.press(event))) event.preventDefault();
    else if (typing && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !typing) {
      event.preventDefault();
      setList("all");
    }
  }

  return (
    <search className={cn("w-[300px] max-w-full max-s:w-auto max-s:min-w-48 max-s:flex-1", className)}>
      <form
        action={action}
        method="get"
        onSubmit={(event) => {
          event.preventDefault();
          setList("closed");
          go(text);
        }}
        className="relative"
      >
        {keep.map(([key, kept], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may occur several times in a query
          <input key={`${key}-${index}`} type="hidden" name={key} value={kept} />
        ))}
        {pending ? (
          <LoaderCircle
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -mt-2 animate-turn text-icon"
          />
        ) : (
          <SpriteIcon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -mt-2 text-icon" />
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
          {...(typed && {
            role: "combobox",
            "aria-autocomplete": "list" as const,
            "aria-expanded": listed.filled,
            "aria-controls": listed.filled ? id : undefined,
            "aria-activedescendant": listed.marked,
            "aria-description": "The down arrow lists the filters.",
            onFocus: () => void loadFilters().catch(() => {}),
            onBlur: close,
            onKeyDown: press,
          })}
          onChange={(event) => type(event.target.value)}
          className="field px-8! [&::-webkit-search-cancel-button]:hidden"
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
            <SpriteIcon name="x" className="size-3.5 stroke-2" />
          </button>
        )}
        {typed && typing && (
          <TypedFilters
            key={typing.stage === "value" ? typing.field.name : ""}
            {...typed}
            {...{ typing, id, keys, entered }}
            onListed={setListed}
            onName={(field) => type(`${typing.rest} ${tokenOf(field)}`.trimStart())}
            onValue={(field, choice) => choose(field, choice, typing.rest)}
          />
        )}
      </form>
    </search>
  );
}

/** Asked for by the arrow down: every filter, beside whatever is searched. */
const everyName = (list: "typed" | "all", text: string): Typing | null =>
  list === "all" ? { stage: "name", rest: text.trim(), part: "" } : null;
