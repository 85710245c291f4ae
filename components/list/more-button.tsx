import { SpriteIcon } from "@/components/ui/sprite-icon";

/** The button of the one menu of all rows, which `PackedRows` hears. `about`: the name of the row. */
export const MoreButton = ({ id, about }: { id: string; about: string }) => (
  <button
    type="button"
    data-more={id}
    aria-haspopup="menu"
    aria-expanded="false"
    aria-label="More actions"
    aria-description={about}
  >
    <SpriteIcon name="ellipsis" />
  </button>
);
