"use client";
import { useRef, useState } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { usePressedByAddress } from "@/components/ui/use-pressed-by-address";
import { addPresetId } from "@/lib/roles/pages";
import type { PresetOffer } from "@/lib/roles/preset-offers";

const fetchDialog = () => import("./add-preset-dialog");
const AddPresetDialog = late(() => fetchDialog().then((module) => module.AddPresetDialog));

/** "Add a preset": those of its roles that are not there yet. Its dialog is fetched for its first use. */
export function AddPreset({ offers }: { offers: PresetOffer[] }) {
  const [use, setUse] = useState<"unused" | "open" | "closed">("unused");
  const button = useRef<HTMLButtonElement>(null);
  const fruitful = offers.filter(({ adds }) => adds.length > 0);
  usePressedByAddress(addPresetId);
  const near = () => void fetchDialog().catch(() => {});
  return (
    <>
      <AboveReason>
        <Button
          ref={button}
          id={addPresetId}
          className="scroll-mt-80"
          showReason
          reason={fruitful.length === 0 ? "The roles of every preset already exist." : undefined}
          onPointerEnter={near}
          onFocus={near}
          onClick={() => setUse("open")}
        >
          Add a preset
        </Button>
      </AboveReason>
      {use !== "unused" && (
        <AddPresetDialog
          offers={offers}
          open={use === "open"}
          onOpenChange={(open) => setUse(open ? "open" : "closed")}
          opener={button}
        />
      )}
    </>
  );
}
