"use client";
import { type RefObject, useEffect } from "react";

/**
 * Moves the code that the printed address carries after `#` into the field. A fragment is sent to no server; once it is
 * read it leaves the address bar and the history as well. Without JavaScript the code is typed.
 */
export function useCodeFromAddress(form: RefObject<HTMLFormElement | null>, field: string) {
  useEffect(() => {
    function take() {
      const { hash, pathname, search } = window.location;
      const code = hash.slice(1);
      if (!code) return;
      window.history.replaceState(null, "", pathname + search);
      const input = form.current?.querySelector<HTMLInputElement>(`input[name="${field}"]`);
      if (input && /^[0-9a-z-]{1,100}$/i.test(code)) input.value = code;
    }
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, [form, field]);
}
