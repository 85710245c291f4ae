import { Note } from "@/components/ui/note";

interface AddressNotesProps {
  /** False when the address named a place that its own list does not have. */
  fits: boolean;
  /** As `status=foo`. */
  ignored?: string[];
  /** It names a saved view that the reader does not have. */
  missing?: boolean;
}

/** What of an address could not be used. */
export function AddressNotes({ fits, ignored = [], missing = false }: AddressNotesProps) {
  return (
    <>
      {!fits && (
        <Note className="mb-3" role="status">
          This link points to a page of another list. This is the first page.
        </Note>
      )}
      {missing && (
        <Note className="mb-3" role="status">
          The view in this link was deleted, or is not shared with you.
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
