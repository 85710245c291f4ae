/** Nothing leads here. Without it, Next's own page travels in every document, with its styles. */
export { default } from "./forbidden";
