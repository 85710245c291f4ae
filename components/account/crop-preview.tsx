import { cn } from "@/components/ui/class-names";

/** In hundredths of the picture's sides. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As faces are drawn beside a name in a list, in the user menu, and on one's own page. */
const sizes = ["size-6", "size-11", "size-16"];

/** How the chosen square looks in the sizes in which it is shown. Decorative: what is chosen is said beside the picture. */
export function CropPreview({ source, part: { x, y, width, height } }: { source: string; part: Part }) {
  return (
    <div aria-hidden className="flex items-center gap-3">
      {sizes.map((size) => (
        <span key={size} className={cn("relative flex-none overflow-hidden rounded-full bg-sunken", size)}>
          {/* biome-ignore lint/performance/noImgElement: a file of this browser */}
          <img
            src={source}
            alt=""
            className="absolute max-w-none"
            style={{
              width: `${10_000 / width}%`,
              height: `${10_000 / height}%`,
              left: `${(-100 * x) / width}%`,
              top: `${(-100 * y) / height}%`,
            }}
          />
        </span>
      ))}
    </div>
  );
}
