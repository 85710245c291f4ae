import { Note } from "@/components/ui/note";

interface AddressNotesProps {
  /** False when the address named a place that its own list does not have. */
  fits: boolean;
  /** As `status=foo`. */
  ignored?: string[];
}

/** What of an address could not be used. */
export function AddressNotes({ fits, ignored = [] }: AddressNotesProps) {
  return (
    <>
      {!fits && (
        <Note className="mb-3" role="status">
          The address named a place in another list, with other filters or in another order. This is the first page.
        </Note>
      )}
      {ignored.length > 0 && (
        <Note className="mb-3" role="status">
          Not understood in the address, and left out: {ignored.join(", ")}.
        </Note>
      )}
    </>
  );
}
