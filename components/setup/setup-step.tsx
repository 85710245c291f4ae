import { type ReactNode, useId } from "react";

interface SetupStepProps {
  number: number;
  title: string;
  lead: string;
  children: ReactNode;
}

export function SetupStep({ number, title, lead, children }: SetupStepProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <div>
        <h2 id={id} className="text-sm font-semibold">
          <span className="mr-2 text-muted tabular-nums">{number}</span> {title}
        </h2>
        <p className="mt-0.5 text-xs text-muted">{lead}</p>
      </div>
      {children}
    </section>
  );
}
