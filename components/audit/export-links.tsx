import { LinkButton } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";

type ExportLinksProps = {
  /** The address of the file in a format. */
  file: (format: string) => string;
  /** Why nothing may be exported here. */
  reason: string | undefined;
};

const formats = [
  ["csv", "Export CSV"],
  ["spreadsheet", "For spreadsheets"],
  ["ndjson", "Export NDJSON"],
] as const;

/** The files of what the log shows: buttons, and on phones one menu. */
export function ExportLinks({ file, reason }: ExportLinksProps) {
  return (
    <>
      <div className="grid justify-items-end gap-1 max-s:hidden">
        <div className="flex flex-wrap justify-end gap-2">
          {formats.map(([format, label]) => (
            <LinkButton
              key={format}
              href={file(format)}
              rel="external"
              reason={reason}
              aria-describedby={format === "spreadsheet" ? "spreadsheet" : undefined}
            >
              {format === "csv" && <SpriteIcon name="download" />}
              {label}
            </LinkButton>
          ))}
        </div>
        <p id="spreadsheet" className="text-xs text-muted">
          “For spreadsheets” adds a byte-order mark to the CSV so that special characters are read correctly.
        </p>
      </div>
      <Menu>
        <MenuTrigger className="s:hidden">
          <SpriteIcon name="download" />
          Export
        </MenuTrigger>
        <MenuContent>
          {formats.map(([format, label]) => (
            <MenuItem key={format} href={file(format)} external reason={reason}>
              {label}
              {format === "spreadsheet" && (
                <span className="block text-xs text-muted">CSV with a byte-order mark, for special characters</span>
              )}
            </MenuItem>
          ))}
        </MenuContent>
      </Menu>
    </>
  );
}
