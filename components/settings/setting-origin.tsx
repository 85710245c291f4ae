import { DefaultMark } from "@/components/form/default-mark";
import { Time } from "@/components/ui/time";
import type { ShownSetting } from "@/lib/settings/queries";

/** Whether it has its default, and who changed the setting last. */
export function SettingOrigin({ setting, zone, now }: { setting: ShownSetting; zone: string; now: Date }) {
  const { changed, defaultWords, isDefault } = setting;
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-xs text-muted">
      <DefaultMark isDefault={isDefault} words={defaultWords} />
      {changed ? (
        <span>
          Changed {changed.by && `by ${changed.by.name} `}
          <Time at={changed.at} zone={zone} now={now} />.
        </span>
      ) : (
        <span>Never changed.</span>
      )}
    </p>
  );
}
