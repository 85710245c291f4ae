"use client";
import { useEffect, useState } from "react";
import { answerTo } from "@/components/form/question";
import { answerStepUps } from "@/components/form/step-up";
import { late } from "@/components/ui/late";

const StepUpDialog = late(() => import("./step-up-dialog").then((module) => module.StepUpDialog));

type Asked = { answer: (proved: boolean) => void };

/** Once on a page whose actions may require step-up (S8); asks when one does. */
export function StepUp() {
  const [asked, setAsked] = useState<Asked | null>(null);

  useEffect(() => answerStepUps(() => answerTo((answer) => setAsked({ answer })).finally(() => setAsked(null))), []);

  return asked && <StepUpDialog onAnswer={asked.answer} />;
}
