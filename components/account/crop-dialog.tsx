"use client";
import { type KeyboardEvent, type RefObject, useEffect, useId, useState, useTransition } from "react";
import Cropper from "react-easy-crop";
import "react-easy-crop/react-easy-crop.css";
import { cropPicture, type Square } from "@/components/account/crop-picture";
import { CropPreview, type Part } from "@/components/account/crop-preview";
import { sendPicture } from "@/components/account/send-picture";
import { ErrorSummary } from "@/components/form/error-summary";
import type { FormProblem } from "@/components/form/problem";
import { proving } from "@/components/form/step-up";
import { SubmitButton } from "@/components/form/submit-button";
import { unlessWithdrawn } from "@/components/form/withdrawn";
import { DialogBody } from "@/components/ui/dialog";
import { CancelFooter, HeldDialog } from "@/components/ui/held-dialog";
import type { ActionResult } from "@/lib/http/action";

interface CropDialogProps {
  /** Address of the chosen file. */
  source: string;
  onSaved: () => void;
  onClose: () => void;
  /** It is no picture that this browser can show. */
  onUnreadable: () => void;
  /** What was pressed, which gets the focus back. */
  opener: RefObject<HTMLElement | null>;
}

const [least, most, step] = [1, 4, 0.1];
const within = (zoom: number) => Math.min(most, Math.max(least, zoom));

/** Chooses the square of a picture that is kept, by pointer, slider or keys, and saves it. */
export function CropDialog({ source, onSaved, onClose, onUnreadable, opener }: CropDialogProps) {
  const id = useId();
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(least);
  const [part, setPart] = useState<Part | null>(null);
  const [square, setSquare] = useState<Square | null>(null);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [pending, startTransition] = useTransition();

  // The area is drawn once the picture has been read.
  const isRead = square !== null;
  useEffect(() => {
    if (isRead) document.getElementById(id)?.focus();
  }, [isRead, id]);

  function onKeyDown(event: KeyboardEvent) {
    // With one of these, the browser's own zoom is meant.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.key === "+" || event.key === "=" ? step : event.key === "-" ? -step : 0;
    if (!by) return;
    event.preventDefault();
    setZoom((before) => within(Math.round((before + by) * 10) / 10));
  }

  function save() {
    if (!square || pending) return;
    setProblem(null);
    startTransition(async () => {
      const result = await proving(() => cropped(source, square)).catch(unlessWithdrawn);
      if (!result) return;
      if (result.ok) onSaved();
      else setProblem({ code: result.code, message: result.message, fields: {} });
    });
  }

  return (
    <HeldDialog {...{ pending, onClose, opener }} size="s" title="Crop your picture">
      <DialogBody onKeyDown={onKeyDown}>
        <ErrorSummary problem={problem} />
        <div className="relative mx-auto aspect-square w-full max-w-[280px] overflow-hidden rounded-lg bg-sunken [&_[role=application]]:-outline-offset-4">
          <Cropper
            image={source}
            crop={crop}
            zoom={zoom}
            minZoom={least}
            maxZoom={most}
            aspect={1}
            objectFit="cover"
            cropShape="round"
            showGrid={false}
            keyboardStep={8}
            onCropChange={setCrop}
            onZoomChange={(next) => setZoom(within(next))}
            onCropAreaChange={(shown, pixels) => {
              setPart(shown);
              setSquare(pixels);
            }}
            mediaProps={{ alt: "", onError: onUnreadable }}
            cropperProps={{
              id,
              role: "application",
              "aria-label": "Picture",
              "aria-roledescription": "Crop area",
              "aria-describedby": `${id}-keys ${id}-shown`,
            }}
            disableAutomaticStylesInjection
          />
        </div>
        <p id={`${id}-keys`} className="text-xs text-muted">
          <span className="coarse:hidden">
            Drag the picture, or move it with the arrow keys. Press + and − to zoom.
          </span>
          <span className="hidden coarse:inline">Drag the picture. Pinch or use the slider to zoom.</span>
        </p>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <label className="flex min-w-0 flex-1 items-center gap-2.5 text-ui font-medium">
            Zoom
            <input
              type="range"
              min={least}
              max={most}
              step={step}
              value={zoom}
              onChange={(event) => setZoom(Number(event.target.value))}
              aria-valuetext={`${zoom.toFixed(1)} times`}
              className="h-field min-w-24 flex-1 accent-(--color-accent)"
            />
          </label>
          {part && <CropPreview source={source} part={part} />}
        </div>
        <p id={`${id}-shown`} role="status" className="sr-only">
          {part && shownWords(part)}
        </p>
      </DialogBody>
      <CancelFooter>
        <SubmitButton
          pending={pending}
          pendingLabel="Saving"
          reason={isRead ? undefined : "The picture is being read."}
          onClick={save}
        >
          Save picture
        </SubmitButton>
      </CancelFooter>
    </HeldDialog>
  );
}

async function cropped(source: string, square: Square): Promise<ActionResult<unknown>> {
  try {
    return await sendPicture(await cropPicture(source, square));
  } catch {
    return { ok: false, code: "unexpected", message: "This browser cannot crop the picture. Choose a smaller one." };
  }
}

/** The position of the square, as text for people who do not see it. */
function shownWords({ x, y, width, height }: Part): string {
  const [across, down] = [Math.round(x), Math.round(y)];
  return `Shows ${Math.round(width)}% of the width from ${across}%, and ${Math.round(height)}% of the height from ${down}%.`;
}
