"use client";
import { type KeyboardEvent, type RefObject, useEffect, useImperativeHandle, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { useAnswers } from "@/components/ui/use-answers";
import type { ShownFilter } from "@/lib/lists/filter-fields";
import type { Choice } from "@/lib/lists/filters";
import { isFound } from "@/lib/normalization/search";
import { begins, searchedIn, type Typing, tokenOf, typingIn } from "./typing-in";
import type { Change } from "./use-list-query";

export { searchedIn };

/** What a search field asks of its list: whether a key was for the list. */
export type ListKeys = { press: (event: KeyboardEvent) => boolean };
/** What it says about its list: whether there is something in it, and the id of the marked line. */
export type Listed = { filled: boolean; marked: string | undefined };

/** The filters that can be typed into a search, and what finds the values that only the server knows. */
export type Typed = {
  fields: readonly ShownFilter[];
  searches: Record<string, (query: string) => Promise<Choice[]>>;
};

type TypedFiltersProps = Typed & {
  /** The text of the field. */
  text: string;
  /** Asked for by the arrow down: every filter, beside whatever is searched. */
  every: boolean;
  id: string;
  keys: RefObject<ListKeys | null>;
  /** Whether Enter was pressed before there was something to choose: then the first value is chosen as soon as it is there. */
  entered: RefObject<boolean>;
  onListed: (listed: Listed) => void;
  /** Stands in the field from now on. */
  onText: (text: string) => void;
  /** Enter was pressed on what is no filter. */
  onPlain: () => void;
  /** `rest` becomes the text of the field, `wanted` is searched, and `parts` of the query change. */
  onChosen: (rest: string, wanted: string, parts: Record<string, Change>) => void;
};

/** Below a search field: the filters whose names begin like this, or the values of the filter that is being typed. */
export function TypedFilters(props: TypedFiltersProps) {
  const { text, every, fields, entered, onText, onPlain, onChosen } = props;
  const typing: Typing | null =
    typingIn(text, fields) ?? (every ? { stage: "name", rest: text.trim(), part: "" } : null);
  const plain = typing?.stage !== "value";
  useEffect(() => {
    if (!entered.current || !plain) return;
    entered.current = false;
    onPlain();
  });
  if (!typing) return null;
  const { rest } = typing;
  return (
    <Lines
      key={typing.stage === "value" ? typing.field.name : ""}
      {...props}
      typing={typing}
      onName={(field) => onText(`${rest} ${tokenOf(field)}`.trimStart())}
      onValue={({ name }, { id }) =>
        onChosen(rest, searchedIn(rest, fields), { [name]: (held) => [...new Set([...held, id])] })
      }
    />
  );
}

type LinesProps = Pick<TypedFiltersProps, "fields" | "searches" | "id" | "keys" | "entered" | "onListed"> & {
  typing: Typing;
  onName: (field: ShownFilter) => void;
  onValue: (field: ShownFilter, value: Choice) => void;
};

function Lines(props: LinesProps) {
  const { typing, fields, searches, id, keys, entered, onListed, onName, onValue } = props;
  const { stage, part } = typing;
  const field = typing.stage === "value" ? typing.field : null;
  const search = field && !field.choices ? searches[field.name] : undefined;
  const { found, failed, current } = useAnswers(search, part);
  const lines: Choice[] = field
    ? (field.choices?.filter(({ label }) => isFound(part, label)) ?? found).filter(
        ({ id: value }) => !field.chosen.some((chosen) => chosen.id === value),
      )
    : fields.filter((one) => begins(one, part)).map((one) => ({ id: one.name, label: one.label, hint: tokenOf(one) }));
  // A value is meant, so that its first line is marked; a name may as well be a word that is searched.
  const first = field && current ? 0 : -1;
  const [moved, setMoved] = useState({ part, to: first });
  const at = Math.min(moved.part === part && moved.to >= 0 ? moved.to : first, lines.length - 1);
  const marked = at >= 0 ? `${id}-${at}` : undefined;
  const filled = lines.length > 0;

  useEffect(() => {
    onListed({ filled, marked });
    if (marked) document.getElementById(marked)?.scrollIntoView({ block: "nearest" });
  }, [filled, marked, onListed]);
  useEffect(() => () => onListed({ filled: false, marked: undefined }), [onListed]);

  useEffect(() => {
    if (!entered.current || !current) return;
    entered.current = false;
    const line = lines[at];
    if (line) choose(line);
  });

  function choose(line: Choice) {
    if (!current) return;
    if (field) return onValue(field, line);
    const named = fields.find(({ name }) => name === line.id);
    if (named) onName(named);
  }

  useImperativeHandle(keys, () => ({
    press({ key }) {
      if (key === "ArrowDown" || key === "ArrowUp") {
        const next = key === "ArrowDown" ? at + 1 : at < 0 ? lines.length - 1 : at - 1;
        setMoved({ part, to: lines.length === 0 ? first : (next + lines.length) % lines.length });
        return true;
      }
      const line = lines[at];
      if (key !== "Enter") return false;
      // While the server is asked, nothing of its earlier answer may be chosen.
      if (!current) {
        entered.current = true;
        return true;
      }
      if (line) choose(line);
      return line !== undefined;
    },
  }));

  return (
    <div className="absolute top-full left-0 z-30 mt-1 w-full min-w-64 overflow-hidden rounded-lg border border-line-strong bg-raised text-ui text-ink shadow-lift-2">
      {failed && current && (
        <p role="alert" className="px-3 py-3 text-danger">
          The list could not be loaded. Type again to retry.
        </p>
      )}
      {!failed && current && !filled && (
        <p role="status" className="px-3 py-3 text-muted">
          {part ? `No ${field?.label.toLowerCase()} matches "${part}".` : "There are no options."}
        </p>
      )}
      <div
        role="listbox"
        id={id}
        aria-label={field?.label ?? "Filters"}
        aria-busy={!current}
        tabIndex={-1}
        // The focus stays in the field.
        onMouseDown={(event) => event.preventDefault()}
        className={cn("max-h-64 overflow-auto p-1", !filled && "hidden")}
      >
        {lines.map((line, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys choose
          <div
            key={line.id}
            role="option"
            id={`${id}-${place}`}
            aria-selected={place === at}
            tabIndex={-1}
            onPointerMove={() => place !== at && setMoved({ part, to: place })}
            onClick={() => choose(line)}
            className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 aria-selected:bg-press coarse:min-h-10"
          >
            <span className="min-w-0 flex-1 truncate">{line.label}</span>
            {line.hint && (
              <span className={cn("text-xs text-muted", stage === "name" && "font-mono")}>{line.hint}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
