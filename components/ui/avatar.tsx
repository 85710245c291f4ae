import type { LucideIcon } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { cn } from "./class-names";

const sizes = {
  s: "size-5 text-[9px]",
  default: "size-6 text-[10px]",
  m: "size-7 text-2xs",
  l: "size-11 text-base max-s:size-10",
  xl: "size-16 text-xl",
};

interface AvatarProps {
  /** Decides the hue, so that it stays when the name changes. */
  id: string;
  name: string;
  /** Address of a picture that takes the place of the initials; undefined for people who have none, or may not be seen. */
  picture: string | undefined;
  size?: keyof typeof sizes;
  className?: string;
}

/** A person's face: their picture, or initials. Always decorative: the name is beside it or on the control around it. */
export function Avatar({ name, picture, ...face }: AvatarProps) {
  return (
    <Face {...face}>
      {picture ? (
        // biome-ignore lint/performance/noImgElement: it has its final size, and Next's own optimiser is off
        <img src={picture} alt="" className="size-full rounded-[inherit] object-cover" />
      ) : (
        initialsOf(name)
      )}
    </Face>
  );
}

/** What acts and is no person: a square with an icon. */
export function SquareFace({ id, icon: Icon }: { id: string; icon: LucideIcon }) {
  return (
    <Face id={id} square>
      <Icon aria-hidden className="size-[58%] stroke-2" />
    </Face>
  );
}

type FaceProps = Pick<AvatarProps, "id" | "size" | "className"> & { square?: boolean; children: ReactNode };

function Face({ id, size = "default", square, className, children }: FaceProps) {
  return (
    <span
      aria-hidden
      style={{ "--hue": hueOf(id) } as CSSProperties}
      className={cn(
        "face inline-grid flex-none place-items-center font-semibold tracking-[0.01em]",
        square ? "rounded-md" : "rounded-full",
        sizes[size],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** First letters of the first and the last word, in capitals; "?" for an empty name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? [...word][0] : ""))
    .join("");
  return letters.toUpperCase() || "?";
}

/** A hue of 0 to 359 degrees, the same for the same id. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return (hash % 24) * 15;
}
