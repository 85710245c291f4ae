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
          This link points to a page of another list. This is the first page.
        </Note>
      )}
      {ignored.length > 0 && (
        <Note className="mb-3" role="status">
          Ignored in this link: {ignored.join(", ")}.
        </Note>
      )}
    </>
  );
}
