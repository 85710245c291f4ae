import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";

interface SetupStepProps {
  number: number;
  title: string;
  lead: string;
  /** One step is shown at a time, and this is another. Before the script has run, and without it, all are on one page. */
  hidden: boolean;
  scripted: boolean;
  children: ReactNode;
}

export function SetupStep({ number, title, lead, hidden, scripted, children }: SetupStepProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      hidden={scripted && hidden}
      className={cn("grid gap-4 [&[hidden]]:hidden", !scripted && hidden && "[@media(scripting:enabled)]:hidden")}
    >
      <div>
        <h2 id={id} tabIndex={-1} className="text-sm font-semibold outline-none">
          <span className="mr-2 text-muted tabular-nums">
            {number}
            {scripted && " of 4"}
          </span>{" "}
          {title}
        </h2>
        <p className="mt-0.5 text-xs text-muted">{lead}</p>
      </div>
      {children}
    </section>
  );
}
