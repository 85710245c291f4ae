import { Chip } from "@/components/ui/chip";

interface DefaultMarkProps {
  isDefault: boolean;
  /** The default, in words. */
  words: string;
}

/** Whether a field has its default, else which that is. */
export function DefaultMark({ isDefault, words }: DefaultMarkProps) {
  return isDefault ? <Chip look="line">Default</Chip> : <span>Default: {words}.</span>;
}
