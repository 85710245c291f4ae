"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";

/** For a form whose thing somebody else saved in the meantime: a key that begins it again, and what loads the thing again. */
export function useReload(): [key: number, reload: () => void] {
  const router = useRouter();
  const [round, setRound] = useState(0);
  return [
    round,
    () => {
      setRound(round + 1);
      router.refresh();
    },
  ];
}
