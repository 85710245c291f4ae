"use client";
import { fetchQuestion, LateActionButton, type LateActionButtonProps } from "@/components/form/late-action-button";
import { late } from "@/components/ui/late";
import type { ActionResult } from "@/lib/http/action";
import type { ActionDeedProps } from "./action-deed";

const fetchDeed = () => import("./action-deed");
const fetchAsked = () => Promise.all([fetchDeed(), fetchQuestion()]);
const ActionDeed = late(() => fetchDeed().then((module) => module.ActionDeed<unknown>));

type ActionButtonProps<Input, Value> = Omit<LateActionButtonProps, "deed" | "fetchDeed"> &
  Pick<ActionDeedProps<Value>, "confirm" | "settled" | "onSuccess"> & {
    action: (input: Input) => Promise<ActionResult<Value>>;
    input: Input;
  };

/** A button that does one thing at once, or after a question. A refusal is a toast and a sentence beside the button. */
export function ActionButton<Input, Value>(props: ActionButtonProps<Input, Value>) {
  const { action, input, confirm, settled, onSuccess, ...rest } = props;
  return (
    <LateActionButton
      {...rest}
      fetchDeed={confirm ? fetchAsked : fetchDeed}
      deed={(pressed) => (
        <ActionDeed
          pressed={pressed}
          action={() => action(input)}
          confirm={confirm}
          settled={settled}
          onSuccess={(value) => onSuccess?.(value as Value)}
        />
      )}
    />
  );
}
