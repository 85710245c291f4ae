import type { ReactNode } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

/** Ends the view. A plain form: the next page is loaded as a whole, and it works without script. */
export function StopViewing({ children, size }: Pick<ButtonProps, "size"> & { children: ReactNode }) {
  return (
    <form method="post" action="/viewing/stop">
      <Button type="submit" size={size}>
        {children}
      </Button>
    </form>
  );
}
