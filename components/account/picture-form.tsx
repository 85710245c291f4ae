"use client";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Field } from "@/components/form/field";
import { Avatar } from "@/components/ui/avatar";
import { Input } from "@/components/ui/input";
import { late } from "@/components/ui/late";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { holdUnsaved } from "@/components/ui/unsaved";
import { removePictureAction } from "@/lib/account/actions";
import { notAPicture, pictureTypes, problemOfFile } from "@/lib/account/picture-rules";

const CropDialog = late(() => import("./crop-dialog").then((module) => module.CropDialog));

interface PictureFormProps {
  me: { id: string; name: string; picture: string | undefined };
}

/** One's own picture: a file is chosen, cropped in a dialog and sent; or it is removed. */
export function PictureForm({ me }: PictureFormProps) {
  const router = useRouter();
  const [source, setSource] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  // A file cannot be kept as a draft; a person who leaves it is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clear` is made again with each drawing
  useEffect(() => {
    if (source) return holdUnsaved({ element: () => input.current, discard: clear });
  }, [source]);
  useEffect(() => () => URL.revokeObjectURL(source ?? ""), [source]);

  function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    const wrong = file && problemOfFile(file);
    setProblem(wrong);
    setSource(file && !wrong ? URL.createObjectURL(file) : null);
  }

  function clear() {
    setProblem(undefined);
    setSource(null);
    if (input.current) input.current.value = "";
  }

  return (
    <Panel aria-labelledby="own-picture">
      <PanelHead
        title="Picture"
        titleId="own-picture"
        hint="Shown next to your name. JPEG, PNG or WebP, up to 50 MB."
        actions={
          me.picture && (
            <ActionButton
              action={removePictureAction}
              input={{}}
              onSuccess={() => {
                toast.success("Your picture is removed");
                // Its button goes with it.
                input.current?.focus();
                router.refresh();
              }}
            >
              Remove picture
            </ActionButton>
          )
        }
      />
      <PanelBody>
        <div className="flex items-start gap-4">
          <Avatar {...me} size="xl" />
          <Field
            label="File"
            hint="You choose the square that is kept, and only that is uploaded."
            error={problem}
            className="flex-1"
          >
            <Input ref={input} type="file" accept={pictureTypes.join(",")} onChange={choose} className="py-1.5" />
          </Field>
        </div>
        <noscript>
          <p className="text-xs text-muted">A picture can be chosen only with JavaScript.</p>
        </noscript>
      </PanelBody>
      {source && (
        <CropDialog
          source={source}
          opener={input}
          onSaved={() => {
            clear();
            toast.success("Your picture is saved");
            router.refresh();
          }}
          onClose={clear}
          onUnreadable={() => {
            clear();
            setProblem(notAPicture);
          }}
        />
      )}
    </Panel>
  );
}
