import { useEffect, useState } from "react";

/** Areas with buttons that are pressed again and again: the feet of forms, dialogs and lists. */
const feet = "footer, nav[aria-label='Pages']";

/**
 * How far toasts are above the lower edge of the window, in pixels: `least`, or so far that no foot below them is
 * covered. A toast stays while the pointer is on it, so a person who reached for a covered button would wait endlessly.
 *
 * @param list the list that the toasts are in, or null while there are none; it is watched as long as it is there
 */
export function useClearOfFeet(list: () => Element | null, shown: boolean, least = 24) {
  const [bottom, setBottom] = useState(least);
  useEffect(() => {
    if (!shown) return setBottom(least);
    let frame = requestAnimationFrame(function measure() {
      setBottom(clearOf([...document.querySelectorAll(feet)], list(), least));
      frame = requestAnimationFrame(measure);
    });
    return () => cancelAnimationFrame(frame);
  }, [list, shown, least]);
  return bottom;
}

function clearOf(candidates: Element[], list: Element | null, least: number) {
  if (!list) return least;
  const { left, right } = list.getBoundingClientRect();
  const height = Math.max(0, ...[...list.children].map((toast) => toast.getBoundingClientRect().height));
  const inItsColumn = candidates
    .map((foot) => foot.getBoundingClientRect())
    .filter((foot) => foot.height > 0 && foot.right > left && foot.left < right)
    .sort((one, other) => other.bottom - one.bottom);
  return inItsColumn.reduce((bottom, foot) => {
    const above = window.innerHeight - foot.top;
    const covered = window.innerHeight - foot.bottom < bottom + height && above > bottom;
    return covered ? above + 8 : bottom;
  }, least);
}
