"use client";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useEffect, useRef, useState, useTransition } from "react";
import { shrinkPicture } from "@/components/account/shrink-picture";
import { ActionButton } from "@/components/form/action-button";
import { Field } from "@/components/form/field";
import { proving } from "@/components/form/step-up";
import { SubmitButton } from "@/components/form/submit-button";
import { unlessWithdrawn } from "@/components/form/withdrawn";
import { Avatar } from "@/components/ui/avatar";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { holdUnsaved } from "@/components/ui/unsaved";
import { removePictureAction } from "@/lib/account/actions";
import {
  largestPicture,
  notAPicture,
  type PicturePosition,
  pictureTypes,
  problemOfFile,
  tooLarge,
} from "@/lib/account/picture-rules";
import type { ActionResult } from "@/lib/http/action";

interface PictureFormProps {
  me: { id: string; name: string; picture: string | undefined };
}

const positions: { value: PicturePosition; label: string; css: string }[] = [
  { value: "middle", label: "The middle", css: "50% 50%" },
  { value: "start", label: "The top, or the left side", css: "0% 0%" },
  { value: "end", label: "The bottom, or the right side", css: "100% 100%" },
];

/** One's own picture: chosen, looked at as it will be cropped, and sent; or removed. */
export function PictureForm({ me }: PictureFormProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState<{ file: File; preview: string } | null>(null);
  const [position, setPosition] = useState<PicturePosition>("middle");
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const input = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);

  // A file cannot be kept as a draft; whoever leaves it is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clear` is made again with each drawing
  useEffect(() => {
    if (chosen) return holdUnsaved({ element: () => form.current, discard: clear });
  }, [chosen]);
  useEffect(() => () => URL.revokeObjectURL(chosen?.preview ?? ""), [chosen]);

  function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    const wrong = file && problemOfFile(file);
    setProblem(wrong);
    setChosen(file && !wrong ? { file, preview: URL.createObjectURL(file) } : null);
  }

  function clear() {
    setProblem(undefined);
    setChosen(null);
    if (input.current) input.current.value = "";
  }

  function save() {
    if (!chosen || pending) return;
    setProblem(undefined);
    startTransition(async () => {
      const result = await proving(() => send(chosen.file, position)).catch(unlessWithdrawn);
      if (!result) return;
      if (!result.ok) return setProblem(result.message);
      clear();
      toast.success("Your picture is saved.");
      router.refresh();
    });
  }

  return (
    <Panel aria-labelledby="own-picture">
      <form
        ref={form}
        aria-labelledby="own-picture"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <PanelHead
          title="Picture"
          titleId="own-picture"
          hint="Shown next to your name. JPEG, PNG or WebP, up to 50 MB. Large pictures are resized before upload."
        />
        <PanelBody>
          <div className="flex items-start gap-4">
            {chosen ? (
              // biome-ignore lint/performance/noImgElement: a file of this browser
              <img
                src={chosen.preview}
                alt="Cropped preview"
                onError={() => {
                  setProblem(notAPicture);
                  setChosen(null);
                }}
                style={{ objectPosition: positions.find(({ value }) => value === position)?.css }}
                className="size-16 flex-none rounded-full object-cover"
              />
            ) : (
              <Avatar {...me} size="xl" />
            )}
            <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 max-s:grid-cols-1">
              <Field label="File" error={problem}>
                <Input ref={input} type="file" accept={pictureTypes.join(",")} onChange={choose} className="py-1.5" />
              </Field>
              <Field label="Crop" hint="A square. A square picture is kept whole.">
                <Select
                  value={position}
                  onChange={(event) => setPosition(event.target.value as PicturePosition)}
                  options={positions}
                />
              </Field>
            </div>
          </div>
        </PanelBody>
        <PanelFoot
          actions={
            <>
              {me.picture && (
                <ActionButton
                  action={removePictureAction}
                  input={{}}
                  onSuccess={() => {
                    toast.success("Your picture is removed.");
                    router.refresh();
                  }}
                >
                  Remove picture
                </ActionButton>
              )}
              <SubmitButton
                pending={pending}
                pendingLabel="Saving"
                reason={chosen ? undefined : "Choose a file first."}
              >
                Save picture
              </SubmitButton>
            </>
          }
        />
      </form>
    </Panel>
  );
}

async function send(file: File, position: PicturePosition): Promise<ActionResult<unknown>> {
  try {
    const body = await shrinkPicture(file);
    if (body.size > largestPicture) return { ok: false, code: "invalid", message: tooLarge };
    const response = await fetch(`/account/picture?position=${position}`, {
      method: "POST",
      headers: { "content-type": body.type },
      body,
      redirect: "manual",
    });
    const told = response.headers.get("content-type")?.startsWith("application/json");
    if (told) return (await response.json()) as ActionResult<unknown>;
    // The way to the sign-in page.
    if (response.type === "opaqueredirect")
      return { ok: false, code: "unauthenticated", message: "Your session has ended. Sign in again." };
    const message = response.status === 413 ? tooLarge : "The picture was not saved. Reload this page and try again.";
    return { ok: false, code: "unexpected", message };
  } catch {
    return { ok: false, code: "unexpected", message: "The server didn't respond. Try again." };
  }
}
