"use client";
import { cn } from "@/components/ui/class-names";
import type { StatusLook } from "@/components/ui/status";

type Icon = Exclude<StatusLook["icon"], "dot">;

export interface GlyphsProps {
  /** The icons of a list by the names that its rows call them by. */
  icons: Record<string, Icon>;
}

const idOf = (name: string) => `i-${name.replace(" ", "-")}`;

/** Every icon of a list's rows, once; a `Glyph` shows one of them. */
export function Glyphs({ icons }: GlyphsProps) {
  return (
    <svg aria-hidden className="hidden">
      {Object.entries(icons).map(([name, Icon]) => (
        <symbol key={name} id={idOf(name)} viewBox="0 0 24 24">
          <Icon className="glyph" />
        </symbol>
      ))}
    </svg>
  );
}

/** One of the icons of `Glyphs`: a row says its name and not its lines. */
export function Glyph({ name, className }: { name: string; className?: string }) {
  return (
    <svg aria-hidden className={className ? cn("lucide", className) : "lucide"}>
      <use href={`#${idOf(name)}`} />
    </svg>
  );
}

/** The looks of a status in a list, where its icon is one of `Glyphs` by the status's own name; and those icons. */
export function glyphed<Word extends string>(looks: Record<Word, StatusLook>) {
  const entries = Object.entries<StatusLook>(looks);
  const drawn = entries.map(([word, look]) => {
    const icon = ({ className = "" }) => <Glyph name={word} className={className} />;
    return [word, look.icon === "dot" ? look : { ...look, icon }];
  });
  const icons = entries.flatMap(([word, { icon }]) => (icon === "dot" ? [] : [[word, icon]]));
  return {
    looks: Object.fromEntries(drawn) as Record<Word, StatusLook>,
    icons: Object.fromEntries(icons) as GlyphsProps["icons"],
  };
}
