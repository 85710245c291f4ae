"use client";
import { fetchQuestion, LateActionButton, type LateActionButtonProps } from "@/components/form/late-action-button";
import { late } from "@/components/ui/late";
import type { ActionResult } from "@/lib/http/action";
import type { ActionHandlerProps } from "./action-handler";

const fetchHandler = () => import("./action-handler");
const fetchAsked = () => Promise.all([fetchHandler(), fetchQuestion()]);
const ActionHandler = late(() => fetchHandler().then((module) => module.ActionHandler<unknown>));

type ActionButtonProps<Input, Value> = Omit<LateActionButtonProps, "handler" | "fetchHandler"> &
  Pick<ActionHandlerProps<Value>, "confirm" | "settled" | "onSuccess"> & {
    action: (input: Input) => Promise<ActionResult<Value>>;
    input: Input;
  };

/** A button that does one thing at once, or after a question. A refusal is a toast and a sentence beside the button. */
export function ActionButton<Input, Value>(props: ActionButtonProps<Input, Value>) {
  const { action, input, confirm, settled, onSuccess, ...rest } = props;
  return (
    <LateActionButton
      {...rest}
      fetchHandler={confirm ? fetchAsked : fetchHandler}
      handler={(pressed) => (
        <ActionHandler
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
