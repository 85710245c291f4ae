import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import type { FormProblem, Refusal } from "./problem";

/** Puts each sentence of a refusal on its field, and the focus on the first as the page has them. Returns what is shown above the form. */
export function landRefusal<Input extends FieldValues>(
  form: Pick<UseFormReturn<Input, unknown, Input>, "setError">,
  { code, message, fields = {}, details, ref }: Refusal,
): FormProblem {
  const named = Object.entries(fields).toSorted(([one], [other]) => inOrder(one, other));
  named.forEach(([name, sentence], index) => {
    form.setError(name as Path<Input>, { type: "server", message: sentence }, { shouldFocus: index === 0 });
  });
  return { code, message, fields: Object.fromEntries(named), details, ref };
}

function inOrder(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => document.getElementsByName(name)[0] ?? document.getElementById(name));
  if (!a || !b) return 0;
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
