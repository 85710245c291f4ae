"use client";
import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Popover } from "radix-ui";
import { Fragment, useState } from "react";
import { CheckLine } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { popLook } from "@/components/ui/menu";

export interface FilterChoice {
  id: string;
  label: string;
  on: boolean;
  /** Where the list stands when this one is switched. */
  href: string;
}

interface FilterTokenProps {
  /** "Group" */
  field: string;
  /** Labels of the chosen values, as they stand in the sentence. */
  values: string[];
  removeHref: string;
  /** What can be chosen; without it the token can only be removed. */
  choices?: FilterChoice[];
}

/** `field is value or value`: the sentence opens its choices, the cross is a link that removes it. */
export function FilterToken({ field, values, removeHref, choices }: FilterTokenProps) {
  const [open, setOpen] = useState(false);
  const sentence = (
    <span className="truncate">
      <span className="text-muted">{field} is </span>
      {values.map((value, index) => (
        <Fragment key={value}>
          {index > 0 && <span className="text-muted"> or </span>}
          <b>{value}</b>
        </Fragment>
      ))}
    </span>
  );
  return (
    <span className="inline-flex h-control max-w-80 flex-none items-stretch overflow-hidden rounded-md border border-accent-line bg-accent-subtle text-ui whitespace-nowrap focus-within:overflow-visible">
      {choices ? (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger asChild>
            <button type="button" className="flex min-w-0 items-center rounded-l-md pr-1 pl-2.5 -outline-offset-2">
              {sentence}
            </button>
          </Popover.Trigger>
          <FilterChoices field={field} choices={choices} />
        </Popover.Root>
      ) : (
        <span className="flex min-w-0 items-center pr-1 pl-2.5">{sentence}</span>
      )}
      <Link
        href={removeHref}
        prefetch={false}
        scroll={false}
        aria-label={`Remove filter: ${field} is ${values.join(" or ")}`}
        className="grid w-[26px] flex-none place-items-center rounded-r-md text-accent-ink -outline-offset-2 hover:bg-press coarse:w-9"
      >
        <X aria-hidden className="size-3.5 stroke-2" />
      </Link>
    </span>
  );
}

/** The open list of a token or of "Add filter"; every tick is an address. */
export function FilterChoices({ field, choices }: { field: string; choices: FilterChoice[] }) {
  const router = useRouter();
  return (
    <Popover.Portal>
      <Popover.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        aria-label={`${field} is`}
        className={cn(popLook, "max-h-(--radix-popover-content-available-height) min-w-52 max-w-80 overflow-auto p-2")}
      >
        <fieldset>
          <legend className="px-1 pb-1 text-xs font-medium text-muted">{field} is</legend>
          {choices.map((choice) => (
            <CheckLine
              key={choice.id}
              label={choice.label}
              checked={choice.on}
              onChange={() => router.replace(choice.href, { scroll: false })}
              className="flex w-full rounded-md px-1 py-1 hover:bg-press"
            />
          ))}
        </fieldset>
      </Popover.Content>
    </Popover.Portal>
  );
}
