import { Kbd } from "@/components/ui/kbd";

/** Every key that does something wherever one is. `paletteKey`: "Ctrl K" as this person's keyboard has it. */
export function ShortcutList({ paletteKey, singleKeys }: { paletteKey: string; singleKeys: boolean }) {
  const shortcuts = [
    ["Search or jump", paletteKey],
    ...(singleKeys
      ? [
          ["Search this page", "/"],
          ["Create what this page lists", "c"],
          ["Show keyboard shortcuts", "?"],
        ]
      : []),
    ["Close a dialog or menu", "Esc"],
  ];
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-y-2.5 text-ui">
      {shortcuts.map(([does, keys]) => (
        <div key={does} className="contents">
          <dt>{does}</dt>
          <dd className="flex justify-end">
            <Kbd>{keys}</Kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}
