"use client";
import { useState } from "react";
import { useAction } from "@/components/form/action-button";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toaster";
import { counted } from "@/lib/lists/format-total";
import { addPresetAction } from "@/lib/roles/actions";
import type { PresetOffer } from "@/lib/roles/preset-offers";

/** "Add a preset": those of its roles that are not there yet. */
export function AddPreset({ offers }: { offers: PresetOffer[] }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<PresetOffer["key"] | undefined>();
  const { run, pending, message } = useAction(addPresetAction, ({ added }) => {
    toast.success(`${counted(added.length, "role")} added: ${added.join(", ")}`);
    setOpen(false);
    setChosen(undefined);
  });
  const fruitful = offers.filter(({ adds }) => adds.length > 0);
  return (
    <>
      <AboveReason>
        <Button
          showReason
          reason={fruitful.length === 0 ? "The roles of every preset are there already." : undefined}
          onClick={() => setOpen(true)}
        >
          Add a preset
        </Button>
      </AboveReason>
      <Dialog open={open} onOpenChange={(next) => !pending && setOpen(next)}>
        <DialogContent
          title="Add a preset"
          description="Adds the roles that are not there yet, and the app operations that they carry. Primary roles come below yours on the ladder. Nobody is given any of them."
        >
          <DialogBody>
            {message && (
              <Note tone="danger" role="alert">
                {message}
              </Note>
            )}
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
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              variant="primary"
              showReason
              reason={chosen ? undefined : "Choose a set of roles."}
              aria-busy={pending || undefined}
              onClick={() => chosen && run({ preset: chosen })}
            >
              Add roles
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </>
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
