import { Time } from "@/components/ui/time";
import type { ShownSetting } from "@/lib/settings/queries";

/** The default, and who changed the setting last. */
export function SettingOrigin({ setting, zone, now }: { setting: ShownSetting; zone: string; now: Date }) {
  const { changed, defaultWords, isDefault } = setting;
  return (
    <p className="text-xs text-muted">
      {isDefault ? "This is the default" : `Default: ${defaultWords}`}
      {changed ? "; changed " : "; never changed."}
      {changed && (
        <>
          {changed.by && `by ${changed.by.name} `}
          <Time at={changed.at} zone={zone} now={now} />.
        </>
      )}
    </p>
  );
}
