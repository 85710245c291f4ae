import type { ReactNode } from "react";
import type { Option } from "@/components/ui/combobox";
import { PersonPicker } from "@/components/ui/person-picker";

type PickLineProps = {
  icon: ReactNode;
  title: string;
  hint: string;
  label: string;
  value: Option | null;
  clearable?: boolean;
  search: (q: string) => Promise<Option[]>;
  onChange: (option: Option | null) => void;
};

/** One line of a question about whose something is afterwards. */
export function PickLine({ icon, title, hint, ...picker }: PickLineProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,232px)] items-center gap-x-4 gap-y-2 px-3 py-2.5 text-ui max-s:grid-cols-1">
      <span className="flex min-w-0 items-center gap-2.5 [&>.lucide]:text-icon">
        {icon}
        <span className="min-w-0">
          <span className="block truncate font-medium">{title}</span>
          <span className="block truncate text-xs text-muted">{hint}</span>
        </span>
      </span>
      <PersonPicker {...picker} placeholder="Choose a person" />
    </li>
  );
}
