"use client";
import { Fragment, type MouseEvent, useRef, useState } from "react";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useUsed } from "@/components/ui/use-used";
import type { FilterChoicesProps } from "./filter-choices";

const loadPopup = () => import("./filter-popup");
const FilterPopup = late(() => loadPopup().then((module) => module.FilterPopup));

type FilterFieldProps = FilterChoicesProps & {
  /** The link to the list without this filter. */
  removal: { href: string; onClick: (event: MouseEvent) => void };
  startOpen?: boolean;
  onClose?: () => void;
};

/** `field is value or value`: the sentence opens its choices, the cross is a link that removes it. */
export function FilterField({ removal, startOpen = false, onClose, ...choices }: FilterFieldProps) {
  const { label, chosen } = choices;
  const [open, setOpen] = useState(startOpen);
  const used = useUsed(open);
  const sentence = useRef<HTMLButtonElement>(null);
  const said = chosen.map((choice) => choice.label);
  return (
    <span className="inline-flex h-control max-w-80 flex-none items-stretch overflow-hidden rounded-md border border-accent-line bg-accent-subtle text-ui whitespace-nowrap focus-within:overflow-visible">
      <button
        ref={sentence}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadPopup().catch(() => {})}
        onClick={() => {
          setOpen(!open);
          if (open) onClose?.();
        }}
        aria-label={said.length > 0 ? undefined : `${label} is`}
        className="flex min-w-0 items-center rounded-l-md pr-1 pl-2.5 -outline-offset-2"
      >
        <span className="truncate">
          <span className="text-muted">{label} is </span>
          {said.length === 0 && <span className="text-muted">…</span>}
          {said.map((value, index) => (
            <Fragment key={chosen[index]?.id}>
              {index > 0 && <span className="text-muted"> or </span>}
              <b>{value}</b>
            </Fragment>
          ))}
        </span>
      </button>
      {used && (
        <FilterPopup
          {...choices}
          anchor={sentence}
          open={open}
          onOpenChange={(next) => {
            setOpen(next);
            if (!next) onClose?.();
          }}
        />
      )}
      <a
        href={removal.href}
        onClick={removal.onClick}
        data-keeps-scroll=""
        aria-label={`Remove filter: ${label} is ${said.join(" or ")}`}
        className="grid w-[26px] flex-none place-items-center rounded-r-md text-accent-ink -outline-offset-2 hover:bg-press coarse:w-9"
      >
        <SpriteIcon name="x" className="size-3.5 stroke-2" />
      </a>
    </span>
  );
}
