"use client";
import type { LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/class-names";

interface GlyphsProps {
  /** The icons of a list by the names that its rows call them by. */
  icons: Record<string, LucideIcon>;
}

/** Every icon of a list's rows, once; a `Glyph` shows one of them. */
export function Glyphs({ icons }: GlyphsProps) {
  return (
    <svg aria-hidden className="hidden">
      {Object.entries(icons).map(([name, Icon]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
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
      <use href={`#i-${name}`} />
    </svg>
  );
}
