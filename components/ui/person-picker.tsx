import { Avatar } from "./avatar";
import { Combobox, type ComboboxProps } from "./combobox";

/** One person out of many, found on the server, with their pictures. */
export function PersonPicker({ placeholder = "Search people", ...picker }: Omit<ComboboxProps, "face">) {
  return (
    <Combobox
      {...picker}
      placeholder={placeholder}
      face={(option) => <Avatar id={option.id} name={option.label} picture={option.picture} size="s" />}
    />
  );
}
