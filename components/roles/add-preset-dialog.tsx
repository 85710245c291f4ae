"use client";
import { type RefObject, useState } from "react";
import { useAction } from "@/components/form/use-action";
import { ActDialog } from "@/components/ui/act-dialog";
import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toaster";
import { counted } from "@/lib/lists/format-total";
import { addPresetAction } from "@/lib/roles/actions";
import type { PresetOffer } from "@/lib/roles/preset-offers";

type AddPresetDialogProps = {
  offers: PresetOffer[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  opener: RefObject<HTMLElement | null>;
};

export function AddPresetDialog({ offers, open, onOpenChange, opener }: AddPresetDialogProps) {
  const [chosen, setChosen] = useState<PresetOffer["key"] | undefined>();
  const { run, pending, message } = useAction(addPresetAction, ({ added }) => {
    toast.success(`${counted(added.length, "role")} added: ${added.join(", ")}`);
    onOpenChange(false);
    setChosen(undefined);
  });
  return (
    <ActDialog
      {...{ open, pending, opener }}
      onClose={() => onOpenChange(false)}
      title="Add a preset"
      description="Adds the roles that don't exist yet, with their app operations. Primary roles are added below yours. Nobody is given any of them."
      message={message}
      button={
        <Button
          variant="primary"
          showReason
          reason={chosen ? undefined : "Choose a set of roles."}
          aria-busy={pending || undefined}
          onClick={() => chosen && run({ preset: chosen })}
        >
          Add roles
        </Button>
      }
    >
      <RadioCards
        legend="Set of roles"
        name="preset"
        value={chosen ?? ""}
        onChange={(event) => setChosen(offers.find(({ key }) => key === event.target.value)?.key)}
        options={offers.map(({ key, name, adds, skipped }) => ({
          value: key,
          label: name,
          [adds.length > 0 ? "hint" : "reason"]: <Plan adds={adds} skipped={skipped} />,
        }))}
      />
    </ActDialog>
  );
}

function Plan({ adds, skipped }: Pick<PresetOffer, "adds" | "skipped">) {
  return (
    <>
      <span className="block">{adds.length > 0 ? `Adds ${adds.join(", ")}.` : "Adds nothing."}</span>
      {skipped.map((role) => (
        <span key={role.name} className="block">
          Leaves out {role.name}: {role.reason}
        </span>
      ))}
    </>
  );
}
