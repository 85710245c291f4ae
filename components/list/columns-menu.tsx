"use client";
import { unstable_rethrow } from "next/navigation";
import { type SubmitEvent, useActionState, useRef, useState, useTransition } from "react";
import { Button, buttonLook } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { waitFor } from "@/components/ui/waiting";
import { chooseColumnsAction } from "@/lib/account/actions";
import type { ColumnChoices } from "@/lib/lists/columns";

/** Which columns of a list one sees. The browser opens and closes it, so that it works without script as well. */
export function ColumnsMenu({ list, choices }: ColumnChoices) {
  const box = useRef<HTMLDivElement>(null);
  const [answered, post] = useActionState(chooseColumnsAction, { message: null });
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const id = `columns-${list.replace(/ /g, "-")}`;
  const told = problem ?? answered.message;

  function save(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const sent = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(async () => {
      const message = await waitFor(chooseColumnsAction({ message: null }, sent)).then(
        (result) => result.message,
        (error) => {
          unstable_rethrow(error);
          return "The choice could not be saved. Try again.";
        },
      );
      setProblem(message);
      if (!message) box.current?.hidePopover();
    });
  }

  return (
    <div className="columns-menu" data-print="hide">
      <button
        type="button"
        popoverTarget={id}
        aria-label="Columns"
        style={{ anchorName: `--${id}` }}
        className={buttonLook({ variant: "tool" })}
      >
        <SpriteIcon name="columns-3" />
        <span className="max-s:hidden">Columns</span>
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        data-raised=""
        style={{ positionAnchor: `--${id}` }}
        className="below-button"
      >
        <form aria-label="Columns" action={post} onSubmit={save} aria-busy={pending}>
          <input type="hidden" name="list" value={list} />
          <div className="choices" key={choices.map(({ on }) => on).join()}>
            {choices.map(({ key, label, on }) => (
              // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox
              <label key={key} className="check-line">
                <Checkbox name="column" value={key} defaultChecked={on} />
                <span>{label}</span>
              </label>
            ))}
          </div>
          {told && <p role="alert">{told}</p>}
          <div className="buttons">
            <Button type="submit" size="s" variant="primary">
              Apply
            </Button>
            {choices.some(({ on, usual }) => on !== usual) && (
              <Button type="submit" size="s" variant="quiet" name="usual" value="yes">
                Default columns
              </Button>
            )}
          </div>
        </form>
      </div>
    </div>
  );
}
