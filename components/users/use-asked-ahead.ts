"use client";
import { useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { landRefusal } from "@/components/form/land-refusal";
import type { Refusal } from "@/components/form/problem";
import { type FormProblem, stillWrong } from "@/components/form/problem";
import { proving } from "@/components/form/step-up";
import { unanswered } from "@/components/form/unanswered";
import { Withdrawn } from "@/components/form/withdrawn";
import { waitFor } from "@/components/ui/waiting";
import type { ActionResult } from "@/lib/http/action";

type Ask = <T>(
  question: () => Promise<ActionResult<T>>,
  /** Refusals that only the person who sends the form sees. */
  left?: (refusal: Refusal) => boolean,
) => Promise<ActionResult<T>>;

/**
 * Questions to the server before a form is sent, whose refusals land on the fields as those of the form itself do. While
 * `asked` runs, `asking` holds.
 */
export function useAskedAhead<Input extends FieldValues>(form: UseFormReturn<Input, unknown, Input>) {
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [asking, setAsking] = useState(false);

  const ask: Ask = async (question, left) => {
    const answer = await proving(() => waitFor(question()));
    if (answer.ok || left?.(answer)) return answer;
    setProblem(landRefusal(form, answer));
    return answer;
  };

  async function asked(work: (ask: Ask) => Promise<boolean>): Promise<boolean> {
    setAsking(true);
    setProblem(null);
    try {
      return await work(ask);
    } catch (error) {
      if (error instanceof Withdrawn) return false;
      const message = unanswered(error, "The server didn't respond. Your entries are kept. Try again.");
      setProblem({ code: "unreachable", message, fields: {} });
      return false;
    } finally {
      setAsking(false);
    }
  }

  return { refused: problem && stillWrong(problem, form.formState.errors), asking, asked };
}
